import type { Words } from '#web';
import { addressOf } from '#web';
import { codesOf } from './codes';
import { fieldType } from './fields';
import type { PublishedTable } from './published-tables';
import type { Publication } from './publication';

/** Descriptions of all published tables (Data Package 2.0, datapackage.org): what a program needs to read each CSV as typed data. */

const PROFILES = 'https://datapackage.org/profiles/2.0';

export function dataPackageOf(tables: readonly PublishedTable[], words: Words, publication: Publication): object {
  const { origin, publisher, licence, position } = publication;
  return {
    $schema: `${PROFILES}/datapackage.json`,
    name: 'social-reuse-registry',
    title: words.t('openData.package.title'),
    description: words.t('openData.package.description'),
    homepage: origin + addressOf(words.language, { page: 'data' }),
    version: String(position),
    licenses: [{ name: licence.name, path: licence.address, title: licence.title }],
    contributors: [{ title: publisher, roles: ['publisher'] }],
    resources: tables.map((table) => resourceOf(table, words, origin)),
  };
}

function resourceOf(table: PublishedTable, words: Words, origin: string): object {
  const { name, at } = table;
  return {
    $schema: `${PROFILES}/dataresource.json`,
    name,
    type: 'table',
    title: words.t(`openData.table.${name}.title`),
    description: words.t(`openData.table.${name}.description`),
    path: origin + at.csv,
    format: 'csv',
    mediatype: 'text/csv',
    encoding: 'utf-8',
    dialect: { $schema: `${PROFILES}/tabledialect.json`, delimiter: ',', lineTerminator: '\r\n', quoteChar: '"', doubleQuote: true, header: true },
    schema: tableSchemaOf(table, words),
  };
} // prettier-ignore

/** Column by column, in the order of the CSV. Text that a spreadsheet would take for a formula has an apostrophe in front of it there. */
export function tableSchemaOf({ name, columns, key, links }: PublishedTable, words: Words): object {
  const foreign = Object.entries(links).map(([column, table]) => ({
    fields: [column],
    reference: { resource: table, fields: ['id'] },
  }));
  return {
    $schema: `${PROFILES}/tableschema.json`,
    fieldsMatch: 'exact',
    fields: columns.map((column) => fieldOf(name, column, key.includes(column), words)),
    missingValues: [''],
    ...(key.length > 0 && { primaryKey: key }),
    ...(foreign.length > 0 && { foreignKeys: foreign }),
  };
}

function fieldOf(table: PublishedTable['name'], column: string, required: boolean, words: Words): object {
  const { type, codes } = fieldType(table, column);
  const { textOf } = codesOf(table, column) ?? {};
  const constraints = { ...(required && { required: true }), ...(codes && { enum: codes }) };
  return {
    name: column,
    type,
    title: words.column(table, column) ?? column,
    description: words.meaning(table, column) ?? column,
    ...(type === 'boolean' && { trueValues: ['yes'], falseValues: ['no'] }),
    ...(codes && textOf && { categories: codes.map((value) => ({ value, label: words.t(textOf(value)) })) }),
    ...(Object.keys(constraints).length > 0 && { constraints }),
  };
}
