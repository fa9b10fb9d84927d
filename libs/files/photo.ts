import sharp from 'sharp';
import { FileError, refuse } from './error';
import { mediaTypeOf } from './media-type';

/** The largest photo that is read, in bytes, and in pixels once it is unpacked. */
export const MAX_PHOTO_BYTES = 20 * 1024 * 1024;
export const MAX_PHOTO_PIXELS = 50_000_000;

/** No side of a kept photo is longer, in pixels. */
export const LONGEST_SIDE = 2048;

const MAX_SECONDS = 20;

export interface CleanPhoto {
  readonly bytes: Buffer;
  readonly mediaType: 'image/jpeg' | 'image/png' | 'image/webp';
  /** In pixels. */
  readonly width: number;
  readonly height: number;
}

/**
 * A photo with nothing in it but the picture: read, turned as its orientation says (Exif 2.32 tag 274), made no larger than `LONGEST_SIDE`, and
 * written anew, so that where and when it was taken, by which device, and what a camera or a program hid in it are gone. The original is not kept.
 *
 * Throws FileError: `file-empty`, `file-too-large`, `type-not-accepted`, `photo-too-many-pixels`, `photo-unreadable`.
 */
export async function cleanPhoto(original: Uint8Array): Promise<CleanPhoto> {
  if (original.length === 0) refuse('file-empty', 'The file is empty. Choose the photo again.');
  if (original.length > MAX_PHOTO_BYTES)
    refuse('file-too-large', `The photo has ${original.length} bytes; at most ${MAX_PHOTO_BYTES} are taken.`);
  const mediaType = acceptedType(original);
  const options = { limitInputPixels: MAX_PHOTO_PIXELS, failOn: 'error', sequentialRead: true } as const;
  try {
    const { width, height } = await sharp(original, { ...options, limitInputPixels: false }).metadata();
    if (width * height > MAX_PHOTO_PIXELS)
      refuse(
        'photo-too-many-pixels',
        `The photo has ${width} × ${height} pixels; at most ${MAX_PHOTO_PIXELS} are taken.`,
      );
    const { data, info } = await sharp(original, options)
      .timeout({ seconds: MAX_SECONDS })
      .autoOrient()
      .resize({ width: LONGEST_SIDE, height: LONGEST_SIDE, fit: 'inside', withoutEnlargement: true })
      .toFormat(mediaType.slice('image/'.length) as 'jpeg' | 'png' | 'webp', { quality: 85 })
      .toBuffer({ resolveWithObject: true });
    return { bytes: data, mediaType, width: info.width, height: info.height };
  } catch (error) {
    if (error instanceof FileError) throw error;
    return refuse('photo-unreadable', 'The photo cannot be read: it is damaged or cut off. Send it again.', {
      cause: error,
    });
  }
}

function acceptedType(original: Uint8Array): CleanPhoto['mediaType'] {
  const type = mediaTypeOf(original);
  switch (type) {
    case 'image/jpeg':
    case 'image/png':
    case 'image/webp':
      return type;
    case 'image/heic':
      return refuse(
        'type-not-accepted',
        'This is a HEIC photo, which not every browser can show. Save it as JPEG; telephones do so under "most compatible".',
      );
    default:
      return refuse('type-not-accepted', 'This is no photo we can show. Send a JPEG, PNG or WebP file.');
  }
}
