import type { Profile } from '#domain';
import type { Projection } from '../projection';
import { annualReturns } from './annual-returns';
import { civicReturn } from './civic/annual-return';
import { calls } from './civic/calls';
import { dialogues } from './civic/dialogues';
import { civicFlags } from './civic/flags';
import { groups } from './civic/groups';
import { organisations } from './civic/organisations';
import { continuity } from './continuity';
import { register } from './register';
import { timeline } from './timeline';

/** Every projection there is. A new one is added here and nowhere else. */
export const projectionsFor = (profile: Profile): Projection[] => [
  continuity,
  register(profile),
  timeline,
  organisations(profile),
  calls(profile),
  dialogues(profile),
  groups(profile),
  civicFlags(profile),
  civicReturn(profile),
  annualReturns,
];
