import type { JsonObject, JsonValue } from '../event';

/** As much of JSON Schema as the event catalogue uses. */
interface Schema {
  readonly type?: string;
  readonly enum?: readonly string[];
  readonly format?: string;
  readonly pattern?: string;
  readonly minItems?: number;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
}

export interface ExampleOptions {
  /** Leave out what an entry may do without. */
  readonly only?: 'required';
  /** What stands in every free text. */
  readonly text?: string;
}

/** What stands in fields of these names, so that an example reads like an entry. */
const usual: Readonly<Record<string, JsonValue>> = {
  currency: 'EUR',
  country: 'IT',
  minor: 12_345_600,
  entry: '00000000-0000-8000-8000-000000000000',
  problem: '00000000-0000-8000-8000-000000000000',
  field: 'title',
  latitude: 38.11,
  longitude: 13.36,
};

const usualTexts: Readonly<Record<string, string>> = {
  scheme: 'it-anbsc',
  id: 'I-PA-89-S',
  title: 'Villa con giardino',
  court: 'Tribunale di Palermo',
  authority: 'Tribunale di Palermo',
  district: 'Palermo',
  number: '12/2015',
  url: 'https://example.org/12-2015',
  code: '082053',
  name: 'Palermo',
  address: 'Via Roma 1',
};

/** Data of the shape a schema asks for, as an example in documents and tests. The same schema gives the same example. */
export function exampleOf(definition: object, options: ExampleOptions = {}): JsonObject {
  const schema = definition as Schema;
  const required = new Set(schema.required ?? []);
  const properties = Object.entries(schema.properties ?? {});
  return Object.fromEntries(
    properties
      .filter(([name]) => options.only !== 'required' || required.has(name))
      .map(([name, property]) => [name, valueOf(name, property, options)]),
  );
}

function valueOf(name: string, schema: Schema, options: ExampleOptions): JsonValue {
  if (schema.enum) return schema.enum[0] ?? '';
  if (schema.format === 'legal-date') return '2015-03-12';
  const value = usual[name];
  if (value !== undefined) return value;
  switch (schema.type) {
    case 'object':
      return exampleOf(schema, options);
    case 'array':
      return Array.from({ length: Math.max(1, schema.minItems ?? 1) }, (_, place) => {
        const item = valueOf(name, schema.items ?? {}, options);
        // Lists of names hold each name once.
        return typeof item === 'string' && place > 0 ? `${item} ${place + 1}` : item;
      });
    case 'number':
    case 'integer':
      return 42;
    case 'boolean':
      return true;
    default:
      return options.text ?? usualTexts[name] ?? 'Text';
  }
}
