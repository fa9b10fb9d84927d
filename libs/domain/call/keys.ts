import { Type } from '@sinclair/typebox';
import { SEALING_SCHEME, SealingError, checkShare, sealingKeysDigest } from '#sealing';
import type { SealingKeys } from '#sealing';
import type { EntryFacts } from '../entry';
import { demand } from '../refusal';
import { defineEvent } from '../schema/definition';
import type { DataOf } from '../schema/definition';
import { idOf, line, publicField, record, restrictedField, sha256 } from '../schema/fields';
import { actsOf } from '../stream/act';
import { isAccountOf, standsAt } from './call';
import type { Call, Ceremony } from './call';

/** The key of a call: dealt to several persons before the call is published, confirmed by each, given back by them after the deadline (rule 9). */

const SOURCE = 'Law 241/1990 artt. 1, 12; Social Reuse Registry, rule 9';

/** Fewest and most who may hold a share: nobody opens a call alone. */
const [FEWEST, MOST] = [2, 20];

/** A text of libs/sealing: its kind stands in it, so that one key is not taken for another. */
export const sealText = (kind: string, bytes: number, description: string) => {
  const letters = Math.ceil((bytes * 4) / 3);
  return Type.String({
    pattern: `^seal1\\.${kind}\\.[A-Za-z0-9_-]{${letters}}$`,
    description,
    examples: [`seal1.${kind}.${'A'.repeat(letters)}`],
  });
};

const custodian = () => Type.Integer({ minimum: 1, maximum: MOST, examples: [1] });
const each = <S extends Parameters<typeof Type.Array>[0]>(item: S) =>
  Type.Array(item, { minItems: FEWEST, maxItems: MOST });

export const CallKeyDealt = defineEvent('CallKeyDealt', {
  description: 'The key of a call was made and dealt to several persons, who can open applications together only.',
  source: SOURCE,
  data: record({
    keys: publicField(
      record({
        call: idOf('call'),
        threshold: Type.Integer({
          examples: [2],
          minimum: FEWEST,
          maximum: MOST,
          description: 'How many shares open the call.',
        }),
        publicKey: sealText('public-key', 32, 'What applications are sealed to.'),
        encryptedShares: each(sealText('encrypted-share', 81, 'A share, readable by its holder alone.')),
        commitments: each(sealText('commitment', 33, 'By which a false share is known.')),
      }),
      'All that the ceremony published.',
    ),
    keysDigest: publicField(sha256(), 'Digest of all of it, which every holder of a share wrote down at the ceremony.'),
    custodians: publicField(each(line()), 'The offices of those who hold a share, in the order that numbers them.'),
    accounts: restrictedField(
      each(record({ login: line(80), agency: line(80) })),
      'The accounts of those who hold a share, in the same order.',
    ),
  }),
});

export const CallKeyConfirmed = defineEvent('CallKeyConfirmed', {
  description:
    'A holder of a share compared the digest with the one written down at the ceremony, and opened the share once.',
  source: SOURCE,
  data: record({
    custodian: publicField(custodian(), 'Which holder, by number.'),
    keysDigest: publicField(sha256(), 'The digest written down.'),
  }),
});

export const KeyShareReleased = defineEvent('KeyShareReleased', {
  description: 'The call is closed, and a holder gave the share of the key.',
  source: SOURCE,
  data: record({
    custodian: publicField(custodian(), 'Which holder, by number.'),
    openedShare: restrictedField(sealText('share', 33, 'The share.'), 'The share, opened by its holder.'),
  }),
});

/** The ceremony of a call; refused where its key was not dealt. */
function ceremonyOf({ ceremony }: Call): Ceremony {
  demand(ceremony !== undefined, 'call-without-key');
  return ceremony;
}

/** Refused where whoever signed in is not the person who holds this share. */
function byHolder({ accounts = [] }: Ceremony, number: number, { recordedBy }: EntryFacts): void {
  const account = accounts[number - 1];
  const own = account !== undefined && isAccountOf(account, recordedBy) && recordedBy?.person === true;
  demand(own, 'not-a-custodian', { custodian: number });
}

/** What a check of libs/sealing gives; its complaint as a refusal. */
function wellDealt<Result>(check: () => Result): Result {
  try {
    return check();
  } catch (error) {
    if (!(error instanceof SealingError)) throw error;
    return demand(false, 'call-key-malformed', { fault: error.code }) as never;
  }
}

