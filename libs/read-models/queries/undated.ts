import { actsInto, daysAfter } from '#domain';
import type { LegalDate, UndatedStock } from '#domain';
import type { ReadDatabase } from '../database/read-database';
import type { Row } from '../projection';
import { live } from './tables';

/**
 * What is left out of the stock of a day, of which `counted` assets are counted. Each dossier begins with one seizure, so whoever is in the register today and was not on that day was seized later, or has a seizure
 * without a date. From counters, and the seizures of one year. Throws NotBuiltYet.
 */
export async function undatedStock(database: ReadDatabase, day: LegalDate, counted: number): Promise<UndatedStock> {
  const { table } = await live(database, 'register');
  const [cells, year] = [table('return_cells'), day.slice(0, 4)];
  const items = [...new Set(Object.values(actsInto).map(({ item }) => item))];
  const [[sums], undated] = await Promise.all([
    database.query<Row>(
      `SELECT (SELECT sum(assets) FROM ${table('wide_stock')}) AS today, (SELECT sum(entries) FROM ${cells} WHERE item = 'seizures' AND year > ?) AS later, ` +
        `(SELECT count(*) FROM ${table('return_entries')} WHERE item = 'seizures' AND year = ? AND place >= ?) AS of_year`,
      [year, year, daysAfter(day, 1)],
    ),
    database.query<Row>(
      `SELECT item, part, sum(entries) AS entries FROM ${cells} WHERE item IN (${items.map(() => '?').join(', ')}) AND year = '' GROUP BY item, part ORDER BY item, part`,
      items,
    ),
  ]);
  const number = (name: string): number => Number(sums?.[name] ?? 0);
  const acts = Object.entries(actsInto).map(([phase, { item, part }]) => {
    const own = undated.filter((row) => row.item === item && (part === undefined || row.part === part));
    return [phase, own.reduce((sum, { entries }) => sum + Number(entries), 0)] as const;
  });
  return {
    assets: Math.max(0, number('today') - counted - number('later') - number('of_year')),
    acts: Object.fromEntries(acts.filter(([, entries]) => entries > 0)),
  };
}
