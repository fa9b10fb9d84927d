import { demand } from '../refusal';
import { restrictedField } from '../schema/fields';
import { actsOf } from '../stream/act';
import { defineErasure, stillHeld } from '../stream/erasure';
import { personalIn } from '../stream/personal-trail';
import type { Account } from './account';
import { byAnotherAdministrator, ofActor } from './authority';

/** Erases how somebody is called here and by what they signed in, once their account is closed. What they did stays, under an id that names nobody. */
export const AccountDataErased = defineErasure('AccountDataErased', restrictedField);

const { act } = actsOf<Account>();

export const erasure = [
  act('erase-personal-data', AccountDataErased, {
    consults: ofActor,
    judge: ({ entry }, account, surroundings) => {
      byAnotherAdministrator(account, surroundings);
      const { subject } = stillHeld(personalIn(surroundings.personal, entry), entry);
      // Who still signs in is known by what would be erased.
      demand(subject === 'entry' || account.closedAt !== undefined, 'account-open');
    },
  }),
];
