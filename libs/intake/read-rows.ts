import { createReadStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { CsvError, parse } from 'csv-parse';
import { ImportError } from './profile';
import type { Layout, MappingProfile } from './profile';
import type { Cells } from './row';

/** A record longer than this is a lost quote, not a row. */
const MAX_RECORD = 64 * 1024;

export interface SourceRow {
  /** 1 is the first row under the header. */
  readonly number: number;
  readonly values: readonly string[];
  /** Undefined where the row has another number of columns than the header. */
  readonly cells: Cells | undefined;
  /** Undefined where no layout is for such a row. */
  readonly layout: Layout | undefined;
  /** How much of the file was read before it, in bytes. */
  readonly bytes: number;
}

export interface SourceFile {
  readonly header: readonly string[];
  readonly bytes: number;
  readonly rows: AsyncIterable<SourceRow>;
}

/** Opens a CSV file for reading row by row, with flat memory. Throws ImportError for a file the profile cannot read. */
export async function readRows(path: string, profile: MappingProfile): Promise<SourceFile> {
  const bytes = await sizeOf(path);
  await checkEncoding(path);
  const records = recordsOf(path, profile.delimiter);
  const first = await records.next();
  if (first.done) throw new ImportError(`${path} is empty.`);
  const header = first.value.record;
  const layouts = profile.layouts.filter((layout) => layout.header.every((column) => header.includes(column)));
  if (layouts.length === 0) throw new ImportError(whyNoLayout(path, header, profile));
  return { header, bytes, rows: rowsOf(records, header, layouts) };
}

async function* rowsOf(
  records: AsyncIterable<ParsedRecord>,
  header: readonly string[],
  layouts: readonly Layout[],
): AsyncGenerator<SourceRow> {
  let number = 0;
  for await (const { record, bytes } of records) {
    number += 1;
    const fits = record.length === header.length;
    const cells: Cells = Object.fromEntries(header.map((column, place) => [column, record[place] ?? '']));
    const layout = layouts.find(({ when }) => !when || cells[when.column] === when.equals);
    yield { number, values: record, cells: fits ? cells : undefined, layout, bytes };
  }
}

interface ParsedRecord {
  readonly record: string[];
  readonly bytes: number;
}

async function* recordsOf(path: string, delimiter: string): AsyncGenerator<ParsedRecord> {
  const parser = parse({
    delimiter,
    bom: true,
    relax_column_count: true,
    skip_empty_lines: true,
    max_record_size: MAX_RECORD,
    info: true,
  });
  const source = Readable.from(decoded(path));
  source.on('error', (error) => parser.destroy(error));
  source.pipe(parser);
  try {
    for await (const item of parser) {
      const { record, info } = item as { record: string[]; info: { bytes: number } };
      yield { record, bytes: info.bytes };
    }
  } catch (error) {
    if (error instanceof CsvError)
      throw new ImportError(`${path} is not well-formed CSV: ${error.message}. Nothing behind that line was read.`);
    if (isBadEncoding(error))
      throw new ImportError(
        `${path} is not in UTF-8. Save it as CSV UTF-8 and import it again; nothing is recorded twice.`,
      );
    throw error;
  } finally {
    source.destroy();
    parser.destroy();
  }
}

const isBadEncoding = (error: unknown): boolean =>
  typeof error === 'object' && error !== null && 'code' in error && error.code === 'ERR_ENCODING_INVALID_ENCODED_DATA';

/** Text of a UTF-8 file; throws TypeError at the first byte that is not. */
async function* decoded(path: string): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  for await (const chunk of createReadStream(path)) yield decoder.decode(chunk as Buffer, { stream: true });
  yield decoder.decode();
}

async function sizeOf(path: string): Promise<number> {
  try {
    const found = await stat(path);
    if (found.isFile()) return found.size;
  } catch {
    // Said below, as for what is no file.
  }
  throw new ImportError(`There is no file ${path}.`);
}

async function checkEncoding(path: string): Promise<void> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(4096), 0, 4096, 0);
    const wide = (buffer[0] === 0xff && buffer[1] === 0xfe) || (buffer[0] === 0xfe && buffer[1] === 0xff);
    if (wide) throw new ImportError(`${path} is in UTF-16. Save it as CSV UTF-8 and import it again.`);
    if (buffer.subarray(0, bytesRead).includes(0)) throw new ImportError(`${path} is not a text file.`);
  } finally {
    await file.close();
  }
}

function whyNoLayout(path: string, header: readonly string[], profile: MappingProfile): string {
  const [only] = header;
  const other =
    header.length === 1
      ? [';', '|', '\t', ','].find((sign) => sign !== profile.delimiter && only?.includes(sign))
      : undefined;
  if (other !== undefined) {
    return `${path} seems to be separated by "${other}", and the profile "${profile.name}" expects "${profile.delimiter}". Save it with that separator, or choose another profile.`;
  }
  const missing = profile.layouts.map(
    ({ name, header: needed }) => `${name}: ${needed.filter((column) => !header.includes(column)).join(', ')}`,
  );
  return `${path} has no header the profile "${profile.name}" knows. Missing columns — ${missing.join('; ')}.`;
}
