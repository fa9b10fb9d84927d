import { EventStoreError, openEmbeddedLog } from '#event-store';
import { facts } from './facts';

/** Appends, many at once, until the log takes no more; then says which error it was, and what had been acknowledged before (`!`). */
async function main(path: string): Promise<void> {
  const store = openEmbeddedLog(path);
  for (let round = 0; ; round += 1) {
    const settled = await Promise.allSettled(
      Array.from({ length: 20 }, (_, writer) => store.append(`asset-${round}-${writer}`, facts(2), 'no-stream')),
    );
    for (const [writer, one] of settled.entries()) {
      if (one.status === 'fulfilled') process.stdout.write(`! asset-${round}-${writer} ${one.value.position}\n`);
    }
    const failed = settled.find((one) => one.status === 'rejected');
    if (failed?.reason instanceof EventStoreError) {
      process.stdout.write(`${failed.reason.code}: ${failed.reason.message}\n`);
      const [first] = await store.readAll(-1, 1);
      process.stdout.write(`still read: ${first?.position}\n`);
      process.exit(3);
    }
    if (failed) throw failed.reason;
  }
}

void main(process.argv[2] ?? '');
