/** One row under its header. */
export type Cells = Readonly<Record<string, string>>;

/** Why a row, or a part of it, cannot be taken as it is. */
export interface Remark {
  readonly column: string;
  readonly value: string;
  readonly reason: string;
}

/** Thrown while a row is read; becomes its refusal. */
export class RowRefused extends Error {
  constructor(readonly remark: Remark) {
    super(remark.reason);
  }
}

/** The cell of a column; empty where the row has none. */
export const cell = (cells: Cells, column: string): string => cells[column] ?? '';

/** The cells of several columns as one word: `Vendita + Creditori`. Empty ones are passed over. */
export const joined = (cells: Cells, columns: readonly string[]): string =>
  columns
    .map((column) => cell(cells, column))
    .filter((value) => value !== '')
    .join(' + ');
