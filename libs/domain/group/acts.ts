import { aggregate } from '../stream/aggregate';
import { erasure } from './erasure';
import { meetings } from './meetings';
import { membership } from './membership';
import { recommendations } from './recommendations';

/** The kind of stream that tells of one multi-stakeholder group. */
export const groups = aggregate('group', 'groups', { membership, meetings, recommendations, erasure });
