import { createHash, hash } from 'node:crypto';

/** Digits and capital letters that are hard to confuse (Crockford base 32: no I, L, O, U). */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const CHECK_ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ';
const PATTERN = /^([A-Z]{2})-([0-9A-HJKMNP-TV-Z]{10})-([0-9A-Z])$/;

/**
 * A registry id such as `IT-4GQ2X9PK3M-7`: country (ISO 3166-1 alpha-2), ten characters derived from what identifies the asset in its
 * source, and a check character (ISO/IEC 7064 MOD 37,36) that finds every single mistyped and almost every transposed character. Derived
 * and not counted, so that the same row or code always leads to the same dossier, on every machine, without a central counter.
 */
export type AssetId = string;

/** The id of the asset known under `id` in the identifier scheme `scheme`. */
export function assetIdFrom(country: string, scheme: string, id: string): AssetId {
  const body = tenCharacters(country, scheme, id);
  return `${country}-${body}-${checkCharacter(country + body)}`;
}

/** True when the text has the form of a registry id and its check character fits. */
export function isAssetId(text: string): boolean {
  const parts = PATTERN.exec(text);
  return parts !== null && checkCharacter(`${parts[1]}${parts[2]}`) === parts[3];
}

/** The letter by which the ids of other streams are told apart from assets and from one another. */
const LETTERS = { organisation: 'O', call: 'C', dialogue: 'D', group: 'G', account: 'A', return: 'R' } as const;
export type LetteredKind = keyof typeof LETTERS;
const LETTERED = /^([A-Z]{2})-([A-Z])-([0-9A-HJKMNP-TV-Z]{10})-([0-9A-Z])$/;

/**
 * The id of another stream than an asset's, such as `IT-O-4GQ2X9PK3M-7` for an organisation: built like a registry id, with the letter of its kind. Derived from what
 * identifies it elsewhere (`scheme` and `id`), so that the same body is not registered twice.
 */
export function idFrom(kind: LetteredKind, country: string, scheme: string, id: string): string {
  const body = tenCharacters(kind, country, scheme, id);
  const letter = LETTERS[kind];
  return `${country}-${letter}-${body}-${checkCharacter(country + letter + body)}`;
}

/** True when the text has the form of an id of this kind and its check character fits. */
export function isIdOf(kind: LetteredKind | 'asset', text: string): boolean {
  if (kind === 'asset') return isAssetId(text);
  const [, country, letter, body, check] = LETTERED.exec(text) ?? [];
  return letter === LETTERS[kind] && checkCharacter(`${country}${letter}${body}`) === check;
}

/** Fifty bits of the parts' SHA-256 in Crockford base 32. */
function tenCharacters(...parts: readonly string[]): string {
  const digest = createHash('sha256').update(JSON.stringify(parts)).digest();
  let body = '';
  let bits = digest.readBigUInt64BE(0) >> 14n;
  for (let place = 0; place < 10; place += 1) {
    body = ALPHABET[Number(bits & 31n)] + body;
    bits >>= 5n;
  }
  return body;
}

/** ISO/IEC 7064 MOD 37,36 (hybrid system). */
function checkCharacter(text: string): string {
  let product = 36;
  for (const character of text) {
    const sum = (product + CHECK_ALPHABET.indexOf(character)) % 36 || 36;
    product = (sum * 2) % 37;
  }
  return CHECK_ALPHABET[(37 - product) % 36] ?? '';
}

/** A UUID (RFC 9562 version 8) that follows from its parts alone, so that a repeat of the same command makes the same ids. */
export function derivedUuid(...parts: readonly (string | number)[]): string {
  const hex = hash('sha256', JSON.stringify(parts), 'hex');
  const variant = VARIANT[Number.parseInt(hex.charAt(16), 16) & 3]!;
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** The digits in which the two leading bits are 10. */
const VARIANT = ['8', '9', 'a', 'b'] as const;
