import { createHash, createPublicKey, verify } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { parse } from 'csv-parse/sync';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { italy } from '#domain';
import { wordsFor } from '#web';
import { aSystem, closed } from '../api/system';
import type { TestSystem } from '../api/system';
import { asText, rowsIn } from '../open-data/sheet';
import { recordEstate } from '../reuse/estate';
import { startChromium } from './chromium';
import { visiting } from './visiting';

const phone = { viewport: { width: 390, height: 844 } };
const sha256 = (...parts: readonly Uint8Array[]): Buffer => createHash('sha256').update(Buffer.concat(parts)).digest();

/**
 * What a proof as a file (C2SP tlog-proof) says, checked without a line of the registry's own: the way of hashes from the entry to the root (RFC 9162 §2.1.3.2), and
 * the signature under the root (C2SP signed-note, Ed25519). Throws where something is wrong.
 */
function provenIn(file: string, verifierKeys: string): { readonly entry: string; readonly size: number } {
  const [head, note, signatures] = file.split('\n\n') as [string, string, string];
  const [, extra, index, ...way] = head.split('\n');
  const entry = Buffer.from(extra!.replace(/^extra /, ''), 'base64');
  const [, size, root] = note.split('\n');
  let [place, last] = [Number(index!.replace(/^index /, '')), Number(size) - 1];
  let value = sha256(Buffer.of(0), entry);
  for (const step of way.map((line) => Buffer.from(line, 'base64'))) {
    if (place % 2 === 1 || place === last) {
      value = sha256(Buffer.of(1), step, value);
      while (place > 0 && place % 2 === 0) [place, last] = [place / 2, Math.floor(last / 2)];
    } else value = sha256(Buffer.of(1), value, step);
    [place, last] = [Math.floor(place / 2), Math.floor(last / 2)];
  }
  if (last !== 0 || value.toString('base64') !== root) throw new Error('The way does not lead to the root.');
  const signed = verifierKeys.split('\n').some((line) => {
    const [name, id, key] = /^([^+]+)\+([0-9a-f]{8})\+(.+)$/.exec(line)?.slice(1) ?? [];
    const signature = signatures.split('\n').map((each) => each.split(' ')).find(([, by]) => by === name)?.[2];
    if (key === undefined || signature === undefined) return false;
    const bytes = Buffer.from(signature, 'base64');
    const jwk = { kty: 'OKP', crv: 'Ed25519', x: Buffer.from(key, 'base64').subarray(1).toString('base64url') };
    const isMine = bytes.subarray(0, 4).toString('hex') === id;
    return isMine && verify(null, Buffer.from(`${note}\n`), createPublicKey({ key: jwk, format: 'jwk' }), bytes.subarray(4));
  });
  if (!signed) throw new Error('The root is not signed.');
  return { entry: entry.toString(), size: Number(size) };
} // prettier-ignore

