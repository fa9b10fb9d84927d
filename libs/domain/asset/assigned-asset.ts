import type { LegalDate } from '../event';
import type { DataOf } from '../schema/definition';
import type { Entry } from './act';
import type { Asset } from './asset';
import type { AgreementAmended } from './assignment-events';
import type { DestinationDecided } from './destination';
import type { History } from './history';
import { findsUnused, useStandingOf } from './standing';
import type { UseStanding } from './standing';
import type { Term } from './terms';

/**
 * An asset as a line of the list of assigned assets: consistency, destination and use, and where it was given to a third party, who holds it and act,
 * object and duration (legislative decree 159/2011 art. 48(3)(c)).
 */
export interface AssignedAsset {
  readonly purpose: string | null;
  readonly recipient: string | null;
  readonly transferredOn: LegalDate | null;
  /** The holder's agreement; none where the body that received the asset uses it itself. */
  readonly holder: Holder | null;
  readonly use: UseStanding;
  readonly reports: number;
  readonly completeness: Completeness;
}

export interface Holder {
  readonly organisation: string;
  readonly name: string;
  readonly signedOn: LegalDate | null;
  readonly object: string;
  /** Periods and acts, in the order in which they were agreed: which of them counts follows from the day of the question (`termsOn`). */
  readonly terms: readonly Term[];
  readonly charge: string | null;
  readonly fee: { readonly minor: number; readonly currency: string } | null;
}

/** What a line of the list must say, in the order of its parts: consistency, destination, use, holder. */
export const linePieces = [
  'category', 'municipality', 'identifier', 'value', 'purpose', 'recipient', 'decision', 'handing-over', 'use', 'report', 'holder', 'act-number', 'act-date', 'object',
] as const; // prettier-ignore
export type LinePiece = (typeof linePieces)[number];

/** How much of what the list must hold is there: each part and the whole from 0 to 100. See docs/reports.md. */
export interface Completeness {
  readonly consistency: number;
  readonly destination: number;
  readonly use: number;
  /** Null where no third party holds it: the duty does not arise. */
  readonly holder: number | null;
  readonly whole: number;
  /** What is not there. */
  readonly missing: readonly LinePiece[];
}

/** The line of an asset that was handed over and has not left; undefined for any other. */
export function assignedAsset(history: History, asset: Asset): AssignedAsset | undefined {
  const { transfer, destination, agreement, left, use } = asset;
  if (left || (!transfer && !agreement)) return undefined;
  const standing = useStandingOf(asset, () => history.some(findsUnused));
  const reports = use?.reports.length ?? 0;
  const holder = agreement ? holderIn(history, agreement) : null;
  return {
    purpose: destination?.purpose ?? null,
    recipient: transfer?.to ?? destination?.recipient ?? null,
    transferredOn: transfer?.on ?? null,
    holder,
    use: standing,
    reports,
    completeness: completenessOf(history, asset, holder, standing, reports),
  };
}

function holderIn(history: History, agreement: NonNullable<Asset['agreement']>): Holder {
  const signing = history.findIndex(({ id }) => id === agreement.id);
  const pays = history.slice(Math.max(0, signing)).filter(isTerms);
  const terms = pays.map(({ data }) => data as DataOf<typeof AgreementAmended>);
  const charged = terms.findLast(({ charge, fee }) => charge !== undefined || fee !== undefined);
  return {
    organisation: agreement.organisation,
    name: agreement.name,
    signedOn: agreement.on,
    object: agreement.object,
    terms: agreement.terms,
    charge: charged?.charge ?? null,
    fee: charged?.fee ?? null,
  };
}

/** The entries that say what the holder pays. */
const isTerms = ({ type }: Entry): boolean => type === 'AgreementSigned' || type === 'AgreementAmended';

function completenessOf(
  history: History,
  { description, destination, transfer }: Asset,
  holder: Holder | null,
  use: UseStanding,
  reports: number,
): Completeness {
  const decision = history.findLast(({ type }) => type === 'DestinationDecided')?.data as
    Partial<DataOf<typeof DestinationDecided>> | undefined;
  const { act = {} } = decision ?? {};
  const latest = holder?.terms.at(-1)?.act;
  const consistency: Pieces = {
    category: description.category ?? description.subcategory,
    municipality: description.location?.municipality,
    identifier: description.identifiers?.length || undefined,
    value: description.estimatedValue,
  };
  const destined: Pieces = {
    purpose: destination?.purpose,
    recipient: transfer?.to || destination?.recipient || undefined,
    decision: act.number ?? act.date,
    'handing-over': transfer?.on,
  };
  const used: Pieces = { use: use === 'not-stated' ? undefined : use, report: reports > 0 ? reports : undefined };
  const held: Pieces | null = holder && {
    holder: holder.name,
    'act-number': latest?.number,
    'act-date': latest?.date,
    object: holder.object,
  };
  const parts = [consistency, destined, used, ...(held === null ? [] : [held])];
  return {
    consistency: share(consistency),
    destination: share(destined),
    use: share(used),
    holder: held && share(held),
    whole: Math.floor(parts.reduce((sum, part) => sum + share(part), 0) / parts.length),
    missing: linePieces.filter((piece) => parts.some((part) => piece in part && !isThere(part[piece]))),
  };
}

type Pieces = Partial<Readonly<Record<LinePiece, unknown>>>;

const isThere = (piece: unknown): boolean => piece !== undefined && piece !== null;

/** How many of these are there, in whole percent rounded down: nothing short of complete is 100. */
function share(pieces: Pieces): number {
  const all = Object.values(pieces);
  return Math.floor((100 * all.filter(isThere).length) / all.length);
}
