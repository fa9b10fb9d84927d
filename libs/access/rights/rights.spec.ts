import fc from 'fast-check';
import { accountRoles, aggregates, assetIdFrom, idFrom, streamKinds } from '#domain';
import type { Account, AccountRole, StreamKind } from '#domain';
import { actionRights, admitted, commandRights, personalRights, readingRights, targetOf } from '.';
import type { Admission, Caller, Request, Target } from '.';

const AT = '2026-06-15T10:00:00.000Z';
const ROME = 'Europe/Rome';
const ID = idFrom('account', 'IT', 'local', 'anna');
const OWN = idFrom('organisation', 'IT', 'it-runts', 'own');
const OTHER = idFrom('organisation', 'IT', 'it-runts', 'other');

interface Held {
  readonly role: AccountRole;
  readonly agency?: string;
  readonly areas?: readonly string[];
}

const account = (roles: readonly Held[], over: Partial<Account> = {}): Account => ({
  opening: 'opening',
  kind: 'person',
  agency: 'ANBSC',
  bySetUp: false,
  openedAt: '2026-01-01T00:00:00.000Z',
  grants: roles.map((held, place) => ({ id: `grant-${place}`, from: '2026-01-01T00:00:00.000Z', ...held })),
  tokens: [],
  suspensions: [],
  ...over,
});

const caller = (state: Account | undefined, over: Partial<Caller> = {}): Caller => ({
  id: ID,
  account: state,
  by: 'session',
  ...over,
});

const target = (over: Partial<Target> = {}): Target => ({
  keepers: ['ANBSC'],
  areas: ['19', '082', '082053'],
  placed: true,
  organisations: [],
  ...over,
});

const command = (kind: StreamKind, name: string, over: Partial<Target> = {}): Request => ({
  to: 'command',
  kind,
  command: name,
  target: target(over),
});

const ask = (by: Caller | undefined, request: Request): Admission => admitted(by, request, AT, ROME);
const reason = (admission: Admission): string => (admission.kind === 'denied' ? admission.reason : 'allowed');
const orderBy = (by: Caller | undefined, over: Partial<Target> = {}): string =>
  reason(ask(by, command('asset', 'order-confiscation', over)));
const officer: Held = { role: 'officer', agency: 'ANBSC' };

describe('the table of rights', () => {
  it('says something of every command, and of no other', () => {
    // A command that is missing is denied to everybody: say in table.ts who may send it, and run UPDATE_MATRIX=1 npx jest test/access/matrix.
    for (const kind of streamKinds)
      expect([kind, ...Object.keys(commandRights[kind]).sort()]).toEqual([
        kind,
        ...[...aggregates[kind].commands.keys()].sort(),
      ]);
  });
  it('denies what is not in it to everybody', () => {
    const all = account(accountRoles.map((role) => ({ role })));
    for (const name of ['rewrite-history', 'constructor', '__proto__', 'toString']) {
      expect(reason(ask(caller(all), command('asset', name)))).toBe('no-role');
      expect(reason(ask(undefined, command('asset', name)))).toBe('not-signed-in');
    }
  });
  it('lets nobody read what is personal who may not read the rest', () => {
    for (const kind of streamKinds) for (const right of personalRights[kind]) expect(readingRights[kind]).toContain(right); // prettier-ignore
  });
  it('lets no role that gives out rights do anything else', () => {
    const rows = streamKinds.flatMap((kind) => Object.entries(commandRights[kind]).map(([name, rights]) => ({ kind, name, rights }))); // prettier-ignore
    const given = rows.filter(({ rights }) => rights.some(({ role }) => role === 'administrator'));
    expect(given.every(({ kind }) => kind === 'account')).toBe(true);
    const approved = rows.filter(({ rights }) => rights.some(({ role }) => role === 'approver'));
    // Two pairs of eyes: what an approver decides is nothing an officer records alone.
    expect(approved.filter(({ rights }) => rights.some(({ role }) => role === 'officer'))).toEqual([]);
  });
  it('opens nothing but questions and observations to visitors', () => {
    const open = streamKinds.flatMap((kind) => Object.keys(commandRights[kind]).filter((name) => ask(undefined, command(kind, name)).kind === 'allowed')); // prettier-ignore
    expect(open).toEqual(['ask-question', 'file-observation']);
    expect(Object.keys(actionRights).filter((action) => ask(undefined, { to: 'act', action: action as 'read-health' }).kind === 'allowed')).toEqual(['read-health', 'read-metrics']); // prettier-ignore
  });
});

