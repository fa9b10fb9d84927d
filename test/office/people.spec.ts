import { randomUUID } from 'node:crypto';
import { AccountsFromSetUp, Roster } from '#access';
import type { SignIn } from '#access';
import { dateOf, italy } from '#domain';
import type { JsonObject } from '#domain';
import { aSystem, closed } from '../api/system';
import type { TestSystem } from '../api/system';
import { PASSWORD, codeOf } from '../access/sign-in';

const TODAY = dateOf(new Date().toISOString(), italy.timeZone);
const ISSUER = 'https://id.example';

/** Somebody in the office: an account and the cookie of a session. */
interface Reader {
  readonly account: string;
  readonly cookie: string;
}

describe('accounts in the back office', () => {
  let system: TestSystem;
  let signIn: SignIn;
  let admin: Reader;
  let other: Reader;
  let officer: Reader;

  const reader = async (account: string, by: 'password' | 'password-and-code' = 'password-and-code'): Promise<Reader> => {
    const { token } = await signIn.sessions.begin({ account, by, stage: 'open', browser: 'Test' });
    return { account, cookie: `registry-session=${token}` };
  }; // prettier-ignore

  async function record(stream: `account-${string}`, name: string, data: JsonObject): Promise<void> {
    const actor = { subject: admin.account, agency: 'ANBSC', role: 'administrator' };
    const origin = { actor, source: { kind: 'api' } as const, idempotencyKey: randomUUID(), correlationId: 'test' };
    const recorded = await system.recorder.record(stream, { name, occurredOn: TODAY, data }, origin);
    if (recorded.kind !== 'recorded') throw new Error(JSON.stringify(recorded));
  }

  /** Opens an account by the form, as an administrator does. */
  async function opened(name: string, issuer: string, user: string, role?: string, kind = 'person'): Promise<string> {
    const filled = {
      occurredOn: TODAY.split('-').reverse().join('/'), 'data.kind': kind, 'data.displayName': name,
      'data.signIn.issuer': issuer, 'data.signIn.user': user, 'data.agency': 'ANBSC', step: 'record', key: randomUUID(),
    }; // prettier-ignore
    const answer = await post('/office/accounts/new/open-account', admin, filled);
    const account = /accounts\/(IT-A-[^?]+)/.exec(answer.headers.get('location') ?? '')?.[1];
    if (account === undefined) throw new Error(await answer.text());
    const scope = role === 'administrator' ? {} : { agency: 'ANBSC' };
    if (role !== undefined)
      await record(`account-${account}`, 'grant-role', { role, ...scope, reason: 'Order 12/2026' });
    return account;
  }

  const get = (path: string, { cookie }: Reader, language = 'en'): Promise<Response> =>
    fetch(system.url + path, { redirect: 'manual', headers: { cookie, 'accept-language': language } });

  /** Sends a form of ours; `token` undefined takes it from the page. */
  async function post(path: string, by: Reader, said: Readonly<Record<string, string>> = {}, headers = {}): Promise<Response> {
    const page = await (await get('/office/accounts/new/open-account', by)).text();
    const token = /name="token" value="([^"]+)"/.exec(page)?.[1] ?? (await tokenOf(by));
    return fetch(system.url + path, {
      method: 'POST', redirect: 'manual', headers: { cookie: by.cookie, 'accept-language': 'en', origin: system.url, ...headers },
      body: new URLSearchParams({ token, ...said }),
    });
  } // prettier-ignore

  async function tokenOf(by: Reader): Promise<string> {
    const page = await (await get('/office/assets/new/record-seizure', by)).text();
    return /name="token" value="([^"]+)"/.exec(page)?.[1] ?? '';
  }

  /** What the log has of the means to sign in, and that an administrator did it. */
  async function changesOf(account: string): Promise<unknown[]> {
    const entries = await system.store.readStream(`account-${account}`);
    const changes = entries.filter(({ type }) => type === 'SignInMeansChanged');
    for (const { metadata } of changes)
      expect(metadata.actor).toMatchObject({ subject: admin.account, role: 'administrator' });
    return changes.map(({ data }) => data.change);
  }

  const means = (account: string, act: string): string => `/office/accounts/${account}/sign-in/${act}`;
  const linkIn = (html: string): string => /id="link" value="[^"]*(\/invitation[^"]+)"/.exec(html)?.[1] ?? '';

  beforeAll(async () => {
    system = await aSystem({
      REGISTRY_SIGN_IN: 'on', REGISTRY_AGENCY: 'ANBSC', OPENID_ISSUER: ISSUER, OPENID_CLIENT_ID: 'x', OPENID_CLIENT_SECRET: 'x', OPENID_NAME: 'Ministry',
    }); // prettier-ignore
    signIn = system.signIn!;
    const { recorder, store } = system;
    const setUp = new AccountsFromSetUp({ recorder, roster: new Roster(store), profile: italy, agency: 'ANBSC' });
    admin = await reader((await setUp.openFirstAdministrator({ name: 'Maria Rossi', userName: 'maria' }))!);
    other = await reader(await opened('Carla Blu', 'local', 'c.blu', 'administrator'));
    officer = await reader(await opened('Anna Verdi', 'local', 'a.verdi', 'officer'));
  }, 60_000);
  afterAll(() => closed(system));

  it.each([
    ['the list', '/office/accounts'],
    ['an invitation', '/office/accounts/{}/sign-in/invite'],
    ['a second factor', '/office/accounts/{}/sign-in/reset-second-factor'],
  ])('shows %s to administrators who sign in with a second factor, and to nobody else', async (_, path) => {
    const asked = path.replace('{}', other.account);
    expect((await get(asked, officer)).status).toBe(403);
    const weak = await reader(admin.account, 'password');
    const refused = await get(asked, weak);
    expect(refused.status).toBe(403);
    expect(await refused.text()).toContain('Set up a second factor');
    expect((await get(asked, { account: '', cookie: '' })).headers.get('location')).toMatch(/^\/sign-in\?returnTo=/);
    // Of an account that has no second factor there is none to remove.
    expect((await get(asked, admin)).status).toBe(path.endsWith('factor') ? 404 : 200);
  });

  it('records who looks at the list, and what for, before it is shown', async () => {
    await get('/office/accounts?q=verdi', admin);
    const entries = await system.store.readStream(`account-${admin.account}`);
    expect(entries.map(({ type, data }) => ({ type, data }))).toContainEqual({
      type: 'RestrictedDataRead',
      data: { what: 'list:accounts', filter: 'verdi', purpose: 'Opened in the back office' },
    });
  });

  it('speaks Italian too', async () => {
    const html = await (await get('/office/accounts?q=funzionario', admin, 'it')).text();
    expect(html).toContain('1 utenza');
    expect(html).toContain('Anna Verdi');
    expect(html).not.toContain('Carla Blu');
    expect(await (await get(means(officer.account, 'invite'), admin, 'it')).text()).toContain('Invitare Anna Verdi?');
  });

  it('invites with a link that is shown once and chooses a password once', async () => {
    const answer = await post(means(officer.account, 'invite'), admin);
    const html = await answer.text();
    expect(answer.status).toBe(200);
    expect(answer.headers.get('cache-control')).toBe('no-store');
    const token = linkIn(html).split('token=')[1] ?? '';
    expect(await signIn.administration.invitedBy(token)).toBe('a.verdi');
    expect(await (await get(`/office/accounts/${officer.account}`, admin)).text()).not.toContain(token);
    expect((await signIn.administration.accept(token, PASSWORD, 'Test')).kind).toBe('accepted');
    expect((await signIn.administration.accept(token, PASSWORD, 'Test')).kind).toBe('no-such-token');
    officer = await reader(officer.account);
  });

  it.each([
    ['without the office’s token', { token: 'x' }, {}],
    ['from a page elsewhere', {}, { origin: 'https://elsewhere.example' }],
  ])('does nothing for a form %s', async (_, said, headers) => {
    const answer = await post(means(officer.account, 'end-sessions'), admin, said, headers);
    expect(answer.status).toBe(403);
    expect((await get('/office', officer)).status).toBe(200);
  });

  it('does nothing for one who may not, whatever they send', async () => {
    expect((await post(means(admin.account, 'end-sessions'), officer)).status).toBe(403);
    expect((await get('/office', admin)).status).toBe(200);
  });

  it('lets nobody do it to themselves, and offers them no act on their own rights', async () => {
    expect((await post(means(admin.account, 'invite'), admin)).status).toBe(403);
    const html = await (await get(`/office/accounts/${admin.account}`, admin)).text();
    expect(html).toContain('This is your own account');
    expect(html).not.toContain(`/office/accounts/${admin.account}/suspend-account`);
    expect(html).not.toContain('/sign-in/invite');
  });

  it('offers no command that nobody sends by a form', async () => {
    const html = await (await get(`/office/accounts/${officer.account}`, admin)).text();
    expect(html).toContain(`/office/accounts/${officer.account}/grant-role`);
    expect(html).not.toMatch(/Issue a token|Record that data were read/);
    expect((await get(`/office/accounts/${officer.account}/issue-access-token`, admin)).status).toBe(403);
    expect((await get(`/office/accounts/${officer.account}/record-reading`, officer)).status).toBe(403);
  });

  it('withdraws a role by the entry that granted it, and offers no other entry', async () => {
    const html = await (await get(`/office/accounts/${officer.account}/withdraw-role`, admin)).text();
    expect(html.match(/name="data.grant" value=/g)).toHaveLength(1);
    expect(html).toContain('The role officer was granted over ANBSC.');
  });

  it('removes a second factor', async () => {
    const account = await opened('Dora Viola', 'local', 'd.viola');
    await signIn.administration.invite(account, 'd.viola');
    await signIn.own.proposeSecondFactor(account);
    expect(await (await get(`/office/accounts/${account}`, admin)).text()).not.toContain(
      '/sign-in/reset-second-factor',
    );
    const secret = (await signIn.own.proposedSecondFactor(account))!;
    await signIn.own.enrolSecondFactor(
      { account, token: 'x', by: 'password', browser: '' },
      codeOf(secret, Date.now()),
    );
    const answer = await post(means(account, 'reset-second-factor'), admin);
    expect(answer.headers.get('location')).toBe(`/office/accounts/${account}?done=reset-second-factor`);
    expect((await signIn.own.of(account))?.hasSecondFactor).toBe(false);
    const html = await (await get(answer.headers.get('location')!, admin)).text();
    expect(html).toContain('The second factor was removed and all sessions ended.');
  });

  it('shuts out: sessions, invitations, and tokens, whose end stands in the log under the administrator', async () => {
    const account = await opened('Elio Rosa', 'local', 'e.rosa', 'officer');
    const elio = await reader(account);
    const token = await signIn.apiTokens.make(account, { name: 'Script', scopes: ['record'], days: 10 });
    if (typeof token === 'string') throw new Error('No token.');
    expect(await (await get(`/office/accounts/${account}`, admin)).text()).toContain(`data.token=${token.id}`);
    const link = linkIn(await (await post(means(account, 'invite'), admin)).text());
    await post(means(account, 'shut-out'), admin);
    expect((await get('/office', elio)).status).toBe(303);
    expect(await signIn.administration.invitedBy(link.split('token=')[1] ?? '')).toBeUndefined();
    expect(await signIn.apiTokens.of(token.secret)).toBeUndefined();
    const revoked = (await system.store.readStream(`account-${account}`)).filter(
      ({ type }) => type === 'AccessTokenRevoked',
    );
    expect(revoked.map(({ metadata }) => metadata.actor.subject)).toEqual([admin.account]);
    expect(await changesOf(account)).toEqual(['invite', 'shut-out']);
  });

  it.each([
    ['suspend-account', true],
    ['close-account', false],
  ])('ends sessions with %s, however it is sent', async (name, tokenStays) => {
    const account = await opened('Franco Bianchi', 'local', `f.${name}`, 'officer');
    const franco = await reader(account);
    const token = await signIn.apiTokens.make(account, { name: 'Script', scopes: ['record'], days: 10 });
    if (typeof token === 'string') throw new Error('No token.');
    const filled = {
      occurredOn: TODAY.split('-').reverse().join('/'),
      'data.reason': 'Left',
      step: 'record',
      key: randomUUID(),
    };
    const page = await (await get(`/office/accounts/${account}/${name}`, admin)).text();
    const revision = /name="revision" value="(\d+)"/.exec(page)?.[1] ?? '';
    expect((await post(`/office/accounts/${account}/${name}`, admin, { ...filled, revision })).status).toBe(303);
    expect(await signIn.sessions.ofAccount(account)).toEqual([]);
    expect((await get('/office', franco)).status).toBe(303);
    expect((await signIn.apiTokens.of(token.secret)) !== undefined).toBe(tokenStays);
    const html = await (await get(`/office/accounts/${account}`, admin)).text();
    expect(html.includes(`/office/accounts/${account}/${name}"`)).toBe(false);
  });

  describe('a program', () => {
    let program: string;
    const token = (account: string): string => `/office/accounts/${account}/tokens/new`;
    const asked = { name: 'Import machine', scope: 'record', days: '30' };
    beforeAll(async () => {
      program = await opened('Nightly import', 'local', 'nightly', undefined, 'service');
    });

    it('is given a token by an administrator with a second factor, and by nobody else', async () => {
      expect((await get(token(program), officer)).status).toBe(403);
      expect((await post(token(program), officer, asked)).status).toBe(403);
      expect((await get(token(program), await reader(admin.account, 'password'))).status).toBe(403);
      const made = await post(token(program), admin, asked);
      expect(made.status).toBe(200);
      expect(made.headers.get('cache-control')).toBe('no-store');
      const [secret = ''] = /srr_[\w-]{43}/.exec(await made.text()) ?? [];
      expect(await signIn.apiTokens.of(secret)).toMatchObject({ account: program, scopes: ['record'] });
    });

    it.each([
      ['of a person', () => officer.account],
      ['of the administrator', () => admin.account],
      ['that does not exist', () => 'IT-A-0000000000-0'],
    ])('is what has a page for a new token, and no account %s', async (_, account) => {
      expect((await get(token(account()), admin)).status).toBe(404);
      expect((await post(token(account()), admin, asked)).status).toBe(404);
    });

    it.each([
      ['no name', { ...asked, name: ' ' }, 'Write what it is for'],
      ['nothing it is for', { name: 'x' }, 'Choose at least one.'],
      ['the right to give rights', { ...asked, scope: 'administer' }, 'Choose at least one.'],
    ])('is given no token with %s', async (_, said, words) => {
      const before = (await system.store.readStream(`account-${program}`)).length;
      const answer = await post(token(program), admin, said);
      expect(answer.status).toBe(422);
      expect(await answer.text()).toContain(words);
      expect(await system.store.readStream(`account-${program}`)).toHaveLength(before);
    });

    it.each([
      ['without the office’s token', { token: 'x' }, {}],
      ['from a page elsewhere', {}, { origin: 'https://elsewhere.example' }],
    ])('is given none by a form %s', async (_, said, headers) => {
      const before = (await signIn.apiTokens.ofAccount(program)).length;
      expect((await post(token(program), admin, { ...asked, ...said }, headers)).status).toBe(403);
      expect(await signIn.apiTokens.ofAccount(program)).toHaveLength(before);
    });

    it('is given none while its account is suspended', async () => {
      const asleep = await opened('Old import', 'local', 'old-import', undefined, 'service');
      await record(`account-${asleep}`, 'suspend-account', { reason: 'Replaced' });
      expect((await post(token(asleep), admin, asked)).status).toBe(404);
      expect(await (await get(`/office/accounts/${asleep}`, admin)).text()).not.toContain(token(asleep));
    });
  });

  describe('with a provider', () => {
    let account: string;
    beforeAll(async () => {
      account = await opened('Gina Neri', ISSUER, 'subject-1', 'officer');
    });

    it('invites nobody whose password the provider keeps', async () => {
      expect((await get(means(account, 'invite'), admin)).status).toBe(404);
    });

    it('links to a subject, and to no subject of somebody else', async () => {
      expect((await post(means(officer.account, 'link'), admin, { subject: ' ' })).status).toBe(422);
      const taken = await post(means(officer.account, 'link'), admin, { subject: 'subject-1' });
      expect(taken.status).toBe(422);
      expect(await taken.text()).toContain('This person signs in here with another account already.');
      expect((await post(means(officer.account, 'link'), admin, { subject: 'subject-2' })).status).toBe(303);
      expect(await signIn.externalIdentities.accountOf({ issuer: ISSUER, subject: 'subject-2' })).toBe(officer.account);
    });

    it('undoes a link of the account alone', async () => {
      expect((await post(means(account, 'unlink'), admin, { issuer: ISSUER, subject: 'subject-2' })).status).toBe(422);
      expect(await signIn.externalIdentities.ofAccount(officer.account)).toHaveLength(1);
      await post(means(officer.account, 'unlink'), admin, { issuer: ISSUER, subject: 'subject-2' });
      expect(await signIn.externalIdentities.ofAccount(officer.account)).toEqual([]);
    });

    it('awaits an address', async () => {
      expect((await post(means(account, 'await-email'), admin, { email: 'gina' })).status).toBe(422);
      expect((await post(means(account, 'await-email'), admin, { email: 'gina@ministry.example' })).status).toBe(303);
      const proof = { issuer: ISSUER, subject: 'subject-9', verifiedEmail: 'gina@ministry.example' };
      expect(await signIn.externalIdentities.accountOf(proof)).toBe(account);
      // What was refused is no entry.
      expect(await changesOf(account)).toEqual(['await-email']);
    });
  });

  it('tells officers on the public pages where to sign in', async () => {
    expect(await (await get('/it', admin)).text()).toContain('href="/it/accesso?returnTo=%2Foffice"');
    expect(await (await get('/en', admin)).text()).toContain('href="/en/sign-in?returnTo=%2Foffice"');
  });
});
