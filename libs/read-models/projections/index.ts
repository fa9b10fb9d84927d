import type { Profile } from '#domain';
import type { Projection } from '../projection';
import { continuity } from './continuity';
import { register } from './register';
import { timeline } from './timeline';

/** Every projection there is. A new one is added here and nowhere else. */
export const projectionsFor = (profile: Profile): Projection[] => [continuity, register(profile), timeline];
