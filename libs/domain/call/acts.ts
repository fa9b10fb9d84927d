import { aggregate } from '../stream/aggregate';
import { erasure } from './erasure';
import { applications } from './applications';
import { evaluation } from './evaluation';
import { keys } from './keys';
import { outcome } from './outcome';
import { publication } from './publication';

/** The kind of stream that tells of one call for organisations to apply for assets. */
export const calls = aggregate('call', 'calls', { publication, keys, applications, evaluation, outcome, erasure });
