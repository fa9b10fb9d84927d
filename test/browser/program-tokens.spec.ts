import { randomUUID } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import type { Browser, Page } from 'playwright-core';
import { AccountsFromSetUp, Roster } from '#access';
import { accountIdFrom, dateOf, italy } from '#domain';
import type { JsonObject } from '#domain';
import { PASSWORD, codeOf } from '../access/sign-in';
import { aSystem, closed } from '../api/system';
import type { TestSystem } from '../api/system';
import { startChromium } from './chromium';
import { sideways, violationsOn } from './visiting';

const desk = { width: 1440, height: 1000 };
const phone = { width: 390, height: 844 };

/** OFFICE_PICTURES=folder keeps a picture of each page, for whoever works on its look. */
const pictures = process.env.OFFICE_PICTURES;
const TODAY = dateOf(new Date().toISOString(), italy.timeZone);
const user = 'nightly-import';
const program = accountIdFrom('IT', { issuer: 'local', user });

describe('tokens for programs, made by an administrator in a real browser', () => {
  let system: TestSystem;
  let browser: Browser;
  let admin: string;
  let page: Page;

  async function record(name: string, data: JsonObject): Promise<void> {
    const actor = { subject: admin, agency: 'ANBSC', role: 'administrator' };
    const origin = { actor, source: { kind: 'api' } as const, idempotencyKey: randomUUID(), correlationId: 'test' };
    const recorded = await system.recorder.record(`account-${program}`, { name, occurredOn: TODAY, data }, origin);
    if (recorded.kind !== 'recorded') throw new Error(JSON.stringify(recorded));
  }

  beforeAll(async () => {
    system = await aSystem({ REGISTRY_SIGN_IN: 'on', REGISTRY_AGENCY: 'ANBSC' });
    browser = await startChromium();
    if (pictures) mkdirSync(pictures, { recursive: true });
    const signIn = system.signIn!;
    const { recorder, store } = system;
    const setUp = new AccountsFromSetUp({ recorder, roster: new Roster(store), profile: italy, agency: 'ANBSC' });
    admin = (await setUp.openFirstAdministrator({ name: 'Maria Rossi', userName: 'maria' }))!;
    const invited = await signIn.administration.invite(admin, 'maria');
    if (invited.kind !== 'invited') throw new Error(invited.kind);
    await signIn.administration.accept(invited.token, PASSWORD, 'Test');
    const secret = await signIn.own.proposeSecondFactor(admin);
    const holder = { account: admin, token: '', by: 'password', browser: 'Test' } as const;
    await signIn.own.enrolSecondFactor(holder, codeOf(secret, Date.now()));
    const { token } = await signIn.sessions.begin({ account: admin, by: 'password-and-code', stage: 'open', browser: 'Test' });
    const context = await browser.newContext({ locale: 'en-GB', viewport: desk, bypassCSP: true });
    await context.addCookies([{ name: 'registry-session', value: token, url: system.url }]);
    page = await context.newPage();
    await record('open-account', { kind: 'service', displayName: 'Nightly import', agency: 'ANBSC', signIn: { issuer: 'local', user } });
    await record('grant-role', { role: 'officer', agency: 'ANBSC', reason: 'Order 12/2026' });
  }, 60_000); // prettier-ignore
  afterAll(async () => {
    await browser.close();
    await closed(system);
  });

  /** At both widths: nothing sticks out, and axe finds nothing. */
  async function looksRight(name: string): Promise<void> {
    for (const [width, viewport] of Object.entries({ desk, phone })) {
      await page.setViewportSize(viewport);
      if (pictures) await page.screenshot({ path: `${pictures}/${name}-${width}.png`, fullPage: true });
      expect([name, await sideways(page)]).toEqual([name, 0]);
      const violations = await violationsOn(page);
      expect({ name, width, violations }).toEqual({ name, width, violations: [] });
    }
    await page.setViewportSize(desk);
  }

  const press = (selector: string) =>
    Promise.all([page.waitForEvent('load'), page.locator(selector).first().press('Enter')]);
  const make = () => press('main form button[value=do]');

  /** A seizure recorded by the program: what the registry answers. */
  async function seized(token: string): Promise<number> {
    const answer = await fetch(`${system.url}/api/v1/assets`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', 'idempotency-key': randomUUID() },
      body: JSON.stringify({ occurredOn: '2015-03-12', data: { kind: 'company' } }),
    }); // prettier-ignore
    return answer.status;
  }

  it('makes one that is shown once, works for its scope alone, and is revoked on the same page', async () => {
    await page.goto(`${system.url}/office/accounts/${program}`);
    await looksRight('program');
    await press('a:text-is("Make a token for this program")');
    expect(await page.locator('h1').innerText()).toBe('Make a token for Nightly import?');
    await looksRight('token-asked');

    // Whoever finds the browser left open does not get a token that lasts a year.
    await page.fill('#name', 'Import machine');
    await page.check('[name=scope][value=record]');
    await page.fill('#present', 'wrong password');
    await make();
    expect(await page.getByRole('alert').innerText()).toContain('The present password is wrong.');
    expect(await page.locator('#name').inputValue()).toBe('Import machine');
    expect(await page.locator('#present').inputValue()).toBe('');
    await looksRight('token-fault');

    await page.selectOption('#days', '30');
    await page.fill('#present', PASSWORD);
    await make();
    const token = await page.locator('code.secret').innerText();
    expect(token).toMatch(/^srr_[\w-]{43}$/);
    await looksRight('token-made');
    expect(await seized(token)).toBe(201);
    const read = await fetch(`${system.url}/api/v1/restricted/accounts?purpose=Test`, { headers: { authorization: `Bearer ${token}` } });
    expect(read.status).toBe(403);

    await press('a:text-is("I have copied it")');
    const text = await page.locator('section.means').innerText();
    expect(text).toContain('Import machine');
    expect(text).toContain('Record entries. Until');
    expect(await page.content()).not.toContain(token);
    await looksRight('program-with-token');

    await press('section.means a:has-text("Revoke")');
    await page.fill('[name=occurredOn]', TODAY.split('-').reverse().join('/'));
    await press('button[name=step][value=check]:not(.hidden)');
    await press('button[name=step][value=record]:not(.hidden)');
    expect(await page.locator('section.means').innerText()).not.toContain('Import machine');
    expect(await seized(token)).toBe(401);

    const entries = await system.store.readStream(`account-${program}`);
    expect(entries.slice(2).map(({ type, metadata }) => [type, metadata.actor.subject, metadata.actor.role])).toEqual([
      ['AccessTokenIssued', admin, 'administrator'],
      ['AccessTokenRevoked', admin, 'administrator'],
    ]);
    expect(JSON.stringify(entries)).not.toContain(token);
  }, 120_000); // prettier-ignore

  it('says it in Italian too', async () => {
    await page.goto(`${system.url}/office/language?to=it&back=/office/accounts/${program}/tokens/new`);
    expect(await page.locator('h1').innerText()).toBe('Creare un token per Nightly import?');
    await looksRight('it-token-asked');
  });
});