function wellDealtKeys({ keys, keysDigest, custodians, accounts }: DataOf<typeof CallKeyDealt>): void {
  const shares = keys.encryptedShares.length;
  const same = [keys.commitments, custodians, accounts].every(({ length }) => length === shares);
  demand(same, 'call-key-malformed', { fault: 'lists-differ' });
  const persons = new Set(accounts.map(({ login, agency }) => JSON.stringify([agency, login])));
  demand(persons.size === shares, 'call-key-malformed', { fault: 'holder-twice' });
  const expected = wellDealt(() => sealingKeysDigest(keys as SealingKeys));
  demand(expected === keysDigest, 'key-digest-differs', { expected, given: keysDigest });
}

/** A call whose key was dealt is published only when every holder has confirmed it; one that says no other way of sealing needs a key. */
export function requireConfirmedKey({ sealing, ceremony }: Call): void {
  const needed = sealing === undefined || sealing.scheme === SEALING_SCHEME;
  demand(!needed || ceremony !== undefined, 'call-without-key');
  const missing = (ceremony?.custodians ?? [])
    .map((_, place) => place + 1)
    .filter((number) => !ceremony?.confirmed.includes(number));
  demand(missing.length === 0, 'call-key-unconfirmed', { missing });
}

const { act } = actsOf<Call>();

export const keys = [
  act('deal-call-key', CallKeyDealt, {
    consults: ({ keys: dealt }) => [`call-${dealt.call}`],
    admit: (data, call) => {
      standsAt(call, 'draft');
      demand(call.sealing === undefined || call.ceremony !== undefined, 'call-key-given');
      wellDealtKeys(data);
    },
    // One key for one call: a key released for another call would open this one.
    judge: ({ keys: dealt }, call, surroundings) =>
      demand(surroundings.find('call', dealt.call)?.draft === call.draft, 'call-of-another', { call: dealt.call }),
    evolve: (call, data) => ({
      ...call,
      sealing: { scheme: SEALING_SCHEME, publicKey: data.keys.publicKey },
      ceremony: {
        keys: data.keys as SealingKeys,
        digest: data.keysDigest,
        custodians: data.custodians,
        // What is withheld from the public is not there in a public fold.
        ...('accounts' in data && { accounts: data.accounts.map(({ login, agency }) => ({ subject: login, agency })) }),
        confirmed: [],
        released: [],
      },
    }),
  }),

  act('confirm-call-key', CallKeyConfirmed, {
    admit: ({ custodian: number, keysDigest }, call, entry) => {
      standsAt(call, 'draft');
      const ceremony = ceremonyOf(call);
      byHolder(ceremony, number, entry);
      demand(keysDigest === ceremony.digest, 'key-digest-differs', { expected: ceremony.digest, given: keysDigest });
    },
    evolve: (call, { custodian: number }) =>
      withCeremony(call, ({ confirmed }) => ({ confirmed: [...confirmed.filter((each) => each !== number), number] })),
  }),

  act('release-share', KeyShareReleased, {
    admit: ({ custodian: number, openedShare }, call, entry) => {
      standsAt(call, 'closed');
      const ceremony = ceremonyOf(call);
      byHolder(ceremony, number, entry);
      demand(!ceremony.released.some((each) => each.custodian === number), 'share-released', { custodian: number });
      demand(holderOf(ceremony.keys, openedShare) === number, 'share-false', {
        custodian: number,
        office: ceremony.custodians[number - 1] ?? null,
      });
    },
    evolve: (call, data) =>
      withCeremony(call, ({ released }) => ({
        released: [
          ...released,
          { custodian: data.custodian, ...('openedShare' in data && { share: data.openedShare }) },
        ],
      })),
  }),
];

/** Whose share it is; undefined for one that was never dealt. */
function holderOf(dealt: SealingKeys, share: string): number | undefined {
  try {
    return checkShare(dealt, share);
  } catch (error) {
    if (error instanceof SealingError) return undefined;
    throw error;
  }
}

const withCeremony = (call: Call, change: (ceremony: Ceremony) => Partial<Ceremony>): Call =>
  call.ceremony === undefined ? call : { ...call, ceremony: { ...call.ceremony, ...change(call.ceremony) } };
