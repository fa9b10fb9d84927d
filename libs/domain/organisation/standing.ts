import { Type } from '@sinclair/typebox';
import { actReference } from '../asset/references';
import { bySecondPerson } from '../asset/four-eyes';
import type { DataOf } from '../schema/definition';
import { defineEvent } from '../schema/definition';
import { line, oneOf, optional, personalField, publicField, record, restrictedField, text } from '../schema/fields';
import { demand } from '../refusal';
import { actsOf } from '../stream/act';
import type { Organisation } from './organisation';
import { withDescriber } from './registration';

/** Whether an organisation may be given an asset: who owns it, whether it was verified, whether it is suspended (rules 5 and 6). */

/** A share of ownership in percent, with at most two decimals that count. */
const share = () => Type.Number({ exclusiveMinimum: 0, maximum: 100 });

export const BeneficialOwnersDeclared = defineEvent('BeneficialOwnersDeclared', {
  description: 'The organisation declared which natural persons own or control it in the end.',
  source: 'Directive (EU) 2015/849 artt. 3(6), 30; legislative decree 231/2007 artt. 20, 22',
  data: record({
    basis: publicField(oneOf(['ownership', 'control', 'office']), 'What makes them its beneficial owners.'),
    owners: publicField(Type.Integer({ minimum: 1, maximum: 1000 }), 'How many natural persons they are.'),
    shares: optional(publicField(Type.Array(share(), { maxItems: 1000 }), 'The share each of them holds, in percent.')),
    names: optional(personalField(Type.Array(line(), { maxItems: 1000 }), 'Who they are.')),
    note: optional(restrictedField(text(), 'Details for officers.')),
  }),
});

export const OrganisationVerified = defineEvent('OrganisationVerified', {
  description: 'A second person checked that the organisation is what it says, and that nothing excludes it.',
  source: 'Legislative decree 159/2011 artt. 48(3)(c), 67; Social Reuse Registry, rules 5 and 6',
  data: record({
    checks: publicField(
      Type.Array(oneOf(['identity', 'register', 'beneficial-owners', 'exclusion-grounds']), {
        minItems: 1,
        maxItems: 4,
        uniqueItems: true,
      }),
      'What was checked.',
    ),
    act: optional(publicField(actReference(), 'The record of the checks.')),
    note: optional(restrictedField(text(), 'What was found, for officers.')),
  }),
});

export const OrganisationSuspended = defineEvent('OrganisationSuspended', {
  description: 'The organisation can be given no asset until it is reinstated. What it holds stays with it.',
  source: 'Legislative decree 159/2011 artt. 48(3)(c), 67; Social Reuse Registry, rule 5',
  data: record({
    reason: publicField(
      oneOf(['declaration-missing', 'exclusion-ground', 'breach-of-agreement', 'dissolved', 'other']),
      'Why.',
    ),
    details: optional(publicField(text(), 'Details, without personal data.')),
    act: optional(publicField(actReference(), 'The decision.')),
  }),
});

export const OrganisationReinstated = defineEvent('OrganisationReinstated', {
  description: 'The reason for the suspension is gone; the organisation may be given assets again.',
  source: 'Social Reuse Registry, rule 5',
  data: record({
    details: optional(publicField(text(), 'Why, without personal data.')),
    act: optional(publicField(actReference(), 'The decision.')),
  }),
});

/** Public bodies and universities belong to nobody; everybody else has owners, or people who direct it. */
const ownedByNobody: ReadonlySet<string> = new Set(['public-authority', 'academia']);

function consistent({ owners, shares = [], names = [] }: DataOf<typeof BeneficialOwnersDeclared>): void {
  // In hundredths of a percent, so that three thirds are not more than a whole by an error of binary fractions.
  const hundredths = shares.reduce((sum, each) => sum + Math.floor(each * 100), 0);
  const fits = shares.length <= owners && names.length <= owners && hundredths <= 10_000;
  demand(fits, 'owners-inconsistent', { owners, shares: shares.length, names: names.length, total: hundredths / 100 });
}

const { act } = actsOf<Organisation>();

export const standing = [
  act('declare-beneficial-owners', BeneficialOwnersDeclared, {
    admit: consistent,
    // A verification is of the owners it saw; other ones are looked at anew.
    evolve: ({ verified: _, ...organisation }, { owners }, entry) => ({
      ...withDescriber(organisation, entry),
      beneficialOwners: { on: entry.occurredOn, owners },
    }),
  }),

  act('verify-organisation', OrganisationVerified, {
    admit: (_, { kind, beneficialOwners, describedBy }, entry) => {
      demand(ownedByNobody.has(kind) || beneficialOwners !== undefined, 'owners-not-declared');
      bySecondPerson('the verification of an organisation', entry, describedBy);
    },
    evolve: (organisation, _, { occurredOn }) => ({ ...organisation, verified: { on: occurredOn } }),
  }),

  act('suspend-organisation', OrganisationSuspended, {
    admit: (_, { suspended }) =>
      demand(suspended === undefined, 'already-suspended', { suspendedOn: suspended?.on ?? null }),
    evolve: (organisation, { reason }, { occurredOn }) => ({ ...organisation, suspended: { on: occurredOn, reason } }),
  }),

  act('reinstate-organisation', OrganisationReinstated, {
    admit: (_, { suspended }) => demand(suspended !== undefined, 'not-suspended'),
    evolve: ({ suspended: _, ...organisation }) => organisation,
  }),
];
