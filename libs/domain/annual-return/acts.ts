import { aggregate } from '../stream/aggregate';
import { publication } from './publication';

/** The kind of stream that tells of the annual return of one year: prepared, published, revised. */
export const annualReturns = aggregate('return', 'annual-returns', { publication });
