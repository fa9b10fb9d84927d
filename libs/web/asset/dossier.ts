import type { Asset, AssetId, Entry, JsonObject, LegalDate, Profile } from '#domain';
import type { MomentInAddress } from '../addresses';

/** An entry of a dossier as the public may see it. */
export interface PublicEntry {
  readonly id: string;
  readonly revision: number;
  readonly position: number;
  readonly type: string;
  readonly version: number;
  readonly occurredOn: LegalDate | null;
  readonly recordedAt: string;
  readonly data: JsonObject;
  /** Names of the fields that are not public. */
  readonly withheld: readonly string[];
  /** Names of the personal fields that were erased, where it is told to those who would see them. */
  readonly erased?: readonly { readonly field: string }[];
  readonly agency: string;
  readonly source: { readonly kind: string; readonly file?: string; readonly row?: number };
  readonly annulledBy: string | null;
}

/** A dossier at a moment, as a query answers it. */
export interface DossierAtMoment {
  readonly id: AssetId;
  /** Undefined when nothing stands at that moment. */
  readonly asset: Asset | undefined;
  /** The entries in force at that moment, in the order in which they happened. */
  readonly inForce: readonly Entry[];
  /** All entries known at that moment, in the order in which they were written down. */
  readonly entries: readonly PublicEntry[];
  readonly position: number;
}

/** All that an asset's page is made of. */
export interface AssetView {
  readonly dossier: DossierAtMoment;
  readonly moment: MomentInAddress;
  /** The dossier of today, where the page is about another moment. */
  readonly present?: DossierAtMoment;
  /** The calendar day at the authority's seat. */
  readonly today: LegalDate;
  readonly profile: Profile;
  /** Entries lead to their proofs: a transparency log is kept. */
  readonly proven?: boolean;
}

/** The day on which what a page says was what was known. */
export const knownOn = ({ moment, today }: Pick<AssetView, 'moment' | 'today'>): LegalDate =>
  moment.knownAt?.slice(0, 10) ?? today;

/** The day up to which a page counts. */
export const lastDayOf = ({ moment, today }: Pick<AssetView, 'moment' | 'today'>): LegalDate => moment.asOf ?? today;
