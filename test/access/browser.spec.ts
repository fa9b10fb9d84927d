import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { startChromium } from '../browser/chromium';
import { sideways, violationsOn, visiting } from '../browser/visiting';
import { aSite } from './server';
import type { Site } from './server';
import { PASSWORD, codeOf } from './sign-in';

// A browser beside everything else a whole run does takes its time.
jest.setTimeout(90_000);

describe('signing in with a real browser', () => {
  let browser: Browser;
  let site: Site;
  beforeAll(async () => {
    browser = await startChromium();
  }, 60_000);
  afterAll(() => browser.close());
  beforeEach(async () => {
    site = await aSite({
      openId: { issuer: new URL('https://id.example'), clientId: 'x', clientSecret: 'x', name: 'Ministry' },
    });
  });
  afterEach(() => site.close());

  const onPage = (options: BrowserContextOptions, visit: (page: Page) => Promise<void>): Promise<void> =>
    visiting(browser, { locale: 'en-GB', ...options }, visit);

  /** Types into the field that has the focus, then goes on to the next. */
  async function type(page: Page, text: string): Promise<void> {
    await page.keyboard.type(text);
    await page.keyboard.press('Tab');
  }

  /** The name of what has the focus; the page itself has it before anything else has. */
  const focused = (page: Page): Promise<string> =>
    page.evaluate(
      "((e) => (e === document.body ? '' : e.labels?.[0]?.textContent || e.textContent.trim()))(document.activeElement)",
    );

  /** What a page gives the focus to when it is first drawn, which may be a moment after it was loaded. */
  async function givenFocus(page: Page): Promise<string> {
    await page
      .waitForFunction('document.activeElement !== document.body', undefined, { timeout: 5000 })
      .catch(() => undefined);
    return focused(page);
  }

  /** Goes on with the keyboard until what is wanted has the focus. */
  async function tabTo(page: Page, text: string): Promise<void> {
    for (let step = 0; step < 40; step += 1) {
      if ((await focused(page)).includes(text)) return;
      await page.keyboard.press('Tab');
    }
    throw new Error(`The keyboard does not reach ${text}.`);
  }

  async function press(page: Page, text: string): Promise<void> {
    await tabTo(page, text);
    await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')]);
  }

  const setUpAddress = (): string => `${site.url}/set-up?token=${site.signIn.setUpToken}`;

  it.each([
    ['with script', true],
    ['without', false],
  ])('leads by keyboard alone from the printed link to two factors, out and in again, %s', (_, javaScriptEnabled) =>
    onPage({ javaScriptEnabled }, async (page) => {
      await page.goto(setUpAddress());
      await tabTo(page, 'Your name');
      for (const text of ['Maria Rossi', 'maria', PASSWORD, PASSWORD]) await type(page, text);
      await press(page, 'Create the account');
      expect(await page.getByRole('status').innerText()).toBe('The registry is yours. Next, set up a second factor.');

      await tabTo(page, 'Set up a second factor');
      await page.keyboard.press('Enter');
      await tabTo(page, 'Present password');
      await type(page, PASSWORD);
      await press(page, 'Continue');
      const secret = (await page.locator('code.secret').innerText()).replaceAll(' ', '');
      await tabTo(page, 'Code the app shows');
      await type(page, codeOf(secret, site.now()));
      await press(page, 'Turn on');
      expect(await page.locator('.codes li').count()).toBe(10);
      await press(page, 'I have kept them');
      expect(await page.locator('main').innerText()).toContain('10 recovery codes left.');

      await press(page, 'Sign out');
      expect(await page.getByRole('status').innerText()).toBe('You are signed out.');
      site.later(60_000);
      await tabTo(page, 'User name');
      await type(page, 'maria');
      await page.keyboard.type(PASSWORD);
      await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')]);
      expect(await page.getByRole('heading', { level: 1 }).innerText()).toBe('Second step');
      await tabTo(page, 'Code');
      await type(page, codeOf(secret, site.now()));
      await press(page, 'Continue');
      expect(await page.getByText('Signed in as maria.').count()).toBe(1);
    }),
  );

  it('puts the focus where the person goes on, and says a fault first', () =>
    onPage({}, async (page) => {
      await page.goto(`${site.url}/en/sign-in`);
      expect(await givenFocus(page)).toBe('User name');
      await type(page, 'maria');
      await page.keyboard.type('wrong password');
      await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')]);
      expect(await page.getByRole('alert').innerText()).toBe('User name or password is wrong.');
      expect(await page.title()).toMatch(/^User name or password is wrong\. Sign in/);
      expect(await givenFocus(page)).toBe('Password');
    }));

  /** Every page, in the order in which a first administrator meets it. */
  async function everyPage(page: Page, language: 'en' | 'it', look: (name: string) => Promise<void>): Promise<void> {
    const [account, out] = language === 'en' ? ['account', 'sign-out'] : ['utenza', 'uscita'];
    const submit = (form: string) =>
      Promise.all([page.waitForNavigation(), page.locator(`${form} button[type=submit]`).click()]);
    await page.goto(setUpAddress());
    await look('set-up');
    const { own, sessions } = site.signIn;
    await page.fill('#name', 'Maria Rossi');
    await page.fill('#userName', 'maria');
    await page.fill('#password', 'Password1234');
    await page.fill('#repeat', 'Password1234');
    await submit('.access-form');
    await look('set-up-fault');
    await page.fill('#password', PASSWORD);
    await page.fill('#repeat', PASSWORD);
    await submit('.access-form');
    await look('account-first');
    await own.proposeSecondFactor('account-1');
    await page.goto(`${site.url}/${language}/${account}/${language === 'en' ? 'second-factor' : 'secondo-fattore'}`);
    await look('second-factor');
    await page.fill('#code', codeOf((await page.locator('code.secret').innerText()).replaceAll(' ', ''), site.now()));
    await submit('.access-form');
    await look('recovery-codes');
    for (const browserName of ['Mozilla/5.0 (Windows NT 10.0; Win64; x64) Firefox/140.0', 'curl/8']) {
      await sessions.begin({ account: 'account-1', by: 'password', stage: 'open', browser: browserName });
    }
    await site.signIn.apiTokens.make('account-1', {
      name: 'Nightly import from the agency',
      scopes: ['record'],
      days: 30,
    });
    await page.goto(`${site.url}/${language}/${account}`);
    await page.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true; })");
    await look('account');
    await page.fill('#token-name', 'Script');
    await page.fill('#token-present', PASSWORD);
    await submit('details:has(#token-name)');
    await look('token-fault');
    await page.check('[name=scope-record]');
    await page.fill('#token-present', PASSWORD);
    await submit('details:has(#token-name)');
    await look('token-made');
    await page.goto(`${site.url}/${language}/${out}`);
    await look('sign-out');
    await submit('main .access-form');
    await look('sign-in');
    await page.fill('#userName', 'maria');
    await page.fill('#password', 'wrong password');
    await submit('.access-form');
    await look('sign-in-fault');
    await page.fill('#password', PASSWORD);
    await submit('.access-form');
    await look('code');
    await page.goto(setUpAddress());
    await look('set-up-over');
  }

  it.each([
    ['en', 'light', 390],
    ['it', 'light', 1440],
    ['it', 'dark', 390],
  ] as const)('breaks no rule of accessibility on any page (%s, %s, %i px)', (language, colorScheme, width) => {
    const options = { viewport: { width, height: 844 }, colorScheme, bypassCSP: true, locale: language };
    return onPage(options, async (page) => {
      const seen: string[] = [];
      await everyPage(page, language, async (name) => {
        seen.push(name);
        const violations = await violationsOn(page);
        expect([name, violations]).toEqual([name, []]);
        expect([name, await sideways(page)]).toEqual([name, 0]);
      });
      expect(seen).toHaveLength(13);
    });
  });
});
