import type { Static } from '@sinclair/typebox';
import type { Asset, LegalDate } from '#domain';
import type { Profile } from '#domain';
import type { AssetPage, RegisterItem, StockCell, TimelineEntry } from '#read-models';
import { decimal } from '#web';
import type { IndicatorSections, IndicatorsView, MomentInAddress } from '#web';
import { withClosedFields } from './closed-fields';
import type { EntryResource } from './closed-fields';
import type { assetSchema, dossierSchema } from './dossier-schemas';

/** One line of the register as the API gives it. What is unknown is null. */
export type AssetResource = Static<typeof assetSchema>;

export function assetResource(item: RegisterItem): AssetResource {
  return {
    id: item.id,
    kind: item.kind,
    category: item.category,
    subcategory: item.subcategory,
    title: item.title,
    phase: item.phase,
    phaseSince: item.phase_since,
    location: {
      country: item.country,
      region: area(item.region_code, item.region),
      province: area(item.province_code, item.province),
      municipality: area(item.municipality_code, item.municipality),
      address: item.address,
      latitude: item.latitude,
      longitude: item.longitude,
      precision: item.precision,
    },
    seizedOn: item.seized_on,
    finalOn: item.final_on,
    destinedOn: item.destined_on,
    purpose: item.purpose,
    recipient: item.recipient,
    share: item.share,
    value: valueOf(item),
    identifiers: identifiersOf(item),
    blockingProblems: item.blocking_problems,
    use: item.use_standing,
    idleSince: item.idle_since,
    manager:
      item.manager_kind === null
        ? null
        : { kind: item.manager_kind, name: item.manager, organisation: item.organisation },
  };
}

const area = (code: string | null, name: string | null): AssetResource['location']['region'] =>
  code === null ? null : { code, name };

export const valueOf = ({ value_minor, currency }: RegisterItem): AssetResource['value'] =>
  value_minor === null || currency === null ? null : { minor: value_minor, currency };

const identifiersOf = ({ identifiers }: RegisterItem): AssetResource['identifiers'] =>
  JSON.parse(identifiers) as AssetResource['identifiers'];

/** The columns of the register as a table, in their order. */
export const assetColumns = [
  'id', 'kind', 'category', 'subcategory', 'title', 'phase', 'phase_since', 'country', 'region_code', 'region', 'province_code',
  'province', 'municipality_code', 'municipality', 'address', 'latitude', 'longitude', 'precision', 'seized_on', 'final_on', 'destined_on',
  'purpose', 'recipient', 'share', 'value', 'currency', 'identifiers', 'blocking_problems',
  'use_standing', 'idle_since', 'manager_kind', 'manager', 'organisation',
] as const; // prettier-ignore

type Row<Column extends string> = Readonly<Record<Column, string | number | null>>;

/** The same line for a table: one value a column, money as a decimal number, identifiers as `scheme:id`. */
export function assetRow(item: RegisterItem): Row<(typeof assetColumns)[number]> {
  const { id, identifiers: _i, value_minor, currency, ...facts } = item;
  return {
    id,
    ...facts,
    value: value_minor === null || currency === null ? null : decimal(value_minor, minorDigits(currency)),
    currency,
    identifiers: identifiersOf(item)
      .map((identifier) => `${identifier.scheme}:${identifier.id}`)
      .join('; '),
  };
}

/** A dossier at a moment. `asset` is null when nothing stands at that moment. */
export type DossierResource = Omit<Static<typeof dossierSchema>, 'asset' | 'timeline'> & {
  readonly asset: Asset | null;
  readonly timeline: readonly EntryResource[];
};

export function dossierResource(
  { id, asset, entries, revision, position }: AssetPage,
  { asOf, knownAt }: MomentInAddress,
  profile: Profile,
): DossierResource {
  return {
    id,
    asOf: asOf ?? null,
    knownAt: knownAt ?? null,
    asset: asset ?? null,
    timeline: withClosedFields(entries, profile),
    revision,
    position,
  };
}

export const entryColumns = [
  'revision', 'id', 'type', 'version', 'occurred_on', 'recorded_at', 'agency', 'source', 'source_file', 'source_row', 'corrected_by',
  'annulled_by', 'withheld', 'data', 'position',
] as const; // prettier-ignore

/** An entry as a row of a table. */
export function entryRow(entry: TimelineEntry): Row<(typeof entryColumns)[number]> {
  const { source } = entry;
  return {
    revision: entry.revision,
    id: entry.id,
    type: entry.type,
    version: entry.version,
    occurred_on: entry.occurredOn,
    recorded_at: entry.recordedAt,
    agency: entry.agency,
    source: source.kind,
    source_file: source.file ?? null,
    source_row: source.row ?? null,
    corrected_by: entry.correctedBy.join(' '),
    annulled_by: entry.annulledBy,
    withheld: entry.withheld.join(' '),
    data: JSON.stringify(entry.data),
    position: entry.position,
  };
}

export const stockColumns = [
  'region_code', 'region', 'kind', 'phase', 'assets', 'valued', 'value', 'currency',
] as const; // prettier-ignore

/** A cell of the stock as a row of a table; the sum is over the assets that have a value. */
export const stockRow = ({ value_minor, ...cell }: StockCell): Row<(typeof stockColumns)[number]> => ({
  ...cell,
  value: cell.valued === 0 ? null : decimal(value_minor, minorDigits(cell.currency)),
});

/** The indicators with the cells behind them. */
export const indicatorsResource = (
  view: IndicatorsView,
  cells: readonly StockCell[],
  sections: IndicatorSections,
  asOf: LegalDate | undefined,
): object => ({ asOf: asOf ?? null, ...view, cells, ...sections });

/** How many digits stand behind the point in a currency (ISO 4217, by way of CLDR). */
export function minorDigits(currency: string): number {
  return new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2;
}
