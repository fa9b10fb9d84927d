import type { ReadDatabase } from '../../database/read-database';
import type { Value } from '../../projection';
import { registerTable } from '../../projections/register';
import { filterColumns, filterConditions, joined } from '../register-filters';
import type { AssetFilters } from '../register-filters';
import { wordsOf } from '../words';
import { live } from '../tables';

/** So many assets of the smallest area chosen are looked through, those with the latest entries first. What so many others overtook is no news. */
const LATELY = 2000;

export interface AssetsChosen extends AssetFilters {
  readonly text?: string;
}

const smallestFirst = ['municipality_code', 'province_code', 'region_code'] as const;

/** The assets of an area that entries were written about last, from the index in which they lie by that; with the columns named. */
export function lately(
  register: string,
  chosen: AssetsChosen,
  columns: readonly string[],
  limit: number = LATELY,
): { readonly sql: string; readonly parameters: readonly Value[] } {
  const area = smallestFirst.find((column) => chosen[column] !== undefined);
  const where = area === undefined ? '' : `WHERE ${area} = ?`;
  const sql = `(SELECT ${columns.join(', ')} FROM ${register} ${where} ORDER BY position DESC LIMIT ${limit}) AS lately`;
  return { sql, parameters: area === undefined ? [] : [chosen[area]!] };
}

/** The assets that entries were written about last, under the filters of the register. Throws NotBuiltYet. */
export async function changedAssets(database: ReadDatabase, chosen: AssetsChosen, limit: number): Promise<string[]> {
  const { table } = await live(database, 'register');
  const from = lately(table('register'), chosen, ['id', 'position', 'search_text', 'idle_since', ...filterColumns]);
  const words = wordsOf(chosen.text ?? '');
  const { dialect } = database;
  const search =
    words.length === 0
      ? undefined
      : (dialect.inOrder?.where(registerTable, words) ?? dialect.search(registerTable, 'lately', words));
  const { sql, parameters } = joined([
    ...(await filterConditions(database, chosen)),
    ...(search ? [{ ...search, sql: `(${search.sql})` }] : []),
  ]);
  const rows = await database.query<{ id: string }>(
    `SELECT id FROM ${from.sql} ${sql} ORDER BY position DESC LIMIT ?`,
    [...from.parameters, ...parameters, limit],
  );
  return rows.map(({ id }) => id);
}
