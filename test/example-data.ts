import { idFrom } from '#domain';
import type { JsonObject, JsonValue, LetteredKind } from '#domain';
import { entryId } from '../libs/domain/schema/fields';

/** As much of JSON Schema as the event catalogue uses. */
export interface Schema {
  readonly type?: string;
  readonly enum?: readonly string[];
  readonly format?: string;
  readonly pattern?: string;
  readonly minItems?: number;
  readonly uniqueItems?: boolean;
  /** The keyword by which a schema gives a value of its own where no rule of thumb finds one. */
  readonly examples?: readonly JsonValue[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
}

export interface ExampleOptions {
  /** Leave out what an entry may do without. */
  readonly only?: 'required';
  /** What stands in every free text. */
  readonly text?: string;
}

const digest = '^[0-9a-f]{64}$';

/**
 * Data of the shape a schema asks for, by rules of thumb. test/domain/golden.spec.ts names the field for which they are too simple; then
 * give its schema `examples`.
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
  if (schema.format === 'asset-id') return 'IT-4GQ2X9PK3M-W';
  if (schema.format?.endsWith('-id')) return idFrom(schema.format.slice(0, -3) as LetteredKind, 'IT', 'test', '1');
  if (name === 'currency') return 'EUR';
  if (name === 'country') return 'IT';
  if (name === 'minor') return 123_456;
  if (schema.pattern === entryId().pattern) return '00000000-0000-8000-8000-000000000000';
  const [own] = schema.examples ?? [];
  if (own !== undefined) return own;
  if (schema.pattern === digest) return 'ab'.repeat(32);
  if (name === 'scale') return 1;
  switch (schema.type) {
    case 'object':
      return exampleOf(schema, options);
    case 'array':
      return Array.from({ length: Math.max(1, schema.minItems ?? 1) }, (_, place) => {
        const item = valueOf(name, schema.items ?? {}, options);
        return schema.uniqueItems && typeof item === 'string' ? `${item} ${place + 1}` : item;
      });
    case 'number':
    case 'integer':
      return 42;
    case 'boolean':
      return true;
    default:
      return options.text ?? 'Text';
  }
}
