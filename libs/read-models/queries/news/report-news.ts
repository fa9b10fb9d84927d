import type { ReadDatabase } from '../../database/read-database';
import type { LegalDate } from '#domain';
import { conditions, rowsAlone } from '../reports/conditions';
import type { Conditions } from '../reports/conditions';
import { reports } from '../reports/reports';
import type { Report, ReportFilters, ReportName } from '../reports/reports';
import { reportSlice } from '../reports/rows';
import { live } from '../tables';
import { lately } from './changed-assets';
import { newsById, newsOf, newsWhere } from './news';
import type { News } from './news';

/** Reports whose rows are entries, by the column that names them; of the others each row is an asset. */
const entryIn = { money: 'entry', support: 'id', use: 'id' } as const;
type OfEntries = keyof typeof entryIn;
const isOfEntries = (name: ReportName): name is OfEntries => name in entryIn;

/** So many assets are looked through for entries that were written down late, of days long ago. */
const LATE = 300;

/** What is new in a report's list under its filters, the latest first. Rows of another day than today's are no news, so `asOf` is passed over. Throws NotBuiltYet. */
export function reportNews(
  database: ReadDatabase,
  name: Exclude<ReportName, 'flags'>,
  { asOf: _, ...filters }: ReportFilters,
  limit: number,
  today: LegalDate,
): Promise<readonly News[]> {
  return isOfEntries(name)
    ? newsOfEntries(database, name, filters, limit, today)
    : newsOfAssets(database, name, filters, limit);
}

/** The rows of the latest days, and those that were written down lately, of whatever day. */
async function newsOfEntries(database: ReadDatabase, name: OfEntries, filters: ReportFilters, limit: number, today: LegalDate) {
  const report: Report = reports[name];
  const { table } = await live(database, 'register');
  const from = lately(table('register'), areaOf(report, filters), ['id', 'position'], LATE);
  const where = offeringNoIndex(conditions(report, filters, ...rowsAlone(report, filters, today)));
  const written = `SELECT ${entryIn[name]} FROM ${table(report.table.name)} ${where.sql} ${where.sql === '' ? 'WHERE' : 'AND'} asset IN (SELECT id FROM ${from.sql})`;
  const { rows } = await reportSlice(database, name, { filters, limit, today });
  const found = await Promise.all([
    newsById(database, rows.map((row) => String(row[entryIn[name]])), limit),
    newsWhere(database, { sql: `id IN (${written})`, parameters: [...where.parameters, ...from.parameters] }, limit),
  ]);
  const once = new Map(found.flat().map((each) => [each.id, each]));
  return [...once.values()].sort((one, other) => other.position - one.position).slice(0, limit);
} // prettier-ignore

/** The latest entries about the assets that stand in the list. */
async function newsOfAssets(database: ReadDatabase, name: ReportName, filters: ReportFilters, limit: number) {
  const report: Report = reports[name];
  const { table } = await live(database, 'register');
  const from = lately(table('register'), areaOf(report, filters), ['id', 'position']);
  const where = offeringNoIndex(conditions(report, filters));
  const stands = `SELECT 1 FROM ${table(report.table.name)} ${where.sql} ${where.sql === '' ? 'WHERE' : 'AND'} asset = lately.id`;
  const rows = await database.query<{ id: string }>(
    `SELECT id FROM ${from.sql} WHERE EXISTS (${stands}) ORDER BY position DESC LIMIT ?`,
    [...from.parameters, ...where.parameters, limit],
  );
  return newsOf(database, 'asset', rows.map(({ id }) => id), limit);
} // prettier-ignore

/** Conditions on expressions, which no index serves: rows are to be found by their assets, not by going through all that a region or a supplier has. */
const offeringNoIndex = ({ sql, parameters }: Conditions): Conditions => ({
  sql: sql.replace(/(\w+) = \?/g, "($1 || '') = ?"),
  parameters,
});

/** The areas among the filters, by the columns of the register. */
const areaOf = ({ filters: known }: Report, filters: ReportFilters) =>
  Object.fromEntries(
    ['region', 'province', 'municipality'].flatMap((name) => {
      const [column, value] = [known[name], filters[name]];
      return column === undefined || value === undefined ? [] : [[column, value]];
    }),
  );
