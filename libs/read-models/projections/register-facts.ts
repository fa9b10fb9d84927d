import { idleSince, managerOf, useStandingOf } from '#domain';
import type { Asset } from '#domain';

/**
 * Entries that change nothing the register's own tables show. Where no chapter's report is made of them either, their place in the history is kept alone: they are the most of a long dossier, and would
 * be read and written with every further one. A type that is missing here costs time; one too many makes the register wrong, which register.spec.ts finds.
 */
export const withoutTrace: ReadonlySet<string> = new Set([
  'ManagementCostRecorded',
  'ManagementIncomeRecorded',
  'InterestExpressed',
  'SupportNeedPublished',
  'SupportPledged',
  'SupportScreened',
  'ConflictWaived',
  'SupportAccepted',
  'SupportDeclined',
  'SupportDelivered',
  'SupportWithdrawn',
  'FundsAllocated',
  'AllocationReduced',
  'ExpenditureCommitted',
  'CommitmentReduced',
  'PaymentRequested',
  'PaymentApproved',
  'PaymentMade',
  'PaymentReversed',
  'WorksStarted',
  'WorksCompleted',
  'ActivityReported',
  'MonitoringVisitRecorded',
  'DocumentAttached',
  'BuyerScreened',
  'ProceedsAllocated',
  'VictimsCompensated',
]);

/**
 * What the register says of an asset, one value per column. Dates are `YYYY-MM-DD` or null where the source gives none; money is in minor
 * units; codes are the registry's own or the official ones.
 */
export type RegisterFacts = {
  readonly kind: string;
  readonly category: string | null;
  readonly subcategory: string | null;
  readonly title: string | null;
  readonly country: string | null;
  readonly region_code: string | null;
  readonly region: string | null;
  readonly province_code: string | null;
  readonly province: string | null;
  readonly municipality_code: string | null;
  readonly municipality: string | null;
  readonly address: string | null;
  readonly latitude: number | null;
  readonly longitude: number | null;
  /** How exact the position is: `exact`, `street`, `locality`, `municipality`; one that is no more exact than the municipality is none of the asset's own. */
  readonly precision: string | null;
  readonly phase: string;
  readonly phase_since: string | null;
  readonly seized_on: string | null;
  readonly final_on: string | null;
  readonly destined_on: string | null;
  readonly purpose: string | null;
  readonly recipient: string | null;
  readonly share: number | null;
  readonly value_minor: number | null;
  readonly currency: string | null;
  /** JSON array of `{ scheme, id }`. */
  readonly identifiers: string;
  /** How many unresolved problems keep it from being reused. */
  readonly blocking_problems: number;
  /** `in-use` or `not-in-use`, as was recorded last; null where nobody said. */
  readonly use_standing: string | null;
  readonly idle_since: string | null;
  /** Who answers for it: the kind, and of an organisation or a public body the name. */
  readonly manager_kind: string | null;
  readonly manager: string | null;
  /** Registry id of the organisation that holds it. */
  readonly organisation: string | null;
};

/** What the register says of an asset; `foundUnused`: some entry says that nobody uses it. */
export function registerFacts(asset: Asset, foundUnused: () => boolean): RegisterFacts {
  const { description, phase, phaseSince, seizure, final, destination, problems } = asset;
  const standing = useStandingOf(asset, foundUnused);
  const manager = managerOf(asset);
  const { location, coordinates, estimatedValue } = description;
  return {
    kind: description.kind,
    category: description.category ?? null,
    subcategory: description.subcategory ?? null,
    title: description.title ?? null,
    country: location?.country ?? null,
    region_code: location?.region?.code ?? null,
    region: location?.region?.name ?? null,
    province_code: location?.province?.code ?? null,
    province: location?.province?.name ?? null,
    municipality_code: location?.municipality?.code ?? null,
    municipality: location?.municipality?.name ?? null,
    address: description.address ?? null,
    latitude: coordinates?.latitude ?? null,
    longitude: coordinates?.longitude ?? null,
    precision: coordinates?.precision ?? null,
    phase,
    phase_since: phaseSince,
    seized_on: seizure.on,
    final_on: final?.on ?? null,
    destined_on: destination?.on ?? null,
    purpose: destination?.purpose ?? null,
    recipient: destination?.recipient || null,
    share: description.share ?? null,
    value_minor: estimatedValue?.minor ?? null,
    currency: estimatedValue?.currency ?? null,
    identifiers: JSON.stringify(description.identifiers ?? []),
    blocking_problems: problems.filter((problem) => problem.blocking).length,
    use_standing: standing === 'not-stated' ? null : standing,
    idle_since: idleSince(asset),
    manager_kind: manager?.kind ?? null,
    manager: manager?.name ?? null,
    organisation: manager?.organisation ?? null,
  };
}

/** Words under which an asset is found: lower case, without accents, parted by single blanks, in a stable order. */
export function searchText(id: string, facts: RegisterFacts): string {
  const identifiers = (JSON.parse(facts.identifiers) as { id: string }[]).map((identifier) => identifier.id);
  const words = [
    id,
    ...identifiers,
    facts.title,
    facts.subcategory,
    facts.municipality,
    facts.province,
    facts.region,
    facts.address,
  ];
  return searchable(words);
}

/** Texts as they are searched: normalised, their words parted by single blanks. */
export const searchable = (texts: readonly (string | null | undefined)[]): string =>
  normalised(texts.filter((each) => each !== null && each !== undefined).join(' '))
    .replace(/[^\p{L}\p{N}-]+/gu, ' ')
    .trim();

/** Lower case without accents or other marks (Unicode NFD, combining marks removed), so that `Forlì` is found by `forli`. */
export function normalised(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
}
