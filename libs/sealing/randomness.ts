import { randomBytes } from 'node:crypto';
import { fail } from './error';

/** A source of that many unpredictable bytes. Whoever can foretell them reads everything sealed with them. */
export type Randomness = (bytes: number) => Uint8Array;

/** The operating system's. The one place where this library takes anything from outside its arguments. */
export const systemRandomness: Randomness = (bytes) => randomBytes(bytes);

/** Exactly that many bytes, in memory of our own, which may be wiped. Throws `randomness-malformed` when the source gives another number. */
export function draw(random: Randomness, bytes: number): Buffer {
  const drawn = random(bytes);
  if (drawn.length !== bytes)
    fail('randomness-malformed', `${bytes} random bytes were asked for, ${drawn.length} came`);
  return Buffer.from(drawn);
}
