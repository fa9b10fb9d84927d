import type { JsonObject } from '#domain';
import { namesIn, valueOf } from '../language/message';
import type { Words } from '../language/words';

/** A part in square brackets, or what stands between two of them. */
const PART = /\[([^\]]*)\]|[^[]+/g;

/** A value that ends in a full stop brings its own, perhaps before the mark that ends its isolation; an ellipsis stays. */
const TWO_STOPS = /(?<!\.)\.(\u2069?)\.$/;

/**
 * What an entry says, as one plain sentence. The template is the language's own (`sentence.<type>` in libs/web/i18n): `{field}` or
 * `{field_inner, format}` puts a value in, and a part in square brackets is left out when one of its values is missing. Undefined where
 * the language has no sentence for the type.
 */
export function sentenceOf(type: string, data: JsonObject, words: Words): string | undefined {
  return words
    .sentenceTemplate(type)
    ?.replace(PART, (part, optional?: string) =>
      optional === undefined || namesOf(optional).every((name) => has(data, name))
        ? words.filled(optional ?? part, data)
        : '',
    )
    .replace(TWO_STOPS, '.$1');
}

/** The fields a type's sentence speaks of. */
export function fieldsInSentence(type: string, words: Words): ReadonlySet<string> {
  return new Set(namesOf(words.sentenceTemplate(type) ?? '').map((name) => name.split('_')[0]!));
}

const known = new Map<string, readonly string[]>();

/** The names in a template or a part of one; read once. */
function namesOf(template: string): readonly string[] {
  const names = known.get(template) ?? namesIn(template);
  known.set(template, names);
  return names;
}

function has(data: JsonObject, name: string): boolean {
  const value = valueOf(data, name);
  return value !== undefined && value !== null && value !== '';
}
