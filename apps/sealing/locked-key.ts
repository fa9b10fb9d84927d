import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { hashRaw } from '@node-rs/argon2';
import type { EvaluatorKeys } from '#sealing';
import { WrongRequest } from './wrong-request';

/** An evaluator's key on disk: the private half is encrypted with a passphrase (argon2id, RFC 9106; AES-256-GCM). */
export interface LockedKey {
  readonly kind: 'sealing-key-1';
  readonly publicKey: string;
  readonly argon2id: {
    readonly memoryKiB: number;
    readonly passes: number;
    readonly lanes: number;
    readonly salt: string;
  };
  readonly nonce: string;
  readonly locked: string;
}

/** RFC 9106 §4, second recommendation: 64 MiB, three passes, four lanes. */
const COST = { memoryKiB: 64 * 1024, passes: 3, lanes: 4 };

/** A file from elsewhere may not ask this machine for more. */
const MOST = { memoryKiB: 1024 * 1024, passes: 20, lanes: 16 };

const SHORTEST = 12;
const TAG_BYTES = 16;

/** Throws WrongRequest for a passphrase that is too short to hold anything. */
export async function lock({ publicKey, privateKey }: EvaluatorKeys, passphrase: string): Promise<LockedKey> {
  if (passphrase.length < SHORTEST)
    throw new WrongRequest(
      `The passphrase has fewer than ${SHORTEST} letters. Take four or five words that only you would put together.`,
    );
  const argon2id = { ...COST, salt: randomBytes(16).toString('base64url') };
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', await keyFrom(passphrase, argon2id), nonce).setAAD(
    Buffer.from(publicKey),
  );
  const locked = Buffer.concat([cipher.update(privateKey, 'utf8'), cipher.final(), cipher.getAuthTag()]);
  return {
    kind: 'sealing-key-1',
    publicKey,
    argon2id,
    nonce: nonce.toString('base64url'),
    locked: locked.toString('base64url'),
  };
}

/** The private key. Throws WrongRequest for a wrong passphrase and for a file that is no key. */
export async function unlock(file: unknown, passphrase: string): Promise<string> {
  const { publicKey, argon2id, nonce, locked } = lockedKeyIn(file);
  const bytes = Buffer.from(locked, 'base64url');
  const decipher = createDecipheriv(
    'aes-256-gcm',
    await keyFrom(passphrase, argon2id),
    Buffer.from(nonce, 'base64url'),
    {
      authTagLength: TAG_BYTES,
    },
  )
    .setAAD(Buffer.from(publicKey))
    .setAuthTag(bytes.subarray(-TAG_BYTES));
  try {
    return Buffer.concat([decipher.update(bytes.subarray(0, -TAG_BYTES)), decipher.final()]).toString('utf8');
  } catch {
    throw new WrongRequest(
      'The passphrase is not the one of this key, or the file was changed. Try again; nobody can help without it.',
    );
  }
}

export function lockedKeyIn(file: unknown): LockedKey {
  const { kind, publicKey, argon2id, nonce, locked } = (file ?? {}) as Partial<LockedKey>;
  const whole = [publicKey, argon2id?.salt, nonce, locked].every((each) => typeof each === 'string');
  const bearable =
    argon2id !== undefined &&
    (['memoryKiB', 'passes', 'lanes'] as const).every((cost) => within(argon2id[cost], MOST[cost]));
  if (kind === 'sealing-key-1' && whole && bearable && Buffer.from(nonce ?? '', 'base64url').length === 12)
    return file as LockedKey;
  throw new WrongRequest('This file is no key made by "evaluator-key" or by the ceremony. Check which file you named.');
}

const within = (cost: unknown, most: number): boolean =>
  Number.isInteger(cost) && (cost as number) >= 1 && (cost as number) <= most;

const keyFrom = (passphrase: string, { memoryKiB, passes, lanes, salt }: LockedKey['argon2id']): Promise<Buffer> =>
  hashRaw(passphrase.normalize('NFC'), {
    algorithm: 2, // Argon2id; the package's own name for it is a const enum, which is gone at run time.
    memoryCost: memoryKiB,
    timeCost: passes,
    parallelism: lanes,
    outputLen: 32,
    salt: Buffer.from(salt, 'base64url'),
  });
