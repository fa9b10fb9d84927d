import type { LegalDate } from '#domain';
import type { Table, Value } from '../../projection';
import { countedAs } from '../register-filters';
import type { Report, ReportFilters } from './reports';

/** A condition with the value that is put into it. */
export type Condition = readonly [string, Value];
export type Chosen = readonly Condition[];

export interface Conditions {
  readonly sql: string;
  readonly parameters: readonly Value[];
}

export const conditions = (report: Report, filters: ReportFilters, ...more: Chosen): Conditions =>
  together([...chosenOf(report, filters), ...more]);

/** The filters that find what no source says. Names are free text, so that a value of theirs could be the code. */
const alsoNotStated: readonly string[] = ['region', 'province', 'municipality', 'year', 'source'];

/** What the rows hold where a filter asks for a value; they hold nothing where no source says it. */
const kept = (filter: string, value: string): string => (alsoNotStated.includes(filter) ? countedAs(value) : value);

const chosenOf = ({ filters: known }: Report, filters: ReportFilters): [string, Value][] =>
  Object.entries(known).flatMap(([name, column]): [string, Value][] => {
    const value = filters[name];
    return value === undefined ? [] : [[`${column} = ?`, kept(name, value)]];
  });

/** What the filters that choose rows alone ask of a row, on a day. */
export const rowsAlone = ({ rowsAlone: known = {} }: Report, filters: ReportFilters, day: LegalDate): Chosen =>
  Object.entries(known).flatMap(([name, chosen]) => {
    const value = filters[name];
    return value === undefined ? [] : chosen(value, day);
  });

export const together = (all: Chosen): Conditions => ({
  sql: all.length === 0 ? '' : `WHERE ${all.map(([sql]) => sql).join(' AND ')}`,
  parameters: all.map(([, value]) => value),
});

export const columnsOf = ({ columns }: Table): string => Object.keys(columns).join(', ');
