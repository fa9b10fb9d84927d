import type { Classification, EventDefinition, Opening } from '#domain';
import { CLASSIFICATION, OPENS } from '#domain';

/** How a value is asked for: what the form shows, and what may be typed there. It follows from the schema alone. */
export type Shape =
  | { readonly kind: 'line' | 'text'; readonly maxLength: number }
  /** A text of a fixed form, such as a country code. */
  | { readonly kind: 'coded'; readonly pattern: string; readonly example?: string }
  | { readonly kind: 'date' }
  /** Date, time and offset from UTC. */
  | { readonly kind: 'instant' }
  /** SHA-256 of a file: typed, or computed from the file. */
  | { readonly kind: 'digest' }
  /** An entry of the same stream. */
  | { readonly kind: 'entry' }
  /** Another asset, organisation, call …, by its registry id. */
  | { readonly kind: 'stream'; readonly of: string }
  | { readonly kind: 'integer'; readonly minimum: number; readonly maximum: number }
  | { readonly kind: 'decimal'; readonly bounds: Bounds }
  | { readonly kind: 'yes-no' }
  | { readonly kind: 'choice'; readonly codes: readonly string[] }
  /** Several of a closed list, each once. */
  | { readonly kind: 'choices'; readonly codes: readonly string[]; readonly minItems: number }
  | { readonly kind: 'money'; readonly minimum: number }
  | { readonly kind: 'quantity'; readonly units: readonly string[] }
  | { readonly kind: 'group'; readonly fields: readonly Field[] }
  | { readonly kind: 'list'; readonly item: Shape; readonly minItems: number; readonly maxItems: number; readonly unique: boolean }
  /** Any JSON value, written as JSON. */
  | { readonly kind: 'json' }; // prettier-ignore

export interface Bounds {
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
}

/** One question of a form. Its label is the name of the field in the reader's language (`Words.field`). */
export interface Field {
  readonly name: string;
  /** The name under which languages know it, where that is another. */
  readonly called?: string;
  readonly required: boolean;
  readonly shape: Shape;
  /** What the schema says of it, in English. */
  readonly hint?: string;
  /** Who may see what is typed; only fields of an entry have one, not those inside. */
  readonly classification?: Classification;
  /** Of what is not for publication: whether it may be published later. */
  readonly opens?: Opening;
}

/** As much of a JSON Schema as the catalogue uses. */
interface Schema {
  readonly type?: string;
  readonly format?: string;
  readonly pattern?: string;
  readonly enum?: readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly uniqueItems?: boolean;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly maxLength?: number;
  readonly description?: string;
  readonly examples?: readonly unknown[];
  readonly [CLASSIFICATION]?: Classification;
  readonly [OPENS]?: Opening;
}

/** A list without an end would be a page without one. */
const MOST_ITEMS = 1000;
const DIGEST = '^[0-9a-f]{64}$';
const ENTRY = '^[0-9a-f]{8}-';

/** The questions of an event type, in the order in which its schema has them. */
export function formOf(definition: Pick<EventDefinition, 'asked'>): readonly Field[] {
  return fieldsOf(definition.asked as Schema);
}

/** The question for one field of an event type; `path` has dots for a field inside a field. Undefined where there is none. */
export function fieldAt(fields: readonly Field[], path: string): Field | undefined {
  const [first = '', ...rest] = path.split('.');
  const field = fields.find(({ name }) => name === first);
  if (rest.length === 0 || !field) return field;
  return field.shape.kind === 'group' ? fieldAt(field.shape.fields, rest.join('.')) : undefined;
}

function fieldsOf({ properties = {}, required = [] }: Schema): Field[] {
  return Object.entries(properties).map(([name, schema]) => ({
    name,
    required: required.includes(name),
    shape: shapeOf(schema),
    ...(hasOwnHint(schema) && { hint: schema.description }),
    ...(schema[CLASSIFICATION] !== undefined && { classification: schema[CLASSIFICATION] }),
    ...(schema[OPENS] !== undefined && { opens: schema[OPENS] }),
  }));
}

/** What to type is said by the form itself; the schema's general words on it would say it twice. */
const hasOwnHint = (schema: Schema): schema is Schema & { description: string } =>
  schema.description !== undefined &&
  (schema[CLASSIFICATION] !== undefined || !['date', 'instant', 'digest', 'stream'].includes(shapeOf(schema).kind));

function shapeOf(schema: Schema): Shape {
  if (schema.enum) return { kind: 'choice', codes: schema.enum };
  switch (schema.type) {
    case 'object':
      return recordOf(schema);
    case 'array':
      return listOf(schema);
    case 'string':
      return textOf(schema);
    case 'integer':
      return { kind: 'integer', minimum: schema.minimum ?? 0, maximum: schema.maximum ?? Number.MAX_SAFE_INTEGER };
    case 'number':
      return { kind: 'decimal', bounds: boundsOf(schema) };
    case 'boolean':
      return { kind: 'yes-no' };
    default:
      return { kind: 'json' };
  }
}

function boundsOf({ minimum, maximum, exclusiveMinimum }: Schema): Bounds {
  return {
    ...(minimum !== undefined && { minimum }),
    ...(maximum !== undefined && { maximum }),
    ...(exclusiveMinimum !== undefined && { exclusiveMinimum }),
  };
}

function textOf({ format, pattern, maxLength = 4000, examples }: Schema): Shape {
  if (format === 'legal-date') return { kind: 'date' };
  if (format === 'instant-with-offset') return { kind: 'instant' };
  if (format?.endsWith('-id')) return { kind: 'stream', of: format.slice(0, -'-id'.length) };
  if (format === 'plain-text') return { kind: 'text', maxLength };
  if (pattern === undefined) return { kind: 'line', maxLength };
  if (pattern === DIGEST) return { kind: 'digest' };
  if (pattern.startsWith(ENTRY)) return { kind: 'entry' };
  const [example] = examples ?? [];
  return { kind: 'coded', pattern, ...(typeof example === 'string' && { example }) };
}

function recordOf(schema: Schema): Shape {
  const names = Object.keys(schema.properties ?? {})
    .sort()
    .join(' ');
  if (names === 'currency minor') return { kind: 'money', minimum: schema.properties?.minor?.minimum ?? 0 };
  if (names === 'scale unit value') return { kind: 'quantity', units: schema.properties?.unit?.enum ?? [] };
  return { kind: 'group', fields: fieldsOf(schema) };
}

function listOf({ items = {}, minItems = 0, maxItems = MOST_ITEMS, uniqueItems = false }: Schema): Shape {
  const item = shapeOf(items);
  if (item.kind === 'choice' && uniqueItems) return { kind: 'choices', codes: item.codes, minItems };
  return { kind: 'list', item, minItems, maxItems: Math.min(maxItems, MOST_ITEMS), unique: uniqueItems };
}
