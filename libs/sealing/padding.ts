import { fail } from './error';

/** Largest application before sealing, in bytes. */
export const MAX_APPLICATION_BYTES = 8 * 1024 * 1024;

/** Every application up to here looks alike. */
const SMALLEST_CLASS = 4 * 1024;

const LENGTH_BYTES = 4;

/** How many bytes of application fit each size: 4 KiB, doubled up to 8 MiB. All that a length tells is one of these twelve. */
export const SIZE_CLASSES: readonly number[] = Array.from({ length: 12 }, (_, step) => SMALLEST_CLASS * 2 ** step);

/** Lengths a padded application can have, in bytes. */
export const PADDED_LENGTHS: readonly number[] = SIZE_CLASSES.map((size) => LENGTH_BYTES + size);

/** Length (four bytes, big-endian) ‖ application ‖ zeros up to the size class. Throws `application-too-large`. */
export function pad(application: Uint8Array): Buffer {
  const size = SIZE_CLASSES.find((capacity) => application.length <= capacity);
  if (size === undefined)
    fail('application-too-large', `${application.length} bytes are more than the ${MAX_APPLICATION_BYTES} allowed`);
  const padded = Buffer.alloc(LENGTH_BYTES + size);
  padded.writeUInt32BE(application.length);
  padded.set(application, LENGTH_BYTES);
  return padded;
}

/** The inverse. An application has one padded form: any other throws `application-padding-wrong`; nothing can hide behind the zeros. */
export function unpad(padded: Buffer): Buffer {
  const length = padded.readUInt32BE();
  const end = LENGTH_BYTES + length;
  const size = SIZE_CLASSES.find((capacity) => length <= capacity);
  if (size === undefined || padded.length !== LENGTH_BYTES + size || !padded.subarray(end).every((byte) => byte === 0))
    fail('application-padding-wrong', 'the application was not padded by these rules');
  return padded.subarray(LENGTH_BYTES, end);
}
