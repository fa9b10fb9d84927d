import { defineEvent } from '../schema/definition';
import { line, oneOf, optional, publicField, record } from '../schema/fields';
import { personBehind } from '../asset/four-eyes';
import type { EntryFacts } from '../entry';
import { actsOf } from '../stream/act';
import { describedFields, organisationKinds } from './description';
import type { Organisation } from './organisation';

/** An organisation becomes known to the registry, and what is said of it is brought up to date. */

export const OrganisationRegistered = defineEvent('OrganisationRegistered', {
  description: 'An organisation became known to the registry. It can do nothing here before it is verified.',
  source: 'Legislative decree 159/2011 art. 48(3)(c); legislative decree 117/2017 art. 71',
  data: record({
    kind: publicField(oneOf(organisationKinds), 'What sort of body it is.'),
    name: publicField(line(), 'Its name, as its statute or register has it.'),
    ...describedFields,
  }),
});

export const OrganisationDescribed = defineEvent('OrganisationDescribed', {
  description: 'What is known of the organisation was enriched or brought up to date.',
  source: 'Legislative decree 117/2017 art. 48',
  data: record({
    name: optional(publicField(line(), 'Its new name.')),
    ...describedFields,
  }),
});

/** The organisation with one more person who said something that a verification looks at. */
export function withDescriber(organisation: Organisation, entry: EntryFacts): Organisation {
  const person = personBehind(entry);
  if (person === undefined || organisation.describedBy.includes(person)) return organisation;
  return { ...organisation, describedBy: [...organisation.describedBy, person] };
}

const { act, opening } = actsOf<Organisation>();

export const registration = [
  opening('register-organisation', OrganisationRegistered, {
    evolve: ({ kind, name, legalForm, identifiers }, entry) => {
      const organisation: Organisation = {
        kind,
        name,
        ...(legalForm !== undefined && { legalForm }),
        identifiers: identifiers ?? [],
        registeredOn: entry.occurredOn,
        ...(entry.recordedBy && { registeredBy: entry.recordedBy }),
        describedBy: [],
      };
      return withDescriber(organisation, entry);
    },
  }),

  act('describe-organisation', OrganisationDescribed, {
    evolve: (organisation, { name, legalForm, identifiers }, entry) => {
      const { verified, ...described } = {
        ...organisation,
        ...(name !== undefined && { name }),
        ...(legalForm !== undefined && { legalForm }),
        ...(identifiers && { identifiers }),
      };
      // A verification is of the body it saw: under another name, form or code it is looked at anew.
      const another = name !== undefined || legalForm !== undefined || identifiers !== undefined;
      return another ? withDescriber(described, entry) : { ...described, ...(verified && { verified }) };
    },
  }),
];
