import type { ReadDatabase } from '../../database/read-database';
import type { Row, Table, Value } from '../../projection';
import { wordsOf } from '../words';
import { live } from '../tables';

/** Where a run of a list begins or ends: the value the list is sorted by, and the id among those that have the same. */
export interface Place {
  readonly value: string;
  readonly id: string;
}

/** Which run of a list: behind a place, before one, or from the start. */
export interface Run {
  readonly after?: Place;
  readonly before?: Place;
  readonly limit: number;
  /** Instead of the list's own order: what an entry was written about last, among so many of the table as feeds look through; not with a place. */
  readonly latest?: true;
  /** Of what matches, look through so many alone, whichever the database comes to first; the total stops there. For words that may be common; not with a place. */
  readonly atMost?: number;
}

/** So many things of a list that were written about last are looked through for a feed: what came before is no news, and no list is sorted whole. */
const LATELY = 500;

/** A run of a list in its order. */
export interface Slice<Item> {
  readonly items: readonly Item[];
  /** How many match in all. */
  readonly total: number;
  /** Continue behind this place; absent at the end. */
  readonly next?: Place;
  /** Go back to what lies before this place; absent at the start. */
  readonly previous?: Place;
  /** Log position the answer is true for. */
  readonly position: number;
}

/** What is asked of a table: conditions that all hold, and the order. */
export interface Question {
  readonly projection: string;
  readonly table: Table;
  /** The column the list is sorted by; the id decides among equals. */
  readonly by: string;
  readonly descending?: boolean;
  readonly where: readonly Condition[];
}

/** A piece of SQL with its parameters; `{name}` stands for the table of that name. */
export type Condition = readonly [sql: string, ...parameters: readonly Value[]];

/** The condition that a column has a value; none where no value is given. */
export const equals = (column: string, value: string | undefined): readonly Condition[] =>
  value === undefined ? [] : [[`${column} = ?`, value]];

/** The condition that all words begin a word of the searchable column. */
export function wordsIn(database: ReadDatabase, table: Table, physicalName: string, words: string | undefined): readonly Condition[] {
  const each = wordsOf(words ?? '');
  if (each.length === 0) return [];
  const { sql, parameters } = database.dialect.search(table, physicalName, each);
  return [[sql, ...parameters]];
} // prettier-ignore

/** One run of a list, each row with what `map` makes of it. Throws NotBuiltYet. */
export async function slice<Item>(
  database: ReadDatabase,
  { projection, table, by, descending = false, where }: Question,
  { after, before, limit, latest, atMost }: Run,
  map: (row: Row) => Item,
): Promise<Slice<Item>> {
  const { position, table: physical } = await live(database, projection);
  const named = ([sql, ...parameters]: Condition): Condition => [
    sql.replace(/\{(\w+)\}/g, (_, name: string) => physical(name)),
    ...parameters,
  ];
  const conditions = where.map(named);
  if (latest) {
    const lately = `(SELECT * FROM ${physical(table.name)} ORDER BY position DESC LIMIT ${LATELY}) AS lately`;
    const { sql, parameters } = written(conditions);
    const rows = await database.query<Row>(`SELECT * FROM ${lately} ${sql} ORDER BY position DESC LIMIT ?`, [...parameters, limit]); // prettier-ignore
    return { items: rows.map(map), total: rows.length, position };
  }
  if (atMost !== undefined) {
    const { sql, parameters } = written(conditions);
    const order = descending ? 'DESC' : 'ASC';
    const some = `SELECT id, ${by} FROM ${physical(table.name)} ${sql} LIMIT ${atMost}`;
    const first = `SELECT id, ${by}, count(*) OVER () AS n FROM (${some}) AS looked_at ORDER BY ${by} ${order}, id ${order} LIMIT ?`;
    const rows = await database.query<Row>(
      `SELECT found.*, shown.n FROM (${first}) AS shown JOIN ${physical(table.name)} AS found ON found.id = shown.id ORDER BY shown.${by} ${order}, shown.id ${order}`,
      [...parameters, limit],
    );
    return { items: rows.map(map), total: numberIn(rows[0] ?? {}, 'n'), position };
  }
  const backwards = before !== undefined;
  const bound = before ?? after;
  const down = descending !== backwards;
  const placed: readonly Condition[] =
    bound === undefined ? [] : [[`(${by}, id) ${down ? '<' : '>'} (?, ?)`, bound.value, bound.id]];
  const all = written([...conditions, ...placed]);
  const order = down ? 'DESC' : 'ASC';
  const rows = await database.query<Row>(
    `SELECT * FROM ${physical(table.name)} ${all.sql} ORDER BY ${by} ${order}, id ${order} LIMIT ?`,
    [...all.parameters, limit + 1],
  );
  const shown = rows.slice(0, limit);
  if (backwards) shown.reverse();
  const more = rows.length > limit;
  const counting = written(conditions);
  // All that match are there: nothing is left to be counted.
  const [counted] =
    bound === undefined && !more
      ? [{ n: rows.length }]
      : await database.query<{ n: number }>(
          `SELECT count(*) AS n FROM ${physical(table.name)} ${counting.sql}`,
          counting.parameters,
        );
  const placeOf = (row: Row | undefined): Place | undefined => row && { value: String(row[by]), id: String(row.id) };
  const [first, last] = [placeOf(shown.at(0)), placeOf(shown.at(-1))];
  return {
    items: shown.map(map),
    total: Number(counted?.n ?? 0),
    ...(last && (backwards || more) && { next: last }),
    ...(first && (backwards ? more : after !== undefined) && { previous: first }),
    position,
  };
}

/** Conditions that all hold, as a part of a statement. */
export function written(conditions: readonly Condition[]): {
  readonly sql: string;
  readonly parameters: readonly Value[];
} {
  return {
    sql: conditions.length === 0 ? '' : `WHERE ${conditions.map(([sql]) => `(${sql})`).join(' AND ')}`,
    parameters: conditions.flatMap(([, ...parameters]) => parameters),
  };
}

const AT_ONCE = 500;

/** Every item of a list, run by run, so that memory does not grow with its length. */
export async function* everything<Item>(ask: (run: Run) => Promise<Slice<Item>>): AsyncGenerator<Item> {
  let after: Place | undefined;
  do {
    const { items, next }: Slice<Item> = await ask({ limit: AT_ONCE, ...(after && { after }) });
    yield* items;
    after = next;
  } while (after !== undefined);
}

/** A text of a row; null where there is none. */
export const textIn = (row: Row, column: string): string | null => {
  const value = row[column];
  return value === null || value === undefined ? null : String(value);
};

export const numberIn = (row: Row, column: string): number => Number(row[column] ?? 0);

/** `?, ?, ?` for a list of parameters. */
export const places = (values: readonly unknown[]): string => values.map(() => '?').join(', ');
