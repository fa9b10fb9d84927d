import type { JsonObject, LegalDate, Source } from '#domain';
import { streamName } from '#domain';
import type { PublicPart } from '#privacy';
import type { ReadDatabase } from '../../database/read-database';
import type { Row, Table, TableView } from '../../projection';
import { daysOfEntries, spansTable } from '../../projections/civic/spans';
import { rowsOfStream } from '../asset-page';
import { live } from '../tables';
import { written } from './keyset';
import type { Condition } from './keyset';

/** The moment a list or a page is told for: the instant, and the day on which it falls where the authority sits. */
export interface Now {
  readonly instant: string;
  readonly today: LegalDate;
  /** The day is over: what counts from a later day on is left out. */
  readonly past?: boolean;
}

/** A table as it stands, or what its rows were on a day that is over, with the condition that they stood then. */
export const atMoment = (table: Table, { today, past = false }: Now): { readonly table: Table; readonly stood: readonly Condition[] } =>
  past
    ? { table: spansTable(table), stood: [['valid_from <= ? AND valid_to > ?', today, today]] }
    : { table, stood: [] }; // prettier-ignore

/** The condition that a row has one in another table, whose column holds its id. */
export function among(column: string, other: Table, now: Now, ...where: readonly Condition[]): Condition {
  const { table, stood } = atMoment(other, now);
  const { sql, parameters } = written([...where, ...stood]);
  return [`id IN (SELECT ${column} FROM {${table.name}} ${sql})`, ...parameters];
}

interface Asked {
  readonly projection: string;
  readonly table: Table;
  readonly where: readonly Condition[];
  /** What is read of a row; all of it unless said. */
  readonly columns?: string;
  /** What comes behind the conditions. */
  readonly rest?: string;
}

/** The rows of a table that stand at a moment. Throws NotBuiltYet. */
export async function rowsAt(
  database: ReadDatabase,
  { projection, table: of, where, columns = '*', rest = '' }: Asked,
  now: Now,
): Promise<readonly Row[]> {
  const { table: physical } = await live(database, projection);
  const { table, stood } = atMoment(of, now);
  const { sql, parameters } = written([...where, ...stood]);
  return database.query<Row>(`SELECT ${columns} FROM ${physical(table.name)} ${sql} ${rest}`, parameters);
}

/** What one stream's entries add up to, and the row that says it. */
interface Told<State> {
  readonly kind: 'organisation' | 'call' | 'dialogue' | 'group';
  readonly projection: string;
  readonly after: (state: State | undefined, recorded: PublicPart, id: string) => State;
  readonly view: TableView<State>;
  readonly timeZone: string;
  /** What an earlier day may still say, by what stands now; all of it unless said. */
  readonly still?: (row: Row, now: State) => Row;
}

/** The whole row of one stream at a moment, with what its page alone says: of a day that is over it is folded from the entries that counted by then. Undefined where there is none. Throws NotBuiltYet. */
export async function rowAt<State>(
  database: ReadDatabase,
  id: string,
  { kind, projection, after, view, timeZone, still = (row) => row }: Told<State>,
  now: Now,
): Promise<Row | undefined> {
  if (!now.past) {
    const [row] = await rowsAt(database, { projection, table: view.table, where: [['id = ?', id]] }, now);
    return row;
  }
  const entries = (await rowsOfStream(database, streamName(kind, id))).map(publicPartOf);
  const days = daysOfEntries(entries, timeZone);
  const told = (counting: readonly PublicPart[]): State | undefined =>
    counting.reduce<State | undefined>((before, entry) => after(before, entry, id), undefined);
  const state = told(entries.filter((_, place) => days[place]! <= now.today));
  const row = state === undefined ? undefined : view.rows(state)[0];
  return row && still(row, told(entries)!);
}

/** An entry as the public gate gave it to the timeline. */
const publicPartOf = (row: Row): PublicPart => ({
  id: String(row.id),
  stream: String(row.stream),
  revision: Number(row.revision),
  position: Number(row.position),
  type: String(row.type),
  version: Number(row.version),
  data: JSON.parse(String(row.data)) as JsonObject,
  metadata: {
    occurredOn: row.occurred_on === null || row.occurred_on === undefined ? null : String(row.occurred_on),
    recordedAt: String(row.recorded_at),
    source: JSON.parse(String(row.source)) as Source,
    actor: { agency: String(row.agency), role: String(row.role) },
  },
});
