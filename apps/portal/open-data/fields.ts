import { codesOf } from './codes';

/** What the cells of a column hold, in the words of Table Schema 2.0 (datapackage.org). */
export interface FieldType {
  readonly type: 'string' | 'integer' | 'number' | 'date' | 'datetime' | 'boolean';
  /** All values there can be, where they come from a closed list. */
  readonly codes?: readonly string[];
}

const integers = [
  'number', 'blocking_problems', 'deliveries', 'reports', 'completeness', 'consistency_score', 'destination_score', 'use_score', 'holder_score',
  'assets', 'applications', 'holds', 'renewals', 'revocations', 'awards', 'days_to_answer', 'members', 'meetings', 'recommendations', 'answered',
  'overdue', 'valued', 'entries', 'people', 'counted', 'destined_days', 'assigned_days', 'in_use_days', 'out_of', 'held_by_third_parties', 'days',
  'at_risk', 'reached', 'threads', 'late', 'awaited',
]; // prettier-ignore
const numbers = [
  'latitude', 'longitude', 'share', 'value', 'amount', 'available', 'committed', 'approved', 'paid', 'measure', 'delivered', 'fee', 'median_days', 'low', 'high',
]; // prettier-ignore
/** Those that hold money, in whole and minor units of the currency beside them. */
const amounts = ['value', 'amount', 'available', 'committed', 'approved', 'paid', 'fee'];
const dates = [
  'phase_since',
  'idle_since',
  'act_date',
  'on_day',
  'from_day',
  'until_day',
  'to_day',
  'renewal_act_date',
  'renewal_from_day',
  'renewal_to_day',
];
const booleans = [
  'screening_passed', 'conflict_of_interest', 'ties_to_former_owner', 'beneficial_owners_declared', 'conflict_waived',
]; // prettier-ignore

/** Columns that hold something else in one table than in the others. */
const ownTypes: Readonly<Record<string, FieldType['type']>> = {
  'organisations.held': 'integer',
  // Means of what are whole numbers in the list itself.
  'municipalities.completeness': 'number',
  'municipalities.consistency': 'number',
  'municipalities.destination': 'number',
  'municipalities.use': 'number',
  'municipalities.holder': 'number',
  'waiting-curve.waiting': 'number',
};

const MEASURE = /^(beneficiaries|jobs|volunteers)_/;

/** Whether a column of a table holds money. */
export const isAmount = (table: string, column: string): boolean =>
  amounts.includes(column) && fieldType(table, column).type === 'number';

/** What a column of a table holds. */
export function fieldType(table: string, column: string): FieldType {
  const own = ownTypes[`${table}.${column}`];
  if (own) return { type: own };
  if (integers.includes(column) || MEASURE.test(column)) return { type: 'integer' };
  if (numbers.includes(column)) return { type: 'number' };
  if (dates.includes(column) || column.endsWith('_on')) return { type: 'date' };
  if (booleans.includes(column)) return { type: 'boolean' };
  if (column === 'deadline') return { type: 'datetime' };
  const list = codesOf(table, column);
  return { type: 'string', ...(list && list.cell === undefined && { codes: list.all }) };
}
