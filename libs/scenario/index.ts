export type { CallDesk } from './calls';
export { play } from './play';
export type { Scenario } from './play';
export { chanceKept, promptBookInMind } from './prompt-book';
export type { PromptBook } from './prompt-book';
export type { ReturnDesk } from './returns';
export { parts, TurnedDown } from './stage';
export type { Line, Part, Said, Stage } from './stage';
export type { Begun, Report } from './tale';
