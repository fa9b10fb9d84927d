export type { Now } from './moment';
export { everything } from './keyset';
export type { Place, Run, Slice } from './keyset';
export { assetLabels, organisationNames } from './names';
export type { AssetLabel } from './names';
export * from './calls';
export * from './dialogues';
export * from './groups';
export * from './organisations';
