import { demand } from '../refusal';
import { defineEvent } from '../schema/definition';
import {
  idOf, line, oneOf, optional, personalField, record, restrictedField, text,
} from '../schema/fields'; // prettier-ignore
import { actsOf } from '../stream/act';
import { actingAgency, isSpelledOut, standingAt } from './account';
import type { Account } from './account';
import { SET_UP, byAnotherAdministrator, isSetUp, notClosed, ofActor } from './authority';

/** An account is opened for a person or a program, suspended and reinstated, and closed for good. */

const SOURCE = 'Regulation (EU) 2016/679 art. 32(1)(b), (4); Social Reuse Registry, rule 6';

export const AccountOpened = defineEvent('AccountOpened', {
  subject: 'stream',
  description: 'A person or a program can sign in from now on. It may do nothing before it is granted a role.',
  source: SOURCE,
  data: record({
    kind: restrictedField(oneOf(['person', 'service']), 'Whether a person signs in, or a program.'),
    displayName: personalField(line(), 'How the person or program is called here.'),
    signIn: personalField(
      record({ issuer: line(500), user: line(255) }),
      'Who identifies it and as whom: `local` and a user name, or the issuer and subject of OpenID Connect.',
    ),
    agency: optional(restrictedField(actingAgency(), 'The agency it acts for.')),
    organisation: optional(restrictedField(idOf('organisation'), 'The organisation it acts for.')),
  }),
});

export const AccountSuspended = defineEvent('AccountSuspended', {
  description: 'The account cannot be used until it is reinstated. What was recorded under it stays.',
  source: SOURCE,
  data: record({ reason: restrictedField(text(1000), 'Why.') }),
});

export const AccountReinstated = defineEvent('AccountReinstated', {
  description: 'The account can be used again, with the roles it had and that have not ended since.',
  source: SOURCE,
  data: record({ reason: restrictedField(text(1000), 'Why.') }),
});

export const AccountClosed = defineEvent('AccountClosed', {
  description: 'The account is at its end. Nobody can sign in with it any more, and it is granted nothing more.',
  source: SOURCE,
  data: record({ reason: restrictedField(text(1000), 'Why.') }),
});

const { act, opening } = actsOf<Account>();

export const membership = [
  opening('open-account', AccountOpened, {
    consults: ({ organisation }, actor) => [
      ...ofActor(undefined, actor),
      ...(organisation === undefined ? [] : [`organisation-${organisation}` as const]),
    ],
    admit: ({ agency, organisation, signIn }) => {
      demand((agency === undefined) !== (organisation === undefined), 'one-affiliation');
      demand(isSpelledOut(signIn), 'user-name-form');
    },
    judge: ({ organisation }, surroundings) => {
      if (!isSetUp(surroundings)) byAnotherAdministrator(undefined, surroundings);
      const known = organisation === undefined || surroundings.find('organisation', organisation) !== undefined;
      demand(known, 'not-in-registry', { what: 'organisation', id: organisation ?? null });
    },
    evolve: ({ kind, agency, organisation }, { id, recordedAt, recordedBy }) => ({
      opening: id,
      kind,
      ...(agency !== undefined && { agency }),
      ...(organisation !== undefined && { organisation }),
      bySetUp: recordedBy?.role === SET_UP,
      openedAt: recordedAt,
      grants: [],
      tokens: [],
      suspensions: [],
    }),
  }),

  act('suspend-account', AccountSuspended, {
    consults: ofActor,
    admit: (_, account, { recordedAt }) => {
      notClosed(account);
      demand(standingAt(account, recordedAt) !== 'suspended', 'account-suspended');
    },
    judge: (_, account, surroundings) => byAnotherAdministrator(account, surroundings),
    evolve: (account, _, { recordedAt: from }) => ({ ...account, suspensions: [...account.suspensions, { from }] }),
  }),

  act('reinstate-account', AccountReinstated, {
    consults: ofActor,
    admit: (_, account, { recordedAt }) => {
      notClosed(account);
      demand(standingAt(account, recordedAt) === 'suspended', 'account-not-suspended');
    },
    judge: (_, account, surroundings) => byAnotherAdministrator(account, surroundings),
    evolve: (account, _, { recordedAt: to }) => ({
      ...account,
      suspensions: account.suspensions.map((each) => (each.to === undefined ? { ...each, to } : each)),
    }),
  }),

  act('close-account', AccountClosed, {
    consults: ofActor,
    admit: (_, account) => notClosed(account),
    judge: (_, account, surroundings) => byAnotherAdministrator(account, surroundings),
    evolve: (account, _, { recordedAt }) => ({ ...account, closedAt: recordedAt }),
  }),
];
