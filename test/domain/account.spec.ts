import { aggregates, grantsAt, idFrom, standingAt, tokensAt } from '#domain';
import type { Account } from '#domain';
import { SET_UP_SOURCE, accountOf, as, byAdministrator, granted, opened, setUp } from './accounts';
import { NOW } from './specification';
import { recordedIn, streamOf } from './stream-specification';
import type { Around, StreamFact } from './stream-specification';

const given = streamOf('account');
const TODAY = '2026-06-15';
const ROME = 'Europe/Rome';
const reason = 'Order of service 12/2026';
const rolesOf = (account: Account, at = NOW) => grantsAt(account, at, ROME).map(({ role }) => role);
const entry = (place: number): string => recordedIn('account', opened(), place).id;

const bySetUp: Around = { by: setUp, source: SET_UP_SOURCE };
const byNobody: Around = {};
const byOfficer = as(accountOf('another', opened(), granted('officer')), 'officer');
/** Signed in with the account the entries are about. */
const byOwn = (...facts: readonly StreamFact[]): Around => as(accountOf(entry(0), ...facts), 'administrator');

describe('an account', () => {
  it('is opened by an administrator, and may do nothing yet', () =>
    given()
      .when('AccountOpened', TODAY, opened().data, byAdministrator)
      .then(({ state }) => {
        expect(state).toMatchObject({ kind: 'person', agency: 'ANBSC', bySetUp: false });
        expect(grantsAt(state!, NOW, ROME)).toEqual([]);
      }));
  it.each([
    ['by nobody', byNobody],
    ['by an officer', byOfficer],
    ['by who only says to be an administrator', { by: { subject: 'local-officer', agency: 'ANBSC', role: 'administrator' } }],
    ['by a request that says to be the set-up', { by: setUp, source: { kind: 'api' } as const }],
    ['by another process', { by: { ...setUp, role: 'process' }, source: SET_UP_SOURCE }],
  ])('is not opened %s', (_, around) => given().when('AccountOpened', TODAY, opened().data, around).thenRefused('administrator-needed')); // prettier-ignore
  it('acts for an agency or for an organisation', () => {
    const { agency: _, ...nobody } = opened().data;
    given().when('AccountOpened', TODAY, nobody, byAdministrator).thenRefused('one-affiliation');
    const both = { ...opened().data, organisation: idFrom('organisation', 'IT', 'it-runts', '1') };
    given()
      .when('AccountOpened', TODAY, both, { ...byAdministrator, consulted: { ...byAdministrator.consulted, organisation: new Map() } })
      .thenRefused('one-affiliation');
  }); // prettier-ignore
  it('acts for an organisation the registry knows', () => {
    const organisation = idFrom('organisation', 'IT', 'it-runts', '1');
    const { agency: _, ...others } = opened().data;
    const data = { ...others, organisation };
    const consulted = { ...byAdministrator.consulted, organisation: new Map([[organisation, undefined]]) };
    given()
      .when('AccountOpened', TODAY, data, { ...byAdministrator, consulted })
      .thenRefused('not-in-registry', { id: organisation });
  });
  it('has a user name that looks like no other', () => {
    for (const user of ['A.Verdi', 'а.verdi', 'av', 'a verdi'])
      given()
        .when('AccountOpened', TODAY, { ...opened().data, signIn: { issuer: 'local', user } }, byAdministrator)
        .thenRefused('user-name-form');
    const provided = { issuer: 'https://id.example.org', user: 'A.Verdi' };
    given()
      .when('AccountOpened', TODAY, { ...opened().data, signIn: provided }, byAdministrator)
      .then();
  });
  it('of an agency nobody can mistake for none', () =>
    given()
      .when('AccountOpened', TODAY, { ...opened().data, agency: 'public' }, byAdministrator)
      .thenRefused('malformed-entry'));
  it('is suspended and reinstated, with its roles asleep meanwhile', () => {
    const officer = [opened(), granted('officer')];
    const suspended: StreamFact = { type: 'AccountSuspended', on: TODAY, data: { reason }, at: '2026-02-01T00:00:00.000Z' }; // prettier-ignore
    given(...officer)
      .when('AccountSuspended', TODAY, { reason }, byAdministrator)
      .then(({ state }) => expect([standingAt(state!, NOW), rolesOf(state!)]).toEqual(['suspended', []]));
    given(...officer, suspended).when('AccountSuspended', TODAY, { reason }, byAdministrator).thenRefused('account-suspended'); // prettier-ignore
    given(...officer, suspended)
      .when('AccountReinstated', TODAY, { reason }, byAdministrator)
      .then(({ state }) => {
        expect([standingAt(state!, NOW), rolesOf(state!)]).toEqual(['open', ['officer']]);
        expect(rolesOf(state!, '2026-03-01T00:00:00.000Z')).toEqual([]);
        expect(rolesOf(state!, '2026-01-15T00:00:00.000Z')).toEqual(['officer']);
      });
    given(...officer).when('AccountReinstated', TODAY, { reason }, byAdministrator).thenRefused('account-not-suspended'); // prettier-ignore
  });
  it('once closed gets nothing', () => {
    const closed: StreamFact = { type: 'AccountClosed', on: TODAY, data: { reason } };
    const facts = [opened(), granted('officer'), closed];
    expect(rolesOf(accountOf('closed', ...facts))).toEqual([]);
    const commands: [string, StreamFact['data'], Around][] = [
      ['RoleGranted', granted('approver').data, byAdministrator],
      ['RoleWithdrawn', { grant: entry(1), reason }, byAdministrator],
      ['AccountSuspended', { reason }, byAdministrator],
      ['AccountReinstated', { reason }, byAdministrator],
      ['AccountClosed', { reason }, byAdministrator],
      ['AccessTokenIssued', { token: 'token-0001', label: 'x', scopes: ['record'], until: TODAY }, byOwn(...facts)],
      ['AccessTokenRevoked', { token: 'token-0001' }, byOwn(...facts)],
      ['RestrictedDataRead', { what: 'asset-1', purpose: 'none' }, byOwn(...facts)],
    ];
    for (const [type, data, around] of commands)
      given(...facts).when(type, TODAY, data, around).thenRefused('account-closed'); // prettier-ignore
  });
});

