import type { TObject, TProperties, TSchema } from '@sinclair/typebox';
import { FormatRegistry, Kind, Type, TypeRegistry } from '@sinclair/typebox';
import { isIdOf } from '../ids';
import type { LetteredKind } from '../ids';
import { isLegalDate } from '../legal-date';

/**
 * Who may see a field: everyone; signed-in officers and auditors by role and date; nobody but those with the person's key (rule 11).
 * Declared on each field of each event, and the only thing the public gate looks at.
 */
export type Classification = 'public' | 'restricted' | 'personal';

/** The JSON Schema keyword that carries the classification. */
export const CLASSIFICATION = 'x-classification';

FormatRegistry.Set('legal-date', isLegalDate);

for (const kind of ['asset', 'organisation', 'call', 'dialogue', 'group'] as const)
  FormatRegistry.Set(`${kind}-id`, (text) => isIdOf(kind, text));

const CODE = 'Code';
TypeRegistry.Set<{ readonly enum: readonly unknown[] }>(CODE, (schema, value) => schema.enum.includes(value));

function classified<S extends TSchema>(schema: S, classification: Classification, description: string): S {
  return { ...schema, [CLASSIFICATION]: classification, description };
}

export const publicField = <S extends TSchema>(schema: S, description: string): S =>
  classified(schema, 'public', description);

export const restrictedField = <S extends TSchema>(schema: S, description: string): S =>
  classified(schema, 'restricted', description);

export const personalField = <S extends TSchema>(schema: S, description: string): S =>
  classified(schema, 'personal', description);

export const optional = <S extends TSchema>(schema: S) => Type.Optional(schema);

/** An object that refuses properties it does not know. */
export function record<P extends TProperties>(properties: P): TObject<P> {
  return Type.Object(properties, { additionalProperties: false });
}

/** One of a closed list of codes. */
export function oneOf<const Codes extends readonly string[]>(codes: Codes) {
  return Type.Unsafe<Codes[number]>({ [Kind]: CODE, type: 'string', enum: [...codes] });
}

// A line or text may hold anything a person types, but no control characters: they are invisible in a form and break exports.
const LINE = '^[^\\u0000-\\u001f\\u007f]*\\S[^\\u0000-\\u001f\\u007f]*$';
const TEXT = '^[^\\u0000-\\u0008\\u000b\\u000c\\u000e-\\u001f\\u007f]*$';

/** A short text on one line, not blank. */
export const line = (maxLength = 200) => Type.String({ minLength: 1, maxLength, pattern: LINE });

/** Several lines of text. */
export const text = (maxLength = 4000) => Type.String({ minLength: 1, maxLength, pattern: TEXT });

export const legalDate = () => Type.String({ format: 'legal-date', description: 'A calendar date, YYYY-MM-DD.' });

/** The id of an event (UUID). */
export const entryId = () => Type.String({ pattern: '^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$' });

/** The id of an asset or of another stream, with its check character. */
export const idOf = (kind: LetteredKind | 'asset') =>
  Type.String({ format: `${kind}-id`, description: `Id of the ${kind} in this registry.` });

/** Money: whole minor units (cents) and an ISO 4217 code; never a fraction. */
export const money = () =>
  record({
    minor: Type.Integer({
      minimum: 0,
      maximum: Number.MAX_SAFE_INTEGER,
      description: 'Whole minor units, for instance euro cents.',
    }),
    currency: Type.String({ pattern: '^[A-Z]{3}$', description: 'ISO 4217 code.' }),
  });
