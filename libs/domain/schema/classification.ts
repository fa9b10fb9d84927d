import type { TObject, TSchema } from '@sinclair/typebox';
import { CLASSIFICATION } from './fields';

const classifications: ReadonlySet<unknown> = new Set(['public', 'restricted', 'personal']);

/**
 * Throws TypeError unless each field of an event is classified as a whole, and nothing unknown can hide in one. The public gate lets a field
 * pass or not; a mixed field would leak or be lost, so there is none: what not everybody may see gets a field of its own.
 */
export function assertClassified(type: string, data: TObject): void {
  assertClosed(type, data);
  for (const [name, schema] of Object.entries(data.properties)) {
    if (!classifications.has(schema[CLASSIFICATION])) {
      throw new TypeError(`${type}.${name} says nobody may see it: use publicField, restrictedField or personalField.`);
    }
    for (const [path, part] of parts(schema, name)) {
      if (part[CLASSIFICATION] !== undefined) {
        throw new TypeError(
          `${type}.${path} is classified inside ${name}, which is let through or withheld as a whole. Give it a field of its own.`,
        );
      }
      assertClosed(`${type}.${path}`, part);
    }
    assertClosed(`${type}.${name}`, schema);
  }
}

/** An object with room for properties nobody named would carry them past the gate. */
function assertClosed(path: string, schema: TSchema): void {
  if (schema.type === 'object' && schema.additionalProperties !== false) {
    throw new TypeError(`${path} takes unknown properties: make it with record().`);
  }
}

/** All schemas inside a schema, with their paths. */
function* parts(schema: TSchema, path: string): Generator<[string, TSchema]> {
  for (const [step, part] of children(schema)) {
    const place = `${path}${step}`;
    yield [place, part];
    yield* parts(part, place);
  }
}

function children(schema: TSchema): [string, TSchema][] {
  const named = Object.entries({ ...asSchemas(schema.properties), ...asSchemas(schema.patternProperties) });
  const listed = ['items', 'anyOf', 'allOf', 'oneOf', 'prefixItems', 'not'].flatMap((keyword) => {
    const inner: unknown = schema[keyword];
    return (Array.isArray(inner) ? inner : [inner]).filter(isSchema).map((part): [string, TSchema] => ['[]', part]);
  });
  return [...named.map(([name, part]): [string, TSchema] => [`.${name}`, part]), ...listed];
}

const isSchema = (value: unknown): value is TSchema => typeof value === 'object' && value !== null;

const asSchemas = (value: unknown): Record<string, TSchema> => (isSchema(value) ? value : {});
