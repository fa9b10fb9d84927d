import type { ReadDatabase } from '../database/read-database';
import { live } from './tables';

/** The time the data are about. */
export interface Covered {
  /** The day of the first seizure that has one. */
  readonly from: string | undefined;
  /** When the last public entry was written down. */
  readonly modified: string | undefined;
}

/** Whoever harvests a catalogue asks for its first day each time, which goes through the register: it is asked anew once a day. */
const known = new WeakMap<ReadDatabase, { readonly day: string; readonly from: Promise<string | undefined> }>();

/** Throws NotBuiltYet. */
export async function coverageOf(database: ReadDatabase): Promise<Covered> {
  const timeline = await live(database, 'timeline');
  const [last] = await database.query<{ at: string }>(
    `SELECT recorded_at AS at FROM ${timeline.table('timeline')} ORDER BY position DESC LIMIT 1`,
  );
  return { from: await firstSeizure(database), modified: last?.at };
}

async function firstSeizure(database: ReadDatabase): Promise<string | undefined> {
  const day = new Date().toISOString().slice(0, 10);
  const kept = known.get(database);
  if (kept?.day === day && (await kept.from) !== undefined) return kept.from;
  const { table } = await live(database, 'register');
  const from = database
    .query<{ day: string | null }>(`SELECT min(seized_on) AS day FROM ${table('register')}`)
    .then(([first]) => first?.day ?? undefined);
  known.set(database, { day, from });
  from.catch(() => known.delete(database));
  return from;
}
