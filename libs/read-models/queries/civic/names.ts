import type { ReadDatabase } from '../../database/read-database';
import type { Row } from '../../projection';
import { normalised } from '../../projections/register-facts';
import { NotBuiltYet, live } from '../tables';
import { places, textIn } from './keyset';

/** How an asset is called on the pages of others. */
export interface AssetLabel {
  readonly id: string;
  readonly kind: string;
  readonly category: string | null;
  readonly subcategory: string | null;
  readonly title: string | null;
  readonly municipality: string | null;
  readonly province: string | null;
  /** Whether its position is published. */
  readonly located: boolean;
}

const AT_ONCE = 500;

/** The names of organisations by their ids; one that is not in the registry is left out. */
export async function organisationNames(
  database: ReadDatabase,
  ids: readonly (string | null | undefined)[],
): Promise<ReadonlyMap<string, string>> {
  const rows = await named(database, 'organisations', 'organisations', 'id, name', ids);
  return new Map(rows.map((row) => [String(row.id), String(row.name)]));
}

/** The ids of organisations by their names, exactly as they are written; a name that two of them have is left out, for nobody can tell which is meant. */
export async function organisationsCalled(
  database: ReadDatabase,
  names: readonly (string | null)[],
): Promise<ReadonlyMap<string, string>> {
  const wanted = new Set(names.filter((name) => name !== null && name !== ''));
  const sorted = [...wanted].map((name) => normalised(name ?? ''));
  const rows = await named(database, 'organisations', 'organisations', 'id, name', sorted, 'sort_name');
  const found = new Map<string, string>();
  const twice = new Set<string>();
  for (const { id, name } of rows) {
    if (found.has(String(name))) twice.add(String(name));
    if (wanted.has(String(name))) found.set(String(name), String(id));
  }
  for (const name of twice) found.delete(name);
  return found;
}

/** What assets are called, by their ids. */
export async function assetLabels(
  database: ReadDatabase,
  ids: readonly (string | null | undefined)[],
): Promise<ReadonlyMap<string, AssetLabel>> {
  const columns = 'id, kind, category, subcategory, title, municipality, province, latitude';
  const rows = await named(database, 'register', 'register', columns, ids);
  return new Map(rows.map((row) => [String(row.id), labelOf(row)]));
}

/** What calls are for, by their ids. */
export async function callObjects(
  database: ReadDatabase,
  ids: readonly (string | null | undefined)[],
): Promise<ReadonlyMap<string, string>> {
  const rows = await named(database, 'calls', 'calls', 'id, object', ids);
  return new Map(rows.map((row) => [String(row.id), String(row.object)]));
}

const labelOf = (row: Row): AssetLabel => ({
  id: String(row.id),
  kind: String(row.kind),
  category: textIn(row, 'category'),
  subcategory: textIn(row, 'subcategory'),
  title: textIn(row, 'title'),
  municipality: textIn(row, 'municipality'),
  province: textIn(row, 'province'),
  located: row.latitude !== null,
});

/** Names are a courtesy: a report does not wait for another one that is being built. */
async function named(
  database: ReadDatabase,
  projection: string,
  tableName: string,
  columns: string,
  ids: readonly (string | null | undefined)[],
  by = 'id',
): Promise<readonly Row[]> {
  const wanted = [...new Set(ids.filter((id) => id !== null && id !== undefined))];
  if (wanted.length === 0) return [];
  try {
    const { table } = await live(database, projection);
    const rows: Row[] = [];
    for (let from = 0; from < wanted.length; from += AT_ONCE) {
      const some = wanted.slice(from, from + AT_ONCE);
      const sql = `SELECT ${columns} FROM ${table(tableName)} WHERE ${by} IN (${places(some)})`;
      rows.push(...(await database.query<Row>(sql, some)));
    }
    return rows;
  } catch (error) {
    if (error instanceof NotBuiltYet) return [];
    throw error;
  }
}