describe('ways through the pages in a real browser', () => {
  let system: TestSystem;
  let browser: Browser;
  beforeAll(async () => {
    system = await aSystem();
    await recordEstate(system.store);
    const head = await system.store.head();
    await system.projecting.runner.reached(head, 20_000);
    expect(await system.notarising!.notary.reached(head, 20_000)).toBe(true);
    await system.notarising!.indexed(10_000);
    browser = await startChromium();
  }, 90_000);
  afterAll(async () => {
    await browser.close();
    await closed(system);
  });

  const onPage = (options: BrowserContextOptions, visit: (page: Page) => Promise<void>): Promise<void> =>
    visiting(browser, { acceptDownloads: true, ...options }, visit);

  /** Somebody who goes on by what they read. */
  interface Reader {
    follow(link: RegExp): Promise<void>;
    search(words: string): Promise<void>;
  }

  const byHand = (page: Page): Reader => ({
    follow: (link) => page.getByRole('link', { name: link }).first().click(),
    search: async (words) => {
      await page.getByRole('searchbox').fill(words);
      await page.getByRole('button', { name: 'Search' }).click();
    },
  });

  /** By the keys alone; whoever cannot see where the focus is cannot go on. */
  const byKeys = (page: Page): Reader => {
    const tabTo = async (fits: string): Promise<void> => {
      for (let presses = 0; presses < 300; presses += 1) {
        await page.keyboard.press('Tab');
        const [found, seen, html] = await page.evaluate<[boolean, boolean, string]>(
          `(() => {
            const each = document.activeElement;
            const { outlineStyle, outlineWidth } = getComputedStyle(each);
            const { width, height } = each.getBoundingClientRect();
            return [${fits}, each === document.body || (outlineStyle !== 'none' && parseFloat(outlineWidth) >= 1 && width > 0 && height > 0), each.outerHTML.slice(0, 150)];
          })()`,
        );
        expect([html, seen]).toEqual([html, true]);
        if (found) return;
      }
      throw new Error(`The key Tab never came to what fits ${fits}.`);
    };
    return {
      follow: async (link) => {
        await tabTo(`each.matches('a[href]') && ${String(link)}.test(each.innerText.trim())`);
        await page.keyboard.press('Enter');
      },
      search: async (words) => {
        await tabTo("each.matches('[type=search]')");
        await page.keyboard.type(words);
        await page.keyboard.press('Enter');
      },
    };
  };

  it.each([
    ['by keyboard alone', {}, byKeys],
    ['on a phone, by keyboard alone', phone, byKeys],
    ['on a phone, without script', { ...phone, javaScriptEnabled: false }, byHand],
  ] as const)('lead from the search to the asset, its money, the entry and its proof, %s', (_, options, reads) =>
    onPage(options, async (page) => {
      const reader = reads(page);
      await page.goto(`${system.url}/en`);
      await reader.search('masseria drago');
      await page.waitForURL(/\/en\/search\?q=/);
      await reader.follow(/^Masseria in contrada Drago/);
      await page.waitForURL(/\/en\/assets\/IT-/);
      await reader.follow(/Allocated by European Union/);
      await page.waitForURL(/#entry-\d+$/);
      expect(await page.locator(':target').innerText()).toContain('Public money was set aside: €250,000');
      const proof = page.locator(':is(.entry:target, .entry:has(:target)) a.proof');
      await reader.follow(new RegExp(`^${(await proof.innerText()).trim().replace(/\s+/g, '\\s+')}$`));
      await page.waitForURL(/\/en\/integrity\/entries\//);
      const id = page.url().split('/').at(-1)!;
      expect(await page.locator('main').innerText()).toContain('Public money was set aside');
      const coming = page.waitForEvent('download');
      await reader.follow(/^The proof as a file$/);
      const file = await readFile((await (await coming).path()), 'utf8');
      const keys = await (await system.get('/log/keys')).text();
      const { entry, size } = provenIn(file, keys);
      expect(JSON.parse(entry)).toMatchObject({ id, type: 'FundsAllocated' });
      expect(size).toBe(await system.store.head());
      // One letter of the entry, or of the way, is enough for it to be wrong.
      const [first, extra] = file.split('\n') as [string, string];
      const forged = `extra ${Buffer.from(entry.replace('25000000', '25000001')).toString('base64')}`;
      expect(() => provenIn(file.replace(`${first}\n${extra}`, `${first}\n${forged}`), keys)).toThrow('root');
      // A key may itself have a plus in it.
      const others = keys.replace(/^([^+]+\+[0-9a-f]{8})\+.+$/gm, `$1+${Buffer.alloc(33, 1).toString('base64')}`);
      expect(() => provenIn(file, others)).toThrow('signed');
    }), 60_000); // prettier-ignore

  it.each([
    ['/en/assets?region=19', 'assets', 'id', 'id'],
    ['/en/money?source=eu', 'movements', 'entry', 'entry'],
    ['/en/support?asOf=2018-04-30', 'items', 'id', 'id'],
    ['/en/assigned?asOf=2019-06-30', 'assets', 'asset', 'asset'],
  ])('%s: the files that it offers hold what the API tells', (path, list, key, column) =>
    onPage({ ...phone, javaScriptEnabled: false }, async (page) => {
      await page.goto(system.url + path);
      const saved = async (name: string): Promise<Buffer> => {
        const coming = page.waitForEvent('download');
        await page
          .locator('.data-box')
          .getByRole('link', { name: `What this page shows: ${name}`, exact: true })
          .click();
        return readFile(await (await coming).path());
      };
      const rows = parse<Record<string, string>>(await saved('CSV'), { columns: true, bom: true });
      const [titles, ...shown] = await rowsIn(await saved('Excel'));
      const api = path.replace('/en/', '/api/v1/');
      const plain = await system.get(api.replace('?', '.xlsx?'));
      const [header, ...lines] = await rowsIn(Buffer.from(await plain.arrayBuffer()));
      const answer = (await (await system.get(`${api}&limit=200`)).json()) as Record<string, Record<string, unknown>[]>;
      const told = answer[list]!.map((item) => item[key]);
      expect(told.length).toBeGreaterThan(0);
      expect(rows.map((row) => row[column])).toEqual(told);
      // The workbook of the page speaks as the page does; what is no word is the same in both.
      const table = path.split(/[/?]/)[2]!;
      expect(titles).toEqual(header!.map((name) => wordsFor('en', italy).column(table, String(name))));
      expect(shown.map((line) => line[header!.indexOf(column)])).toEqual(told);
      expect(shown.map((line) => line.length)).toEqual(lines.map((line) => line.length));
      // Cell by cell, the workbook for programs and the CSV are one table.
      expect(header).toEqual(Object.keys(rows[0]!));
      const alike = (text: string): string => (/^-?\d+(\.\d+)?$/.test(text) ? String(Number(text)) : text);
      expect(lines.map((line) => line.map((cell) => alike(asText(cell))))).toEqual(
        rows.map((row) => Object.values(row).map(alike)),
      );
    }),
  );
});
