import { reportSlice } from '#read-models';
import type { Now } from '#read-models';
import type { Dealings } from '#web';
import { moneyAsked, supportAsked } from '../api/reports/asked';
import { movement } from '../api/reports/resources';
import { supportLine } from '../pages/report-views';
import type { Reading } from '../reading';

/** So many movements and offers the page of an organisation lists, the latest first; the reports have all. */
const LISTED = 20;

/**
 * What an organisation was paid as a supplier and what it offered: the reports' own rows and counters under the filter of its name, which is how they tell suppliers and supporters apart. Each is found by
 * an index. Throws NotBuiltYet.
 */
export async function dealingsOf(reading: Reading, name: string, { today, past = false }: Now): Promise<Dealings> {
  const { database } = reading;
  const moment = past ? { asOf: today } : {};
  const [bySupplier, bySupporter] = [
    { supplier: name, ...moment },
    { supporter: name, ...moment },
  ];
  const [money, movements, [support], offers] = await Promise.all([
    moneyAsked(reading, bySupplier),
    reportSlice(database, 'money', { filters: bySupplier, today, limit: LISTED }),
    supportAsked(reading, bySupporter),
    reportSlice(database, 'support', { filters: bySupporter, today, limit: LISTED }),
  ]);
  return {
    name,
    ...moment,
    money,
    movements: movements.rows.map(movement),
    support: support!,
    offers: offers.rows.map(supportLine),
  };
}
