import { isReturnCode } from '#domain';
import { partName } from '#web';
import type { Words } from '#web';
import { codesOf } from './codes';
import { fieldType } from './fields';

type Row = Readonly<Record<string, string | number | null>>;

/** How a cell with something in it is said. */
type Saying = (cell: string, row: Row) => string;

/** How the cells of a column are said in the words of the pages; undefined where they are no codes: ids, links, names, numbers, days. */
export function sayingOf(table: string, column: string, words: Words): Saying | undefined {
  if (fieldType(table, column).type === 'boolean')
    return (cell) => words.t(`code.yesNo.${cell === 'yes' ? 'true' : 'false'}`);
  if (column === 'authority') return (cell) => words.agency(cell);
  // Of which list a part is depends on the item it is a part of.
  if (table === 'annual-returns' && column === 'part')
    return (cell, { item }) => (typeof item === 'string' && isReturnCode(item) ? partName(item, cell, words) : cell);
  const codes = codesOf(table, column);
  if (codes === undefined) return undefined;
  const { all, textOf, cell: holds } = codes;
  const known = new Set(all);
  const said = (code: string): string => (known.has(code) ? words.t(textOf(code)) : code);
  return holds === 'parted' ? (cell) => cell.split(' ').map(said).join(words.comma) : said;
}
