import type { ReadDatabase } from './database/read-database';
import type { Table } from './projection';
import { NotBuiltYet, live } from './queries/tables';

const table: Table = {
  name: 'leaf_places',
  columns: { event: { type: 'text' }, leaf: { type: 'integer' } },
  key: ['event'],
};

/** An event and its place in the transparency log. */
export interface LeafPlace {
  readonly event: string;
  readonly leaf: number;
}

/**
 * Where each event stands in the transparency log. Follows from the log's own entries and from nothing else, so that it is right for a log that moved from one store to another; when it is lost it is
 * made again. Whoever reads it holds the entry against the id: a wrong place is noticed, never believed.
 */
export class LeafIndex {
  constructor(private readonly database: ReadDatabase) {}

  /** The last place noted down; undefined where there is none. */
  async last(): Promise<LeafPlace | undefined> {
    const [row] = await this.database.query<{ event: string; leaf: number }>(
      'SELECT event, leaf FROM leaf_places ORDER BY leaf DESC LIMIT 1',
    );
    return row && { event: row.event, leaf: Number(row.leaf) };
  }

  async add(places: readonly LeafPlace[]): Promise<void> {
    await this.database.transaction((transaction) =>
      transaction.upsert(
        table,
        table.name,
        places.map(({ event, leaf }) => ({ event, leaf })),
      ),
    );
  }

  /** Forgets everything: what it holds is of another log. */
  async clear(): Promise<void> {
    await this.database.transaction((transaction) => transaction.query('DELETE FROM leaf_places'));
  }
}

/** The place of an event; undefined where none is noted down. Throws NotBuiltYet. */
export async function leafPlaceOf(database: ReadDatabase, event: string): Promise<number | undefined> {
  const [row] = await noted(database.query<{ leaf: number }>('SELECT leaf FROM leaf_places WHERE event = ?', [event]));
  return row && Number(row.leaf);
}

/** So many of the latest entries are looked at for one that waits. */
const LATEST = 200;

/** When the oldest of the latest entries of dossiers that have no place in the log yet was recorded; undefined where all have one. Throws NotBuiltYet. */
export async function waitingForLeaf(database: ReadDatabase): Promise<string | undefined> {
  const timeline = (await live(database, 'timeline')).table('timeline');
  const [row] = await noted(
    database.query<{ since: string | null }>(
      `SELECT MIN(latest.recorded_at) AS since FROM (SELECT id, recorded_at FROM ${timeline} ORDER BY position DESC LIMIT ${LATEST}) latest LEFT JOIN leaf_places ON leaf_places.event = latest.id WHERE leaf_places.event IS NULL`,
    ),
  );
  return row?.since ?? undefined;
}

/** A database that an older projector keeps has no such table yet. */
async function noted<Rows>(query: Promise<Rows>): Promise<Rows> {
  try {
    return await query;
  } catch (error) {
    if (error instanceof Error && /leaf_places/.test(error.message)) throw new NotBuiltYet('leaf_places');
    throw error;
  }
}
