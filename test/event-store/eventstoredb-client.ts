import { openEventStoreDbLog } from '#event-store';
import { facts } from './facts';

/** Uses everything once and closes; then nothing must keep the process alive. */
async function main(connectionString: string): Promise<void> {
  const store = await openEventStoreDbLog(connectionString);
  const stream = `asset-${process.pid}`;
  await store.append(stream, facts(3), 'no-stream');
  await store.readStream(stream, { max: 1 });
  await store.readAll(-1, 1);
  for await (const batch of store.subscribe(-1, { signal: new AbortController().signal })) {
    process.stdout.write(`${batch.length}\n`);
    break;
  }
  await store.close();
  process.stdout.write('closed\n');
}

void main(process.argv[2] ?? '');
