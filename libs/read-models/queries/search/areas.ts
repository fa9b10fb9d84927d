import type { ReadDatabase } from '../../database/read-database';
import type { Row } from '../../projection';
import type { NamedArea } from '../area';
import { mapLevels } from '../map';
import type { MapLevel } from '../map';
import { live } from '../tables';
import { begins, wordsIn } from './words';

/** An area of the register as it is found by words. */
export interface AreaName extends NamedArea {
  /** Names of the larger areas it lies in, the smaller first. */
  readonly within: readonly string[];
  /** Words of its own name, and of all names. */
  readonly own: readonly string[];
  readonly all: readonly string[];
}

/**
 * Every area in which the register has an asset, by its names. Municipalities are found by stepping through the index of their codes, so that it costs the same for
 * a thousand assets of each and for one. Throws NotBuiltYet.
 */
export async function areaNames(database: ReadDatabase): Promise<readonly AreaName[]> {
  const { table } = await live(database, 'register');
  const stock = table('stock');
  const one = (column: string): string =>
    `(SELECT ${column} FROM ${stock} WHERE municipality_code = code LIMIT 1) AS ${column}`;
  const municipalities = await database.query<Row>(
    `WITH RECURSIVE codes(code) AS (
       SELECT min(municipality_code) FROM ${stock}
       UNION ALL SELECT (SELECT min(municipality_code) FROM ${stock} WHERE municipality_code > codes.code) FROM codes WHERE codes.code IS NOT NULL
     ) SELECT code, ${one('municipality')}, ${one('province_code')} FROM codes WHERE code <> ''`,
    [],
  );
  const wide = await database.query<Row>(
    `SELECT region_code, max(region) AS region, province_code, max(province) AS province FROM ${table('province_stock')} GROUP BY region_code, province_code`,
    [],
  );
  const found = new Map<string, AreaName>();
  const add = (level: MapLevel, row: Row, code: string, ...larger: readonly string[]): void => {
    if (!row[code] || !row[level]) return;
    const within = larger.flatMap((name) => (row[name] ? [String(row[name])] : []));
    const named = { level, code: String(row[code]), name: String(row[level]), within };
    const own = wordsIn(named.name);
    found.set(named.code, { ...named, own, all: [...own, ...within.flatMap(wordsIn)] });
  };
  const provinces = new Map(wide.map((row) => [row.province_code, row]));
  for (const row of wide) {
    add('region', row, 'region_code');
    add('province', row, 'province_code', 'region');
  }
  for (const row of municipalities)
    add('municipality', { ...provinces.get(row.province_code ?? ''), ...row }, 'code', 'province', 'region');
  return [...found.values()];
}

/**
 * The areas whose names hold all words by their beginnings, at least one of them in the own name: who looks for a region does not find all its municipalities. Those
 * that are called so exactly first, then the larger ones, then by name.
 */
export function areasWith(names: readonly AreaName[], words: readonly string[]): readonly AreaName[] {
  // Names are compared without hyphens: `forli-cesena` asks for two words of one.
  const asked = words.flatMap(wordsIn);
  if (asked.length === 0) return [];
  const whole = asked.join(' ');
  const rank = ({ own, level }: AreaName): number =>
    (own.join(' ') === whole ? 0 : mapLevels.length) + mapLevels.indexOf(level);
  const byName = (one: AreaName, other: AreaName): number =>
    one.name === other.name ? (one.code < other.code ? -1 : 1) : one.name < other.name ? -1 : 1;
  return names
    .filter(({ own, all }) => asked.every((word) => begins(all, word)) && asked.some((word) => begins(own, word)))
    .sort((one, other) => rank(one) - rank(other) || byName(one, other));
}
