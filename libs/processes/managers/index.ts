import type { Profile } from '#domain';
import type { Process } from '../process';
import { assets } from './assets';
import { calls } from './calls';
import { dialogues } from './dialogues';
import { groups } from './groups';
import { publication } from './publication';

/** Every process manager there is. A new one is added here and nowhere else. */
export const processesFor = (profile: Profile, escalateTo: string): Process[] => [
  assets(profile),
  calls(profile),
  dialogues(profile, escalateTo),
  groups(profile),
  publication(profile),
];
