import type { FastifyRequest } from 'fastify';
import type { Multipart } from '@fastify/multipart';
import { FileError, MAX_PHOTO_BYTES, cleanPhoto } from '#files';
import type { CleanPhoto, FileFault } from '#files';
import { ASK_LIMITS } from '#web';
import type { AskFault } from '#web';

/** A form as it was sent. */
export interface AskForm {
  readonly fields: Readonly<Record<string, string | undefined>>;
  /** The photos that could be read, written anew, by their place in the form counted from 0. */
  readonly photos: readonly (Pick<CleanPhoto, 'bytes' | 'mediaType'> & { readonly place: number })[];
  /** What was wrong with the others, and with the form. */
  readonly faults: readonly AskFault[];
  /** How many photos had been chosen. */
  readonly chosen: number;
}

const LIMITS = {
  fieldNameSize: 100,
  fieldSize: 32 * 1024,
  fields: 20,
  fileSize: MAX_PHOTO_BYTES,
  files: ASK_LIMITS.photos,
  parts: 20 + ASK_LIMITS.photos,
  headerPairs: 20,
};

const PHOTO = /^photo-([1-9])$/;

const faultOf: Partial<Record<FileFault, AskFault>> = {
  'file-too-large': 'photo-too-large',
  'type-not-accepted': 'photo-type',
  'photo-unreadable': 'photo-unreadable',
  'photo-too-many-pixels': 'photo-unreadable',
  'file-empty': 'photo-unreadable',
};

/**
 * Reads a posted form, with photos (RFC 7578) or without. Photos are read one after the other, so that no more than one original is held in memory; with `withPhotos` false they are passed over. Never
 * throws for what was sent.
 */
export async function formIn(request: FastifyRequest, withPhotos: boolean): Promise<AskForm> {
  if (!request.isMultipart()) return { fields: textsIn(request.body), photos: [], faults: [], chosen: 0 };
  const fields: Record<string, string> = {};
  const photos: AskForm['photos'][number][] = [];
  const faults = new Set<AskFault>();
  let chosen = 0;
  const parts = request.parts({ limits: LIMITS });
  for (let part = await nextOf(parts); part !== 'end'; part = await nextOf(parts)) {
    if (part === 'malformed') {
      faults.add(part);
      break;
    }
    if (part.type === 'field') {
      if (typeof part.value === 'string') fields[part.fieldname] = part.value;
      continue;
    }
    const read = await photoIn(part, withPhotos);
    if (read === 'none') continue;
    chosen += 1;
    if (typeof read === 'string') faults.add(read);
    else photos.push(read);
  }
  return { fields, photos, faults: [...faults], chosen };
}

/** Whatever the parser throws is about what was sent: too many parts, or a form that was cut off. */
async function nextOf(parts: AsyncIterableIterator<Multipart>): Promise<Multipart | 'end' | 'malformed'> {
  try {
    const next: IteratorResult<Multipart, unknown> = await parts.next();
    return next.done ? 'end' : next.value;
  } catch {
    return 'malformed';
  }
}

type Read = AskForm['photos'][number] | AskFault | 'none';

async function photoIn(part: Extract<Multipart, { type: 'file' }>, wanted: boolean): Promise<Read> {
  const place = PHOTO.exec(part.fieldname)?.[1];
  if (!wanted || place === undefined) {
    part.file.resume();
    return 'none';
  }
  const bytes = await part.toBuffer().catch(() => undefined);
  if (!bytes) return 'malformed';
  // What a browser sends for a field in which nothing was chosen.
  if (bytes.length === 0 && part.filename === '') return 'none';
  if (part.file.truncated) return 'photo-too-large';
  try {
    const { bytes: clean, mediaType } = await cleanPhoto(bytes);
    return { bytes: clean, mediaType, place: Number(place) - 1 };
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    return faultOf[error.code] ?? 'photo-unreadable';
  }
}

function textsIn(body: unknown): AskForm['fields'] {
  const sent: [string, unknown][] = typeof body === 'object' && body !== null ? Object.entries(body) : [];
  return Object.fromEntries(sent.filter((field): field is [string, string] => typeof field[1] === 'string'));
}
