export * from './recorder';
export type { Recorded } from './stream-recorder';
export { Overlay } from './overlay';
