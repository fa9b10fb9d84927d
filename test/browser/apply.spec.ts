import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { resolve } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { assetIdFrom, idFrom, streamName } from '#domain';
import type { JsonObject, StreamKind } from '#domain';
import { sealingKeysDigest } from '#sealing';
import { aSystem, closed } from '../api/system';
import type { TestSystem } from '../api/system';
import { aCall } from '../sealing/calls';
import { filesWith } from '../sealing/data-folder';
import { startChromium } from './chromium';
import { violationsOn } from './visiting';

const CANARY = 'Un laboratorio di quartiere per Canarina Segreta';
const holders = ['rosa', 'vito', 'ines'];
const asJson = (value: unknown) => JSON.parse(JSON.stringify(value)) as JsonObject;

describe('the page on which an organisation applies, in a real browser', () => {
  let system: TestSystem;
  let browser: Browser;
  let now = '2026-05-01T08:00:00.000Z';
  const call = idFrom('call', 'IT', 'key', 'browser');
  const organisation = idFrom('organisation', 'IT', 'key', 'browser');
  const asset = assetIdFrom('IT', 'key', 'browser');
  const { keys, shares } = aCall({ call, threshold: 2, evaluators: 3 });
  const keysDigest = sealingKeysDigest(keys);

  const record = async (
    kind: StreamKind,
    id: string,
    name: string,
    by: string,
    data: JsonObject,
    on = now.slice(0, 10),
  ) => {
    const actor = { subject: by, agency: 'local', role: 'officer' };
    const origin = { actor, source: { kind: 'api' } as const, idempotencyKey: randomUUID(), correlationId: 'spec' };
    const recorded = await system.recorder.record(streamName(kind, id), { name, occurredOn: on, data }, origin);
    expect(recorded).toMatchObject({ kind: 'recorded' });
  };

  beforeAll(async () => {
    execFileSync(process.execPath, [resolve(__dirname, '../../scripts/bundle.mjs')]);
    system = await aSystem({}, () => now);
    await record('asset', asset, 'record-seizure', 'drafter', { kind: 'real-estate' }, '2015-03-12');
    await record(
      'organisation',
      organisation,
      'register-organisation',
      'drafter',
      { kind: 'academia', name: 'University' },
      '2020-03-01',
    );
    await record('organisation', organisation, 'verify-organisation', 'publisher', { checks: ['identity'] });
    await record('call', call, 'draft-call', 'drafter', {
      assets: [asset],
      object: 'A villa for <b>social</b> work',
      summary: 'We look for an organisation that opens the villa to the neighbourhood.',
      criteria: [{ code: 'impact', words: 'What it does for people.', maximum: 30, weight: 60 }],
      tieBreak: 'draw',
      deadline: '2026-06-30T12:00:00+02:00',
    });
    const accounts = holders.map((login) => ({ login, agency: 'local' }));
    await record('call', call, 'deal-call-key', 'drafter', {
      keys: asJson(keys),
      keysDigest,
      custodians: ['Comune', 'Prefettura', 'Università'],
      accounts,
    });
    for (const [place, name] of holders.entries())
      await record('call', call, 'confirm-call-key', name, { custodian: place + 1, keysDigest });
    expect((await system.get(`/en/calls/${call}/apply`)).status).toBe(404);
    await record('call', call, 'publish-call', 'publisher', {});
    browser = await startChromium();
  }, 60_000);
  afterAll(async () => {
    await browser?.close();
    await closed(system);
  });

  const onPage = async (
    visit: (page: Page) => Promise<void>,
    { expected, ...options }: Parameters<Browser['newContext']>[0] & { expected?: RegExp } = {},
    path = `/en/calls/${call}/apply`,
  ) => {
    const context = await browser.newContext(options);
    try {
      const page = await context.newPage();
      const noise: string[] = [];
      page.on('console', (message) => noise.push(message.text()));
      page.on('pageerror', (error) => noise.push(String(error)));
      page.on('request', (request) => {
        if (!request.url().startsWith(system.url) && !request.url().startsWith('blob:')) noise.push(request.url());
      });
      await page.goto(system.url + path);
      await visit(page);
      // A refusal that is meant is noise in the console, and the only one.
      expect(noise.filter((line) => !expected?.test(line))).toEqual([]);
    } finally {
      await context.close();
    }
  };

  it('allows its own script and no form to be sent', async () => {
    const { headers } = await system.get(`/en/calls/${call}/apply`);
    expect(headers.get('content-security-policy')).toBe(
      "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self'; font-src 'self'; img-src 'self' data:; form-action 'none'; base-uri 'none'; frame-ancestors 'none'",
    );
    expect((await system.get('/en')).headers.get('content-security-policy')).not.toMatch(/script-src|connect-src/);
    await onPage(async (page) => {
      expect(await page.locator('[name]:not(meta)').count()).toBe(0);
      expect(await page.locator('script').count()).toBe(1);
      expect(await page.locator('b').count()).toBe(0);
    });
  });

  it.each([
    ['/en/calls', 'apply'],
    ['/it/bandi', 'candidatura'],
    ['/ar/calls', 'apply'],
  ])('has no accessibility fault at %s', async (before, after) => {
    await onPage(async (page) => {
      // A test's own script is not the page's: it is put in by the debugger, past the policy.
      expect(await violationsOn(page)).toEqual([]);
    }, {}, `${before}/${call}/${after}`); // prettier-ignore
  });

  it('sends nothing without its script, and says what to do instead', async () => {
    await onPage(
      async (page) => {
        expect(await page.getByText('This page needs JavaScript').isVisible()).toBe(true);
        expect(await page.getByRole('button', { name: 'Seal and send' }).isDisabled()).toBe(true);
        expect(await page.getByText('npm run sealing -- seal').isVisible()).toBe(true);
      },
      { javaScriptEnabled: false },
    );
  });

  it('says so where the browser does not know X25519', async () => {
    const context = await browser.newContext();
    const page = await context.newPage();
    await page.addInitScript(() => {
      Object.assign(crypto.subtle, { generateKey: () => Promise.reject(new Error('Unrecognized name.')) });
    });
    await page.goto(`${system.url}/en/calls/${call}/apply`);
    await page.getByText('This browser cannot seal applications').waitFor();
    expect(await page.getByRole('button', { name: 'Seal and send' }).isDisabled()).toBe(true);
    await context.close();
  });

  it('seals in the browser, and only the ciphertext leaves it', async () => {
    await onPage(
      async (page) => {
        const sent: Buffer[] = [];
        page.on('request', (request) => {
          const body = request.postDataBuffer();
          sent.push(Buffer.from(request.url()), ...(body ? [body] : []));
        });
        await page.getByLabel('What you want to do').fill(`${CANARY}: perché serve.`);
        await page.getByLabel('What it does for people. (at most 30 points)').fill('Molto.');
        await page
          .getByLabel('Attachments')
          .setInputFiles([
            { name: 'Bilancio 2025.pdf', mimeType: 'application/pdf', buffer: Buffer.from(`%PDF-1.7 ${CANARY}`) },
          ]);
        const button = page.getByRole('button', { name: 'Seal and send' });
        await button.click();
        await page.getByText('Give the registry id of your organisation.').waitFor();
        await page.getByLabel('Registry id of your organisation').fill(idFrom('organisation', 'IT', 'key', 'nobody'));
        await button.click();
        await page.getByText('There is no organisation').waitFor();
        await page.getByLabel('Registry id of your organisation').fill(organisation);
        await button.click();
        await page.getByText('Handed in at 2026-05-01T08:00:00.000Z').waitFor();
        expect(await page.getByRole('link', { name: 'Save the receipt' }).isVisible()).toBe(true);
        expect(sent.length).toBeGreaterThan(3);
        for (const bytes of sent) expect(bytes.includes('Canarina')).toBe(false);
      },
      { expected: /status of 409/ },
    );
    // The files of the transparency log stand still once it has everything.
    expect(await system.notarising!.notary.reached(await system.store.head(), 10_000)).toBe(true);
    expect(await filesWith(system.folder, CANARY)).toEqual([]);
  }, 60_000);

  it('is opened after the deadline to what was typed, by what opens those sealed by command line', async () => {
    now = '2026-06-30T10:00:00.000Z';
    await onPage(async (page) => expect(await page.getByText('it is not open').isVisible()).toBe(true));
    await record('call', call, 'close-call', 'drafter', {});
    for (const [place, name] of holders.slice(0, 2).entries())
      await record('call', call, 'release-share', name, { custodian: place + 1, openedShare: shares[place]! });
    const opened = await system.post(`/api/v1/calls/${call}/opening`, '{}', { 'idempotency-key': randomUUID() });
    expect(opened.status).toBe(201);
    const evidence = await system.get(`/api/v1/calls/${call}/opening`);
    const { applications } = (await evidence.json()) as { applications: { application: string }[] };
    const address = `/api/v1/calls/${call}/applications/${applications[0]!.application}`;
    expect(await (await system.get(address)).json()).toEqual({
      answers: { contact: '', project: `${CANARY}: perché serve.`, 'criterion-impact': 'Molto.' },
      attachments: [{ name: 'Bilancio 2025.pdf', size: 57 }],
    });
    expect(await (await system.get(`${address}/attachments/1`)).text()).toBe(`%PDF-1.7 ${CANARY}`);
  }, 60_000);
});
