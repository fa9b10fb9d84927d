import { Get, applyDecorators } from '@nestjs/common';
import { ApiOperation } from '@nestjs/swagger';
import { failsWith } from '#http';
import { Open } from './answer';
import { Answers } from './description';
import type { Answer } from './description';
import { MAX_ROWS, XLSX } from './workbook';

/** A query of the API: where it is asked, what it is called, and what it answers. */
const Operation = (path: string, operationId: string, summary: string, answer: Answer): MethodDecorator =>
  applyDecorators(Get(path), Open(), ApiOperation({ operationId, summary }), Answers(answer));

type Schema = NonNullable<Answer['json']>['name'];

interface Listed {
  /** Its name in the address, such as `calls`; operations are called after it. */
  readonly name: string;
  /** What its pages, its sheet and its array are, in words. */
  readonly summary: { readonly page: string; readonly sheet: string; readonly array: string };
  readonly answer: { readonly page: string; readonly sheet: string; readonly array: string };
  /** Names of the schemas of a page and of an item. */
  readonly schema: { readonly page: Schema; readonly item: Schema };
  readonly columns: readonly string[];
}

/** The ways to ask for a list: a page at a time, everything as CSV, as a workbook, as one JSON array. */
export function listOperations({ name, summary, answer, schema, columns }: Listed) {
  const operation = `list${name[0]?.toUpperCase() ?? ''}${name.slice(1)}`;
  const page = { description: answer.page, json: { name: schema.page }, csv: columns, paged: true as const };
  return {
    Page: () => Operation(name, operation, summary.page, page),
    Sheet: () =>
      Operation(`${name}.csv`, `${operation}AsCsv`, summary.sheet, { description: answer.sheet, csv: columns }),
    Workbook: () =>
      applyDecorators(
        Operation(`${name}.xlsx`, `${operation}AsXlsx`, summary.sheet.replace('CSV', 'a workbook'), {
          description: `${answer.sheet}; ${MAX_ROWS} rows at most`,
          file: XLSX,
        }),
        failsWith(422),
      ),
    Array: () =>
      Operation(`${name}.json`, `${operation}AsJson`, summary.array, {
        description: answer.array,
        json: { name: schema.item, list: true as const },
      }),
  };
}

/** The points of a list that is about assets. */
export const onTheMap = (name: string, row: string) => (): MethodDecorator =>
  Operation(
    `${name}.geojson`,
    `list${name[0]?.toUpperCase() ?? ''}${name.slice(1)}AsGeoJson`,
    'What the filter finds of assets with a position, as a map shows them',
    { description: `Points (RFC 7946), each with one ${row}`, json: { name: 'Points', type: 'application/geo+json' } },
  );

/** A list of a civic report: what it holds, in words that go on. */
export const civicOperations = (
  name: string,
  words: string,
  schema: Listed['schema'],
  columns: readonly string[],
): ReturnType<typeof listOperations> =>
  listOperations({
    name,
    summary: { page: `${words}, page by page`, sheet: `${words}, as CSV`, array: `${words}, as one JSON array` },
    answer: {
      page: 'A page; with Accept: text/csv everything that is asked for, in one piece',
      sheet: 'A table',
      array: 'An array',
    },
    schema,
    columns,
  });

/** A list of a chapter of the dossiers: what it holds and in which order, what a row of its table is, what its items are, and what they add up to. */
export const chapterOperations = (
  name: string,
  words: { readonly list: string; readonly row: string; readonly items: string; readonly totals: string },
  schema: Listed['schema'] & { readonly total: Schema },
  { columns, totalColumns }: { readonly columns: readonly string[]; readonly totalColumns: readonly string[] },
) => ({
  ...listOperations({
    name,
    summary: {
      page: words.list,
      sheet: 'Everything the filter finds, as CSV',
      array: 'Everything the filter finds, as one JSON array',
    },
    answer: {
      page: 'A page with what all that the filter finds adds up to; with Accept: text/csv everything, in one piece',
      sheet: `A table, one ${words.row}`,
      array: words.items,
    },
    schema,
    columns,
  }),
  Map: onTheMap(name, words.row),
  Totals: () =>
    Operation(`${name}/totals`, `read${schema.total}s`, words.totals, {
      description: 'One line for each part of the division',
      json: { name: schema.total, list: true as const },
      csv: totalColumns,
    }),
});
