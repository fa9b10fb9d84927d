import { Type } from '@sinclair/typebox';
import type { JsonObject } from '../event';
import { defineEvent } from '../schema/definition';
import type { DataOf } from '../schema/definition';
import { line, oneOf, optional, personalField, publicField, record, text } from '../schema/fields';
import { demand } from '../refusal';
import { act } from './act';
import type { AssetFacts, EntryFacts } from './act';
import { instances } from './asset';
import type { Asset } from './asset';
import { assetKinds, descriptionFields } from './description';
import { actReference, proceeding } from './references';

/** The judicial history: from the seizure to the final confiscation, or to a revocation (rules 1 to 3). */

export const AssetSeized = defineEvent('AssetSeized', {
  description: 'An authority took the asset from its holder pending the proceeding. Opens the dossier.',
  source: 'Legislative decree 159/2011 art. 20; Directive (EU) 2024/1260 art. 11',
  data: record({
    kind: publicField(oneOf(assetKinds), 'What sort of asset it is.'),
    ...descriptionFields,
    authority: optional(publicField(line(), 'The authority that ordered the seizure.')),
    act: optional(publicField(actReference(), 'The seizure order.')),
    proceeding: optional(publicField(proceeding(), 'The proceeding it belongs to.')),
    legalBasis: optional(publicField(line(), 'The provision it rests on.')),
    comesFrom: optional(
      publicField(Type.Array(line(20), { maxItems: 50 }), 'Registry ids of the assets it was split or merged from.'),
    ),
    formerHolder: optional(personalField(line(), 'The person it was taken from.')),
  }),
  upcasts: [euroToMoney],
});

/** Version 1 gave the value in whole euros; version 2 gives money in minor units with its currency. */
function euroToMoney({ estimatedValueEuro, ...rest }: JsonObject): JsonObject {
  if (typeof estimatedValueEuro !== 'number') return rest;
  return { ...rest, estimatedValue: { minor: estimatedValueEuro * 100, currency: 'EUR' } };
}

export const ConfiscationOrdered = defineEvent('ConfiscationOrdered', {
  description: 'A court ordered the confiscation at one instance.',
  source: 'Legislative decree 159/2011 artt. 24, 27; Directive (EU) 2024/1260 art. 12',
  data: record({
    instance: publicField(oneOf(instances), 'The instance; "not-stated" only where the source does not say.'),
    court: optional(publicField(line(), 'The court that ordered it.')),
    act: optional(publicField(actReference(), 'The order.')),
    share: optional(publicField(Type.Number({ exclusiveMinimum: 0, maximum: 100 }), 'Share confiscated, in percent.')),
  }),
});

export const ConfiscationBecameFinal = defineEvent('ConfiscationBecameFinal', {
  description: 'The confiscation can no longer be appealed; the asset belongs to the State.',
  source: 'Legislative decree 159/2011 art. 45',
  data: record({
    court: optional(publicField(line(), 'The court whose decision became final.')),
    act: optional(publicField(actReference(), 'The decision.')),
  }),
});

const extent = () => oneOf(['whole', 'part']);

export const SeizureRevoked = defineEvent('SeizureRevoked', {
  description: 'The seizure was lifted; the whole asset, or a part of it, goes back to its holder.',
  source: 'Legislative decree 159/2011 artt. 20, 24',
  data: record({
    extent: publicField(extent(), 'Whether all of the asset is concerned, or a part of it.'),
    act: optional(publicField(actReference(), 'The decision.')),
    reason: optional(publicField(text(), 'Why, without personal data.')),
  }),
});

export const ConfiscationRevoked = defineEvent('ConfiscationRevoked', {
  description: 'The confiscation was set aside; the whole asset, or a part of it, goes back to its holder.',
  source: 'Legislative decree 159/2011 artt. 27, 28, 46',
  data: SeizureRevoked.data,
});

export const AssetDescribed = defineEvent('AssetDescribed', {
  description: 'The description, identifiers or location were enriched or brought up to date.',
  source: 'Directive (EU) 2024/1260 art. 20',
  data: record(descriptionFields),
});

export const AssetSplit = defineEvent('AssetSplit', {
  description: 'The asset was divided; its parts go on in dossiers of their own.',
  source: 'Social Reuse Registry, lineage',
  data: record({
    into: publicField(
      Type.Array(line(20), { minItems: 2, maxItems: 200, uniqueItems: true }),
      'Registry ids of the parts.',
    ),
    reason: optional(publicField(text(), 'Why, without personal data.')),
  }),
});

export const AssetMerged = defineEvent('AssetMerged', {
  description: 'The asset was joined with others; it goes on in another dossier.',
  source: 'Social Reuse Registry, lineage',
  data: record({
    into: publicField(line(20), 'Registry id of the asset it became part of.'),
    reason: optional(publicField(text(), 'Why, without personal data.')),
  }),
});

/** The asset as the seizure that opens its dossier shows it. */
export function openedBy(data: DataOf<typeof AssetSeized>, entry: EntryFacts): AssetFacts {
  const {
    authority: _a,
    act: _b,
    proceeding: _c,
    legalBasis: _d,
    comesFrom: _e,
    formerHolder: _f,
    ...description
  } = data;
  return { description, seizure: { on: entry.occurredOn }, orders: [], problems: [], ready: false };
}

function notYetFinal(asset: Asset): void {
  demand(asset.final === undefined, 'confiscation-already-final', { finalOn: asset.final?.on ?? null });
}

export const judicial = [
  act('record-seizure', AssetSeized, {
    admit: () => demand(false, 'already-seized'),
  }),

  act('order-confiscation', ConfiscationOrdered, {
    admit: ({ instance }, asset) => {
      notYetFinal(asset);
      const previous = asset.orders.at(-1)?.instance;
      const inOrder = previous === undefined || (previous !== 'appeal' && instance === 'appeal');
      demand(inOrder, 'instance-out-of-order', { instance, previous: previous ?? null });
    },
    evolve: (asset, { instance, share }, { occurredOn }) => ({
      ...asset,
      orders: [...asset.orders, { instance, on: occurredOn }],
      description: share === undefined ? asset.description : { ...asset.description, share },
    }),
  }),

  act('make-confiscation-final', ConfiscationBecameFinal, {
    admit: (_, asset) => {
      notYetFinal(asset);
      demand(asset.orders.length > 0, 'confiscation-not-ordered');
    },
    evolve: (asset, _, { occurredOn }) => ({ ...asset, final: { on: occurredOn } }),
  }),

  act('revoke-seizure', SeizureRevoked, {
    admit: (_, asset) => demand(asset.orders.length === 0, 'seizure-superseded'),
    evolve: returned,
  }),

  act('revoke-confiscation', ConfiscationRevoked, {
    admit: (_, asset) => demand(asset.orders.length > 0, 'confiscation-not-ordered'),
    evolve: returned,
  }),

  act('describe-asset', AssetDescribed, {
    evolve: (asset, data) => ({ ...asset, description: { ...asset.description, ...data } }),
  }),

  act('split-asset', AssetSplit, {
    evolve: (asset, _, { occurredOn }) => ({ ...asset, left: { as: 'split', on: occurredOn } }),
  }),

  act('merge-asset', AssetMerged, {
    evolve: (asset, _, { occurredOn }) => ({ ...asset, left: { as: 'merged', on: occurredOn } }),
  }),
];

function returned(asset: AssetFacts, data: DataOf<typeof SeizureRevoked>, { occurredOn }: EntryFacts): AssetFacts {
  return data.extent === 'whole' ? { ...asset, left: { as: 'returned', on: occurredOn } } : asset;
}
