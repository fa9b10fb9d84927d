import type { ReadDatabase } from '../../database/read-database';
import type { Moderation } from '../../projections/civic/dialogue-state';
import type { DialogueDetail } from '../../projections/civic/dialogues';
import { live } from '../tables';

interface TakenBack {
  /** Log position of the present they are true for. */
  readonly position: number;
  readonly decisions: ReadonlyMap<string, Moderation>;
}

const known = new WeakMap<ReadDatabase, TakenBack>();
const none: ReadonlyMap<string, Moderation> = new Map();

/** So many threads are compared at once. */
const AT_ONCE = 500;

type Found = { readonly id: string; readonly detail: string };

/**
 * Looks up in the present read database what moderators decided anew since a day of knowledge. A day is kept as it stood; words that were taken back since are shown of no day. Threads that were written
 * about since are looked at, by their own index, and only when the present has come further. Throws NotBuiltYet.
 */
export async function lookWhatWasTakenBack(ofDay: ReadDatabase, present: ReadDatabase): Promise<void> {
  const now = await live(present, 'dialogues');
  if (known.get(ofDay)?.position === now.position) return;
  const then = await live(ofDay, 'dialogues');
  const since = await present.query<Found>(
    `SELECT id, detail FROM ${now.table('dialogues')} WHERE position > ? AND moderation IS NOT NULL ORDER BY position`,
    [then.position],
  );
  const decisions = new Map<string, Moderation>();
  for (let first = 0; first < since.length; first += AT_ONCE) {
    const some = new Map(since.slice(first, first + AT_ONCE).map(({ id, detail }) => [id, decisionIn(detail)]));
    const before = await ofDay.query<Found>(
      `SELECT id, detail FROM ${then.table('dialogues')} WHERE id IN (${[...some].map(() => '?').join(', ')})`,
      [...some.keys()],
    );
    for (const { id, detail } of before) {
      const [old, decision] = [decisionIn(detail), some.get(id)];
      if (decision && old?.text !== undefined && old.id !== decision.id) decisions.set(id, decision);
    }
  }
  known.set(ofDay, { position: now.position, decisions });
}

const decisionIn = (detail: string): Moderation | undefined => (JSON.parse(detail) as DialogueDetail).moderation;

/** The decisions that came after a day of knowledge, by the ids of their threads, as they were when it was looked last; none of the present database, which knows them itself. */
export const takenBack = (database: ReadDatabase): ReadonlyMap<string, Moderation> =>
  known.get(database)?.decisions ?? none;

/** Names what was taken back: an answer of the day changes with it. Empty where nothing was. */
export function takenBackMark(database: ReadDatabase): string {
  const decisions = takenBack(database);
  const last = [...decisions.values()].at(-1);
  return last ? `.words${decisions.size}-${last.id.slice(0, 8)}` : '';
}
