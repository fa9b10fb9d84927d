import { createHash } from 'node:crypto';
import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { SingleBar } from 'cli-progress';
import type { EmbeddedEventStore } from '#event-store';
import { openEmbeddedLog } from '#event-store';
import { streams } from './events';
import type { Size } from './events';
import { side } from './timing';

/** A log of that size in the cache folder; made once and used again by later runs. */
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
  const store = openEmbeddedLog(path);
  bar.start(count, 0);
  await side(256, streams(size), async ({ stream, events }) => {
    for (const [place, event] of events.entries()) {
      await store.append(stream, [event], place === 0 ? 'no-stream' : place - 1);
    }
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

export const openWorld = (path: string): EmbeddedEventStore => openEmbeddedLog(path, { readOnly: true });
