import { Type } from '@sinclair/typebox';
import { demand } from '../refusal';
import { defineEvent } from '../schema/definition';
import { legalDate, line, oneOf, optional, personalField, record, restrictedField, text } from '../schema/fields';
import { actsOf } from '../stream/act';
import { standingAt } from './account';
import type { Account } from './account';
import { accountOfActor, byAnotherAdministrator, byItself, notClosed, ofActor } from './authority';

/** How an account is used: by programs with a token, and to read what not everybody may see. */

/** What a program may do with a token, at most; never more than the roles of its account. */
export const tokenScopes = ['record', 'import', 'read-restricted', 'administer'] as const;
export type TokenScope = (typeof tokenScopes)[number];

const tokenId = () =>
  Type.String({
    pattern: '^[A-Za-z0-9_-]{8,64}$',
    description: 'Names the token; not the token itself.',
    examples: ['tok_4GQ2X9PK3M'],
  });

const SOURCE = 'Regulation (EU) 2016/679 art. 32(1)(b); Social Reuse Registry, rule 6';

export const AccessTokenIssued = defineEvent('AccessTokenIssued', {
  subject: 'stream',
  description: 'A program can use the account with a token, for what the token is for. The token is shown once and kept nowhere.',
  source: SOURCE,
  data: record({
    token: restrictedField(tokenId(), 'Which token.'),
    label: personalField(line(), 'What its holder calls it.'),
    scopes: restrictedField(
      Type.Array(oneOf(tokenScopes), { minItems: 1, maxItems: tokenScopes.length, uniqueItems: true }),
      'What it is for.',
    ),
    until: restrictedField(legalDate(), 'The last day on which it can be used.'),
  }),
}); // prettier-ignore

export const AccessTokenRevoked = defineEvent('AccessTokenRevoked', {
  description: 'A token can no longer be used.',
  source: SOURCE,
  data: record({
    token: restrictedField(tokenId(), 'Which token.'),
    reason: optional(restrictedField(text(1000), 'Why.')),
  }),
});

export const RestrictedDataRead = defineEvent('RestrictedDataRead', {
  description: 'The account read what not everybody may see. Recorded before it was shown.',
  source: 'Regulation (EU) 2016/679 artt. 5(2), 32; Directive (EU) 2016/680 art. 25',
  data: record({
    what: restrictedField(line(120), 'The stream, or `list:` and the name of the list.'),
    filter: optional(personalField(line(1000), 'What a list was filtered by; it may name somebody.')),
    purpose: restrictedField(line(500), 'What for, in the words of the reader.'),
  }),
});

/** What an administrator does about the way others sign in. */
export const signInChanges = [
  'invite', 'reset-second-factor', 'end-sessions', 'shut-out', 'link', 'await-email', 'unlink',
] as const; // prettier-ignore
export type SignInChange = (typeof signInChanges)[number];

export const SignInMeansChanged = defineEvent('SignInMeansChanged', {
  description: 'An administrator changed by what somebody signs in, or ended their sessions. Recorded before it was done: with it somebody could act in their name.',
  source: SOURCE,
  data: record({ change: restrictedField(oneOf(signInChanges), 'What was done about signing in.') }),
}); // prettier-ignore

const { act } = actsOf<Account>();

export const use = [
  act('issue-access-token', AccessTokenIssued, {
    consults: ofActor,
    admit: ({ token }, account, { recordedAt }) => {
      notClosed(account);
      demand(standingAt(account, recordedAt) === 'open', 'account-suspended');
      demand(!account.tokens.some(({ id }) => id === token), 'token-known', { token });
    },
    judge: ({ until }, account, surroundings) => {
      // A program cannot ask for one itself.
      if (account.kind === 'service') byAnotherAdministrator(account, surroundings);
      else byItself(account, surroundings);
      const { today } = surroundings;
      demand(today <= until, 'period-reversed', { from: today, to: until });
    },
    evolve: (account, { token, scopes, until }, { recordedAt: from }) => ({
      ...account,
      tokens: [...account.tokens, { id: token, scopes, from, until }],
    }),
  }),

  act('revoke-access-token', AccessTokenRevoked, {
    consults: ofActor,
    admit: ({ token }, account, { recordedAt }) => {
      notClosed(account);
      const found = account.tokens.find(({ id }) => id === token);
      demand(found !== undefined && (found.revoked === undefined || found.revoked > recordedAt), 'no-such-token', {
        token,
      });
    },
    judge: (_, account, surroundings) => {
      // One's own token may go at once, and an administrator may take away anybody's.
      if (accountOfActor(surroundings)?.opening !== account.opening) byAnotherAdministrator(account, surroundings);
    },
    evolve: (account, { token }, { recordedAt: revoked }) => ({
      ...account,
      tokens: account.tokens.map((each) => (each.id === token ? { ...each, revoked } : each)),
    }),
  }),

  act('record-reading', RestrictedDataRead, {
    consults: ofActor,
    admit: (_, account) => notClosed(account),
    judge: (_, account, surroundings) => byItself(account, surroundings),
  }),

  act('record-sign-in-change', SignInMeansChanged, {
    consults: ofActor,
    judge: (_, account, surroundings) => byAnotherAdministrator(account, surroundings),
  }),
];
