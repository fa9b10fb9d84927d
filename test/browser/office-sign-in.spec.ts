import { mkdirSync } from 'node:fs';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { PASSWORD, codeOf } from '../access/sign-in';
import { aSystem, closed } from '../api/system';
import type { TestSystem } from '../api/system';
import { startChromium } from './chromium';
import { sideways, violationsOn } from './visiting';

const desk = { width: 1440, height: 1000 };
const phone = { width: 390, height: 844 };

/** OFFICE_PICTURES=folder keeps a picture of each page, for whoever works on its look. */
const pictures = process.env.OFFICE_PICTURES;

/** From the first run to a decision by two people, without a command line and without a script on any page. */
describe('an office where people sign in, in a real browser', () => {
  let system: TestSystem;
  let browser: Browser;
  const contexts: BrowserContext[] = [];
  beforeAll(async () => {
    system = await aSystem({ REGISTRY_SIGN_IN: 'on', REGISTRY_AGENCY: 'ANBSC' });
    browser = await startChromium();
    if (pictures) mkdirSync(pictures, { recursive: true });
  }, 60_000);
  afterAll(async () => {
    await Promise.all(contexts.map((context) => context.close()));
    await browser.close();
    await closed(system);
  });

  /** Somebody with a browser of their own. */
  async function somebody(): Promise<Page> {
    const context = await browser.newContext({ locale: 'en-GB', viewport: desk, bypassCSP: true });
    contexts.push(context);
    return context.newPage();
  }

  const open = async (page: Page, path: string): Promise<void> => void (await page.goto(system.url + path));

  /** At both widths: nothing sticks out, and axe finds nothing. */
  async function looksRight(page: Page, name: string): Promise<void> {
    for (const [width, viewport] of Object.entries({ desk, phone })) {
      await page.setViewportSize(viewport);
      if (pictures) await page.screenshot({ path: `${pictures}/${name}-${width}.png`, fullPage: true });
      expect(await sideways(page)).toBe(0);
      const violations = await violationsOn(page);
      expect({ name, width, violations }).toEqual({ name, width, violations: [] });
    }
    await page.setViewportSize(desk);
  }

  /** By the Enter key, on a link or button. */
  async function press(page: Page, selector: string): Promise<void> {
    await page.locator(selector).first().focus();
    await Promise.all([page.waitForEvent('load'), page.keyboard.press('Enter')]);
  }

  const follow = (page: Page, text: string): Promise<void> =>
    press(page, `a:text-is("${text}"), button:text-is("${text}")`);
  const step = (name: string): string => `button[name=step][value=${name}]:not(.hidden)`;

  async function fill(page: Page, said: Readonly<Record<string, string>>): Promise<void> {
    for (const [name, value] of Object.entries(said)) {
      const field = page.locator(`[name="${name}"]`).first();
      const kind = await field.evaluate((element) => (element as unknown as { type: string }).type);
      if (kind === 'select-one') await field.selectOption(value);
      else if (kind === 'radio') await page.locator(`[name="${name}"][value="${value}"]`).check();
      else await field.fill(value);
    }
  }

  async function record(page: Page, said: Readonly<Record<string, string>>): Promise<void> {
    await fill(page, said);
    await press(page, step('check'));
    expect(await page.locator('h1').innerText()).toBe('Is this right?');
    await press(page, step('record'));
    expect(await page.getByRole('status').innerText()).toContain('Recorded.');
  }

  const today = new Intl.DateTimeFormat('en-GB', { timeZone: 'Europe/Rome' }).format(new Date());

  async function enrol(page: Page): Promise<string> {
    await open(page, '/en/account');
    await page.locator('summary:text-is("Set up a second factor")').click();
    await page.fill('#factor-present', PASSWORD);
    await follow(page, 'Continue');
    const secret = (await page.locator('code.secret').innerText()).replaceAll(' ', '');
    await page.fill('#code', codeOf(secret, Date.now()));
    await press(page, '.access-form button[type=submit]');
    expect(await page.locator('.codes li').count()).toBe(10);
    return secret;
  }

  async function accept(page: Page, link: string): Promise<void> {
    await page.goto(link);
    await page.fill('#password', PASSWORD);
    await page.fill('#repeat', PASSWORD);
    await press(page, '.access-form button[type=submit]');
  }

  const signOut = async (page: Page): Promise<void> => {
    await open(page, '/office');
    await follow(page, 'Sign out');
    await press(page, 'main button[type=submit]');
  };

  /** Opens an account, grants a role over the agency, and answers the link of the invitation. */
  async function invited(page: Page, name: string, user: string, role: string): Promise<string> {
    await open(page, '/office/accounts');
    await follow(page, 'Open an account');
    await record(page, {
      occurredOn: today, 'data.kind': 'person', 'data.displayName': name, 'data.signIn.issuer': 'local',
      'data.signIn.user': user, 'data.agency': 'ANBSC',
    }); // prettier-ignore
    expect(await page.locator('h1').innerText()).toBe(name);
    if (role === 'officer') await looksRight(page, 'account');
    await follow(page, 'Grant a role');
    expect(await page.locator('.trail').innerText()).toContain(name);
    await record(page, {
      occurredOn: today,
      'data.role': role,
      'data.agency': 'ANBSC',
      'data.reason': 'Order 12/2026',
    });
    await follow(page, 'Invite to choose a password');
    expect(await page.locator('h1').innerText()).toBe(`Invite ${name}?`);
    if (role === 'officer') await looksRight(page, 'invite');
    await follow(page, 'Make the link');
    if (role === 'officer') await looksRight(page, 'invited');
    return page.locator('#link').inputValue();
  }

  it('goes from the printed link to a decision by a second person', async () => {
    const admin = await somebody();
    await open(admin, `/set-up?token=${system.signIn?.setUpToken}`);
    await fill(admin, { name: 'Maria Rossi', userName: 'maria', password: PASSWORD, repeat: PASSWORD });
    await press(admin, '.access-form button[type=submit]');

    // With the password alone the role sleeps, and the desk says so.
    await open(admin, '/office');
    expect(await admin.locator('.notice').innerText()).toContain('Some of your roles count only when you sign in with a second factor');
    expect(await admin.getByText('People', { exact: true }).count()).toBe(0);
    await looksRight(admin, 'desk-weak');
    expect((await admin.goto(`${system.url}/office/accounts`))?.status()).toBe(403);
    await enrol(admin);

    await open(admin, '/office');
    await follow(admin, 'People');
    const officerLink = await invited(admin, 'Anna Verdi', 'a.verdi', 'officer');
    const approverLink = await invited(admin, 'Bruno Neri', 'b.neri', 'approver');
    await open(admin, '/office/accounts');
    await looksRight(admin, 'people');
    expect(await admin.locator('tbody tr').count()).toBe(3);
    await admin.fill('#q', 'verdi');
    await follow(admin, 'Find');
    expect(await admin.locator('tbody th').allInnerTexts()).toEqual(['Anna Verdi']);
    expect(await admin.locator('tbody tr').innerText()).toContain('officer over ANBSC');

    const officer = await somebody();
    await accept(officer, officerLink);
    await signOut(officer);
    await open(officer, '/office');
    await officer.fill('[name=userName]', 'a.verdi');
    await officer.fill('[name=password]', PASSWORD);
    await officer.keyboard.press('Enter');
    await officer.waitForURL(`${system.url}/office`);
    expect(await officer.locator('.colleague').innerText()).toContain('Anna Verdi');
    expect(await officer.getByText('People', { exact: true }).count()).toBe(0);
    await follow(officer, 'Record a seizure');
    await record(officer, { occurredOn: '12/3/2015', 'data.kind': 'real-estate', 'data.title': 'Villa Anna' });
    const dossier = officer.url().split('?')[0]!;
    await follow(officer, 'Record an order of confiscation');
    await record(officer, { occurredOn: '1/5/2016', 'data.court': 'Tribunale di Palermo', 'data.instance': 'first' });
    await follow(officer, 'Record that the confiscation became final');
    await record(officer, { occurredOn: '1/9/2018' });
    await officer.locator('details.impossible summary').click();
    expect(await officer.locator('details.impossible div:has-text("Record the destination") dd').first().innerText()).toBe('Your role does not allow it.');
    expect((await officer.goto(`${dossier}/decide-destination`))?.status()).toBe(403);
    expect(await officer.locator('h1').innerText()).toBe('Your role does not allow this');
    await looksRight(officer, 'forbidden');

    const approver = await somebody();
    await accept(approver, approverLink);
    expect((await approver.goto(`${dossier}/decide-destination`))?.status()).toBe(403);
    expect(await approver.locator('.notice').innerText()).toContain('second factor');
    await enrol(approver);
    await approver.goto(dossier);
    await looksRight(approver, 'dossier');
    await follow(approver, 'Record the destination');
    await fill(approver, { occurredOn: '10/1/2019', 'data.purpose': 'social' });
    await approver.locator('details.folded summary').first().click();
    await record(approver, { 'data.recipient.name': 'Comune di Palermo', 'data.recipient.kind': 'municipality' });
    expect(await approver.locator('.timeline').innerText()).toContain('It was decided what becomes of it');
    await signOut(approver);
    expect(await approver.getByRole('status').innerText()).toBe('You are signed out.');
    await approver.goto(dossier);
    expect(approver.url()).toContain('/sign-in');

    // What was done to whom, by whom.
    const [, , decided] = (await system.store.readStream(`asset-${dossier.split('/').at(-1)!}`)).slice(-3);
    expect(decided?.metadata.actor).toMatchObject({ agency: 'ANBSC', role: 'approver' });

    // Suspended in the office, the officer is out at the next request.
    await open(admin, '/office/accounts?q=verdi');
    await follow(admin, 'Anna Verdi');
    await follow(admin, 'Suspend the account');
    await record(admin, { occurredOn: today, 'data.reason': 'On leave' });
    await looksRight(admin, 'account-suspended');
    await officer.goto(dossier);
    expect(officer.url()).toContain('/sign-in');

    await open(admin, `/office/language?to=it&back=${new URL(admin.url()).pathname}`);
    expect(await admin.locator('.timeline').innerText()).toContain('Un amministratore ha cambiato il modo in cui la persona accede: invito a scegliere una password.');
    await looksRight(admin, 'it-account');
    await open(admin, '/office/accounts');
    expect(await admin.locator('tbody tr').first().innerText()).toContain('Sospesa');
    await looksRight(admin, 'it-people');
  }, 240_000); // prettier-ignore
});
