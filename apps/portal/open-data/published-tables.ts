import { dataAddress, placedLists } from '#web';
import type { PublishedName, ReportPage, TableFormat } from '#web';
import { answeringColumns } from '../civic/dialogues.controller';
import { callColumns, dialogueColumns, groupColumns, organisationColumns } from '../civic/resources';
import { returnColumns } from '../api/annual-return/rows';
import { assetColumns, stockColumns } from '../api/resources';
import {
  assignedReport,
  flagsReport,
  moneyReport,
  supportReport,
  useReport,
  waitingReport,
} from '../api/reports/reports';
import { curveColumns } from '../api/reports/waiting-totals';

/** A table that is published whole: its columns are those of its CSV, whoever describes it. */
export interface PublishedTable {
  readonly name: PublishedName;
  readonly columns: readonly string[];
  /** The columns that name a row. */
  readonly key: readonly string[];
  /** Columns that name a row of another table, by the other's name. */
  readonly links: Readonly<Partial<Record<string, PublishedTable['name']>>>;
  /** Where all of it lies, in each form it has. */
  readonly at: { readonly csv: string; readonly xlsx?: string; readonly json?: string; readonly geojson?: string };
} // prettier-ignore

const inEach = (address: (format: TableFormat) => string): PublishedTable['at'] => ({
  csv: address('csv'),
  xlsx: address('xlsx'),
  json: address('json'),
});

const civic = (
  name: 'calls' | 'organisations' | 'dialogues' | 'groups',
  columns: readonly string[],
  links: PublishedTable['links'] = {},
): PublishedTable => ({
  name,
  columns,
  key: ['id'],
  links,
  at: {
    ...inEach((format) => dataAddress.civic(name, {}, format)),
    ...(placedLists.includes(name) && { geojson: dataAddress.civic(name, {}, 'geojson') }),
  },
});

const report = (
  { name, columns }: { readonly name: ReportPage; readonly columns: readonly string[] },
  key: readonly string[],
): PublishedTable => ({
  name,
  columns,
  key,
  links: { asset: 'assets' },
  at: { ...inEach((format) => dataAddress.report(name, {}, format)), geojson: dataAddress.report(name, {}, 'geojson') },
});

/** Every table there is. A new list of the API is added here, and its columns' titles in libs/web/i18n/open-data. */
export const publishedTables: readonly PublishedTable[] = [
  {
    name: 'assets',
    columns: assetColumns,
    key: ['id'],
    links: {},
    at: { ...inEach((format) => dataAddress.assets({}, format)), geojson: dataAddress.assets({}, 'geojson') },
  },
  report({ name: 'money', columns: moneyReport.columns }, ['asset', 'number']),
  report({ name: 'support', columns: supportReport.columns }, ['asset', 'id']),
  report({ name: 'use', columns: useReport.columns }, ['asset', 'id']),
  report({ name: 'assigned', columns: assignedReport.columns }, ['asset']),
  {
    name: 'municipalities',
    columns: assignedReport.totalColumns,
    // Assets whose municipality nobody knows make a row without a code.
    key: [],
    links: {},
    at: { csv: dataAddress.municipalities({}), json: '/api/v1/assigned/totals?by=municipality' },
  },
  report({ name: 'waiting', columns: waitingReport.columns }, ['asset']),
  {
    name: 'waiting-curve',
    columns: curveColumns,
    key: ['milestone', 'days'],
    links: {},
    at: { csv: dataAddress.waitingCurve({}), json: '/api/v1/waiting/totals' },
  },
  // A flag of a call or a group is about no asset, and one entry can bring several of a rule.
  report({ name: 'flags', columns: flagsReport.columns }, []),
  civic('calls', callColumns, { awarded_to: 'organisations' }),
  civic('organisations', organisationColumns),
  civic('dialogues', dialogueColumns, { asset: 'assets' }),
  {
    name: 'dialogue-answers',
    columns: answeringColumns,
    key: ['authority'],
    links: {},
    at: { csv: '/api/v1/dialogue-answers.csv', json: '/api/v1/dialogue-answers' },
  },
  civic('groups', groupColumns),
  {
    name: 'indicators',
    columns: stockColumns,
    // Where an asset has no region, the cell has none: no column that may be empty can be part of a key.
    key: [],
    links: {},
    at: inEach((format) => dataAddress.indicators(format)),
  },
  {
    name: 'annual-returns',
    columns: returnColumns,
    // An item as a whole has no part.
    key: [],
    links: {},
    at: inEach((format) => dataAddress.annualReturns({}, format)),
  },
];