describe('a role', () => {
  it('is granted by an administrator, from the moment it is recorded', () =>
    given(opened())
      .when('RoleGranted', '2026-01-01', granted('officer', { areas: ['082'] }).data, byAdministrator)
      .then(({ state }) => {
        expect(grantsAt(state!, NOW, ROME)).toMatchObject([
          { role: 'officer', agency: 'ANBSC', areas: ['082'], by: byAdministrator.by?.subject },
        ]);
        expect(rolesOf(state!, '2026-06-15T09:59:59.999Z')).toEqual([]);
      }));
  it('is granted by nobody else', () => {
    given(opened()).when('RoleGranted', TODAY, granted('officer').data).thenRefused('administrator-needed');
    given(opened()).when('RoleGranted', TODAY, granted('officer').data, byOfficer).thenRefused('administrator-needed');
  });
  it('ends by itself on the day after its last', () => {
    const account = accountOf('one', opened(), granted('officer', { until: '2026-03-31' }));
    expect(rolesOf(account, '2026-03-31T21:59:59.000Z')).toEqual(['officer']);
    expect(rolesOf(account, '2026-03-31T22:00:00.000Z')).toEqual([]);
  });
  it('is not granted until a day that is over', () =>
    given(opened())
      .when('RoleGranted', TODAY, granted('officer', { until: '2026-06-14' }).data, byAdministrator)
      .thenRefused('period-reversed', { to: '2026-06-14' }));
  it('is withdrawn once', () => {
    given(opened(), granted('officer'))
      .when('RoleWithdrawn', TODAY, { grant: entry(1), reason }, byAdministrator)
      .then(({ state }) => {
        expect(rolesOf(state!)).toEqual([]);
        expect(rolesOf(state!, '2026-02-01T00:00:00.000Z')).toEqual(['officer']);
      });
    const withdrawn: StreamFact = { type: 'RoleWithdrawn', on: TODAY, data: { grant: entry(1), reason } };
    for (const facts of [[opened()], [opened(), granted('officer'), withdrawn]])
      given(...facts)
        .when('RoleWithdrawn', TODAY, { grant: entry(1), reason }, byAdministrator)
        .thenRefused('no-such-role', { grant: entry(1) });
  });
  it('is not granted twice over the same', () => {
    given(opened(), granted('officer')).when('RoleGranted', TODAY, granted('officer').data, byAdministrator).thenRefused('role-held'); // prettier-ignore
    given(opened(), granted('officer'))
      .when('RoleGranted', TODAY, granted('officer', { agency: 'MEF' }).data, byAdministrator)
      .then();
  });
  it.each([
    ['officer', { agency: undefined }, 'an agency is missing'],
    ['administrator', { agency: 'ANBSC' }, 'it is not held over an agency'],
    ['administrator', { until: '2030-01-01' }, 'it has no end'],
    ['auditor', { areas: ['19'] }, 'it is not limited to areas'],
  ])('of %s takes not %j', (role, over, wrong) => {
    const data = Object.fromEntries(Object.entries({ ...granted(role).data, ...over }).filter(([, value]) => value !== undefined)); // prettier-ignore
    given(opened()).when('RoleGranted', TODAY, data, byAdministrator).thenRefused('role-scope', { role, wrong });
  });
  it('of a member is held by accounts of organisations alone', () => {
    const { agency: _, ...member } = granted('organisation-member').data;
    given(opened()).when('RoleGranted', TODAY, member, byAdministrator).thenRefused('role-of-others');
    const { agency: __, ...ofOrganisation } = opened().data;
    const account = { ...opened(), data: { ...ofOrganisation, organisation: idFrom('organisation', 'IT', 'a', 'b') } };
    given(account).when('RoleGranted', TODAY, member, byAdministrator).then();
    given(account).when('RoleGranted', TODAY, granted('officer').data, byAdministrator).thenRefused('role-of-others', { of: 'agency' }); // prettier-ignore
  });
  it('that needs a person’s eyes is held by no program', () => {
    const service = opened({ kind: 'service' });
    for (const role of ['approver', 'evaluator', 'moderator', 'administrator'])
      given(service).when('RoleGranted', TODAY, granted(role).data, byAdministrator).thenRefused('role-for-persons', { role }); // prettier-ignore
    given(service).when('RoleGranted', TODAY, granted('officer').data, byAdministrator).then();
  });
});

