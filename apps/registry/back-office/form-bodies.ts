import { createHash } from 'node:crypto';
import { Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { FastifyRequest } from 'fastify';
import { Posted } from '#web';

/** The largest file whose digest is computed here, in megabytes. */
export const FILE_MEGABYTES = 100;

const FIELDS = 5000;

/** What a form may send; what is larger of a file is cut off, and said to be too large. */
const LIMITS = {
  fileSize: FILE_MEGABYTES * 1024 * 1024,
  files: 20,
  fields: FIELDS,
  fieldSize: 64 * 1024,
  parts: FIELDS,
};

/** A form with what became of its files. */
export interface Body {
  readonly posted: Posted;
  /** Names of the files whose digests were filled in. */
  readonly hashed: readonly string[];
  /** Fields whose file was too large. */
  readonly tooLarge: readonly string[];
}

/** What a form sent. A file is read once, for its SHA-256, which takes the place of the field `file:<path>` is beside; it is not kept. */
export async function bodyOf(request: FastifyRequest): Promise<Body> {
  if (!request.isMultipart()) return { posted: new Posted(pairsIn(request.body)), hashed: [], tooLarge: [] };
  const posted = new Posted();
  const digests: { path: string; name: string; digest: string }[] = [];
  const tooLarge: string[] = [];
  for await (const part of request.parts({ limits: LIMITS })) {
    if (part.type === 'field') {
      posted.add(part.fieldname, typeof part.value === 'string' ? part.value : '');
      continue;
    }
    const path = part.fieldname.replace(/^file:/, '');
    const { digest, size } = await digestOf(part.file);
    if (part.file.truncated) tooLarge.push(path);
    else if (part.filename && size > 0) digests.push({ path, name: part.filename, digest });
  }
  for (const { path, digest } of digests) posted.set(path, digest);
  return { posted, hashed: digests.map(({ name }) => name), tooLarge };
}

async function digestOf(file: NodeJS.ReadableStream): Promise<{ digest: string; size: number }> {
  const hash = createHash('sha256');
  let size = 0;
  const counted = new Writable({
    write(chunk: Buffer, _encoding, done) {
      hash.update(chunk);
      size += chunk.length;
      done();
    },
  });
  await pipeline(file, counted);
  return { digest: hash.digest('hex'), size };
}

function* pairsIn(body: unknown): Iterable<readonly [string, string]> {
  if (typeof body !== 'object' || body === null) return;
  for (const [name, value] of Object.entries(body) as [string, unknown][])
    for (const each of Array.isArray(value) ? (value as unknown[]) : [value])
      if (typeof each === 'string') yield [name, each];
}
