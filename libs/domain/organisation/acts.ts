import { aggregate } from '../stream/aggregate';
import { registration } from './registration';

/** The kind of stream that tells of one organisation. */
export const organisations = aggregate('organisation', 'organisations', { registration });
