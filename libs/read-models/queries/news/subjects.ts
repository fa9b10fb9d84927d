import type { StreamKind } from '#domain';
import type { ReadDatabase } from '../../database/read-database';
import type { Row } from '../../projection';
import { places } from '../civic/keyset';
import { live } from '../tables';

/** What a thing other than an asset is called: in the words of those who named it, or by what it is and of when. */
export type SubjectName =
  | { readonly by: 'name'; readonly name: string }
  | { readonly by: 'kind'; readonly kind: string; readonly on: string }
  | { readonly by: 'year'; readonly year: string };

/** Where each kind of thing has its name; of what has no row there nothing may be said. */
const named = {
  call: { table: 'calls', columns: 'id, object AS name' },
  organisation: { table: 'organisations', columns: 'id, name' },
  group: { table: 'groups', columns: 'id, name' },
  dialogue: { table: 'dialogues', columns: 'id, kind, asked_on' },
  return: { table: 'annual_returns', columns: 'id, year' },
} as const satisfies Partial<Record<StreamKind, { readonly table: string; readonly columns: string }>>;
export type NamedKind = keyof typeof named;
const kinds = Object.keys(named) as NamedKind[];

/** What the things of each kind are called, by their ids; one that has not been published is left out. Throws NotBuiltYet. */
export async function subjectNames(
  database: ReadDatabase,
  idsOf: (kind: NamedKind) => readonly string[],
): Promise<ReadonlyMap<string, SubjectName>> {
  const found = await Promise.all(kinds.map((kind) => namesOf(database, kind, idsOf(kind))));
  return new Map(found.flat());
}

async function namesOf(database: ReadDatabase, kind: NamedKind, ids: readonly string[]): Promise<[string, SubjectName][]> {
  if (ids.length === 0) return [];
  const { table: name, columns } = named[kind];
  const { table } = await live(database, name);
  const sql = `SELECT ${columns} FROM ${table(name)} WHERE id IN (${places(ids)})`;
  return (await database.query<Row>(sql, [...ids])).map((row) => [String(row.id), nameOf(row)]);
} // prettier-ignore

function nameOf({ name, kind, asked_on: on, year }: Row): SubjectName {
  if (typeof name === 'string') return { by: 'name', name };
  return typeof year === 'string' ? { by: 'year', year } : { by: 'kind', kind: String(kind), on: String(on) };
}
