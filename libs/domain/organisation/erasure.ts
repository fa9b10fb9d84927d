import { publicField } from '../schema/fields';
import { actsOf } from '../stream/act';
import { defineErasure, erasable } from '../stream/erasure';
import type { Organisation } from './organisation';

/** Erases who represents, owns or can be reached at an organisation. */
export const OrganisationDataErased = defineErasure('OrganisationDataErased', publicField);

const { act } = actsOf<Organisation>();

export const erasure = [
  act('erase-personal-data', OrganisationDataErased, {
    judge: (data, _, surroundings, entry) => erasable(data, surroundings, entry),
  }),
];
