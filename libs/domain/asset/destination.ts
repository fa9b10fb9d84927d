import { defineEvent } from '../schema/definition';
import { oneOf, optional, publicField, record, text } from '../schema/fields';
import { demand } from '../refusal';
import { act } from './act';
import type { Asset } from './asset';
import { noAgreement, proposalsLapsed } from './assignment-book';
import { actReference, body } from './references';
import { useEnded } from './use';

/** What becomes of the asset: interest, the decision on its destination, its revocation, the transfer (rule 4). */

export const purposes = [
  'institutional', 'social', 'economic-for-social', 'sale', 'rent', 'free-transfer', 'liquidation', 'destruction',
  'victims-compensation', 'provisional-use',
] as const; // prettier-ignore
export type Purpose = (typeof purposes)[number];

/** Purposes for which the asset itself is handed to a body. */
const handedOver: ReadonlySet<string> = new Set(['institutional', 'social', 'economic-for-social', 'free-transfer']);

export const InterestExpressed = defineEvent('InterestExpressed', {
  description: 'A public body said it would like to have the asset.',
  source: 'Legislative decree 159/2011 art. 48',
  data: record({
    body: publicField(body(), 'Who asks.'),
    purpose: publicField(oneOf(['institutional', 'social', 'economic-for-social']), 'For what.'),
    act: optional(publicField(actReference(), 'The letter or resolution.')),
  }),
});

export const DestinationDecided = defineEvent('DestinationDecided', {
  description: 'It was decided what becomes of the asset and who receives it.',
  source: 'Legislative decree 159/2011 artt. 47, 48',
  data: record({
    purpose: publicField(oneOf(purposes), 'What it is destined to.'),
    recipient: optional(
      publicField(body(), 'Who receives it; none for a sale or liquidation whose buyer is not known yet.'),
    ),
    act: optional(publicField(actReference(), 'The destination decree.')),
    conditions: optional(publicField(text(), 'Conditions, without personal data.')),
  }),
});

export const DestinationRevoked = defineEvent('DestinationRevoked', {
  description: 'The destination was taken back; the asset is free for another one.',
  source: 'Legislative decree 159/2011 art. 48(3)(c)',
  data: record({
    reason: publicField(oneOf(['not-used', 'renounced', 'unlawful', 'changed-circumstances', 'other']), 'Why.'),
    details: optional(publicField(text(), 'Details, without personal data.')),
    act: optional(publicField(actReference(), 'The decision.')),
  }),
});

export const AssetTransferred = defineEvent('AssetTransferred', {
  description: 'The asset passed into the hands of the body it was destined to.',
  source: 'Legislative decree 159/2011 art. 48(3)',
  data: record({
    to: publicField(body(), 'Who received it.'),
    act: optional(publicField(actReference(), 'The record of delivery.')),
  }),
});

/** Before the confiscation is final an asset may only be sold or used, and only with the authorisation for that (rule 4). */
function mayBeDestined(purpose: Purpose, asset: Asset): boolean {
  if (asset.final) return purpose !== 'provisional-use';
  if (purpose === 'sale') return asset.saleAuthorised !== undefined;
  return purpose === 'provisional-use' && asset.provisionalUse !== undefined;
}

export const destination = [
  act('record-interest', InterestExpressed),

  act('decide-destination', DestinationDecided, {
    admit: ({ purpose }, asset) => {
      demand(asset.destination === undefined, 'already-destined', { destinedOn: asset.destination?.on ?? null });
      noAgreement(asset);
      demand(mayBeDestined(purpose, asset), 'destination-before-final', { purpose, phase: asset.phase });
    },
    evolve: (asset, { purpose, recipient }, { occurredOn }) => ({
      ...asset,
      ready: true,
      destination: { purpose, recipient: recipient?.name ?? '', on: occurredOn },
    }),
  }),

  act('revoke-destination', DestinationRevoked, {
    admit: (_, asset) => {
      demand(asset.destination !== undefined, 'no-destination');
      noAgreement(asset);
    },
    evolve: ({ destination: _d, transfer: _t, ...asset }) => proposalsLapsed(useEnded(asset)),
  }),

  act('transfer-asset', AssetTransferred, {
    admit: (_, asset) => {
      demand(asset.destination !== undefined, 'no-destination');
      demand(asset.transfer === undefined, 'already-transferred', { transferredOn: asset.transfer?.on ?? null });
      const { purpose } = asset.destination;
      demand(handedOver.has(purpose), 'transfer-not-destined', { purpose });
    },
    evolve: (asset, { to }, { occurredOn }) => {
      const transfer = { to: to.name, body: to.kind, on: occurredOn };
      const kept = asset.destination?.purpose === 'institutional' && to.kind === 'state-body';
      const handed = { ...useEnded(asset), transfer };
      return kept ? { ...handed, left: { as: 'kept-by-state', on: occurredOn } } : handed;
    },
  }),
];