describe('Rule 6: who gives out rights', () => {
  const administrator = [opened(), granted('administrator')];
  it('grants none to themselves, and takes none from themselves', () => {
    const own = byOwn(...administrator);
    const attempts: [string, StreamFact['data']][] = [
      ['RoleGranted', granted('auditor').data],
      ['RoleWithdrawn', { grant: entry(1), reason }],
      ['AccountSuspended', { reason }],
      ['AccountClosed', { reason }],
    ];
    for (const [type, data] of attempts)
      given(...administrator)
        .when(type, TODAY, data, own)
        .thenRefused('own-rights');
  });
  it('does not approve, nor the other way round', () => {
    given(...administrator).when('RoleGranted', TODAY, granted('approver').data, byAdministrator).thenRefused('incompatible-roles', { held: 'administrator' }); // prettier-ignore
    given(opened(), granted('approver')).when('RoleGranted', TODAY, granted('administrator').data, byAdministrator).thenRefused('incompatible-roles', { held: 'approver' }); // prettier-ignore
    const suspended: StreamFact = { type: 'AccountSuspended', on: TODAY, data: { reason } };
    given(opened(), granted('approver'), suspended).when('RoleGranted', TODAY, granted('administrator').data, byAdministrator).thenRefused('incompatible-roles'); // prettier-ignore
  });
  it('may, once the other role has ended', () =>
    given(opened(), granted('approver', { until: '2026-06-14' }))
      .when('RoleGranted', TODAY, granted('administrator').data, byAdministrator)
      .then(({ state }) => expect(rolesOf(state!)).toEqual(['administrator'])));
  it('may no more once suspended', () => {
    const suspended: StreamFact = { type: 'AccountSuspended', on: TODAY, data: { reason } };
    const asleep = as(accountOf('another', ...administrator, suspended), 'administrator');
    given(opened()).when('RoleGranted', TODAY, granted('officer').data, asleep).thenRefused('administrator-needed');
  });
});

describe('the means to sign in', () => {
  const invite = { change: 'invite' };
  it('are changed by another administrator alone: with them somebody could act in their name (rule 6)', () => {
    given(opened()).when('SignInMeansChanged', TODAY, invite, byAdministrator).then();
    given(opened()).when('SignInMeansChanged', TODAY, invite, byOfficer).thenRefused('administrator-needed');
    given(opened()).when('SignInMeansChanged', TODAY, invite, byNobody).thenRefused('administrator-needed');
    const administrator = [opened(), granted('administrator')];
    given(...administrator)
      .when('SignInMeansChanged', TODAY, invite, byOwn(...administrator))
      .thenRefused('own-rights');
  });
  it('are changed of an account that was closed too, which may have to be shut out', () =>
    given(opened(), { type: 'AccountClosed', on: TODAY, data: { reason } })
      .when('SignInMeansChanged', TODAY, { change: 'shut-out' }, byAdministrator)
      .then());
});