describe('who is let in', () => {
  it('acts as their account, their agency and the role that let them', () =>
    expect(ask(caller(account([{ role: 'auditor' }, officer])), command('asset', 'order-confiscation'))).toEqual({
      kind: 'allowed',
      actor: { subject: ID, agency: 'ANBSC', role: 'officer' },
    }));
  it('acts for their own agency, also over another’s dossiers', () => {
    const lent = account([{ role: 'officer', agency: 'ANBSC' }], { agency: 'MEF' });
    expect(ask(caller(lent), command('asset', 'order-confiscation'))).toMatchObject({ actor: { agency: 'MEF' } });
    // What they open would be kept by their own agency, over which they hold no role.
    expect(reason(ask(caller(lent), command('asset', 'record-seizure')))).toBe('out-of-reach');
  });
  it('opens what was opened once and annulled only for the agency that keeps it', () => {
    const open = (keepers: readonly string[]) => reason(ask(caller(account([officer])), command('asset', 'record-seizure', { keepers }))); // prettier-ignore
    expect([open([]), open(['ANBSC']), open(['MEF'])]).toEqual(['allowed', 'allowed', 'out-of-reach']);
  });
  it('asks a question without any role, as themselves', () =>
    expect(ask(caller(account([])), command('dialogue', 'ask-question'))).toMatchObject({
      actor: { subject: ID, role: 'visitor' },
    }));
});

describe('who is not', () => {
  it.each([
    ['not-signed-in', undefined, {}],
    ['no-account', caller(undefined), {}],
    ['no-account', caller(account([officer], { openedAt: '2026-07-01T00:00:00.000Z' })), {}],
    ['suspended', caller(account([officer], { suspensions: [{ from: '2026-06-01T00:00:00.000Z' }] })), {}],
    ['closed', caller(account([officer], { closedAt: '2026-06-01T00:00:00.000Z' })), {}],
    ['no-role', caller(account([{ role: 'approver', agency: 'ANBSC' }])), {}],
    ['out-of-reach', caller(account([{ role: 'officer', agency: 'MEF' }])), {}],
    ['out-of-reach', caller(account([officer])), { keepers: [] }],
    ['out-of-reach', caller(account([{ ...officer, areas: ['08'] }])), {}],
    ['out-of-reach', caller(account([{ ...officer, areas: ['082'] }])), { areas: [] }],
    ['allowed', caller(account([{ ...officer, areas: ['082'] }])), {}],
    ['allowed', caller(account([officer], { suspensions: [{ from: '2026-06-01T00:00:00.000Z', to: AT }] })), {}],
  ])('%s', (expected, by, over) => expect(orderBy(by, over)).toBe(expected));

  it('is asked for a second factor where a stolen password would let others decide', () => {
    const by = (role: AccountRole, secondFactor: boolean | undefined) =>
      caller(account([{ role, agency: 'ANBSC' }]), secondFactor === undefined ? {} : { secondFactor });
    const approve = (each: Caller) => reason(ask(each, command('asset', 'approve-payment')));
    expect([false, true, undefined].map((shown) => approve(by('approver', shown)))).toEqual(['second-factor', 'allowed', 'allowed']); // prettier-ignore
    expect(reason(ask(by('administrator', false), command('account', 'grant-role')))).toBe('second-factor');
    expect(orderBy(by('officer', false))).toBe('allowed');
    // Not said where the role would not reach anyway.
    expect(approve(caller(account([{ role: 'approver', agency: 'MEF' }]), { secondFactor: false }))).toBe(
      'out-of-reach',
    );
  });

  it('holds a token to what it is for, and to what the log says of it', () => {
    const issued = { id: 'token-0001', scopes: ['record'], from: '2026-06-01T00:00:00.000Z', until: '2026-12-31' };
    const by = (over: Partial<Caller>, token: object = issued) =>
      orderBy(caller(account([officer], { tokens: [token as typeof issued] }), { by: 'token', ...over }));
    expect(by({})).toBe('token-scope');
    expect(by({ scopes: ['read-restricted', 'administer'] })).toBe('token-scope');
    expect(by({ scopes: ['record'] })).toBe('allowed');
    expect(by({ scopes: ['record'], token: 'token-0001' })).toBe('allowed');
    expect(by({ scopes: ['record'], token: 'token-0002' })).toBe('token-ended');
    expect(by({ scopes: ['record'], token: 'token-0001' }, { ...issued, until: '2026-06-14' })).toBe('token-ended');
    expect(by({ scopes: ['record'], token: 'token-0001' }, { ...issued, scopes: ['import'] })).toBe('token-scope');
  });

  it('imports no file under a role for some areas alone: nobody knows where its rows lie', () => {
    const by = (held: Held) => reason(ask(caller(account([held])), { to: 'act', action: 'import-file' }));
    expect([by(officer), by({ ...officer, areas: ['082'] }), by({ ...officer, agency: 'MEF' })]).toEqual([
      'allowed',
      'out-of-reach',
      'out-of-reach',
    ]);
  });

  it('lets no combination of roles reach another agency’s dossier', () =>
    fc.assert(
      fc.property(fc.subarray([...accountRoles]), fc.constantFrom(...Object.keys(commandRights.asset)), (roles, name) => {
        const held = roles.map((role) => ({ role, agency: 'MEF' }));
        const admission = ask(caller(account(held, { agency: 'MEF' })), command('asset', name));
        expect([name, admission.kind]).toEqual([name, 'denied']);
      }),
    )); // prettier-ignore
});

