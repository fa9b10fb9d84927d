import { readFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';
import { WrongRequest } from './wrong-request';

/** A passphrase from the first line of a file, or typed without being shown. Throws WrongRequest where there is neither file nor terminal. */
export async function passphrase(question: string, file: string | undefined): Promise<string> {
  if (file !== undefined) return (await readFile(file, 'utf8')).split(/\r?\n/)[0] ?? '';
  if (!process.stdin.isTTY)
    throw new WrongRequest('There is no terminal to ask for the passphrase. Name a file: --passphrase-file FILE.');
  process.stderr.write(`${question}: `);
  const unseen = new Writable({ write: (_chunk, _encoding, done) => done() });
  const typing = createInterface({ input: process.stdin, output: unseen, terminal: true });
  try {
    return await new Promise((resolve, reject) => {
      typing.question('', resolve);
      typing.on('SIGINT', () => reject(new WrongRequest('Interrupted; nothing was done.')));
    });
  } finally {
    typing.close();
    process.stderr.write('\n');
  }
}
