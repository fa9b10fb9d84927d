import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { SealingError, combineShares, isKeyOf, openFile, releasedKeyDigest, sealingKeysDigest } from '#sealing';
import type { SealingKeys } from '#sealing';
import { writeApplication } from './application-folder';
import { ask, json } from './registry-client';
import type { Registry } from './registry-client';
import { WrongRequest } from './wrong-request';

/** What the registry gives of an opened call; all of it is checked here once more. */
interface Evidence {
  readonly call: string;
  readonly keys: SealingKeys;
  readonly keysDigest: string;
  readonly custodians: readonly string[];
  readonly shares: readonly { readonly custodian: number; readonly share: string }[];
  readonly callKey: string;
  readonly releasedKey: string;
  readonly applications: readonly {
    readonly application: string;
    readonly organisation: string;
    readonly ciphertext: string;
    readonly digest: string;
  }[];
}

export interface OpeningOrder {
  /** An evidence file, or its address `…/api/v1/calls/ID/opening`. */
  readonly evidence: string;
  /** Folder with the ciphertexts, each named by its SHA-256; from the registry where none is named. */
  readonly ciphertexts?: string;
  /** Where the applications are written; nowhere where none is named. */
  readonly out?: string;
  /** The digest written down at the ceremony, where somebody has it. */
  readonly keysDigest?: string;
  readonly token?: string;
  readonly say: (line: string) => void;
}

/**
 * Opens a call once more, without trust in the registry: the digest of the ceremony, each share against its commitment, the combined key against
 * the published one, each ciphertext against its digest in the log, each content against its digest. Answers whether every application could be
 * read. Throws WrongRequest, SealingError.
 */
export async function openOnceMore(order: OpeningOrder): Promise<boolean> {
  const { say, out } = order;
  const evidence = await json<Evidence>(order.evidence, order);
  const { call, keys, shares, applications } = evidence;
  const digest = sealingKeysDigest(keys);
  if (digest !== evidence.keysDigest || (order.keysDigest !== undefined && digest !== order.keysDigest))
    throw new WrongRequest(
      `The digest of the keys is ${digest}, not the one that was written down: the keys were exchanged.`,
    );
  say(`Keys of the ceremony: as their digest says (${digest}).`);
  const privateKey = combined(evidence);
  if (
    privateKey !== evidence.callKey ||
    !isKeyOf(keys.publicKey, privateKey) ||
    releasedKeyDigest(privateKey) !== evidence.releasedKey
  )
    throw new WrongRequest('The released key is not the one that the shares give.');
  say(`${shares.length} shares give the published key; its digest is ${evidence.releasedKey}.`);
  let readable = 0;
  for (const { application, organisation, ciphertext, digest: ofContent } of applications) {
    // It names a folder on this machine.
    if (!/^[0-9a-f-]{36}$/.test(application))
      throw new WrongRequest(`"${application}" in the evidence is no id of an application.`);
    const bytes = await ciphertextOf(order, call, ciphertext);
    if (createHash('sha256').update(bytes).digest('hex') !== ciphertext) {
      say(`${application} of ${organisation}: the ciphertext was changed after it was handed in.`);
      continue;
    }
    try {
      const content = openFile({ call, organisation, digest: ofContent, privateKey, bytes });
      if (out !== undefined) await writeApplication(join(out, application), content);
      say(
        `${application} of ${organisation}: ${Object.keys(content.answers).length} answers, ${content.attachments.length} attachments.`,
      );
      readable += 1;
    } catch (error) {
      if (!(error instanceof SealingError)) throw error;
      say(`${application} of ${organisation}: cannot be read (${error.message}).`);
    }
  }
  say(`${readable} of ${applications.length} applications read.`);
  return readable === applications.length;
}

function combined({ keys, shares, custodians }: Evidence): string {
  try {
    return combineShares({ keys, shares: shares.map(({ share }) => share) });
  } catch (error) {
    if (!(error instanceof SealingError)) throw error;
    const named = error.evaluators.map((number) => `${number} (${custodians[number - 1] ?? 'unknown'})`).join(', ');
    const missing = error.code === 'shares-too-few' ? ` ${keys.threshold - shares.length} more are needed.` : '';
    throw new WrongRequest(`${error.message}.${named === '' ? '' : ` Holders: ${named}.`}${missing}`);
  }
}

async function ciphertextOf(
  { evidence, ciphertexts, token }: OpeningOrder,
  call: string,
  sha256: string,
): Promise<Uint8Array> {
  if (!/^[0-9a-f]{64}$/.test(sha256))
    throw new WrongRequest(`"${sha256}" in the evidence is no digest of a ciphertext.`);
  if (ciphertexts !== undefined) return readFile(join(ciphertexts, sha256));
  if (!/^https?:/.test(evidence)) throw new WrongRequest('Name the folder of the ciphertexts: --ciphertexts FOLDER.');
  const registry: Registry = { url: new URL(evidence).origin, ...(token !== undefined && { token }) };
  const answer = await ask(registry, `/api/v1/calls/${encodeURIComponent(call)}/ciphertexts/${sha256}`);
  return new Uint8Array(await answer.arrayBuffer());
}
