import type { Actor, LegalDate } from '../event';
import type { OrganisationKind } from './description';

/** The id of an organisation in this registry, such as `IT-O-4GQ2X9PK3M-7`. */
export type OrganisationId = string;

/** What an organisation's entries add up to. */
export interface Organisation {
  readonly kind: OrganisationKind;
  readonly name: string;
  readonly legalForm?: string;
  readonly identifiers: readonly { readonly scheme: string; readonly id: string }[];
  readonly registeredOn: LegalDate | null;
  /** Who registered it; the public fold has none. */
  readonly registeredBy?: Actor;
  /** Subjects of the persons who recorded what a verification looks at; the public fold has none. */
  readonly describedBy: readonly string[];
  readonly beneficialOwners?: { readonly on: LegalDate | null; readonly owners: number };
  /** Present while what was verified is still what the registry says of it. */
  readonly verified?: { readonly on: LegalDate | null };
  readonly suspended?: { readonly on: LegalDate | null; readonly reason: string };
}
