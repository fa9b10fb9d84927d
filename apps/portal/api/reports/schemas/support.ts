import { Type } from '@sinclair/typebox';
import { needStatuses, pledgeStatuses, supportKinds } from '#domain';
import { code, count, day, nullable, position, provenance, text } from '../../schema-parts';
import { supportStatuses, supportTypes } from '../filters';
import { asOf, asset, divided, entry, exact, list, moment, occurredOn } from './common';

/** The shapes of what is answered on private support. */

const measure = Type.Object(
  {
    value: Type.Integer(),
    scale: Type.Integer({ minimum: 0, maximum: 6 }),
    unit: text('A unit, or an ISO 4217 code.'),
  },
  { description: '`value` times ten to the power of minus `scale`; of money minor units.' },
);

export const supportItemSchema = Type.Object(
  {
    ...asset,
    id: entry,
    type: code(supportTypes, 'A need or a pledge.'),
    occurredOn,
    provenance,
    form: code(supportKinds, 'What sort of support.'),
    status: code(supportStatuses, `Of a need ${needStatuses.join(', ')}; of a pledge ${pledgeStatuses.join(', ')}.`),
    title: nullable(text('What is needed.')),
    supporter: nullable(text('Who offers it.')),
    organisation: nullable(text('Its id, where the registry knows it.')),
    need: nullable(text('The need it answers.')),
    measure,
    delivered: Type.String({
      pattern: '^[0-9]+(\\.[0-9]+)?$',
      description: "In the measure's unit, as digits without rounding.",
    }),
    from: nullable(day()),
    until: nullable(day('Of a need by when.')),
    screening: nullable(
      Type.Object(
        {
          id: entry,
          on: occurredOn,
          passed: Type.Boolean(),
          conflictOfInterest: Type.Boolean(),
          tiesToFormerOwner: Type.Boolean(),
          beneficialOwnersDeclared: Type.Boolean(),
        },
        { description: 'The latest.' },
      ),
    ),
    deliveries: count('How many.'),
    conflictWaived: Type.Boolean({ description: 'A conflict of the supporter was let pass, with a reason.' }),
  },
  { description: 'A need, or a pledge and what came of it.' },
);

export const supportTotalSchema = Type.Object(
  {
    ...divided,
    needs: count('Needs published.'),
    needsMet: count('Of these, met by what was delivered.'),
    pledges: count('Pledges.'),
    screened: count('Pledges screened.'),
    passed: count('Of these, passed.'),
    accepted: count('Accepted, whether delivered or not.'),
    declined: count('Declined.'),
    withdrawn: count('Withdrawn.'),
    fulfilled: count('Accepted and delivered in full.'),
    running: count('Accepted, given over time, and within that time on the day asked about.'),
    fulfilment: nullable(Type.Number({ description: 'fulfilled / accepted; null where none was accepted.' })),
    money: Type.Array(
      Type.Object({
        currency: text(),
        needed: exact('Asked for.'),
        pledged: exact('Offered and neither declined nor withdrawn.'),
        delivered: exact('Given.'),
      }),
    ),
  },
  { description: 'What needs and pledges add up to. Quantities of different things are not added up.' },
);

export const supportPageSchema = Type.Object(
  { asOf, items: list('SupportItem'), totals: list('SupportTotal'), position },
  { description: 'Needs and pledges, the latest first; neighbours are in the Link header.' },
);

export const assetSupportSchema = Type.Object({
  id: text('Registry id.'),
  ...moment,
  items: list('SupportItem'),
  position,
});
