import { createPrivateKey } from 'node:crypto';
import type { LogIdentity, SigningKey, TileStorage, TransparencyFault } from '#transparency-log';
import { LogWriter, TransparencyError, signingKeyFromPkcs8, verifierOf } from '#transparency-log';

export const ORIGIN = 'registry.example/log';

/** A key of its own for each letter; the same at every run. */
export function keyOf(name: string, letter: string): SigningKey {
  const seed = Buffer.alloc(32, letter);
  const der = Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), seed]);
  const pem = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' }).export({ format: 'pem', type: 'pkcs8' });
  return signingKeyFromPkcs8(name, pem.toString());
}

export const logKey = keyOf(ORIGIN, 'a');

export const identity: LogIdentity = {
  origin: ORIGIN,
  signers: [logKey],
  keys: [{ verifier: verifierOf(logKey, 'note') }],
};

/** Entries of differing lengths, the empty one among them. */
export function entriesUpTo(count: number, from = 0): Uint8Array[] {
  return Array.from({ length: count - from }, (_, at) => Buffer.from(`entry ${from + at}`.repeat((from + at) % 4)));
}

export async function logOf(storage: TileStorage, ...sizes: readonly number[]): Promise<LogWriter> {
  const writer = await LogWriter.create(storage, identity);
  for (const size of sizes) await writer.append(entriesUpTo(size, writer.head.size));
  return writer;
}

/** The code a call is refused with; fails the test when it is not refused, or by something else. */
export function faultOf(call: () => unknown): TransparencyFault {
  try {
    call();
  } catch (error) {
    if (error instanceof TransparencyError) return error.code;
    throw error;
  }
  throw new Error('it was accepted');
}

export async function faultOfAsync(call: () => Promise<unknown>): Promise<TransparencyFault> {
  try {
    await call();
  } catch (error) {
    if (error instanceof TransparencyError) return error.code;
    throw error;
  }
  throw new Error('it was accepted');
}

/** The same bytes with one bit turned. */
export function withBitFlipped(bytes: Uint8Array, bit: number): Uint8Array {
  const copy = Uint8Array.from(bytes);
  const at = Math.floor(bit / 8);
  copy[at] = (copy[at] ?? 0) ^ (1 << (bit % 8));
  return copy;
}
