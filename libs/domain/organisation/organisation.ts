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
}
