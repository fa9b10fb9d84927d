import { mkdir, open, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { createTransport } from 'nodemailer';
import { mailOf } from './mail';
import { NotSent } from './transport';
import type { Transport } from './transport';

/** Puts each message into a folder as a file of its own, named by its id; a file that is there is whole, and one written again is the same one. */
export function fileSink(folder: string): Transport {
  const composer = createTransport({ streamTransport: true, buffer: true, newline: 'windows' });
  return {
    name: `the folder ${folder}`,
    send: async (message) => {
      try {
        const { message: bytes } = await composer.sendMail(mailOf(message));
        await mkdir(folder, { recursive: true });
        const [draft, final] = [join(folder, `.${message.id}.draft`), join(folder, `${message.id}.eml`)];
        const file = await open(draft, 'w');
        try {
          await file.writeFile(bytes as Buffer);
          await file.sync();
        } finally {
          await file.close();
        }
        await rename(draft, final);
      } catch (error) {
        throw new NotSent('unreachable', error instanceof Error ? error.message : String(error), { cause: error });
      }
    },
    close: async () => undefined,
  };
}
