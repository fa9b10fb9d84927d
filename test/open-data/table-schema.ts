import { parse } from 'csv-parse/sync';

/** Reads a CSV by its Table Schema, as a program that knows nothing of us would: the rules are those of datapackage.org, written anew. */

export interface Field {
  readonly name: string;
  readonly type: string;
  readonly title: string;
  readonly description: string;
  readonly categories?: readonly { readonly value: string; readonly label: string }[];
  readonly trueValues?: readonly string[];
  readonly falseValues?: readonly string[];
  readonly constraints?: { readonly required?: boolean; readonly enum?: readonly string[] };
}
export interface Schema {
  readonly fieldsMatch: string;
  readonly fields: readonly Field[];
  readonly missingValues: readonly string[];
  readonly primaryKey?: readonly string[];
  readonly foreignKeys?: readonly {
    readonly fields: readonly string[];
    readonly reference: { readonly resource: string; readonly fields: readonly string[] };
  }[];
}
export interface ResourceDescription {
  readonly name: string;
  readonly path: string;
  readonly title: string;
  readonly description: string;
  readonly dialect: { readonly delimiter: string; readonly lineTerminator: string; readonly quoteChar: string };
  readonly schema: Schema;
}
export interface DataPackage {
  readonly $schema: string;
  readonly name: string;
  readonly title: string;
  readonly version: string;
  readonly licenses: readonly { readonly name: string; readonly path: string }[];
  readonly contributors: readonly { readonly title: string }[];
  readonly resources: readonly ResourceDescription[];
}

export type Cell = string | number | boolean | null;
export type TypedRow = Readonly<Record<string, Cell>>;

const casts: Readonly<Record<string, (text: string, field: Field) => Cell | undefined>> = {
  string: (text) => text,
  integer: (text) => (/^[+-]?\d+$/.test(text) ? Number(text) : undefined),
  number: (text) => (/^[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?$/.test(text) ? Number(text) : undefined),
  boolean: (text, { trueValues = ['true', '1'], falseValues = ['false', '0'] }) =>
    trueValues.includes(text) ? true : falseValues.includes(text) ? false : undefined,
  date: (text) =>
    /^\d{4}-\d{2}-\d{2}$/.test(text) && new Date(`${text}T00:00:00Z`).toISOString().startsWith(text) ? text : undefined,
  datetime: (text) =>
    /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})?$/.test(text) && !Number.isNaN(Date.parse(text)) ? text : undefined,
}; // prettier-ignore

/** The rows of a table as typed values. Throws at the first cell that is not what the schema says. */
export function rowsBy({ dialect, schema }: ResourceDescription, text: string): TypedRow[] {
  const { delimiter, lineTerminator, quoteChar } = dialect;
  const [header = [], ...lines] = parse(text, { delimiter, record_delimiter: lineTerminator, quote: quoteChar });
  const names = schema.fields.map(({ name }) => name);
  if (JSON.stringify(header) !== JSON.stringify(names)) throw new Error(`The header is ${header.join()}, not ${names.join()}.`); // prettier-ignore
  const rows = lines.map((line, number) =>
    Object.fromEntries(schema.fields.map((field, place) => [field.name, cellOf(field, line[place] ?? '', schema, number)])),
  ); // prettier-ignore
  const { primaryKey } = schema;
  if (primaryKey) {
    const keys = rows.map((row) => JSON.stringify(primaryKey.map((name) => row[name])));
    if (new Set(keys).size !== keys.length) throw new Error(`Two rows have the same ${primaryKey.join(', ')}.`);
  }
  return rows;
}

function cellOf(field: Field, text: string, { missingValues, primaryKey = [] }: Schema, number: number): Cell {
  const { name, type, constraints = {} } = field;
  const wrong = (why: string): Error => new Error(`Row ${number + 1}, ${name}: "${text}" ${why}.`);
  if (missingValues.includes(text)) {
    if (constraints.required || primaryKey.includes(name)) throw wrong('must be there');
    return null;
  }
  const value = casts[type]?.(text, field);
  if (value === undefined) throw wrong(`is no ${type}`);
  if (constraints.enum && !constraints.enum.includes(text)) throw wrong(`is none of ${constraints.enum.join(', ')}`);
  return value;
}

/** What is wrong with a description by the rules of Data Package 2.0 that a reader depends on. */
export function flawsOf({ $schema, name, title, licenses, resources }: DataPackage): string[] {
  const flaws: string[] = [];
  const demand = (holds: boolean, flaw: string): void => void (holds || flaws.push(flaw));
  demand($schema === 'https://datapackage.org/profiles/2.0/datapackage.json', '$schema');
  demand(/^[a-z0-9._-]+$/.test(name) && title.length > 0, 'name and title');
  demand(licenses.every(({ name: licence, path }) => /^[-a-zA-Z0-9._]+$/.test(licence) && URL.canParse(path)), 'licenses');
  const names = resources.map((resource) => resource.name);
  demand(new Set(names).size === names.length && resources.length > 0, 'names of resources');
  for (const { name: own, path, schema, title: called, description } of resources) {
    demand(/^[a-z0-9._-]+$/.test(own) && /^https?:\/\//.test(path) && URL.canParse(path), `${own}: name and path`);
    demand(called.length > 0 && description.length > 0, `${own}: title and description`);
    const fields = schema.fields.map((field) => field.name);
    demand(new Set(fields).size === fields.length, `${own}: names of fields`);
    for (const field of schema.fields) {
      demand(field.type in casts, `${own}.${field.name}: type ${field.type}`);
      demand(field.title.length > 0 && field.title !== field.name, `${own}.${field.name}: title`);
      demand(![field.name, field.title].includes(field.description) && field.description.endsWith('.'), `${own}.${field.name}: description`);
      const { categories = [], constraints: { enum: codes = [] } = {} } = field;
      demand(JSON.stringify(categories.map(({ value }) => value)) === JSON.stringify(codes), `${own}.${field.name}: categories`);
      demand(categories.every(({ label }) => label.length > 0), `${own}.${field.name}: labels`);
    }
    const known = (of: readonly string[]): boolean => of.every((each) => fields.includes(each));
    demand(known(schema.primaryKey ?? []), `${own}: primary key`);
    for (const { fields: from, reference } of schema.foreignKeys ?? []) {
      const target = resources.find((resource) => resource.name === reference.resource);
      demand(known(from) && target !== undefined && reference.fields.every((each) => target.schema.fields.some((field) => field.name === each)), `${own}: foreign key`);
    }
  }
  return flaws;
} // prettier-ignore
