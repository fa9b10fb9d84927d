import type { JsonObject, JsonValue } from '../event';
import { assetIdFrom, idFrom } from '../ids';
import type { LetteredKind } from '../ids';
import { entryId, sha256 } from './fields';

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
  readonly uniqueItems?: boolean;
  readonly examples?: readonly JsonValue[];
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
  scale: 1,
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

/**
 * Data of the shape a schema asks for, by rules of thumb, as an example in documents and tests. The same schema gives the same example. test/domain/golden.spec.ts
 * names the field for which the rules are too simple; then give its schema `examples`.
 */
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
  if (schema.format === 'asset-id') return assetIdFrom('IT', 'example', '1');
  if (schema.format?.endsWith('-id')) return idFrom(schema.format.slice(0, -3) as LetteredKind, 'IT', 'example', '1');
  if (schema.pattern === entryId().pattern) return '00000000-0000-8000-8000-000000000000';
  if (schema.pattern === sha256().pattern) return 'ab'.repeat(32);
  const [own] = schema.examples ?? [];
  if (own !== undefined) return own;
  const value = usual[name];
  if (value !== undefined) return value;
  switch (schema.type) {
    case 'object':
      return exampleOf(schema, options);
    case 'array':
      return Array.from({ length: Math.max(1, schema.minItems ?? 1) }, (_, place) => {
        const item = valueOf(name, schema.items ?? {}, options);
        return schema.uniqueItems === true && typeof item === 'string' && place > 0 ? `${item} ${place + 1}` : item;
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
