import { fail } from './error';

/** What can be written as text. The kind stands in it, so that a private key pasted where a public one belongs is noticed. */
export type TextKind = 'public-key' | 'private-key' | 'share' | 'encrypted-share' | 'commitment' | 'application';

/** `seal1.<kind>.<base64url without padding>` (RFC 4648 §5). One value has one text. */
export type SealText<Kind extends TextKind> = `seal1.${Kind}.${string}`;

export function writeText<Kind extends TextKind>(kind: Kind, bytes: Uint8Array): SealText<Kind> {
  return `seal1.${kind}.${Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64url')}`;
}

/**
 * The bytes of a text, `least` to `most` of them. Takes whatever came from outside; length is looked at before anything is decoded. Throws
 * `text-not-string`, `text-of-another-kind`, `text-too-short`, `text-too-long`, or `text-not-base64url` for other letters, padding, line
 * ends and stray last bits. Messages never repeat the text, which may be secret.
 */
export function readText(kind: TextKind, text: unknown, least: number, most = least): Buffer {
  if (typeof text !== 'string') fail('text-not-string', `a text of kind ${kind} is a string, not ${typeof text}`);
  const prefix = `seal1.${kind}.`;
  if (!text.startsWith(prefix)) fail('text-of-another-kind', `a text of this kind begins with "${prefix}"`);
  const length = text.length - prefix.length;
  if (length > letters(most)) fail('text-too-long', `a ${kind} has at most ${letters(most)} letters, not ${length}`);
  if (length < letters(least))
    fail('text-too-short', `a ${kind} has at least ${letters(least)} letters, not ${length}`);
  const body = text.slice(prefix.length);
  const bytes = Buffer.from(body, 'base64url');
  if (bytes.toString('base64url') !== body)
    fail('text-not-base64url', `the ${kind} is not written in strict base64url`);
  return bytes;
}

/** Letters that many bytes have in base64url without padding. */
const letters = (bytes: number): number => Math.ceil((bytes * 4) / 3);
