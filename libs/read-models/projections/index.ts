import type { Profile } from '#domain';
import type { Projection } from '../projection';
import { calls } from './civic/calls';
import { dialogues } from './civic/dialogues';
import { groups } from './civic/groups';
import { organisations } from './civic/organisations';
import { assigned } from './assigned';
import { continuity } from './continuity';
import { money } from './money';
import { register } from './register';
import { support } from './support';
import { timeline } from './timeline';
import { use } from './use';

/** Every projection there is. A new one is added here and nowhere else. */
export const projectionsFor = (profile: Profile): Projection[] => [
  continuity,
  register(profile),
  timeline,
  organisations,
  calls(profile),
  dialogues(profile),
  groups(profile),
  money,
  support,
  use,
  assigned,
];
