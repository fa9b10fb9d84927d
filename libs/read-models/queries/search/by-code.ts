import type { ReadDatabase } from '../../database/read-database';
import type { Row } from '../../projection';
import { organisationsTable } from '../../projections/civic/organisations';
import { normalised } from '../../projections/register-facts';
import { registerTable } from '../../projections/register';
import { wordsOf } from '../words';
import { live } from '../tables';

/** So many of those that hold the words of a code are looked at; a code that is a word of more is none. */
const LOOKED_AT = 1000;

const tables = { register: registerTable, organisations: organisationsTable } as const;

/** Ids of the assets or organisations that another register knows by exactly this code, whatever its case. Throws NotBuiltYet. */
export async function idsByCode(
  database: ReadDatabase,
  projection: keyof typeof tables,
  code: string,
): Promise<readonly string[]> {
  const words = wordsOf(code);
  // Every code of the field has a digit; words of a language have none, and are many.
  if (words.length === 0 || !/\d/.test(code)) return [];
  const { table } = await live(database, projection);
  const name = table(projection);
  const { sql, parameters } = database.dialect.searchWhole(tables[projection], name, words);
  const rows = await database.query<Row>(`SELECT id, identifiers FROM ${name} WHERE ${sql} LIMIT ${LOOKED_AT}`, parameters); // prettier-ignore
  const asked = normalised(code.trim());
  const has = ({ identifiers }: Row): boolean =>
    (JSON.parse(String(identifiers)) as { readonly id: string }[]).some(({ id }) => normalised(id) === asked);
  return rows.filter(has).map(({ id }) => String(id));
}
