import type { TObject, TProperties, TSchema } from '@sinclair/typebox';
import { FormatRegistry, Kind, Type, TypeRegistry } from '@sinclair/typebox';
import type { JsonValue } from '../event';
import { isIdOf } from '../ids';
import type { LetteredKind } from '../ids';
import { isLegalDate } from '../legal-date';
import { isBoundedJson } from './bounded-json';
import { textFlaw } from './plain-text';
import type { Lines } from './plain-text';

/**
 * Who may see a field: everyone; signed-in officers and auditors by role and date; nobody but those with the person's key (rule 11).
 * Declared on each field of each event, and the only thing the public gate looks at.
 */
export type Classification = 'public' | 'restricted' | 'personal';

/** The JSON Schema keyword that carries the classification. */
export const CLASSIFICATION = 'x-classification';

/**
 * How a restricted field may become public: `never`, for it protects somebody; `by-decision` of a second person; `by-delay`, which is by decision and also when the time has passed that the
 * jurisdiction sets (`Profile.publicationDelays`). Always by an entry of its own (asset/disclosure.ts).
 */
export type Opening = 'never' | 'by-decision' | 'by-delay';

/** The JSON Schema keyword that carries it. */
export const OPENS = 'x-opens';

FormatRegistry.Set('legal-date', isLegalDate);

for (const kind of ['asset', 'organisation', 'call', 'dialogue', 'group', 'account', 'return'] as const)
  FormatRegistry.Set(`${kind}-id`, (text) => isIdOf(kind, text));

const CODE = 'Code';
TypeRegistry.Set<{ readonly enum: readonly unknown[] }>(CODE, (schema, value) => schema.enum.includes(value));

function classified<S extends TSchema>(schema: S, classification: Classification, description: string): S {
  return { ...schema, [CLASSIFICATION]: classification, description };
}

export const publicField = <S extends TSchema>(schema: S, description: string): S =>
  classified(schema, 'public', description);

/** Unless said otherwise it stays closed. */
export const restrictedField = <S extends TSchema>(schema: S, description: string, opens: Opening = 'never'): S => ({
  ...classified(schema, 'restricted', description),
  [OPENS]: opens,
});

export const personalField = <S extends TSchema>(schema: S, description: string): S =>
  classified(schema, 'personal', description);

export const optional = <S extends TSchema>(schema: S) => Type.Optional(schema);

/** A field of an event that no command says: the decision fills it in from the stream, where it can (`readOnly`, JSON Schema). */
export const filledIn = <S extends TSchema>(schema: S) => Type.Optional({ ...schema, readOnly: true });

/** The JSON Schema keyword of a field that is filled in from the whole log. */
export const COMPUTED = 'x-computed';

/** A field of an event that no command says: it is computed from the whole log before the command is decided. */
export const computed = <S extends TSchema>(schema: S): S => ({ ...schema, readOnly: true, [COMPUTED]: true });

/** An object that refuses properties it does not know. */
export function record<P extends TProperties>(properties: P): TObject<P> {
  return Type.Object(properties, { additionalProperties: false });
}

/** One of a closed list of codes. */
export function oneOf<const Codes extends readonly string[]>(codes: Codes) {
  return Type.Unsafe<Codes[number]>({ [Kind]: CODE, type: 'string', enum: [...codes] });
}

const LINE = 'plain-line';
const TEXT = 'plain-text';
FormatRegistry.Set(LINE, (value) => textFlaw(value, 'one') === undefined);
FormatRegistry.Set(TEXT, (value) => textFlaw(value, 'many') === undefined);

/** The lines a text of this format may have; undefined for a format that is no text. */
export const linesOf = (format: unknown): Lines | undefined =>
  format === LINE ? 'one' : format === TEXT ? 'many' : undefined;

/** A short text on one line, plain and not blank. */
export const line = (maxLength = 200) => Type.String({ minLength: 1, maxLength, format: LINE });

/** Several lines of plain text. */
export const text = (maxLength = 4000) => Type.String({ minLength: 1, maxLength, format: TEXT });

export const legalDate = () => Type.String({ format: 'legal-date', description: 'A calendar date, YYYY-MM-DD.' });

/** The id of an event (UUID). */
export const entryId = () => Type.String({ pattern: '^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$' });

const BOUNDED_JSON = 'BoundedJson';
const MAX_CHARACTERS = 'x-max-characters';
const MAX_DEPTH = 'x-max-depth';
interface Bounds {
  readonly [MAX_CHARACTERS]: number;
  readonly [MAX_DEPTH]: number;
}
TypeRegistry.Set<Bounds>(BOUNDED_JSON, (schema, value) =>
  isBoundedJson(value, schema[MAX_CHARACTERS], schema[MAX_DEPTH]),
);

/** Any JSON value, bounded in its length when written and in how deeply lists and objects stand inside one another. */
export const jsonValue = (maxCharacters: number, maxDepth: number) =>
  Type.Unsafe<JsonValue>({ [Kind]: BOUNDED_JSON, [MAX_CHARACTERS]: maxCharacters, [MAX_DEPTH]: maxDepth });

/** The bounds of a `jsonValue` in words; undefined for other schemas. */
export function boundsInWords({ [MAX_CHARACTERS]: characters, [MAX_DEPTH]: depth }: Record<string, unknown>) {
  if (typeof characters !== 'number' || typeof depth !== 'number') return undefined;
  return `Give a JSON value of at most ${characters} characters, at most ${depth} levels deep.`;
}

/** SHA-256 of a file, 64 hexadecimal digits in lower case. */
export const sha256 = () =>
  Type.String({ pattern: '^[0-9a-f]{64}$', description: 'SHA-256 of the file, 64 hexadecimal digits in lower case.' });

/** How many of something countable: people, jobs, things. Zero is an answer; what nobody counted is left out. */
export const count = () => Type.Integer({ minimum: 0, maximum: 1_000_000_000 });
/** The id of an asset or of another stream, with its check character. */
export const idOf = (kind: LetteredKind | 'asset') =>
  Type.String({ format: `${kind}-id`, description: `Id of the ${kind} in this registry.` });

/** An authority by the code under which its people sign in: what an answer is checked against. */
export const agencyCode = () =>
  Type.String({
    pattern: '^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$',
    description: 'Code of the authority, the one under which its people sign in.',
    examples: ['ANBSC'],
  });

/** Money: whole minor units (cents) and an ISO 4217 code; never a fraction. */
export const money = (minimum = 0) =>
  record({
    minor: Type.Integer({
      minimum,
      maximum: Number.MAX_SAFE_INTEGER,
      description: 'Whole minor units, for instance euro cents.',
    }),
    currency: Type.String({ pattern: '^[A-Z]{3}$', description: 'ISO 4217 code.' }),
  });

/** Money that moves: at least one minor unit. */
export const amount = () => money(1);

/** Units in which goods, work and services are counted (SI and accepted units, UN/ECE recommendation 20 in words). */
export const units = [
  'piece', 'hour', 'day', 'month', 'kilogram', 'tonne', 'litre', 'metre', 'kilometre', 'square-metre', 'cubic-metre', 'kilowatt-hour',
] as const; // prettier-ignore

/** A quantity without rounding: `value` times ten to the power of minus `scale`, in a unit; 12.5 tonnes are 125, scale 1. */
export const quantity = () =>
  record({
    value: Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER, description: 'Whole number.' }),
    scale: Type.Integer({ minimum: 0, maximum: 6, description: 'How many of its digits are decimals.' }),
    unit: oneOf(units),
  });
