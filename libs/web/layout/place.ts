import { createContext } from 'preact';
import type { Instant, LegalDate } from '#domain';

/** A signed state of the transparency log. */
export interface SignedState {
  readonly size: number;
  /** Base64 of the root hash. */
  readonly root: string;
}

/** What every page is told of the place and the hour at which it is shown. */
export interface Place {
  /** Public address of the server at which officers sign in, empty for the page's own; none where nobody can, or nobody says where. */
  readonly signIn?: string | undefined;
  /** Public address of the server that takes questions, empty for the page's own; none where no form is offered. */
  readonly asking?: string | undefined;
  /** Who publishes the data. */
  readonly publisher?: string;
  /** The calendar day at the authority's seat. */
  readonly today?: LegalDate;
  /** The log as it was signed last; none where no log is kept. */
  readonly signed?: SignedState | undefined;
  /** When the last entry of a dossier was written down; none while the register is being built, or empty. */
  readonly latest?: Instant | undefined;
}

export const PlaceOfPage = createContext<Place>({});
