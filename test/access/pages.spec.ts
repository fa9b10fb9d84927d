import { aSite, Visitor } from './server';
import type { Site } from './server';
import { PASSWORD, codeOf } from './sign-in';

describe('the pages of sign-in', () => {
  let site: Site;
  let visitor: Visitor;
  beforeEach(async () => {
    site = await aSite();
    visitor = new Visitor(site.url);
  });
  afterEach(() => site.close());

  const setUp = (who = visitor, more: object = {}) =>
    who.send('/en/set-up', {
      token: site.signIn.setUpToken ?? '',
      name: 'Maria Rossi',
      userName: 'maria',
      password: PASSWORD,
      repeat: PASSWORD,
      ...more,
    });
  const signIn = (who: Visitor, more: Readonly<Record<string, string>> = {}) =>
    who.send('/en/sign-in', { userName: 'maria', password: PASSWORD, ...more });
  const act = (who: Visitor, fields: Readonly<Record<string, string>>) => who.send('/en/account', fields);
  const isIn = async (who: Visitor) => (await who.get('/en/account')).status === 200;
  const text = (html: string) => html.replace(/<[^>]+>/g, ' ');

  async function enrolSecondFactor(): Promise<{ secret: string; codes: string[] }> {
    expect((await act(visitor, { do: 'second-factor', present: PASSWORD })).headers.get('location')).toBe(
      '/en/account/second-factor',
    );
    const page = await (await visitor.get('/en/account/second-factor')).text();
    const secret = /<code class="secret">([^<]*)</.exec(page)![1]!.replaceAll(' ', '');
    const done = await visitor.send('/en/account/second-factor', { code: codeOf(secret, site.now()) });
    const codes = [...(await done.text()).matchAll(/<li><code>([^<]*)</g)].map(([, code]) => code!);
    return { secret, codes };
  }

  it('lead from the printed token to an account with two factors, out, and in again', async () => {
    const made = await setUp();
    expect([made.status, made.headers.get('location')]).toEqual([303, '/en/account?done=set-up']);
    const { secret, codes } = await enrolSecondFactor();
    expect(codes).toHaveLength(10);
    expect((await visitor.send('/en/sign-out', {})).headers.get('location')).toBe('/en/sign-in?done=signed-out');
    expect(await isIn(visitor)).toBe(false);
    expect((await signIn(visitor, { returnTo: '/en/account' })).headers.get('location')).toBe(
      '/en/sign-in/code?returnTo=%2Fen%2Faccount',
    );
    expect(await isIn(visitor)).toBe(false);
    site.later(60_000);
    const second = await visitor.send('/en/sign-in/code', {
      code: codeOf(secret, site.now()),
      returnTo: '/en/account',
    });
    expect(second.headers.get('location')).toBe('/en/account');
    expect(await isIn(visitor)).toBe(true);
  });

  it('have no set-up for those without the token, nor for anybody afterwards', async () => {
    const wrong = await setUp(visitor, { token: 'x'.repeat(43) });
    expect(wrong.status).toBe(422);
    expect(text(await wrong.text())).toContain('This token does not work.');
    await setUp();
    expect((await new Visitor(site.url).get(`/en/set-up?token=${site.signIn.setUpToken}`)).status).toBe(410);
  });

  it('say what is wrong beside the field, keep what was typed, and never a password', async () => {
    const answer = await setUp(visitor, { password: 'Password1234', repeat: 'Password1234' });
    const html = await answer.text();
    expect(answer.status).toBe(422);
    expect(html).toContain('value="Maria Rossi"');
    expect(html).not.toContain('Password1234');
    expect(html).toMatch(/aria-invalid="true"[^>]*aria-describedby="password-hint password-fault"/);
  });

  it('are kept by nobody and give scripts no room', async () => {
    const answer = await visitor.get('/en/sign-in');
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(answer.headers.get('content-security-policy')).toContain("form-action 'self'");
    expect(await answer.text()).not.toMatch(/<script|style="/);
  });

  it('speak the language of the browser where the address names none', async () => {
    const italian = await visitor.get('/account', { 'accept-language': 'it' });
    expect(italian.headers.get('location')).toBe('/it/utenza');
    expect((await visitor.get('/sign-in?returnTo=%2Fx')).headers.get('location')).toBe('/en/sign-in?returnTo=%2Fx');
  });

  it('set cookies that no script reads and, over HTTPS, no other host sets', async () => {
    await site.close();
    site = await aSite({ publicUrl: 'https://registry.example' });
    visitor = new Visitor(site.url, { origin: 'https://registry.example' });
    const cookies = (await setUp()).headers.getSetCookie();
    expect(cookies).toHaveLength(1);
    expect(cookies[0]).toMatch(/^__Host-registry-session=[\w-]{43}; Path=\/; HttpOnly; Secure; SameSite=Lax$/);
  });

  describe('keep out', () => {
    beforeEach(() => setUp());

    it('a session planted before signing in (fixation)', async () => {
      const victim = new Visitor(site.url);
      const planted = 'p'.repeat(43);
      victim.cookies.set('registry-session', planted);
      await signIn(victim);
      expect(victim.session).not.toBe(planted);
      const thief = new Visitor(site.url);
      thief.cookies.set('registry-session', planted);
      expect([await isIn(victim), await isIn(thief)]).toEqual([true, false]);
    });

    it('the session from before signing in anew, or from before the second factor', async () => {
      const thief = new Visitor(site.url);
      thief.cookies.set('registry-session', visitor.session!);
      expect(await isIn(thief)).toBe(true);
      await enrolSecondFactor();
      expect([await isIn(thief), await isIn(visitor)]).toEqual([false, true]);
    });

    it('a stolen cookie after its owner signed out', async () => {
      const thief = new Visitor(site.url);
      thief.cookies.set('registry-session', visitor.session!);
      expect(await isIn(thief)).toBe(true);
      await visitor.send('/en/sign-out', {});
      expect(await isIn(thief)).toBe(false);
    });

    it('a form without its token, with that of another visitor, or with none of its cookies', async () => {
      const stranger = new Visitor(site.url);
      const foreign = await stranger.formToken('/en/sign-in');
      for (const formToken of ['', foreign]) {
        const answer = await visitor.post('/en/account', { do: 'end-others', formToken });
        expect(answer.status).toBe(403);
      }
      const token = await visitor.formToken('/en/account');
      const bare = new Visitor(site.url);
      expect((await bare.post('/en/sign-in', { userName: 'maria', password: PASSWORD, formToken: token })).status).toBe(
        403,
      );
      expect(bare.session).toBeUndefined();
      expect((await visitor.post('/en/sign-out', {})).status).toBe(403);
      expect(await isIn(visitor)).toBe(true);
    });

    it.each([
      { origin: 'https://evil.example' },
      { origin: 'null' },
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
    ])('a form that another site sends: %j', async (headers) => {
      const formToken = await visitor.formToken('/en/account');
      const answer = await visitor.post('/en/account', { do: 'end-others', formToken }, headers);
      expect(answer.status).toBe(403);
      const own = { origin: site.url, 'sec-fetch-site': 'same-origin' };
      expect((await visitor.post('/en/account', { do: 'end-others', formToken }, own)).status).toBe(303);
    });

    it.each([
      '//evil.example',
      'https://evil.example/',
      '/\\evil.example',
      '/\t/evil.example',
      'javascript:alert(1)',
      '/%0d%0aX: y\n',
    ])('those who would be led away to %j', async (returnTo) => {
      const page = await (await new Visitor(site.url).get(`/en/sign-in?${new URLSearchParams({ returnTo })}`)).text();
      expect(page).not.toContain('evil.example');
      const answer = await signIn(new Visitor(site.url), { returnTo });
      expect(answer.headers.get('location')).toMatch(/^\/(en\/account$|%0d%0aX)/);
      const inside = await visitor.get(`/en/sign-in?${new URLSearchParams({ returnTo })}`);
      expect(inside.headers.get('location')).toBe('/en/account');
    });

    it('a code that was seen and is sent again', async () => {
      const { secret } = await enrolSecondFactor();
      site.later(60_000);
      const code = codeOf(secret, site.now());
      const thief = new Visitor(site.url);
      for (const who of [visitor, thief]) {
        await who.send('/en/sign-out', {});
        await signIn(who);
      }
      expect((await visitor.send('/en/sign-in/code', { code })).status).toBe(303);
      expect((await thief.send('/en/sign-in/code', { code })).status).toBe(422);
      expect(await isIn(thief)).toBe(false);
    });

    it('guesses, from one address or many, alike for names that nobody has', async () => {
      await site.close();
      site = await aSite({ trustedProxies: ['127.0.0.1'], perMinute: { signIn: 1000 } });
      await setUp((visitor = new Visitor(site.url)));
      for (const userName of ['maria', 'nobody']) {
        const answers = [];
        for (let n = 1; n <= 7; n += 1) {
          const guesser = new Visitor(site.url, { 'x-forwarded-for': `198.51.100.${n}` });
          const answer = await signIn(guesser, { userName, password: 'a wrong password' });
          answers.push(
            `${answer.status} ${answer.headers.get('retry-after')} ${text(await answer.text()).includes('wrong')}`,
          );
        }
        expect(answers.slice(0, 5)).toEqual(Array(5).fill('422 null true'));
        expect(answers[5]).toMatch(/^429 (29|30) false$/);
      }
    });

    it('nobody knows how to send: unknown fields, fields sent twice, too long', async () => {
      const formToken = await visitor.formToken('/en/account');
      const json = { accept: 'application/json' };
      expect(
        (await visitor.post('/en/account', { formToken, do: 'end-others', role: 'administrator' }, json)).status,
      ).toBe(400);
      expect((await visitor.post('/en/sign-out', { formToken: 'x'.repeat(3000) }, json)).status).toBe(400);
      const large = await visitor.post('/en/sign-out', { formToken: 'x'.repeat(300_000) }, json);
      expect(large.status).toBe(413);
    });
  });

  it('change the password only for those who know it, and end what is signed in elsewhere', async () => {
    await setUp();
    const other = new Visitor(site.url);
    await signIn(other);
    const next = 'tre gatti e una porta';
    const change = (present: string, repeat = next) =>
      act(visitor, { do: 'password', present, password: next, repeat, userName: 'maria' });
    expect((await change('wrong password')).status).toBe(422);
    expect((await change(PASSWORD, 'differs')).status).toBe(422);
    const before = visitor.session;
    expect((await change(PASSWORD)).headers.get('location')).toBe('/en/account?done=password-changed');
    expect(visitor.session).not.toBe(before);
    expect([await isIn(visitor), await isIn(other)]).toEqual([true, false]);
    expect((await signIn(new Visitor(site.url))).status).toBe(422);
    expect((await signIn(new Visitor(site.url), { password: next })).status).toBe(303);
  });

  it('list where one is signed in, and end it from afar', async () => {
    await setUp();
    const other = new Visitor(site.url, { 'user-agent': 'Mozilla/5.0 (Windows NT 10.0) Firefox/140.0' });
    await signIn(other);
    const html = await (await visitor.get('/en/account')).text();
    expect(text(html)).toContain('Firefox on Windows');
    const id = /name="id" value="([^"]*)"/.exec(html)![1]!;
    expect((await act(visitor, { do: 'end-session', id })).status).toBe(303);
    expect([await isIn(visitor), await isIn(other)]).toEqual([true, false]);
  });

  describe('and the API', () => {
    const whoAmI = (headers: Record<string, string>) => fetch(`${site.url}/api/v1/whoami`, { method: 'POST', headers });
    const cookieOf = (who: Visitor) => ({ cookie: `registry-session=${who.session}` });

    async function token(): Promise<string> {
      const made = await act(visitor, {
        do: 'make-token',
        name: 'nightly import',
        'scope-record': 'on',
        days: '30',
        present: PASSWORD,
      });
      return /srr_[\w-]{43}/.exec(await made.text())![0];
    }

    it('make a token, show it once, and revoke it', async () => {
      await setUp();
      const secret = await token();
      const bearer = { authorization: `Bearer ${secret}` };
      expect(await (await whoAmI(bearer)).json()).toMatchObject({
        account: 'account-1',
        by: 'token',
        scopes: ['record'],
      });
      const html = await (await visitor.get('/en/account')).text();
      expect(html).not.toContain(secret);
      const id = /name="id" value="([^"]*)"/.exec(html)![1]!;
      await act(visitor, { do: 'revoke-token', id });
      expect(await (await whoAmI(bearer)).json()).toEqual({ account: null });
    });

    it('take commands by session only with the token of a page', async () => {
      await setUp();
      const formToken = await visitor.formToken('/en/account');
      const without = await whoAmI(cookieOf(visitor));
      expect([without.status, ((await without.json()) as { type: string }).type]).toEqual([
        403,
        '/problems/forged-request',
      ]);
      expect((await whoAmI({ ...cookieOf(visitor), 'x-form-token': 'x' })).status).toBe(403);
      const withToken = { ...cookieOf(visitor), 'x-form-token': formToken };
      expect(await (await whoAmI(withToken)).json()).toEqual({
        account: 'account-1',
        by: 'session',
        secondFactor: false,
      });
      expect((await whoAmI({ ...withToken, origin: 'https://evil.example' })).status).toBe(403);
    });

    it('make whoever sends too much wait, each account by itself', async () => {
      await site.close();
      site = await aSite({ perMinute: { commands: 3 } });
      await setUp((visitor = new Visitor(site.url)));
      const bearer = { authorization: `Bearer ${await token()}` };
      for (let n = 0; n < 3; n += 1) expect((await whoAmI(bearer)).status).toBe(201);
      const refused = await whoAmI(bearer);
      expect(refused.status).toBe(429);
      expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
      expect(refused.headers.get('content-type')).toContain('application/problem+json');
      expect(await refused.json()).toMatchObject({ type: '/problems/too-many-requests', status: 429 });
      expect((await whoAmI({})).status).toBe(201);
    });
  });

  describe('count posts by address', () => {
    it.each([
      ['believe X-Forwarded-For of a proxy they know', ['127.0.0.1'], 422],
      ['do not believe X-Forwarded-For of anybody else', [], 429],
    ])('and %s', async (_, trustedProxies, status) => {
      await site.close();
      site = await aSite({ trustedProxies, perMinute: { signIn: 3 } });
      const statuses = [];
      for (let n = 1; n <= 5; n += 1) {
        const guesser = new Visitor(site.url, { 'x-forwarded-for': `198.51.100.${n}` });
        statuses.push((await signIn(guesser, { userName: `nobody${n}` })).status);
      }
      expect(statuses).toEqual([422, 422, 422, status, status]);
    });
  });

  it('let somebody who was invited choose a password, once', async () => {
    await setUp();
    const invited = await site.signIn.administration.invite('account-7', 'luca@example.org');
    if (invited.kind !== 'invited') throw new Error(invited.kind);
    const luca = new Visitor(site.url);
    const path = `/en/invitation?token=${invited.token}`;
    const fields = { token: invited.token, userName: 'x', password: PASSWORD, repeat: PASSWORD };
    const formToken = await luca.formToken(path);
    expect((await luca.post('/en/invitation', { ...fields, formToken })).headers.get('location')).toBe('/en/account');
    expect(text(await (await luca.get('/en/account')).text())).toContain('Signed in as luca@example.org.');
    expect((await new Visitor(site.url).get(path)).status).toBe(410);
  });
});
