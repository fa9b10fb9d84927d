import { Readable } from 'node:stream';
import { pipeline } from 'node:stream';
import { stringify } from 'csv-stringify';
import type { ReadDatabase, RegisterItem, RegisterQuery } from '#read-models';
import { registerSlice } from '#read-models';

export const CSV = 'text/csv; charset=utf-8; header=present';

type TableRow = Readonly<Record<string, string | number | null>>;

/** An amount below nothing, written out because it may be larger than a number holds exactly: no formula. */
const NEGATIVE = /^-\d+(\.\d+)?$/;
const amount = (text: string) => (NEGATIVE.test(text) ? { value: text, escape_formulas: false } : text);

/**
 * Rows as CSV (RFC 4180), the first line naming the columns. Text that a spreadsheet would take for a formula gets an apostrophe in front of it
 * (OWASP, CSV injection).
 */
export function csvOf(rows: Iterable<TableRow> | AsyncIterable<TableRow>, columns: readonly string[]): Readable {
  const csv = stringify({
    header: true,
    columns: [...columns],
    escape_formulas: true,
    record_delimiter: 'windows',
    cast: { string: amount },
  });
  // A failure while rows are read destroys both ends, which breaks the answer off: nobody takes half a table for a whole one.
  return pipeline(Readable.from(rows), csv, () => undefined);
}

/** Items as one JSON array, written while they are read. */
export function jsonArrayOf(items: AsyncIterable<unknown>): Readable {
  return Readable.from(pieces(items));
}

async function* pieces(items: AsyncIterable<unknown>): AsyncGenerator<string> {
  let before = '[\n';
  for await (const item of items) {
    yield before + JSON.stringify(item);
    before = ',\n';
  }
  yield before === '[\n' ? '[]\n' : '\n]\n';
}

const AT_ONCE = 1000;

/** Every line of the register that matches, page by page, so that memory does not grow with the register. Throws NotBuiltYet at the first. */
export async function* allItems(
  database: ReadDatabase,
  query: Omit<RegisterQuery, 'limit' | 'after' | 'before'>,
): AsyncGenerator<RegisterItem> {
  let after: string | undefined;
  do {
    const slice = await registerSlice(database, { ...query, limit: AT_ONCE, ...(after !== undefined && { after }) });
    yield* slice.items;
    after = slice.next;
  } while (after !== undefined);
}

/** Each item as something else, while they are read. */
export async function* mapped<From, To>(items: AsyncIterable<From>, map: (item: From) => To): AsyncGenerator<To> {
  for await (const item of items) yield map(item);
}
