import { aggregate } from '../stream/aggregate';
import { erasure } from './erasure';
import { registration } from './registration';
import { standing } from './standing';

/** The kind of stream that tells of one organisation. */
export const organisations = aggregate('organisation', 'organisations', { registration, standing, erasure });
