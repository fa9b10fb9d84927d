import { Type } from '@sinclair/typebox';
import type { Static, TObject } from '@sinclair/typebox';
import { line, money, oneOf, optional, publicField, record, restrictedField, text } from '../schema/fields';

export const assetKinds = ['real-estate', 'company', 'registered-movable', 'movable', 'financial', 'crypto'] as const;
export type AssetKind = (typeof assetKinds)[number];

export const assetCategories = [
  'dwelling', 'villa', 'land', 'commercial', 'industrial', 'garage', 'building', 'collective', 'other-real-estate',
  'limited-company', 'joint-stock-company', 'partnership', 'sole-trader', 'cooperative', 'consortium', 'association', 'other-company',
  'vehicle', 'vessel', 'aircraft',
  'art', 'jewellery', 'machinery', 'livestock', 'other-movable',
  'cash', 'account', 'security', 'receivable', 'wallet',
] as const; // prettier-ignore
export type AssetCategory = (typeof assetCategories)[number];

const area = (what: string) =>
  record({
    code: Type.String({
      minLength: 1,
      maxLength: 12,
      pattern: '^[0-9A-Za-z-]+$',
      description: `Official code of the ${what}, with its leading zeros.`,
    }),
    name: line(120),
  });

/** An administrative place, as far down as it is known. */
export const location = () =>
  record({
    country: Type.String({ pattern: '^[A-Z]{2}$', description: 'ISO 3166-1 alpha-2.' }),
    region: optional(area('region')),
    province: optional(area('province')),
    municipality: optional(area('municipality')),
  });

/** How exact a position is. */
export const precisions = ['exact', 'street', 'locality', 'municipality'] as const;

export const coordinates = () =>
  record({
    latitude: Type.Number({ minimum: -90, maximum: 90 }),
    longitude: Type.Number({ minimum: -180, maximum: 180 }),
    precision: oneOf(precisions),
  });

export const identifier = () => record({ scheme: line(40), id: line(80) });

/** What can be said of an asset at its seizure and enriched or corrected afterwards by `AssetDescribed`. */
export const descriptionFields = {
  category: optional(publicField(oneOf(assetCategories), "What it is, by the registry's own list.")),
  subcategory: optional(publicField(line(), 'What it is, in the words of the source.')),
  title: optional(publicField(line(), 'A short name people will recognise, without names of persons.')),
  identifiers: optional(
    publicField(
      Type.Array(identifier(), { maxItems: 20 }),
      'How others know it: agency code, cadastral parcel, VIN, register number.',
    ),
  ),
  location: optional(publicField(location(), 'The administrative areas it lies in.')),
  address: optional(publicField(line(), 'Street address that may be published.')),
  coordinates: optional(publicField(coordinates(), 'Position (WGS 84) and how exact it is.')),
  protectedAddress: optional(
    restrictedField(line(), 'Address that must not be published, such as a shelter for victims.', 'never'),
  ),
  share: optional(
    publicField(
      Type.Number({ exclusiveMinimum: 0, maximum: 100 }),
      'Share of the asset that is concerned, in percent.',
    ),
  ),
  estimatedValue: optional(publicField(money(), 'Value estimated by the authority that seized it.')),
  remarks: optional(publicField(text(), 'Anything else worth knowing, without personal data.')),
};

/** The current description: the seizure's, as enriched since. */
export type Description = { readonly kind: AssetKind } & Static<TObject<typeof descriptionFields>>;
