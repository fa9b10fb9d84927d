import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';
import { START } from '#event-store';
import { leafOf, openIdentity, tilesFolderIn } from '#notary';
import { LeafIndex, ReadDatabase } from '#read-models';
import { FilesystemTileStorage, LogWriter } from '#transparency-log';
import { randomFrom } from './lives';
import { atRate, connected } from './load';
import type { BenchSettings } from './main';
import type { Measured } from './report';
import { percentile } from './timing';
import { openWorld, saltedWorldOf } from './world';

const ENTRIES = 100_000;
const BATCH = 4096;
const ASKED = 2000;
const RATE = { perSecond: 100, seconds: 15 } as const;
const AIM_MS = 50;

/** Proofs of single entries out of a log of 100,000, over HTTP from a portal in a process of its own, each of another entry and verified before it is sent. The bare answer of the same server stands beside it. */
export async function proofs({ events, cache, folder }: BenchSettings): Promise<Measured[]> {
  const home = await mkdtemp(join(folder, 'proofs-'));
  const ids = await logged(await saltedWorldOf({ events }, cache), home);
  const portal = spawn(process.execPath, [join(__dirname, '../apps/portal/main.js')], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, PORTAL_PORT: '0', READ_DATABASE: 'sqlite', READ_DATABASE_PATH: join(home, 'read.sqlite'), TRANSPARENCY_LOG_FOLDER: home },
  });
  try {
    const [line] = (await once(portal.stdout, 'data')) as [Buffer];
    const origin = /http:\S+[^/\s]/.exec(String(line))?.[0];
    if (origin === undefined) throw new Error(`The portal did not say where it listens: ${String(line)}`);
    const agent = await connected(origin, 32);
    const ms = async (addresses: readonly string[], seed: number): Promise<readonly number[]> => (await atRate(origin, agent, addresses, { ...RATE, seed })).ms;
    const proof = ids.map((id) => `/api/v1/entries/${id}/proof`);
    await ms(proof.slice(0, 100), 1);
    const [bare, took] = [await ms(['/health/live'], 2), await ms(proof, 3)];
    agent.destroy();
    return ([['median', 0.5], ['p99', 0.99]] as const).map(([name, share]) => ({
      what: `${name} of a proof over HTTP, ${ids.length} of ${ENTRIES.toLocaleString('en')} entries, ${RATE.perSecond} requests/s`,
      rate: percentile(took, share),
      unit: 'ms',
      ...(share === 0.99 && { aim: { max: AIM_MS } }),
      against: { name: 'an empty answer of the same server', rate: percentile(bare, share) },
    }));
  } finally {
    portal.kill();
    await once(portal, 'exit');
  }
} // prettier-ignore

/** Logs so many events, notes down their places, and names some of them. */
async function logged(world: string, home: string): Promise<string[]> {
  const store = openWorld(world);
  const writer = await LogWriter.create(
    await FilesystemTileStorage.open(tilesFolderIn(home)),
    await openIdentity({ folder: home, key: { file: join(home, 'secret') }, maxDelaySeconds: 60 }),
  );
  const database = await ReadDatabase.openForWriting({ kind: 'sqlite', path: join(home, 'read.sqlite') });
  const index = new LeafIndex(database);
  const ids: string[] = [];
  for (let at = START; ids.length < ENTRIES;) {
    const batch = await store.readAll(at, Math.min(BATCH, ENTRIES - ids.length));
    await writer.append(batch.map(leafOf));
    await index.add(batch.map(({ id: event }, place) => ({ event, leaf: ids.length + place })));
    ids.push(...batch.map(({ id }) => id));
    at = batch.at(-1)!.position;
  }
  await database.close();
  await store.close();
  const random = randomFrom(11);
  return Array.from({ length: ASKED }, () => ids[Math.floor(random() * ids.length)]!);
}