describe('members of organisations', () => {
  const member = caller(account([{ role: 'organisation-member' }], { agency: undefined, organisation: OWN } as never));
  it('act for their own alone', () => {
    const apply = (...organisations: string[]) => reason(ask(member, command('call', 'submit-application', { organisations }))); // prettier-ignore
    expect([apply(OWN), apply(OTHER), apply(), apply(OWN, OTHER)]).toEqual(['allowed', 'out-of-reach', 'out-of-reach', 'out-of-reach']); // prettier-ignore
  });
  it('do not show in the log’s public part for whom they act', () =>
    expect(ask(member, command('call', 'submit-application', { organisations: [OWN] }))).toMatchObject({
      actor: { agency: 'organisation' },
    }));
});

describe('what a request is about', () => {
  const { empty } = aggregates.asset;
  const id = assetIdFrom('IT', 'it-anbsc', 'x');
  it('is told from any data without a fault, and for no organisation where they say none', () =>
    fc.assert(
      fc.property(fc.constantFrom(...streamKinds), fc.anything(), (kind, data) => {
        for (const name of aggregates[kind].commands.keys())
          for (const about of [data, { organisation: data }, { supporter: data }, { location: data }]) {
            const { organisations } = targetOf({ kind, id, command: name, data: about }, aggregates[kind].empty);
            for (const each of organisations) expect(typeof each).toBe('string');
          }
      }),
    ));
  it('is placed by what is known, not by what is said, once it is open', () => {
    const asset = { description: { location: { municipality: { code: '087015' } } } };
    const said = { location: { municipality: { code: '082053' } } };
    const asked = { kind: 'asset', id, command: 'describe-asset', data: said } as const;
    expect(targetOf(asked, { ...empty, asset } as never).areas).toEqual(['087015']);
    expect(targetOf(asked, empty).areas).toEqual(['082053']);
  });
  it('is withdrawn by the supporter only where the supporter says so', () => {
    const pledges = [{ id: 'pledge', supporter: { organisation: OWN } }];
    const about = (by: string) =>
      targetOf({ kind: 'asset', id, command: 'withdraw-support', data: { pledge: 'pledge', by } }, { ...empty, asset: { description: {}, support: { pledges } } } as never).organisations; // prettier-ignore
    expect([about('supporter'), about('authority')]).toEqual([[OWN], []]);
  });
});
