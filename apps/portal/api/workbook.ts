import { Readable } from 'node:stream';
import { Zip, ZipDeflate, strToU8 } from 'fflate';
import { failed } from '#http';
import type { Words } from '#web';
import { sayingOf } from '../open-data/cells';
import { fieldType, isAmount } from '../open-data/fields';

export const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** A workbook is for people to look at: more rows than this open slowly or not at all. The format itself ends at 1,048,576. */
export const MAX_ROWS = 100_000;

type Cell = string | number | null;
type TableRow = Readonly<Record<string, Cell>>;

/** Whoever asks for more rows than a workbook may hold is told what to do, before anything is sent. Throws RequestFailed. */
export function refuseTooManyRows(rows: number, most: number): void {
  if (rows <= most) return;
  throw failed(
    'too-many-rows',
    `The filter finds more than ${most} rows, which is what a workbook may hold here. Narrow the filter, or take the same address with .csv, which has no limit.`,
  );
}

/**
 * Rows as a workbook with one sheet (ECMA-376, SpreadsheetML), written while they are read, so that memory does not grow with them. Numbers and days are numbers and
 * days there. All text stands in cells for text, where no spreadsheet looks for formulas. With words, the sheet, its columns and its codes are called as the pages call
 * them, and the sheet runs from where the language does; without them, as programs know them.
 */
export function workbookOf(rows: Iterable<TableRow> | AsyncIterable<TableRow>, table: string, columns: readonly string[], words?: Words): Readable {
  return Readable.from(pieces(rows, sheetOf(table, columns, words)), { objectMode: false });
} // prettier-ignore

/** A sheet as it is called, without its rows. */
interface Sheet {
  readonly name: string;
  readonly fromTheRight: boolean;
  readonly columns: readonly SheetColumn[];
}

interface SheetColumn {
  readonly column: string;
  readonly title: string;
  /** In characters; undefined where nobody said how wide. */
  readonly width?: number;
  readonly type: string;
  readonly said: ReturnType<typeof sayingOf>;
}

/** So wide a column is at least and at most, in characters. */
const WIDTHS = { least: 12, most: 40 } as const;

function sheetOf(table: string, columns: readonly string[], words: Words | undefined): Sheet {
  const typeOf = (column: string): string => (isAmount(table, column) ? 'money' : fieldType(table, column).type);
  if (words === undefined) {
    const plain = columns.map((column) => ({ column, title: column, type: typeOf(column), said: undefined }));
    return { name: table, fromTheRight: false, columns: plain };
  }
  const named = columns.map((column): SheetColumn => {
    const title = words.column(table, column) ?? column;
    const width = Math.min(WIDTHS.most, Math.max(WIDTHS.least, title.length + 2));
    return { column, title, width, type: typeOf(column), said: sayingOf(table, column, words) };
  });
  return { name: words.table(table) ?? table, fromTheRight: words.direction === 'rtl', columns: named };
}

const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>';
const SHEETML = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
const TYPES = 'application/vnd.openxmlformats-officedocument.spreadsheetml';

/** The style of money with so many decimals, as its currency has: those of one column stand under one another (ECMA-376 Part 1 §18.8.30). */
const MONEY_STYLES: Readonly<Record<number, string>> = { 0: ' s="3"', 2: ' s="4"', 3: ' s="5"' };

