import { fact } from './specification';

/** How many examples begin: a property up to its final confiscation, and on to the municipality it was transferred to. */

export const palermo = { kind: 'municipality', name: 'Comune di Palermo' };

export const confiscated = [
  fact('AssetSeized', '2015-03-12', { kind: 'real-estate' }),
  fact('ConfiscationOrdered', '2016-05-01', { instance: 'first' }),
  fact('ConfiscationBecameFinal', '2018-01-10'),
] as const;

export const transferred = [
  ...confiscated,
  fact('DestinationDecided', '2018-06-01', { purpose: 'social', recipient: palermo }),
  fact('AssetTransferred', '2019-01-01', { to: palermo }),
] as const;
