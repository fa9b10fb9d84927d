import type { ReadDatabase } from '../database/read-database';
import { live } from './tables';

/** What has a page of its own, by the projection whose table lists it. */
const lists = { assets: 'register', calls: 'calls', organisations: 'organisations', dialogues: 'dialogues', groups: 'groups' } as const; // prettier-ignore
export type ListedKind = keyof typeof lists;
export const listedKinds = Object.keys(lists) as readonly ListedKind[];

/** Something that has a page, and when the last entry about it was written down. */
export interface Listed {
  readonly id: string;
  readonly recordedAt: string;
}

/** How many there are of each. Counted over an index. Throws NotBuiltYet. */
export async function listedTotals(database: ReadDatabase): Promise<ReadonlyMap<ListedKind, number>> {
  const totals = new Map<ListedKind, number>();
  for (const kind of listedKinds) {
    const { table } = await live(database, lists[kind]);
    const [row] = await database.query<{ n: number }>(`SELECT count(*) AS n FROM ${table(lists[kind])}`);
    totals.set(kind, Number(row?.n ?? 0));
  }
  return totals;
}

/** A part of a list in the order of ids; the ids before it are passed over in the index, without reading their rows. Throws NotBuiltYet. */
export async function listedPart(
  database: ReadDatabase,
  kind: ListedKind,
  offset: number,
  limit: number,
): Promise<readonly Listed[]> {
  const { table } = await live(database, lists[kind]);
  const from = table(lists[kind]);
  const [first] = await database.query<{ id: string }>(`SELECT id FROM ${from} ORDER BY id LIMIT 1 OFFSET ?`, [offset]);
  if (!first) return [];
  const rows = await database.query<{ id: string; at: string }>(
    `SELECT id, recorded_at AS at FROM ${from} WHERE id >= ? ORDER BY id LIMIT ?`,
    [first.id, limit],
  );
  return rows.map(({ id, at }) => ({ id, recordedAt: at }));
}
