import readSheet from 'read-excel-file/node';

export type Cell = string | number | boolean | Date | null;

/** The rows of the only sheet of a workbook, as another reader of workbooks understands them. */
export async function rowsIn(bytes: Buffer): Promise<Cell[][]> {
  const [sheet] = (await readSheet(bytes, { trim: false })) as unknown as { data: Cell[][] }[];
  return sheet!.data;
}

/** A cell as a file in text says it. */
export const asText = (cell: Cell): string =>
  cell instanceof Date ? cell.toISOString().slice(0, 10) : cell === null ? '' : String(cell);
