import { hash } from 'node:crypto';
import { fail } from '../error';
import { isWellFormed } from '../text';

/** Deeper than any honest document; stops a hostile one before the stack does. */
const MAX_DEPTH = 256;

/** What needs no escape: most strings, and testing is faster than JSON.stringify. */
const PLAIN = /^[ !#-[\]-~]*$/;

/** Events share a few hundred member names; each is written out once. Bounded, for names may come from anybody. */
const NAMES_KEPT = 4096;
const names = new Map<string, string>();

/**
 * The one text every implementation writes for a JSON value (RFC 8785): members sorted by UTF-16 code units, numbers as ECMAScript writes
 * them, no spaces. A member that is `undefined` counts as absent. Throws `not-canonical` for what JSON cannot carry.
 */
export function canonicalJson(value: unknown): string {
  return write(value, '$', 0);
}

/** The same as UTF-8 bytes. */
export function canonicalBytes(value: unknown): Uint8Array {
  return Buffer.from(canonicalJson(value), 'utf8');
}

/** SHA-256 of the same, hexadecimal: by which anybody knows the value again. */
export function canonicalDigest(value: unknown): string {
  return hash('sha256', canonicalBytes(value), 'hex');
}

/**
 * Whether two values that `JSON.parse` gave have the same canonical text, without writing either. A member that is `undefined` counts as
 * absent. What lies too deep to be written is not called the same.
 */
export function sameJson(one: unknown, other: unknown, depth = 0): boolean {
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return one === other;
  if (depth === MAX_DEPTH || Array.isArray(one) !== Array.isArray(other)) return false;
  if (Array.isArray(one) && Array.isArray(other))
    return one.length === other.length && one.every((item, at) => sameJson(item, other[at], depth + 1));
  const [some, others] = [one as Members, other as Members];
  let count = 0;
  for (const name of Object.keys(some)) {
    if (some[name] === undefined) continue;
    // Its own: what every object inherits, such as `constructor`, is no member.
    if (!Object.hasOwn(others, name) || !sameJson(some[name], others[name], depth + 1)) return false;
    count += 1;
  }
  return count === membersOf(others);
}

type Members = Readonly<Record<string, unknown>>;

function membersOf(value: Members): number {
  let count = 0;
  for (const name of Object.keys(value)) if (value[name] !== undefined) count += 1;
  return count;
}

function write(value: unknown, path: string, depth: number): string {
  switch (typeof value) {
    case 'string':
      return writeString(value, path);
    case 'boolean':
      return value ? 'true' : 'false';
    case 'number':
      if (!Number.isFinite(value)) fail('not-canonical', `${path} is ${value}, which JSON cannot say`);
      return JSON.stringify(value);
    case 'object':
      if (value === null) return 'null';
      if (depth === MAX_DEPTH) fail('not-canonical', `${path} lies more than ${MAX_DEPTH} levels deep`);
      return Array.isArray(value) ? writeArray(value, path, depth) : writeObject(value, path, depth);
    default:
      return fail('not-canonical', `${path} is a ${typeof value}, which JSON cannot say`);
  }
}

function writeString(text: string, path: string): string {
  if (PLAIN.test(text)) return `"${text}"`;
  // JSON.stringify would write half a surrogate pair as an escape; RFC 8785 §3.2.2.2 wants an error.
  if (!isWellFormed(text)) fail('not-canonical', `${path} holds half a character (a lone surrogate)`);
  return JSON.stringify(text);
}

function writeArray(items: readonly unknown[], path: string, depth: number): string {
  let text = '[';
  for (let at = 0; at < items.length; at++) {
    if (at > 0) text += ',';
    text += write(items[at], path, depth + 1);
  }
  return `${text}]`;
}

function writeObject(value: object, path: string, depth: number): string {
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) fail('not-canonical', `${path} is not a plain object`);
  let text = '{';
  // `sort` without an argument compares UTF-16 code units, as RFC 8785 §3.2.3 asks.
  for (const name of Object.keys(value).sort()) {
    const member = (value as Members)[name];
    if (member === undefined) continue;
    const written = writeName(name, path) + write(member, name, depth + 1);
    text = text.length > 1 ? `${text},${written}` : text + written;
  }
  return `${text}}`;
}

function writeName(name: string, path: string): string {
  const known = names.get(name);
  if (known !== undefined) return known;
  const written = `${writeString(name, path)}:`;
  if (names.size < NAMES_KEPT) names.set(name, written);
  return written;
}
