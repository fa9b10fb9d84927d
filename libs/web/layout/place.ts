import { createContext } from 'preact';
import type { Instant, LegalDate } from '#domain';

/** A signed state of the transparency log. */
export interface SignedState {
  readonly size: number;
  /** Base64 of the root hash. */
  readonly root: string;
}

/** The days of knowledge a reader may choose from. */
export interface KnownOnDays {
  /** The page says what was known at the end of this day; undefined for what is known now. */
  readonly day?: LegalDate | undefined;
  /** Days that are kept, the latest first. */
  readonly kept: readonly LegalDate[];
  /** The page as it was asked for, from the site's root, without the day of knowledge. */
  readonly here?: string | undefined;
}

/** What every page is told of the place and the hour at which it is shown. */
export interface Place {
  /** Public address of the server at which officers sign in, empty for the page's own; none where nobody can, or nobody says where. */
  readonly signIn?: string | undefined;
  /** Public address of the server that takes questions, empty for the page's own; none where no form is offered. */
  readonly asking?: string | undefined;
  /** Who publishes the data. */
  readonly publisher?: string;
  /** Where the source of the program lies, on the web; undefined where nobody says. */
  readonly sourceCode?: string | undefined;
  /** Where readers write to: a mailto: or https: address. */
  readonly contact?: string | undefined;
  /** The calendar day at the authority's seat. */
  readonly today?: LegalDate;
  /** The log as it was signed last; none where no log is kept. */
  readonly signed?: SignedState | undefined;
  /** When the last entry of a dossier was written down; none while the register is being built, or empty. */
  readonly latest?: Instant | undefined;
  /** Which earlier states of knowledge there are; undefined where nobody says. */
  readonly known?: KnownOnDays;
}

export const PlaceOfPage = createContext<Place>({});
