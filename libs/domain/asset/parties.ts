import { demand } from '../refusal';
import type { EntryFacts } from './act';
import type { AssetFacts } from './act';
import { personBehind } from './four-eyes';
import type { LegalPerson } from './references';

/** Who has which interest in an asset. */
export interface Parties {
  /** Suppliers of commitments in force. */
  readonly suppliers: readonly LegalPerson[];
  /** Whoever pledged support that was not declined or withdrawn. */
  readonly supporters: readonly LegalPerson[];
  /** The organisation the asset is assigned to. */
  readonly assignees: readonly LegalPerson[];
}

export type Role = keyof Parties;

/** The parties of an asset by their role, for whoever must know that two of them are one (rule 8). */
export function partiesOf({ spending, support, agreement }: AssetFacts): Parties {
  const standing = (support?.pledges ?? []).filter(({ status }) => status === 'pledged' || status === 'accepted');
  return {
    suppliers: (spending?.commitments ?? []).filter(({ minor }) => minor > 0).map(({ supplier }) => supplier),
    supporters: standing.map(({ supporter }) => supporter),
    assignees: agreement ? [{ organisation: agreement.organisation, name: agreement.name }] : [],
  };
}

/** True when two parties are one: the same organisation of the registry, one identifier in common, or the same name. */
export function sameParty(one: Partial<LegalPerson>, other: Partial<LegalPerson>): boolean {
  if (one.organisation !== undefined && one.organisation === other.organisation) return true;
  const known = new Set((other.identifiers ?? []).map(keyOf));
  if ((one.identifiers ?? []).some((identifier) => known.has(keyOf(identifier)))) return true;
  return one.name !== undefined && other.name !== undefined && plain(one.name) === plain(other.name);
}

const keyOf = ({ scheme, id }: { readonly scheme: string; readonly id: string }): string =>
  `${scheme.toLowerCase()} ${plain(id)}`;

/** A name without what differs from one document to the next: case, accents, spaces, punctuation (Unicode NFKD). */
const plain = (name: string): string =>
  name
    .normalize('NFKD')
    .replace(/[^\p{L}\p{N}]/gu, '')
    .toLowerCase();

/**
 * Rule 8: who supports the asset and also supplies it or holds it is in conflict. That blocks until somebody waives it with a reason; and
 * whoever waived it does not also take the decision that it opened the way for (rule 6).
 */
export function noConflict(asset: AssetFacts, party: LegalPerson, roles: readonly Role[], entry: EntryFacts): void {
  const parties = partiesOf(asset);
  const role = roles.find((candidate) => parties[candidate].some((other) => sameParty(other, party)));
  if (role !== undefined) waived(asset, party, conflicts[role], entry);
}

const conflicts: Readonly<Record<Role, string>> = {
  suppliers: 'it supplies this asset',
  supporters: 'it supports this asset',
  assignees: 'this asset is assigned to it',
};

/** Refused unless a conflict of the party was waived, and by somebody else than who records the entry. */
export function waived({ support }: AssetFacts, party: LegalPerson, conflict: string, entry: EntryFacts): void {
  const waiver = support?.waivers.find((candidate) => sameParty(candidate.party, party));
  demand(waiver !== undefined, 'support-conflict', { party: party.name, conflict });
  demand(waiver.by !== personBehind(entry), 'same-person', { what: 'the decision that a waiver opened the way for' });
}
