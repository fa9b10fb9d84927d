import { createHash } from 'node:crypto';
import { openApplication, requireSealedApplication, sealApplication } from './application';
import { packContent, SALT_BYTES, unpackContent } from './content';
import type { ApplicationContent } from './content';
import { fail } from './error';
import { draw, systemRandomness } from './randomness';
import type { Randomness } from './randomness';
import { writeText } from './text';

/** Where a sealed file belongs: a call and an organisation. What names the application among them is the digest of its salted content. */
export interface FilePlace {
  readonly call: string;
  readonly organisation: string;
}

/** A sealed application as it is handed in. */
export interface SealedFile {
  /** The ciphertext, as bytes. */
  readonly bytes: Uint8Array;
  /** SHA-256 of the ciphertext, in hexadecimal. */
  readonly sha256: string;
  /** SHA-256 of the salted content, in hexadecimal: says nothing about it, and proves it unchanged once it is opened. */
  readonly digest: string;
}

/** Seals an application to a call's public key. Throws what `packContent` and `sealApplication` throw. */
export function sealFile({
  call,
  organisation,
  publicKey,
  content,
  random = systemRandomness,
}: FilePlace & {
  readonly publicKey: string;
  readonly content: ApplicationContent;
  readonly random?: Randomness;
}): SealedFile {
  const plaintext = packContent(content, draw(random, SALT_BYTES));
  const digest = sha256(plaintext);
  const text = sealApplication({ call, organisation, application: digest, publicKey, plaintext, random });
  const bytes = Buffer.from(text.slice(text.lastIndexOf('.') + 1), 'base64url');
  return { bytes, sha256: sha256(bytes), digest };
}

/** Refuses, while its sender can still mend it, what cannot be a sealed application. Throws what `requireSealedApplication` throws. */
export function requireSealedFile(bytes: Uint8Array): void {
  requireSealedApplication(writeText('application', bytes));
}

/** Opens a sealed application with the released key. Throws what `openApplication` throws, and `application-content-wrong`. */
export function openFile({
  call,
  organisation,
  digest,
  privateKey,
  bytes,
}: FilePlace & {
  readonly digest: string;
  readonly privateKey: string;
  readonly bytes: Uint8Array;
}): ApplicationContent {
  const sealed = writeText('application', bytes);
  const plaintext = openApplication({ call, organisation, application: digest, privateKey, sealed });
  if (sha256(plaintext) !== digest) fail('application-content-wrong', 'the content is not what its digest says');
  return unpackContent(plaintext);
}

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
