import { randomBytes } from 'node:crypto';
import { FileError, FolderShelf } from '#files';

/** Puts files of 4 MiB until it is killed or there is no room, and says the digest of each once it is durable. */
async function main([folder = '']: readonly string[]): Promise<void> {
  const MiB = 1024 * 1024;
  const shelf = await FolderShelf.open(folder, { file: 8 * MiB, shelf: 4096 * MiB });
  process.stdout.write('ready\n');
  for (;;) {
    const { sha256 } = await shelf.put(randomBytes(Number(process.env.FILE_BYTES ?? 4 * MiB)));
    process.stdout.write(`${sha256}\n`);
  }
}

main(process.argv.slice(2)).catch((error: unknown) => {
  process.stdout.write(`failed ${error instanceof FileError ? error.code : String(error)}\n`);
  process.exitCode = 1;
});
