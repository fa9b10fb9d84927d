import type { LegalDate, Profile } from '#domain';
import { daysAfter, daysBetween } from '#domain';
import type { ReadDatabase } from '../database/read-database';
import type { Row } from '../projection';
import { itemOf } from './register-list';
import type { RegisterItem } from './register-list';
import { live } from './tables';

/** An asset that has stayed in a phase for longer than the law gives it. */
export interface OverdueAsset extends RegisterItem {
  readonly since: LegalDate;
  /** Days beyond the last day of the deadline. */
  readonly days: number;
  /** What sets the deadline. */
  readonly source: string;
}

/** The assets that are overdue on a day, the longest first, at most `limit`. An undated phase has no clock. Throws NotBuiltYet. */
export async function overdueAssets(
  database: ReadDatabase,
  { deadlines }: Profile,
  today: LegalDate,
  limit: number,
): Promise<OverdueAsset[]> {
  const { table } = await live(database, 'register');
  const found = await Promise.all(
    Object.entries(deadlines).map(async ([phase, { days, source }]) => {
      const rows = await database.query<Row>(
        `SELECT * FROM ${table('register')} WHERE phase = ? AND phase_since < ? ORDER BY phase_since, id LIMIT ?`,
        [phase, daysAfter(today, -days), limit],
      );
      return rows.map(itemOf).map((item): OverdueAsset => {
        const since = item.phase_since ?? today;
        return { ...item, since, days: daysBetween(since, today) - days, source };
      });
    }),
  );
  return found
    .flat()
    .sort((one, other) => other.days - one.days || (one.id < other.id ? -1 : 1))
    .slice(0, limit);
}
