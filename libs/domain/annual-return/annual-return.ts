import type { LegalDate } from '../event';

/** Figures that were computed from the log and written down, by the entry that did. */
export interface Preparation {
  readonly id: string;
  /** SHA-256 of the figures in canonical JSON (RFC 8785). */
  readonly digest: string;
  /** Log position up to which the figures say what was known. */
  readonly position: number;
  /** Why there was to be another one. */
  readonly reason?: string;
  /** Subject of the person who asked for it; missing in a public fold. */
  readonly by?: string;
}

/** That somebody asked for figures which are not written down yet. */
export interface Asked {
  /** The entry that did. */
  readonly id: string;
  /** Why there is to be another count; missing for the first one. */
  readonly reason?: string;
  /** Subject of the person who asked; missing in a public fold. */
  readonly by?: string;
}

/** What the entries on the return of one year add up to. */
export interface AnnualReturn {
  readonly year: string;
  /** While the registry counts. */
  readonly asked?: Asked;
  /** The latest figures, published or not; missing until the first ones are counted. */
  readonly prepared?: Preparation;
  /** Which preparation was published last, and when. */
  readonly published?: { readonly preparation: string; readonly on: LegalDate | null };
}
