import type { ReadDatabase } from '../../database/read-database';
import type { Value } from '../../projection';
import { registerTable } from '../../projections/register';
import { filterColumns, wordsOf } from '../register-list';
import type { RegisterQuery } from '../register-list';
import { live } from '../tables';

/** So many assets of the smallest area chosen are looked through, those with the latest entries first. What so many others overtook is no news. */
const LATELY = 2000;

export type AssetsChosen = Pick<RegisterQuery, (typeof filterColumns)[number] | 'text'>;

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
  const from = lately(table('register'), chosen, ['id', 'position', 'search_text', ...filterColumns]);
  const equal = filterColumns.filter((column) => chosen[column] !== undefined);
  const words = wordsOf(chosen.text ?? '');
  const { dialect } = database;
  const search =
    words.length === 0
      ? undefined
      : (dialect.inOrder?.where(registerTable, words) ?? dialect.search(registerTable, 'lately', words));
  const all = [...equal.map((column) => `${column} = ?`), ...(search ? [`(${search.sql})`] : [])];
  const rows = await database.query<{ id: string }>(
    `SELECT id FROM ${from.sql} ${all.length === 0 ? '' : `WHERE ${all.join(' AND ')}`} ORDER BY position DESC LIMIT ?`,
    [...from.parameters, ...equal.map((column) => chosen[column]!), ...(search?.parameters ?? []), limit],
  );
  return rows.map(({ id }) => id);
}
