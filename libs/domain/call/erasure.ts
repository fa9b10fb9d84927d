import { publicField } from '../schema/fields';
import { actsOf } from '../stream/act';
import { defineErasure, erasable } from '../stream/erasure';
import type { Call } from './call';

/** Erases names of those who hold shares of a key, and of evaluators. */
export const CallDataErased = defineErasure('CallDataErased', publicField);

const { act } = actsOf<Call>();

export const erasure = [
  act('erase-personal-data', CallDataErased, {
    judge: (data, _, surroundings, entry) => erasable(data, surroundings, entry),
  }),
];
