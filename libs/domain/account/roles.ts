import { Type } from '@sinclair/typebox';
import { demand } from '../refusal';
import type { DataOf } from '../schema/definition';
import { defineEvent } from '../schema/definition';
import { entryId, legalDate, oneOf, optional, record, restrictedField, text } from '../schema/fields';
import { actsOf } from '../stream/act';
import type { Surroundings } from '../surroundings';
import { accountRoles, actingAgency } from './account';
import type { Account, AccountRole, Grant } from './account';
import { byAnotherAdministrator, isSetUp, notClosed, ofActor } from './authority';

/** Who may do what, over whose dossiers, where and until when. */

const SOURCE = 'Regulation (EU) 2016/679 art. 32(4); Law 190/2012 art. 1(9); Social Reuse Registry, rule 6';

const areaCode = () =>
  Type.String({
    pattern: '^[0-9A-Za-z-]{1,12}$',
    description: 'Official code of a region, province or municipality.',
    examples: ['082'],
  });

export const RoleGranted = defineEvent('RoleGranted', {
  description: 'The account may do what the role stands for, from the moment this is recorded.',
  source: SOURCE,
  data: record({
    role: restrictedField(oneOf(accountRoles), 'What it may do.'),
    agency: optional(
      restrictedField(
        actingAgency(),
        'Over whose dossiers, calls and threads. An auditor without one sees those of all.',
      ),
    ),
    areas: optional(
      restrictedField(
        Type.Array(areaCode(), { minItems: 1, maxItems: 200, uniqueItems: true }),
        'Only in these regions, provinces or municipalities; everywhere when left out.',
      ),
    ),
    until: optional(restrictedField(legalDate(), 'The last day on which it is held. It ends by itself.')),
    reason: restrictedField(text(1000), 'Why, for instance the act of appointment.'),
  }),
});

export const RoleWithdrawn = defineEvent('RoleWithdrawn', {
  description: 'The account may no longer do what the role stands for.',
  source: SOURCE,
  data: record({
    grant: restrictedField(entryId(), 'The entry that granted it.'),
    reason: restrictedField(text(1000), 'Why.'),
  }),
});

interface Shape {
  readonly agency: 'needed' | 'optional' | 'none';
  readonly areas: boolean;
  readonly until: boolean;
  readonly of: 'agency' | 'organisation';
  readonly services: boolean;
}

/**
 * What a role is held over, and by whom. An administrator's has no end: it would end by itself, perhaps as the last one. Where somebody has to look with their own eyes (rule 6), a
 * program holds nothing.
 */
const shapes: Readonly<Record<AccountRole, Shape>> = {
  officer: { agency: 'needed', areas: true, until: true, of: 'agency', services: true },
  approver: { agency: 'needed', areas: true, until: true, of: 'agency', services: false },
  evaluator: { agency: 'needed', areas: false, until: true, of: 'agency', services: false },
  moderator: { agency: 'needed', areas: false, until: true, of: 'agency', services: false },
  auditor: { agency: 'optional', areas: false, until: true, of: 'agency', services: true },
  administrator: { agency: 'none', areas: false, until: false, of: 'agency', services: false },
  'organisation-member': { agency: 'none', areas: false, until: true, of: 'organisation', services: false },
};

type Granted = DataOf<typeof RoleGranted>;

function fitting({ role, agency, areas, until }: Granted, account: Account): void {
  const shape = shapes[role];
  const affiliation = account.organisation === undefined ? 'agency' : 'organisation';
  demand(shape.of === affiliation, 'role-of-others', { role, of: shape.of });
  demand(shape.services || account.kind === 'person', 'role-for-persons', { role });
  const wrong = [
    ...(shape.agency === 'needed' && agency === undefined ? ['an agency is missing'] : []),
    ...(shape.agency === 'none' && agency !== undefined ? ['it is not held over an agency'] : []),
    ...(!shape.areas && areas !== undefined ? ['it is not limited to areas'] : []),
    ...(!shape.until && until !== undefined ? ['it has no end'] : []),
  ];
  demand(wrong.length === 0, 'role-scope', { role, wrong: wrong.join(', ') });
}

/** Who gives out rights does not also approve, and the other way round: alone they could let anything through. */
const apart: Readonly<Partial<Record<AccountRole, AccountRole>>> = {
  administrator: 'approver',
  approver: 'administrator',
};

/** Roles that run now or are still to run; while an account is suspended its roles are only asleep. */
const standing = (account: Account, { today }: Surroundings): readonly Grant[] =>
  account.grants.filter(({ withdrawn, until }) => withdrawn === undefined && (until === undefined || today <= until));

const sameScope = (one: Grant, { role, agency, areas = [] }: Granted): boolean =>
  one.role === role &&
  one.agency === agency &&
  JSON.stringify([...(one.areas ?? [])].sort()) === JSON.stringify([...areas].sort());

/** The set-up gives the first account the one role that everything else follows from, once. */
function byRightful({ role }: Granted, account: Account, surroundings: Surroundings): void {
  const first = isSetUp(surroundings) && account.bySetUp && account.grants.length === 0 && role === 'administrator';
  if (!first) byAnotherAdministrator(account, surroundings);
}

const { act } = actsOf<Account>();

export const roles = [
  act('grant-role', RoleGranted, {
    consults: ofActor,
    admit: (data, account) => {
      notClosed(account);
      fitting(data, account);
    },
    judge: (data, account, surroundings) => {
      byRightful(data, account, surroundings);
      const { today } = surroundings;
      const { role, until } = data;
      demand(until === undefined || today <= until, 'period-reversed', { from: today, to: until ?? null });
      const held = standing(account, surroundings);
      const other = apart[role];
      demand(!held.some((each) => each.role === other), 'incompatible-roles', { role, held: other ?? null });
      demand(!held.some((each) => sameScope(each, data)), 'role-held', { role });
    },
    evolve: (account, { role, agency, areas, until }, { id, recordedAt, recordedBy }) => ({
      ...account,
      grants: [
        ...account.grants,
        {
          id,
          role,
          ...(agency !== undefined && { agency }),
          ...(areas && { areas }),
          from: recordedAt,
          ...(recordedBy && { by: recordedBy.subject }),
          ...(until !== undefined && { until }),
        },
      ],
    }),
  }),

  act('withdraw-role', RoleWithdrawn, {
    consults: ofActor,
    admit: (_, account) => notClosed(account),
    judge: ({ grant }, account, surroundings) => {
      byAnotherAdministrator(account, surroundings);
      demand(
        standing(account, surroundings).some(({ id }) => id === grant),
        'no-such-role',
        { grant },
      );
    },
    evolve: (account, { grant }, { recordedAt: withdrawn }) => ({
      ...account,
      grants: account.grants.map((each) => (each.id === grant ? { ...each, withdrawn } : each)),
    }),
  }),
];
