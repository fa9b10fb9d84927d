import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isIdOf } from '#domain';
import { makeEvaluatorKeys, makeSealingKeys, openShare, sealingKeysDigest } from '#sealing';
import type { SealingKeys } from '#sealing';
import { lock, lockedKeyIn, unlock } from './locked-key';
import { json } from './registry-client';
import { WrongRequest } from './wrong-request';

/** A holder at the ceremony: office, login and agency, and a public key of their own where they brought one. */
export interface Holder {
  readonly office: string;
  readonly login: string;
  readonly agency: string;
  /** Their key file, or the text of their public key; without one a key is made here, locked with their passphrase. */
  readonly key?: string;
}

/** What a holder takes home: everything published, and which share is theirs. */
export interface ShareFile {
  readonly kind: 'sealing-share-1';
  readonly custodian: number;
  readonly keys: SealingKeys;
  readonly keysDigest: string;
}

/** `Office:login:agency[:key]`. Throws WrongRequest. */
export function holderFrom(text: string): Holder {
  const [office = '', login = '', agency = '', ...key] = text.split(':');
  if (office === '' || login === '' || agency === '')
    throw new WrongRequest(
      `"${text}" is no holder. Write Office:login:agency, and :public key or :file behind it where they brought a key.`,
    );
  return { office, login, agency, ...(key.length > 0 && { key: key.join(':') }) };
}

export interface CeremonyOrder {
  readonly call: string;
  readonly threshold: number;
  readonly holders: readonly Holder[];
  /** A folder that is not there yet. */
  readonly out: string;
  readonly passphraseOf: (holder: Holder) => Promise<string>;
}

/**
 * Makes the key of a call, deals it, and forgets it. Leaves in the folder `deal.json`, to be recorded as `deal-call-key`; `share-N.json` for each
 * holder; and `key-N.json` for those who brought no key. Answers the digest, which everybody present writes down. Throws WrongRequest, SealingError.
 */
export async function ceremony({ call, threshold, holders, out, passphraseOf }: CeremonyOrder): Promise<string> {
  if (!isIdOf('call', call))
    throw new WrongRequest(`"${call}" is no id of a call. Draft the call first; its id is in the answer.`);
  await mkdir(out);
  const publicKeys: string[] = [];
  for (const [place, holder] of holders.entries()) {
    if (holder.key !== undefined) {
      publicKeys.push(await publicKeyFrom(holder.key));
      continue;
    }
    const made = makeEvaluatorKeys();
    const locked = await lock(made, await passphraseOf(holder));
    await writeNew(join(out, `key-${place + 1}.json`), locked);
    publicKeys.push(made.publicKey);
  }
  const keys = makeSealingKeys({ call, threshold, evaluators: publicKeys });
  const keysDigest = sealingKeysDigest(keys);
  const deal = {
    keys,
    keysDigest,
    custodians: holders.map(({ office }) => office),
    accounts: holders.map(({ login, agency }) => ({ login, agency })),
  };
  await writeNew(join(out, 'deal.json'), deal);
  for (const place of holders.keys()) {
    const file: ShareFile = { kind: 'sealing-share-1', custodian: place + 1, keys, keysDigest };
    await writeNew(join(out, `share-${place + 1}.json`), file);
  }
  return keysDigest;
}

/** A holder's share, opened on the holder's machine, and the digest of the keys it belongs to. Throws WrongRequest, SealingError. */
export async function openedShare(
  shareFile: string,
  keyFile: string,
  passphrase: () => Promise<string>,
): Promise<{ readonly share: string; readonly custodian: number; readonly keysDigest: string; readonly call: string }> {
  const { kind, custodian, keys } = await json<Partial<ShareFile>>(shareFile);
  if (kind !== 'sealing-share-1' || custodian === undefined || keys === undefined)
    throw new WrongRequest(`${shareFile} is no share file of a ceremony.`);
  const privateKey = await unlock(await json(keyFile), await passphrase());
  return {
    share: openShare({ keys, evaluator: custodian, privateKey }),
    custodian,
    keysDigest: sealingKeysDigest(keys),
    call: keys.call,
  };
}

async function publicKeyFrom(text: string): Promise<string> {
  return text.startsWith('seal1.public-key.') ? text : lockedKeyIn(await json(text)).publicKey;
}

export const writeNew = (path: string, content: object): Promise<void> =>
  writeFile(path, `${JSON.stringify(content, undefined, 2)}\n`, { flag: 'wx', mode: 0o600 });

/** A digest in groups, as it is read aloud and written down. */
export const inGroups = (digest: string): string => digest.replace(/(.{4})(?=.)/g, '$1 ');
