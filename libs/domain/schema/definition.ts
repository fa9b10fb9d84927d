import type { Static, TObject } from '@sinclair/typebox';
import type { TypeCheck } from '@sinclair/typebox/compiler';
import { TypeCompiler } from '@sinclair/typebox/compiler';
import type { JsonObject } from '../event';
import { assertClassified } from './classification';
import { CLASSIFICATION, COMPUTED, boundsInWords, linesOf, record } from './fields';
import { flawInWords, textFlaw } from './plain-text';

/** Turns the data of one schema version into the next one's. Pure, total, and never a guess. */
export type Upcast = (data: JsonObject) => JsonObject;

/** All that is known of an event type, in one place: validator, JSON Schema, public gate and catalogue come from it. */
export interface EventDefinition<Type extends string = string, Data extends TObject = TObject> {
  readonly type: Type;
  /** Current schema version, from 1. */
  readonly version: number;
  readonly description: string;
  /** The legal or business anchor. */
  readonly source: string;
  readonly data: Data;
  /** As much of the data as is asked of who records it: without what the registry fills in. */
  readonly asked: TObject;
  /** Names of the fields that are computed from the whole log before it is decided. */
  readonly computed: readonly string[];
  /** Whose its personal fields are, and so what one key seals: everybody's whom this one entry names, or one person's of whom the whole stream is. */
  readonly subject: 'entry' | 'stream';
  /** Names of its personal fields. */
  readonly personal: readonly string[];
  /** Whether it orders that the personal data of another entry be erased. */
  readonly erases: boolean;
  /** `upcasts[n - 1]` leads from version n to n + 1; there is one for each past version. */
  readonly upcasts: readonly Upcast[];
}

/** Throws TypeError when a field is not classified as a whole. */
export function defineEvent<Type extends string, Data extends TObject>(
  type: Type,
  parts: {
    description: string;
    source: string;
    data: Data;
    subject?: 'entry' | 'stream';
    erases?: true;
    upcasts?: readonly Upcast[];
  },
): EventDefinition<Type, Data> {
  assertClassified(type, parts.data);
  const upcasts = parts.upcasts ?? [];
  return {
    type,
    version: upcasts.length + 1,
    description: parts.description,
    source: parts.source,
    data: parts.data,
    asked: askedIn(parts.data),
    computed: Object.entries(parts.data.properties)
      .filter(([, schema]) => schema[COMPUTED] === true)
      .map(([name]) => name),
    subject: parts.subject ?? 'entry',
    personal: Object.entries(parts.data.properties)
      .filter(([, schema]) => schema[CLASSIFICATION] === 'personal')
      .map(([field]) => field),
    erases: parts.erases ?? false,
    upcasts,
  };
}

/** The same schema where nothing is filled in. */
function askedIn(data: TObject): TObject {
  const fields = Object.entries(data.properties);
  const asked = fields.filter(([, schema]) => schema.readOnly !== true);
  return asked.length === fields.length ? data : record(Object.fromEntries(asked));
}

/** The data of an event as its definition types it. */
export type DataOf<D extends EventDefinition> = Static<D['data']>;

/** One thing wrong with a value; `pointer` is a JSON Pointer (RFC 6901) into it. */
export interface ShapeError {
  readonly pointer: string;
  readonly detail: string;
}

const compiled = new WeakMap<TObject, TypeCheck<TObject>>();

/** What is wrong with a value by a schema; empty when nothing is. At most 20 errors are listed. */
export function shapeErrors(schema: TObject, value: unknown): ShapeError[] {
  let check = compiled.get(schema);
  if (!check) {
    check = TypeCompiler.Compile(schema);
    compiled.set(schema, check);
  }
  if (check.Check(value)) return [];
  const errors = new Map<string, ShapeError>();
  for (const error of check.Errors(value)) {
    if (!errors.has(error.path))
      errors.set(error.path, { pointer: error.path, detail: inWords(error.schema, error.message, error.value) });
    if (errors.size === 20) break;
  }
  return [...errors.values()];
}

function inWords(schema: { [name: string]: unknown }, message: string, value: unknown): string {
  if (Array.isArray(schema.enum)) return `Use one of: ${schema.enum.join(', ')}.`;
  if (schema.format === 'legal-date') return 'Give a date that exists, as YYYY-MM-DD.';
  if (schema.format === 'instant-with-offset')
    return 'Give date, time and offset from UTC, as 2026-09-30T12:00:00+02:00.';
  const lines = linesOf(schema.format);
  const flaw = lines && typeof value === 'string' ? textFlaw(value, lines) : undefined;
  if (flaw) return flawInWords(flaw);
  if (typeof schema.format === 'string' && schema.format.endsWith('-id'))
    return `Give the id of an existing ${schema.format.slice(0, -3)}; its last character guards against mistyping.`;
  if (message === 'Unexpected property') return 'This field is not known here. Remove it or check its spelling.';
  if (message === 'Expected required property') return 'This field is required.';
  return boundsInWords(schema) ?? `${message}.`;
}
