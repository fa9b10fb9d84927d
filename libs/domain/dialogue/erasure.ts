import { publicField } from '../schema/fields';
import { actsOf } from '../stream/act';
import { defineErasure, erasable } from '../stream/erasure';
import type { Thread } from './thread';

/** Erases what somebody wrote, and who they are; what of it was made public before stays, and can be withheld. */
export const ThreadDataErased = defineErasure('ThreadDataErased', publicField);

const { act } = actsOf<Thread>();

export const erasure = [
  act('erase-personal-data', ThreadDataErased, {
    judge: (data, _, surroundings, entry) => erasable(data, surroundings, entry),
    evolve: (thread) => ({ ...thread, text: undefined, photos: [] }),
  }),
];
