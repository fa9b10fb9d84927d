import { aggregate } from '../stream/aggregate';
import { erasure } from './erasure';
import { answer } from './answer';
import { moderation } from './moderation';
import { submission } from './submission';

/** The kind of stream that tells of one contribution of the public and what the authorities answered. */
export const dialogues = aggregate('dialogue', 'dialogues', { submission, moderation, answer, erasure });
