import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { SingleBar } from 'cli-progress';
import type { RecordedEvent } from '#domain';
import type { EmbeddedEventStore } from '#event-store';
import { START, openEmbeddedLog } from '#event-store';
import { forThePublic } from '#privacy';
import { cloned } from './clones';
import { streams } from './events';
import type { Size, Stream } from './events';
import { locationAt, randomFrom } from './lives';
import { withPlayed } from './played';
import { side } from './timing';

/** Of so many assets one has entries of every chapter: money, support, agreement, use. The other lives end earlier, as most do. */
const ONE_IN = 10;
const PLAYED = { dossiers: 400, calls: 3 };

/** A log of that size in the cache folder; made once and used again by later runs. One of so many assets has what a scenario tells of assets, and of organisations, calls, questions and groups. */
export async function worldOf(size: Size, folder: string): Promise<string> {
  const [[what, count]] = Object.entries(size) as [[string, number]];
  const path = join(folder, `world-of-${count}-${what}.sqlite`);
  const made = `${path}.made`;
  if (existsSync(made)) return path;
  const bar = new SingleBar({
    format: `making a log of ${count} ${what} {bar} {percentage}%`,
    noTTYOutput: true,
    notTTYSchedule: 10_000,
  });
  const told = 'assets' in size ? await scenarioIn(folder) : new Map<string, RecordedEvent[]>();
  const store = openEmbeddedLog(path);
  bar.start(count, 0);
  for (const [stream, events] of told) await store.append(stream, events, 'no-stream');
  await side(256, 'assets' in size ? withClones(size.assets, told) : streams(size), async ({ stream, events }) => {
    await store.append(stream, events, 'no-stream');
    bar.increment('events' in size ? events.length : 1);
  });
  bar.stop();
  await store.close();
  writeFileSync(made, '');
  return path;
}

/** The same log with a salt in each event, as they are written today; made once, too. */
export async function saltedWorldOf(size: Size, folder: string): Promise<string> {
  const plain = await worldOf(size, folder);
  const path = plain.replace('world', 'salted-world');
  if (existsSync(`${path}.made`)) return path;
  rmSync(path, { force: true });
  const database = new Database(plain, { readonly: true });
  database.prepare('VACUUM INTO ?').run(path);
  database.close();
  const salted = new Database(path);
  salted.function('salt_of', (id) => createHash('sha256').update(String(id)).digest('base64url'));
  salted.exec(`
    DROP TRIGGER events_are_never_changed;
    UPDATE events SET metadata = json_set(metadata, '$.salt', salt_of(id))`);
  salted.close();
  writeFileSync(`${path}.made`, '');
  return path;
}

/** The same log as an authority would have written it: each entry on the day it is of, so that lives lie side by side over the years; made once, too. */
export async function datedWorldOf(size: Size, folder: string): Promise<string> {
  const plain = await worldOf(size, folder);
  const path = plain.replace('world', 'dated-world');
  if (existsSync(`${path}.made`)) return path;
  for (const leftover of [path, `${path}-wal`, `${path}-shm`]) rmSync(leftover, { force: true });
  await openEmbeddedLog(path).close();
  const dated = new Database(path);
  dated.prepare('ATTACH ? AS plain').run(plain);
  // Nothing is recorded before what it follows upon, whatever its date.
  dated.exec(`
    INSERT INTO events
    SELECT row_number() OVER (ORDER BY day, position), stream, revision, id, type, version, data, json_set(metadata, '$.recordedAt', day || 'T12:00:00.000Z')
    FROM (
      SELECT *, max(coalesce(metadata ->> '$.occurredOn', '1998-01-01')) OVER (PARTITION BY stream ORDER BY revision) AS day FROM plain.events
    )
    ORDER BY day, position`);
  dated.close();
  writeFileSync(`${path}.made`, '');
  return path;
}

/** What the public sees of a scenario, by streams; told once and kept in the cache folder. */
async function scenarioIn(folder: string): Promise<Map<string, RecordedEvent[]>> {
  const kept = join(folder, 'scenario.json');
  if (existsSync(kept)) return new Map(JSON.parse(readFileSync(kept, 'utf8')) as [string, RecordedEvent[]][]);
  const data = join(folder, 'scenario');
  const told = new Map<string, RecordedEvent[]>();
  await withPlayed(data, PLAYED, async ({ system: { log } }) => {
    for (
      let batch = await log.readAll(START, 5000);
      batch.length > 0;
      batch = await log.readAll(batch.at(-1)!.position, 5000)
    )
      for (const event of batch.filter(forThePublic))
        told.set(event.stream, [...(told.get(event.stream) ?? []), event]);
  });
  rmSync(data, { recursive: true, force: true });
  writeFileSync(kept, JSON.stringify([...told]));
  return told;
}

function* withClones(assets: number, told: ReadonlyMap<string, RecordedEvent[]>): Generator<Stream> {
  const dossiers = [...told].filter(([stream]) => stream.startsWith('asset-')).map(([, events]) => events);
  const random = randomFrom(3);
  let number = 0;
  for (const life of streams({ assets: assets - Math.floor(assets / ONE_IN) })) {
    yield life;
    number += 1;
    if (number % (ONE_IN - 1) === 0)
      yield cloned(dossiers[number % dossiers.length]!, number, locationAt(random(), random()));
  }
}

export const openWorld = (path: string): EmbeddedEventStore => openEmbeddedLog(path, { readOnly: true });
