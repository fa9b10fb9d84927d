import type { JsonValue } from '#domain';
import { isLegalDate } from '#domain';
import { isMoney } from '../language/money';
import { isQuantity } from '../language/quantity';
import type { Words } from '../language/words';
import { actInWords } from './act-line';

/** The value of a field in words: codes by their names, money and dates in the language's form, records part by part. */
export function valueInWords(field: string, value: unknown, words: Words): string {
  if (value === null || value === undefined) return words.t('entry.nothing');
  if (typeof value === 'boolean') return words.t(value ? 'entry.yes' : 'entry.no');
  if (typeof value === 'number') return words.number(value);
  if (field === 'addressedTo' && typeof value === 'string') return words.agency(value);
  if (typeof value === 'string') return isLegalDate(value) ? words.day(value) : words.code(field, value);
  if (isMoney(value)) return words.money(value);
  if (isQuantity(value)) return words.quantity(value);
  if (Array.isArray(value)) return value.map((each) => valueInWords(field, each, words)).join('; ');
  if (typeof value !== 'object') return '';
  if (field === 'act' || field === 'document') return proofInWords(value, words);
  if (field === 'location') return placeInWords(value);
  if (field === 'identifiers') return Object.values(value).map(String).join(' ');
  return Object.entries(value)
    .map(([name, inner]) => `${words.field(name)}: ${words.within(valueInWords(name, inner, words))}`)
    .join(words.comma);
}

/** An act or document, with the digest by which a file is known. */
function proofInWords(proof: object, words: Words): string {
  const digest = 'sha256' in proof && typeof proof.sha256 === 'string' ? `SHA-256 ${proof.sha256}` : undefined;
  return words.row([actInWords(proof as JsonValue, words), digest]);
}

/** Areas from the smallest to the largest, with the country. */
function placeInWords(location: object): string {
  const { municipality, province, region, country } = location as Readonly<Record<string, unknown>>;
  const names = [municipality, province, region].map((area) =>
    typeof area === 'object' && area !== null && 'name' in area ? String(area.name) : undefined,
  );
  return [...names, country].filter((name) => typeof name === 'string').join(', ');
}
