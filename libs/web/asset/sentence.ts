import type { JsonObject } from '#domain';
import type { Words } from '../language/words';

const OPTIONAL_PART = /\[([^\]]*)\]/g;
const VALUE = /\{\{\s*([\w.]+)/g;

/**
 * What an entry says, as one plain sentence. The template is the language's own (`sentence.<type>` in libs/web/i18n): `{{field}}` or
 * `{{field.inner, format}}` puts a value in, and a part in square brackets is left out when one of its values is missing. Undefined where
 * the language has no sentence for the type.
 */
export function sentenceOf(type: string, data: JsonObject, words: Words): string | undefined {
  const template = words.sentenceTemplate(type);
  if (template === undefined) return undefined;
  const said = template.replace(OPTIONAL_PART, (_, part: string) =>
    valuesIn(part).every((path) => has(data, path)) ? part : '',
  );
  return words.filled(said, data);
}

/** The fields a type's sentence speaks of. */
export function fieldsInSentence(type: string, words: Words): ReadonlySet<string> {
  return new Set(valuesIn(words.sentenceTemplate(type) ?? '').map((path) => path.split('.')[0]!));
}

const valuesIn = (template: string): string[] => [...template.matchAll(VALUE)].map((match) => match[1]!);

function has(data: unknown, path: string): boolean {
  const value = path
    .split('.')
    .reduce<unknown>((inner, name) => (inner as Record<string, unknown> | null | undefined)?.[name], data);
  return value !== undefined && value !== null && value !== '';
}