/** Everything but the sheet. Style 1 is a day, style 2 the line of names, 3 to 5 are money. */
const parts = (name: string): Readonly<Record<string, string>> => ({
  '[Content_Types].xml': `<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${TYPES}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="${TYPES}.worksheet+xml"/><Override PartName="/xl/styles.xml" ContentType="${TYPES}.styles+xml"/></Types>`,
  '_rels/.rels': `<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
  'xl/workbook.xml': `<workbook xmlns="${SHEETML}" xmlns:r="${OFFICE}"><sheets><sheet name="${escaped(name)}" sheetId="1" r:id="rId1"/></sheets></workbook>`,
  'xl/_rels/workbook.xml.rels': `<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${OFFICE}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="${OFFICE}/styles" Target="styles.xml"/></Relationships>`,
  'xl/styles.xml': `<styleSheet xmlns="${SHEETML}"><numFmts count="1"><numFmt numFmtId="164" formatCode="#,##0.000"/></numFmts><fonts count="2"><font/><font><b/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="6"><xf/><xf numFmtId="14" applyNumberFormat="1"/><xf fontId="1" applyFont="1"/>${[3, 4, 164].map((format) => `<xf numFmtId="${format}" applyNumberFormat="1"/>`).join('')}</cellXfs></styleSheet>`,
});

/** So many characters of the sheet are pressed at once. */
const AT_ONCE = 256 * 1024;
/** The same rows give the same bytes, whenever they are written. */
const WRITTEN = '1980-01-01T00:00:00';

async function* pieces(rows: Iterable<TableRow> | AsyncIterable<TableRow>, { name, fromTheRight, columns }: Sheet): AsyncGenerator<Uint8Array> {
  const ready: Uint8Array[] = [];
  const zip = new Zip((error, chunk) => {
    if (error) throw error;
    ready.push(chunk);
  });
  const file = (path: string): ZipDeflate => {
    const part = new ZipDeflate(path, { level: 6 });
    part.mtime = WRITTEN;
    zip.add(part);
    return part;
  };
  for (const [path, xml] of Object.entries(parts(name))) file(path).push(strToU8(HEAD + xml), true);
  const sheet = file('xl/worksheets/sheet1.xml');
  const letters = columns.map((_, place) => lettersOf(place));
  const titles = columns.map(({ title }, place) => textCell(`${letters[place]}1`, title, ' s="2"')).join('');
  let xml = `${HEAD}<worksheet xmlns="${SHEETML}"><sheetViews><sheetView${fromTheRight ? ' rightToLeft="1"' : ''} workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>${widthsOf(columns)}<sheetData><row r="1">${titles}</row>`;
  let number = 1;
  for await (const row of rows) {
    number += 1;
    const cells = columns.map(({ column, type, said }, place) => {
      const at = `${letters[place]}${number}`;
      const cell = row[column] ?? null;
      return said && cell !== null && cell !== '' ? textCell(at, said(String(cell), row)) : cellOf(at, cell, type);
    });
    xml += `<row r="${number}">${cells.join('')}</row>`;
    if (xml.length < AT_ONCE) continue;
    sheet.push(strToU8(xml));
    xml = '';
    yield* ready.splice(0);
  }
  sheet.push(strToU8(`${xml}</sheetData></worksheet>`), true);
  zip.end();
  yield* ready.splice(0);
} // prettier-ignore

/** How wide each column is, where that is said (ECMA-376 Part 1 §18.3.1.17). */
function widthsOf(columns: readonly SheetColumn[]): string {
  const said = columns.flatMap(({ width }, place) =>
    width === undefined ? [] : [`<col min="${place + 1}" max="${place + 1}" width="${width}" customWidth="1"/>`],
  );
  return said.length === 0 ? '' : `<cols>${said.join('')}</cols>`;
}

/** A, B … Z, AA, AB …: the name of a column by its place. */
function lettersOf(place: number): string {
  const letter = String.fromCharCode(65 + (place % 26));
  return place < 26 ? letter : lettersOf(Math.floor(place / 26) - 1) + letter;
}

/** A double holds so many digits of any number; longer ones stay text, so that none is rounded. */
const EXACT_DIGITS = 15;

function cellOf(at: string, value: Cell, type: string): string {
  if (value === null || value === '') return '';
  const text = String(value);
  if (type === 'date') return dayCell(at, text);
  const isNumber = (type === 'integer' || type === 'number' || type === 'money') && /^-?\d+(\.\d+)?$/.test(text);
  if (isNumber && text.replace(/\D/g, '').length <= EXACT_DIGITS)
    return `<c r="${at}"${type === 'money' ? (MONEY_STYLES[text.split('.')[1]?.length ?? 0] ?? '') : ''}><v>${text}</v></c>`;
  return textCell(at, text);
}

const DAY_MS = 86_400_000;
/** Day 0 of spreadsheets for days from 1 March 1900 on; before that they count a day that never was (ECMA-376 Part 1 §18.17.4.1). */
const DAY_0 = Date.UTC(1899, 11, 30);
const FIRST = '1900-03-01';

const dayCell = (at: string, date: string): string =>
  /^\d{4}-\d{2}-\d{2}$/.test(date) && date >= FIRST
    ? `<c r="${at}" s="1"><v>${(Date.parse(`${date}T00:00:00Z`) - DAY_0) / DAY_MS}</v></c>`
    : textCell(at, date);

/** A cell holds no more characters than this. */
const MAX_CELL = 32_767;
const NAMES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escaped = (text: string): string => text.replace(/[&<>"]/g, (character) => NAMES[character] ?? character);
/** Characters that XML 1.0 does not allow, and the escapes of SpreadsheetML, which would be read as them (ST_Xstring). */
const FORBIDDEN =
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g; // eslint-disable-line no-control-regex
const ESCAPE = /_(?=x[0-9A-Fa-f]{4}_)/g;

const textCell = (at: string, text: string, style = ''): string =>
  `<c r="${at}" t="inlineStr"${style}><is><t xml:space="preserve">${text.slice(0, MAX_CELL).replace(FORBIDDEN, '\ufffd').replace(ESCAPE, '_x005F_').replace(/[&<>]/g, (character) => NAMES[character] ?? character)}</t></is></c>`; // prettier-ignore
