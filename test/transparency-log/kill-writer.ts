import { FilesystemTileStorage, LogWriter } from '#transparency-log';
import { entriesUpTo, identity } from './logs';

/** Makes a log in a folder grow until it is killed, and says on standard output each size that was published. */
async function main(folder: string): Promise<void> {
  const storage = await FilesystemTileStorage.open(folder);
  const writer = (await storage.isEmpty())
    ? await LogWriter.create(storage, identity)
    : await LogWriter.open(storage, identity);
  for (let batch = 1; ; batch = (batch * 7) % 300) {
    const { size } = writer.head;
    await writer.append(entriesUpTo(size + batch, size));
    process.stdout.write(`${writer.head.size}\n`);
  }
}

void main(process.argv[2] ?? '');
