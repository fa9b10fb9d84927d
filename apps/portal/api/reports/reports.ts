import type { ReportAnswer } from './answering';
import { assignedAsked, moneyAsked, supportAsked, useAsked } from './asked';
import {
  assignedColumns, assignedLine, assignedRow, movement, movementColumns, movementRow, supportColumns, supportItem, supportRow, useColumns,
  useRecord, useRow, flagColumns, flagLine, flagRow, waitingColumns, waitingLine, waitingRow,
} from './resources'; // prettier-ignore
import type { AssignedLine, Movement, SupportItem, UseRecord, WaitingLine, FlagLine } from './resources';
import {
  assignedTotalColumns, assignedTotalRow, moneyTotalColumns, moneyTotalRow, supportTotalColumns, supportTotalRow,
  useTotalColumns, useTotalRow,
} from './totals'; // prettier-ignore
import type { AssignedTotal, MoneyTotal, SupportTotal, UseTotal } from './totals';
import { flagTotalColumns, flagTotals } from './flag-totals';
import type { FlagTotal } from './flag-totals';
import { waitingTotalColumns, waitingTotalRow, waitsAsked } from './waiting-totals';
import type { WaitingTotal } from './waiting-totals';

/** The reports of the chapters: how each is listed, summed up and written as a table. */

export const moneyReport: ReportAnswer<Movement, MoneyTotal> = {
  name: 'money',
  list: 'movements',
  resource: movement,
  columns: movementColumns,
  row: movementRow,
  totals: moneyAsked,
  totalColumns: moneyTotalColumns,
  totalRow: moneyTotalRow,
};

export const supportReport: ReportAnswer<SupportItem, SupportTotal> = {
  name: 'support',
  list: 'items',
  resource: supportItem,
  columns: supportColumns,
  row: supportRow,
  totals: supportAsked,
  totalColumns: supportTotalColumns,
  totalRow: supportTotalRow,
};

export const useReport: ReportAnswer<UseRecord, UseTotal> = {
  name: 'use',
  list: 'records',
  resource: useRecord,
  columns: useColumns,
  row: useRow,
  totals: useAsked,
  totalColumns: useTotalColumns,
  totalRow: useTotalRow,
};

export const assignedReport: ReportAnswer<AssignedLine, AssignedTotal> = {
  name: 'assigned',
  list: 'assets',
  resource: assignedLine,
  columns: assignedColumns,
  row: assignedRow,
  totals: assignedAsked,
  totalColumns: assignedTotalColumns,
  totalRow: assignedTotalRow,
};

export const waitingReport: ReportAnswer<WaitingLine, WaitingTotal> = {
  name: 'waiting',
  list: 'assets',
  resource: waitingLine,
  columns: waitingColumns,
  row: waitingRow,
  totals: (reading, filters, by) => waitsAsked(reading, filters, by),
  totalColumns: waitingTotalColumns,
  totalRow: waitingTotalRow,
};

export const flagsReport: ReportAnswer<FlagLine, FlagTotal> = {
  name: 'flags',
  list: 'flags',
  // A deadline that has not passed yet is no hit.
  until: (reading) => reading.today(),
  resource: flagLine,
  columns: flagColumns,
  row: flagRow,
  totals: flagTotals,
  totalColumns: flagTotalColumns,
  totalRow: (total) => total,
};
