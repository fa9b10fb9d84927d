import { aggregate } from '../stream/aggregate';
import { erasure } from './erasure';
import { membership } from './membership';
import { roles } from './roles';
import { use } from './use';

/** The kind of stream that tells who may use the registry and for what. Nothing in it is for the public. */
export const accounts = aggregate('account', 'accounts', { account: membership, roles, use, erasure });