describe('the set-up', () => {
  const first: StreamFact = { ...opened(), by: setUp };
  it('opens the first account and makes it an administrator', () => {
    given().when('AccountOpened', TODAY, opened().data, bySetUp).then(({ state }) => expect(state?.bySetUp).toBe(true)); // prettier-ignore
    given(first).when('RoleGranted', TODAY, granted('administrator').data, bySetUp).then(({ state }) => expect(rolesOf(state!)).toEqual(['administrator'])); // prettier-ignore
  });
  it('grants nothing else, to nobody else, and once', () => {
    given(first).when('RoleGranted', TODAY, granted('approver').data, bySetUp).thenRefused('administrator-needed');
    given(opened()).when('RoleGranted', TODAY, granted('administrator').data, bySetUp).thenRefused('administrator-needed'); // prettier-ignore
    given(first, granted('auditor')).when('RoleGranted', TODAY, granted('administrator').data, bySetUp).thenRefused('administrator-needed'); // prettier-ignore
    given(first).when('AccountClosed', TODAY, { reason }, bySetUp).thenRefused('administrator-needed');
  });
});

describe('a token for programs', () => {
  const data = { token: 'token-0001', label: 'Nightly import', scopes: ['import'], until: '2026-12-31' };
  const person = [opened(), granted('officer')];
  const issued: StreamFact = { type: 'AccessTokenIssued', on: TODAY, data };
  const usable = (account: Account, at = NOW) => tokensAt(account, at, ROME).map(({ id }) => id);

  it('is issued by whoever the account belongs to, with an end', () =>
    given(...person)
      .when('AccessTokenIssued', TODAY, data, byOwn(...person))
      .then(({ state }) => {
        expect(usable(state!)).toEqual(['token-0001']);
        expect(usable(state!, '2027-01-01T00:00:00.000Z')).toEqual([]);
      }));
  it('is not issued by anybody else, an administrator included', () => {
    given(...person)
      .when('AccessTokenIssued', TODAY, data, byAdministrator)
      .thenRefused('not-your-account');
    given(...person)
      .when('AccessTokenIssued', TODAY, data)
      .thenRefused('not-your-account');
  });
  it('of a program is issued by an administrator', () => {
    const service = opened({ kind: 'service' });
    given(service).when('AccessTokenIssued', TODAY, data, byAdministrator).then();
    given(service).when('AccessTokenIssued', TODAY, data, byOwn(service)).thenRefused('administrator-needed');
  });
  it('is named once, and not for days that are over', () => {
    given(...person, issued)
      .when('AccessTokenIssued', TODAY, data, byOwn(...person))
      .thenRefused('token-known');
    given(...person).when('AccessTokenIssued', TODAY, { ...data, until: '2026-06-14' }, byOwn(...person)).thenRefused('period-reversed'); // prettier-ignore
  });
  it('is revoked by its holder or by an administrator', () => {
    for (const around of [byOwn(...person), byAdministrator])
      given(...person, issued)
        .when('AccessTokenRevoked', TODAY, { token: 'token-0001' }, around)
        .then(({ state }) => expect(usable(state!)).toEqual([]));
    given(...person, issued).when('AccessTokenRevoked', TODAY, { token: 'token-0001' }, byOfficer).thenRefused('administrator-needed'); // prettier-ignore
    given(...person).when('AccessTokenRevoked', TODAY, { token: 'token-0001' }, byAdministrator).thenRefused('no-such-token'); // prettier-ignore
  });
  it('is of no use while the account is suspended', () => {
    const suspended: StreamFact = { type: 'AccountSuspended', on: TODAY, data: { reason } };
    expect(usable(accountOf('one', ...person, issued, suspended))).toEqual([]);
  });
});

describe('reading what is not public', () => {
  const auditor = [opened(), granted('auditor')];
  const reading = { what: 'asset-IT-4GQ2X9PK3M-7', purpose: 'Audit 7/2026' };
  it('stands under the account of whoever reads', () => {
    given(...auditor)
      .when('RestrictedDataRead', TODAY, reading, byOwn(...auditor))
      .then();
    given(...auditor)
      .when('RestrictedDataRead', TODAY, reading, byAdministrator)
      .thenRefused('not-your-account');
  });
  it('leaves the account as it was', () => {
    const { empty, evolve } = aggregates.account;
    const before = auditor.map((fact, place) => recordedIn('account', fact, place)).reduce(evolve, empty);
    const read = recordedIn('account', { type: 'RestrictedDataRead', on: TODAY, data: reading }, 2);
    expect(evolve(before, read).state).toEqual(before.state);
  });
});
