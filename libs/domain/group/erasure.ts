import { publicField } from '../schema/fields';
import { actsOf } from '../stream/act';
import { defineErasure, erasable } from '../stream/erasure';
import type { Group } from './group';

/** Erases the name of a member who is a person. Who comes back is not known again. */
export const GroupDataErased = defineErasure('GroupDataErased', publicField);

const { act } = actsOf<Group>();

export const erasure = [
  act('erase-personal-data', GroupDataErased, {
    judge: (data, _, surroundings, entry) => erasable(data, surroundings, entry),
    evolve: (group, { entry }) => ({
      ...group,
      memberships: group.memberships.map(({ person, ...each }) =>
        each.id === entry || person === undefined ? each : { ...each, person },
      ),
    }),
  }),
];
