import files from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { openEmbeddedLog } from '#event-store';
import { Notary, openIdentity } from '#notary';
import { join } from 'node:path';

/**
 * A notary that is killed at its n-th touch of the disk: before it, or, where it writes content, with half of that written. Says how many touches there were when it came to its end; `n` 0 lets it.
 */
async function main(data: string, n: number, batchSize: number): Promise<void> {
  let touches = 0;
  const dies = (): boolean => (touches += 1) === n;
  const die = (): Promise<never> => {
    process.kill(process.pid, 'SIGKILL');
    return new Promise(() => undefined);
  };
  const patched = files as unknown as Record<string, (...values: never[]) => Promise<unknown>>;
  for (const name of ['mkdir', 'rename', 'link', 'rm']) {
    const real = patched[name]!;
    patched[name] = (...values) => (dies() ? die() : real(...values));
  }
  const open = patched.open!;
  patched.open = async (...values) => {
    if (dies()) return die();
    const handle = (await open(...values)) as FileHandle;
    const [writeFile, sync] = [handle.writeFile.bind(handle), handle.sync.bind(handle)];
    handle.writeFile = async (content) => {
      if (!dies()) return writeFile(content);
      const bytes = Buffer.from(content as Uint8Array);
      await writeFile(bytes.subarray(0, bytes.length / 2));
      return die();
    };
    handle.sync = () => (dies() ? die() : sync());
    return handle;
  };

  const store = openEmbeddedLog(join(data, 'events.sqlite'), { readOnly: true });
  const folder = join(data, 'transparency-log');
  const identity = await openIdentity({ folder, key: { file: join(data, 'transparency-log.key') }, maxDelaySeconds: 60 });
  const notary = new Notary(store, folder, identity, { batchSize });
  notary.start();
  await notary.reached(await store.head(), 60_000);
  await notary.stop();
  await store.close();
  process.stdout.write(`${touches} touches\n`);
} // prettier-ignore

void main(process.argv[2] ?? '', Number(process.argv[3]), Number(process.argv[4]));
