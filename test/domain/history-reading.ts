import type { Entry, LegalDate } from '#domain';

/** What a reader of a whole history sees in it, without any fold of the domain: the words of which the law is said a second time. */

export interface Place {
  readonly entry: Entry;
  /** What stands before it in the order of events. */
  readonly before: readonly Entry[];
}

export type Statement = (place: Place, today: LegalDate) => boolean;

export const unless = (applies: boolean, holds: boolean): boolean => !applies || holds;

export const is =
  (...types: string[]) =>
  ({ type }: Entry): boolean =>
    types.includes(type);
export const says = ({ data }: Entry, field: string): unknown => data[field];

/** The entry that a field of another names, of the type it should be of. */
export const the = (before: readonly Entry[], type: string, id: unknown): Entry | undefined =>
  before.find((other) => other.type === type && other.id === id);

export const since = (entries: readonly Entry[], entry: Entry | undefined): readonly Entry[] =>
  entry ? entries.slice(entries.indexOf(entry) + 1) : entries;

/** Who stands behind an entry; nobody behind an import. */
const person = ({ recordedBy }: Entry): string | undefined => (recordedBy?.person ? recordedBy.subject : undefined);

/** A person, and another one than stands behind the other entry. */
export const second = (entry: Entry, first: Entry | undefined): boolean =>
  first !== undefined && person(entry) !== undefined && person(entry) !== person(first);

/** The destination that was decided last and not revoked since. */
export function inForce(entries: readonly Entry[]): Entry | undefined {
  const last = entries.findLast(is('DestinationDecided', 'DestinationRevoked'));
  return last?.type === 'DestinationDecided' ? last : undefined;
}

/** Used, and since then nothing took away the title under which it was. */
export const inUse = (entries: readonly Entry[]): boolean =>
  entries.findLast(
    is(
      'UseStarted',
      'NonUseEstablished',
      'AgreementSigned',
      'AgreementTerminated',
      'AssetTransferred',
      'DestinationRevoked',
    ),
  )?.type === 'UseStarted';

/** The agreement that was signed last and has not ended since, with its last day as renewals and amendments left it. */
export function agreementIn(entries: readonly Entry[]): { signed: Entry; to: string; suspended: boolean } | undefined {
  const signed = entries.findLast(is('AgreementSigned', 'AgreementTerminated'));
  if (signed?.type !== 'AgreementSigned') return undefined;
  const after = since(entries, signed);
  const days = [signed, ...after.filter(is('AgreementRenewed', 'AgreementAmended'))].map((entry) => says(entry, 'to'));
  const rest = after.findLast(is('AgreementSuspended', 'AgreementResumed'));
  return {
    signed,
    to: days.findLast((day) => typeof day === 'string') ?? '',
    suspended: rest?.type === 'AgreementSuspended',
  };
}

/** The entry by which an organisation got the asset into its hands, unless it gave it back since. */
export function inHandsBy(entries: readonly Entry[]): Entry | undefined {
  const last = entries.findLast(is('AssetHandedOver', 'AssetReturnedByAssignee'));
  return last?.type === 'AssetHandedOver' ? last : undefined;
}
