import { fail } from './error';

/** A file within an application. */
export interface Attachment {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** What an organisation applies with. */
export interface ApplicationContent {
  /** What it answered, by the question's code. */
  readonly answers: Readonly<Record<string, string>>;
  readonly attachments: readonly Attachment[];
}

/** Unpredictable bytes before everything else, so that nobody finds a short application by trying out texts against its digest. */
export const SALT_BYTES = 32;

const LENGTH_BYTES = 4;
const VERSION = 1;
const MAX_NAME = 200;
const MAX_ANSWER = 20_000;
const MAX_PARTS = 100;
const CODE = /^[a-z0-9][a-z0-9-]{0,59}$/;
// No path, no hidden file, no letter that is not seen: the name becomes that of a file on somebody's machine.
const NAME = /^[^\p{C}\p{Z}/\\:*?"<>|.]([^\p{C}/\\:*?"<>|]*[^\p{C}\p{Z}/\\:*?"<>|.])?$/u;

/**
 * An application as one sequence of bytes: salt ‖ length of what follows (four bytes, big-endian) ‖ JSON with answers and attachments' names and sizes ‖ the
 * attachments. Runs in browsers as well. Throws `application-content-wrong` for a name or an answer that could not be read again.
 */
export function packContent({ answers, attachments }: ApplicationContent, salt: Uint8Array): Uint8Array<ArrayBuffer> {
  if (salt.length !== SALT_BYTES) fail('application-content-wrong', `the salt has ${SALT_BYTES} bytes`);
  const files = attachments.map(({ name, bytes }) => ({ name, size: bytes.length }));
  requireContent(answers, files);
  const head = new TextEncoder().encode(JSON.stringify({ version: VERSION, answers, attachments: files }));
  const length = new Uint8Array(LENGTH_BYTES);
  new DataView(length.buffer).setUint32(0, head.length);
  return joined([salt, length, head, ...attachments.map(({ bytes }) => bytes)]);
}

/** The inverse; nothing may be missing or left over. Throws `application-content-wrong`. */
export function unpackContent(content: Uint8Array): ApplicationContent {
  const start = SALT_BYTES + LENGTH_BYTES;
  if (content.length < start) fail('application-content-wrong', 'the application is too short');
  const headLength = new DataView(content.buffer, content.byteOffset).getUint32(SALT_BYTES);
  const head = headIn(content.subarray(start, start + headLength));
  requireContent(head.answers, head.attachments);
  let place = start + headLength;
  const attachments = head.attachments.map(({ name, size }) => {
    const bytes = content.subarray(place, place + size);
    place += size;
    return { name, bytes };
  });
  if (place !== content.length) fail('application-content-wrong', 'the sizes of the attachments do not add up');
  return { answers: head.answers, attachments };
}

export function joined(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let place = 0;
  for (const part of parts) {
    whole.set(part, place);
    place += part.length;
  }
  return whole;
}

interface Head {
  readonly version: number;
  readonly answers: Readonly<Record<string, string>>;
  readonly attachments: readonly { readonly name: string; readonly size: number }[];
}

function headIn(bytes: Uint8Array): Head {
  try {
    const head = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)) as Partial<Head> | null;
    if (head?.version === VERSION && isRecord(head.answers) && Array.isArray(head.attachments)) return head as Head;
  } catch {
    // Said below, in our words.
  }
  return fail('application-content-wrong', 'what stands before the attachments is not the beginning of an application');
}

function requireContent(answers: Readonly<Record<string, unknown>>, files: readonly unknown[]): void {
  const entries = Object.entries(answers);
  if (entries.length > MAX_PARTS || files.length > MAX_PARTS)
    fail('application-content-wrong', `an application has at most ${MAX_PARTS} answers and ${MAX_PARTS} attachments`);
  for (const [code, answer] of entries)
    if (!CODE.test(code) || typeof answer !== 'string' || answer.length > MAX_ANSWER)
      fail(
        'application-content-wrong',
        `answers have a code in small letters and are texts of at most ${MAX_ANSWER} letters`,
      );
  const names = new Set<string>();
  for (const file of files) {
    const { name, size } = (isRecord(file) ? file : {}) as { name?: unknown; size?: unknown };
    const named =
      typeof name === 'string' && name.length <= MAX_NAME && NAME.test(name) && !names.has(name.toLowerCase());
    if (!named || !Number.isSafeInteger(size) || (size as number) < 0)
      fail('application-content-wrong', 'attachments have plain names, each another, without folders');
    names.add(name.toLowerCase());
  }
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
