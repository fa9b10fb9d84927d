import { Type } from '@sinclair/typebox';
import { location } from '../asset/description';
import { actReference } from '../asset/references';
import type { LegalDate } from '../event';
import { demand } from '../refusal';
import type { OrganisationKind } from '../organisation/description';
import { defineEvent } from '../schema/definition';
import {
  entryId, idOf, line, oneOf, optional, personalField, publicField, record, restrictedField, text,
} from '../schema/fields'; // prettier-ignore
import { actsOf } from '../stream/act';
import { representedCircles } from './group';
import type { Group, MemberIdentity, Membership, RepresentedCircle } from './group';

/** Who sits in a multi-stakeholder group, for whom, and since when. */

const PARTICIPATION = 'United Nations Convention against Corruption art. 13';

export const GroupFormed = defineEvent('GroupFormed', {
  description: 'A group of authorities and society was formed.',
  source: `${PARTICIPATION}; United Nations Convention against Transnational Organized Crime, review mechanism (resolution 9/1)`,
  data: record({
    name: publicField(line(), 'Its name.'),
    aims: publicField(text(), 'What it is to look at, in plain words.'),
    quorumPercent: publicField(
      Type.Integer({ minimum: 1, maximum: 100 }),
      'How many percent of its members a meeting needs to decide.',
    ),
    location: optional(publicField(location(), 'The administrative area it works for.')),
    act: optional(publicField(actReference(), 'The decision that formed it.')),
  }),
});

export const MemberAdmitted = defineEvent('MemberAdmitted', {
  description: 'An organisation or a person became a member of the group.',
  source: PARTICIPATION,
  data: record({
    represents: publicField(oneOf(representedCircles), 'For whom the member speaks.'),
    organisation: optional(publicField(idOf('organisation'), 'The member, where it is an organisation.')),
    person: optional(personalField(line(), 'The member, where it is a natural person. Of two with one name add what tells them apart.')),
    contact: optional(personalField(line(500), 'Where the member is reached.')),
    accounts: optional(
      restrictedField(
        Type.Array(line(80), { minItems: 1, maxItems: 20, uniqueItems: true }),
        'The accounts under which those who sit for the member sign in here, so that nobody answers what they adopted.',
      ),
    ),
  }),
}); // prettier-ignore

export const MemberLeft = defineEvent('MemberLeft', {
  description: 'A member left the group.',
  source: 'Social Reuse Registry, groups',
  data: record({
    member: publicField(entryId(), 'The entry that admitted the member.'),
    reason: publicField(oneOf(['resigned', 'mandate-ended', 'excluded']), 'Why.'),
    details: optional(publicField(text(1000), 'Details, without personal data.')),
  }),
});

/** The kinds of organisations that may speak for a circle: a company does not sit for the victims. */
const mayRepresent: Readonly<Record<RepresentedCircle, readonly OrganisationKind[]>> = {
  'victims-families': ['victims-association', 'civil-society'],
  'civil-society': ['civil-society', 'victims-association'],
  authority: ['public-authority'],
  company: ['company'],
  academia: ['academia'],
};

const spoken = (name: string): string => name.normalize('NFKC').toLocaleLowerCase('und').replace(/\s+/g, ' ');

function sameMember(one: MemberIdentity, other: MemberIdentity): boolean {
  if (one.organisation !== undefined) return one.organisation === other.organisation;
  return one.person !== undefined && other.person !== undefined && spoken(one.person) === spoken(other.person);
}

/** Whether a membership lasts beyond a day, so that no second one can begin on it. */
const lastsBeyond = ({ left }: Membership, on: LegalDate | null): boolean =>
  left === undefined || (left.on !== null && on !== null && left.on > on);

const { act, opening } = actsOf<Group>();

export const membership = [
  opening('form-group', GroupFormed, {
    evolve: ({ name, quorumPercent }, { occurredOn }) => ({
      name,
      formedOn: occurredOn,
      quorumPercent,
      memberships: [],
      meetings: [],
      recommendations: [],
    }),
  }),

  act('admit-member', MemberAdmitted, {
    consults: ({ organisation }) => (organisation === undefined ? [] : [`organisation-${organisation}`]),
    admit: ({ represents, organisation, person, accounts }, { memberships }, { occurredOn }) => {
      demand((organisation === undefined) !== (person === undefined), 'one-member');
      // Only people of authorities answer recommendations; who sat in the group must be known again then.
      demand(represents !== 'authority' || accounts !== undefined, 'accounts-needed');
      const identity = { ...(organisation !== undefined && { organisation }), ...(person !== undefined && { person }) };
      const before = memberships.find((each) => sameMember(each, identity) && lastsBeyond(each, occurredOn));
      demand(before === undefined, 'already-member', { member: before?.id ?? null, from: before?.from ?? null });
    },
    judge: ({ represents, organisation }, _, surroundings) => {
      if (organisation === undefined) return;
      const known = surroundings.find('organisation', organisation);
      demand(known !== undefined, 'not-in-registry', { what: 'organisation', id: organisation });
      demand(mayRepresent[represents].includes(known.kind), 'represents-others', { kind: known.kind, represents });
    },
    evolve: (group, { represents, organisation, person, accounts }, { id, occurredOn }) => ({
      ...group,
      memberships: [
        ...group.memberships,
        {
          id,
          represents,
          from: occurredOn,
          ...(organisation !== undefined && { organisation }),
          ...(person !== undefined && { person }),
          accounts: accounts ?? [],
        },
      ],
    }),
  }),

  act('record-leaving', MemberLeft, {
    admit: ({ member }, { memberships, meetings }, { occurredOn }) => {
      const found = memberships.find(({ id }) => id === member);
      demand(found !== undefined && found.left === undefined, 'not-a-member', { member });
      const { from } = found;
      demand(occurredOn === null || from === null || from <= occurredOn, 'period-reversed', { from, to: occurredOn });
      const later = meetings.find(
        ({ on, present }) => on !== null && occurredOn !== null && on > occurredOn && present.includes(member),
      );
      demand(later === undefined, 'left-before-presence', { presentOn: later?.on ?? null });
    },
    evolve: (group, { member }, { occurredOn }) => ({
      ...group,
      memberships: group.memberships.map((each) => (each.id === member ? { ...each, left: { on: occurredOn } } : each)),
    }),
  }),
];
