import { defineEvent } from '../schema/definition';
import { line, oneOf, optional, publicField, record } from '../schema/fields';
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

const { act, opening } = actsOf<Organisation>();

export const registration = [
  opening('register-organisation', OrganisationRegistered, {
    evolve: ({ kind, name, legalForm, identifiers }, { occurredOn, recordedBy }) => ({
      kind,
      name,
      ...(legalForm !== undefined && { legalForm }),
      identifiers: identifiers ?? [],
      registeredOn: occurredOn,
      ...(recordedBy && { registeredBy: recordedBy }),
    }),
  }),

  act('describe-organisation', OrganisationDescribed, {
    evolve: (organisation, { name, legalForm, identifiers }) => ({
      ...organisation,
      ...(name !== undefined && { name }),
      ...(legalForm !== undefined && { legalForm }),
      ...(identifiers && { identifiers }),
    }),
  }),
];
