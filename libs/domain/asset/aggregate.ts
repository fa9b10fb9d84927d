import { consultedBy } from '../stream/aggregate';
import type { Aggregate } from '../stream/aggregate';
import { actBehind, dossierCommands } from './acts';
import type { Asset } from './asset';
import { decide } from './decide';
import { emptyDossier, evolve, replay } from './dossier';
import type { Dossier } from './dossier';

/** The dossier as one kind of stream among others. */
export const assets: Aggregate<Dossier, Asset> = {
  kind: 'asset',
  collection: 'assets',
  openings: ['record-seizure'],
  commands: dossierCommands,
  empty: emptyDossier,
  stateOf: ({ asset }) => asset,
  evolve,
  replay,
  consults: ({ name, data }, actor, { asset }) => consultedBy(actBehind(name), data, actor, asset),
  decide,
};
