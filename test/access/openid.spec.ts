import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { Visitor, aSite } from './server';
import type { Site } from './server';

interface RealProvider {
  readonly issuer: string;
  stop(): Promise<void>;
}

async function aProvider(...args: readonly string[]): Promise<RealProvider> {
  const child = spawn(process.execPath, [join(__dirname, 'openid-provider.mjs'), ...args], {
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  const [issuer] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
  const stop = async (): Promise<void> => {
    const ended = once(child, 'exit');
    child.stdin.end();
    await ended;
  };
  return { issuer, stop };
}

/** Goes to the provider, signs in there and consents; answers the address the provider sends the browser back to, not opened yet. */
async function atProvider(issuer: string, address: string, login: string): Promise<string> {
  const browser = new Visitor(issuer);
  let next = address;
  for (let step = 0; step < 12; step += 1) {
    const path = next.startsWith(issuer) ? next.slice(issuer.length) : next;
    if (!path.startsWith('/')) return path;
    const answer = await browser.get(path);
    const location = answer.headers.get('location');
    if (location !== null) {
      next = location;
      continue;
    }
    const html = await answer.text();
    const action = /<form[^>]*action="([^"]+)"/.exec(html)?.[1];
    const prompt = /name="prompt" value="([^"]+)"/.exec(html)?.[1];
    if (action === undefined || prompt === undefined) throw new Error(`The provider shows ${answer.status}: ${html}`);
    const form = prompt === 'login' ? { prompt, login, password: 'any' } : { prompt };
    const sent = await browser.post(action.replace(issuer, ''), form);
    next = sent.headers.get('location') ?? '';
  }
  throw new Error('The provider leads nowhere.');
}

describe('signing in at a real OpenID provider', () => {
  let provider: RealProvider;
  let site: Site;
  let visitor: Visitor;
  beforeAll(async () => {
    provider = await aProvider();
  }, 30_000);
  afterAll(() => provider.stop());
  beforeEach(async () => {
    site = await aSite({ openId: openIdOf(provider.issuer) });
    visitor = new Visitor(site.url);
  });
  afterEach(() => site.close());

  const openIdOf = (issuer: string) => ({
    issuer: new URL(issuer),
    clientId: 'registry',
    clientSecret: 'a-secret-for-this-test-alone',
    name: 'Ministry',
  });
  const text = async (answer: Response) => (await answer.text()).replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ');
  const begin = async (who: Visitor, returnTo = '/en/account') =>
    (await who.get(`/sign-in/openid?${new URLSearchParams({ returnTo })}`)).headers.get('location') ?? '';
  const back = (who: Visitor, address: string) => who.get(address.slice(site.url.length));
  const signIn = async (who: Visitor, login: string) =>
    back(who, await atProvider(provider.issuer, await begin(who), login));
  const isIn = async (who: Visitor) => (await who.get('/en/account')).status === 200;

  it('offers the way there on the page', async () => {
    const html = await (await visitor.get('/en/sign-in')).text();
    expect(html).toContain('Sign in with Ministry');
    expect(html).toMatch(/<a class="button outlined" href="\/sign-in\/openid\?/);
  });

  it('asks with PKCE, state and nonce', async () => {
    const asked = new URL(await begin(visitor)).searchParams;
    expect(asked.get('response_type')).toBe('code');
    expect(asked.get('code_challenge_method')).toBe('S256');
    for (const name of ['code_challenge', 'state', 'nonce']) expect(asked.get(name)).toMatch(/^[\w-]{43}$/);
    const again = new URL(await begin(visitor)).searchParams;
    expect(again.get('state')).not.toBe(asked.get('state'));
  });

  it('makes no account of somebody whom nobody has linked', async () => {
    const answer = await signIn(visitor, 'luca');
    expect(answer.status).toBe(403);
    expect(await text(answer)).toContain('no account here is linked to you');
    expect(await isIn(visitor)).toBe(false);
  });

  it('signs in whom an administrator has linked by subject', async () => {
    await site.signIn.externalIdentities.link(provider.issuer, 'luca', 'account-7');
    const answer = await signIn(visitor, 'luca');
    expect([answer.status, answer.headers.get('location')]).toEqual([303, '/en/account']);
    const page = await text(await visitor.get('/en/account'));
    expect(page).toContain('You sign in through Ministry; there is no password here.');
    expect(await site.signIn.sessions.ofAccount('account-7')).toMatchObject([{ by: 'openid' }]);
  });

  it('signs in whom an administrator awaits by e-mail, where the provider has verified it, and by the subject from then on', async () => {
    await site.signIn.externalIdentities.awaitEmail(provider.issuer, 'Luca@example.org', 'account-7');
    expect((await signIn(new Visitor(site.url), 'eve')).status).toBe(403);
    expect((await signIn(visitor, 'luca')).status).toBe(303);
    expect(await site.signIn.externalIdentities.ofAccount('account-7')).toEqual([
      { issuer: provider.issuer, subject: 'luca' },
    ]);
    expect((await signIn(new Visitor(site.url), 'luca')).status).toBe(303);
  });

  describe('takes no answer', () => {
    beforeEach(() => site.signIn.externalIdentities.link(provider.issuer, 'luca', 'account-7'));
    const refused = async (who: Visitor, answer: Response) => {
      expect(answer.status).toBe(403);
      expect(await text(answer)).toContain('Ministry did not confirm who you are.');
      expect(await isIn(who)).toBe(false);
    };

    it('in a browser that did not ask (a planted sign-in)', async () => {
      const address = await atProvider(provider.issuer, await begin(visitor), 'luca');
      const victim = new Visitor(site.url);
      await refused(victim, await back(victim, address));
      await begin(victim);
      await refused(victim, await back(victim, address));
    });

    it('with another state', async () => {
      const address = new URL(await atProvider(provider.issuer, await begin(visitor), 'luca'));
      address.searchParams.set('state', 'x'.repeat(43));
      await refused(visitor, await back(visitor, address.href));
    });

    it('from another issuer', async () => {
      const address = new URL(await atProvider(provider.issuer, await begin(visitor), 'luca'));
      address.searchParams.set('iss', 'https://evil.example');
      await refused(visitor, await back(visitor, address.href));
    });

    it('twice', async () => {
      const address = await atProvider(provider.issuer, await begin(visitor), 'luca');
      const kept = visitor.cookies.get('registry-openid')!;
      expect((await back(visitor, address)).status).toBe(303);
      const thief = new Visitor(site.url);
      thief.cookies.set('registry-openid', kept);
      await refused(thief, await back(thief, address));
    });

    it('too late', async () => {
      const address = await atProvider(provider.issuer, await begin(visitor), 'luca');
      site.later(10 * 60_000);
      await refused(visitor, await back(visitor, address));
    });

    it('signed with a key the provider does not publish', async () => {
      const imposter = await aProvider('--wrong-keys');
      try {
        await site.close();
        site = await aSite({ openId: openIdOf(imposter.issuer) });
        await site.signIn.externalIdentities.link(imposter.issuer, 'luca', 'account-7');
        visitor = new Visitor(site.url);
        const address = await atProvider(imposter.issuer, await begin(visitor), 'luca');
        await refused(visitor, await back(visitor, address));
      } finally {
        await imposter.stop();
      }
    });
  });

  it('says so when the provider does not answer, and tries again the next time', async () => {
    await site.close();
    site = await aSite({ openId: openIdOf('http://127.0.0.1:9') });
    const answer = await new Visitor(site.url).get('/sign-in/openid');
    expect(answer.status).toBe(503);
    expect(await text(answer)).toContain('Ministry does not answer at the moment.');
  });
});
