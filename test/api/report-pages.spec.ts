import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { dateOf, daysBetween, italy } from '#domain';
import { filtersKnown } from '#read-models';
import { addressOf, languages, reportPages, reportsOnDays, wordsFor } from '#web';
import type { Language } from '#web';
import type { FlagLine } from '../../apps/portal/api/reports/resources';
import { recordEstate } from '../reuse/estate';
import type { Estate } from '../reuse/estate';
import { loopholesIn, textOf } from '../web/text-of';
import { aPortal } from './portal';
import type { TestPortal } from './portal';

const nothing: Readonly<Record<Language, string>> = {
  it: 'Non è ancora annotato nulla.',
  en: 'Nothing is recorded yet.',
  ar: 'لم يُسجَّل شيء بعد.',
};

const hostile = `<b onclick=x>"'&{x} `;

describe('the pages of the reports', () => {
  let folder: string;
  let portal: TestPortal;
  let empty: TestPortal;
  let estate: Estate;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'reports-'));
    empty = await aPortal({ kind: 'sqlite', path: join(folder, 'empty.sqlite') });
    portal = await aPortal({ kind: 'sqlite', path: join(folder, 'read.sqlite') });
    estate = await recordEstate(portal.store, (text) => (hostile + text).trim());
    await portal.settled();
  }, 60_000);
  afterAll(async () => {
    await portal.close();
    await empty.close();
    await rm(folder, { recursive: true });
  });

  const page = async (path: string, of = portal): Promise<string> => {
    const answer = await of.get(path);
    expect([path, answer.status]).toEqual([path, 200]);
    return answer.text();
  };

  it('leave no cell of a table blank, and no column without anything in it', async () => {
    for (const path of [
      ...[
        '/en/indicators',
        '/en/areas',
        '/en/areas/19',
        '/en/areas/082034',
        '/en/annual-return',
        '/en/annual-return/2018',
      ],
      ...['/en/use', '/en/use?type=visit', '/en/money', '/en/support', '/en/assigned', '/en/waiting', '/en/red-flags'],
      ...[`/en/assets/${estate.farm}`, `/en/assets/${estate.school}`, '/en/annual-return/2018/money-allocated'],
    ])
      for (const [table] of (await page(path)).matchAll(/<table.*?<\/table>/gs)) {
        const blank = [...table.matchAll(/<td[^>]*?(?:\/>|>(.*?)<\/td>)/gs)].filter(([, cell = '']) => textOf(cell).trim() === ''); // prettier-ignore
        expect([path, blank.map(([cell]) => cell)]).toEqual([path, []]);
      }
  });

  it('write the amounts of a column with as many decimals as one another', async () => {
    const seen: number[] = [];
    for (const path of [
      '/en/money',
      `/en/assets/${estate.farm}`,
      `/en/assets/${estate.school}`,
      `/en/assets/${estate.flat}`,
      '/en/indicators',
      '/en/assets',
      '/en/annual-return',
    ])
      for (const [table] of (await page(path)).matchAll(/<table.*?<\/table>/gs)) {
        const decimals = new Map<string, Set<number>>();
        for (const [row] of table.matchAll(/<tr.*?<\/tr>/gs))
          for (const [place, [, cell = '']] of [
            ...row.matchAll(/<td[^>]*class="numeric"[^>]*>(.*?)<\/td>/gs),
          ].entries())
            for (const [, fraction = ''] of textOf(cell).matchAll(/€[\d,]+(?:\.(\d+))?/g))
              decimals.set(String(place), (decimals.get(String(place)) ?? new Set()).add(fraction.length));
        for (const [place, found] of decimals) {
          expect([path, place, [...found]]).toEqual([path, place, [expect.any(Number)]]);
          seen.push(...found);
        }
      }
    expect(seen).toContain(2);
    expect(seen).toContain(0);
  });

  describe.each(languages)('in %s', (language) => {
    it.each(reportPages)('%s lets nothing that people wrote out of its text', async (name) => {
      const html = await page(addressOf(language, { page: name }));
      expect(loopholesIn(html)).toEqual([]);
      expect(textOf(html)).toContain(hostile);
      expect(html).not.toMatch(/\breports\.[a-z]+\.[a-z]+/i);
    });

    it.each(['farm', 'school', 'flat'] as const)('nor does the page of the %s', async (asset) => {
      const html = await page(addressOf(language, { page: 'asset', id: estate[asset] }));
      expect(loopholesIn(html)).toEqual([]);
      expect(textOf(html)).toContain(hostile);
    });

    it.each(reportPages)('%s says so where there is nothing, and has no figures then', async (name) => {
      const text = textOf(await page(addressOf(language, { page: name }), empty));
      expect(text).toContain(nothing[language]);
      expect(text).not.toMatch(/\b(NaN|undefined|null|Infinity)\b/);
    });
  });

  it('show public money as it stood on a day, say so, and lead on to that day', async () => {
    const html = await page('/en/money?asOf=2018-04-30');
    const text = textOf(html);
    expect(text).toContain('as it stood on 30 April 2018.');
    expect(text).toContain('Each asset is named and placed as it is today.');
    expect(html).toContain('value="2018-04-30"');
    expect(html).toContain(`/en/assets/${estate.farm}?asOf=2018-04-30#money`);
    expect(html).toContain('href="/api/v1/money.csv?asOf=2018-04-30"');
    expect(html).toContain('noindex');
    const then = Number(/(\d+) movements/.exec(text)?.[1]);
    const now = textOf(await page('/en/money'));
    expect(now).not.toContain('as it stood on');
    expect(then).toBeGreaterThan(0);
    expect(Number(/(\d+) movements/.exec(now)?.[1])).toBeGreaterThan(then);
    // Lists of today alone pass over what they do not know, and are led to without it.
    expect((await portal.get('/en/red-flags?asOf=2018-04-30')).headers.get('location')).toBe('/en/red-flags');
    expect(html).toContain('href="/en/red-flags"');
  });

  it.each(['support', 'use', 'assigned'] as const)(
    '%s: shows what stood on a day, says so, and keeps to the day from page to page',
    async (name) => {
      const asOf = '2019-06-30';
      const html = await page(addressOf('en', { page: name, query: { asOf } }));
      expect(textOf(html)).toContain('as it stood on 30 June 2019.');
      expect(html).toContain(`value="${asOf}"`);
      expect(html).toContain('noindex');
      for (const other of reportPages) {
        const query = reportsOnDays.has(other) ? { asOf } : {};
        expect(html).toContain(`href="${addressOf('en', { page: other, query })}"`);
      }
      const files = [...html.matchAll(/href="(\/api\/v1\/[^"]+\.(?:csv|xlsx|json)[^"]*)"/g)].map(([, href]) => href!);
      expect(files.length).toBeGreaterThan(3);
      for (const file of files) expect([file, file.includes(`asOf=${asOf}`)]).toEqual([file, true]);
      const assets = [...html.matchAll(/href="\/en\/assets\/IT-[^"]+"/g)].map(([href]) => href);
      expect(assets.length).toBeGreaterThan(0);
      for (const asset of assets) expect([asset, asset.includes(`?asOf=${asOf}`)]).toEqual([asset, true]);
      expect(textOf(await page(addressOf('en', { page: name })))).not.toContain('as it stood on');
    },
  );

  it.each([...reportPages.map((name) => addressOf('en', { page: name })), '/en/indicators', '/en/areas?area=19&area=08', '/en/areas/19'])(
    '%s: each table has a name for those who hear it',
    async (path) => {
      const tables = (await page(path)).match(/<table[^>]*>.{0,12}/gs) ?? [];
      expect(tables.length).toBeGreaterThan(0);
      for (const table of tables) expect(table).toMatch(/<table[^>]*><caption/);
    },
  ); // prettier-ignore

  it('offer a day exactly where the lists can be asked for one', () => {
    for (const report of reportPages)
      expect([report, reportsOnDays.has(report)]).toEqual([report, filtersKnown(report).includes('asOf')]);
  });

  it('have one address: what a form left empty is taken out of it', async () => {
    const answer = await portal.get('/en/money?source=eu&year=&supplier=&utm_source=mail');
    expect([answer.status, answer.headers.get('location')]).toEqual([302, '/en/money?source=eu']);
  });

  it('refuse what no filter means, as a page', async () => {
    const answer = await portal.get('/it/spesa-pubblica?source=mafia', { accept: 'text/html' });
    expect([answer.status, answer.headers.get('content-type')]).toEqual([400, 'text/html; charset=utf-8']);
  });

  it('money: shows what is allocated, committed and paid, and by whom', async () => {
    const text = textOf(await page('/en/money'));
    expect(text).toContain('Allocated €297,345.67');
    expect(text).toContain('Paid €88,800 29.9% of what is allocated');
    expect(text).toMatch(/payment came back/);
    expect(text).toContain('-€1,200');
    expect(textOf(await page('/en/money?year=2018'))).toContain('they may be negative');
  });

  it('say of each row on whose word it rests, and tell what was reported from what officers saw', async () => {
    for (const name of ['money', 'support', 'use', 'assigned', 'flags'] as const) {
      const address = addressOf('en', { page: name, query: {} });
      const list = /<table class="results".*?<\/table>/s.exec(await page(address))![0];
      const rows = list.match(/<tr role="row"/g)!.length - 1;
      expect([name, list.match(/class="source-shape"/g)?.length]).toEqual([name, rows]);
      expect(await page(address)).toContain('class="source-legend"');
    }
    const records = JSON.parse(await page('/api/v1/use.json')) as { type: string; provenance: string }[];
    const told = new Set(records.map(({ type, provenance }) => `${type}: ${provenance}`));
    expect([...told].filter((each) => each.startsWith('report'))).toEqual(['report: civic-report']);
    expect([...told]).toContain('visit: agency-record');
    expect(await page('/it/uso')).toMatch(/Segnalazione civica<\/span>/);
    const money = (await page('/api/v1/money.csv')).split('\n');
    expect(money[0]).toContain(',provenance,');
    expect(new Set(money.slice(1).flatMap((line) => /official-act|agency-record/.exec(line)?.[0] ?? []))).toEqual(
      new Set(['official-act', 'agency-record']),
    );
  });

  it('flags: go by the day they show, and say of what lasts for how long it has', async () => {
    const flags = JSON.parse(await page('/api/v1/flags.json')) as FlagLine[];
    const since = flags.map(({ hitFrom, on }) => hitFrom ?? on ?? '');
    expect(new Set(since).size).toBeGreaterThan(2);
    expect(since).toEqual([...since].sort().reverse());
    const list = /<table class="results".*?<\/table>/s.exec(await page('/en/red-flags'))![0];
    const words = wordsFor('en', italy);
    expect([...list.matchAll(/<td role="cell" class="since">.*?<time[^>]*>(.*?)<\/time>/gs)].map(([, day]) => day)).toEqual(since.map((day) => words.day(day))); // prettier-ignore
    const lasting = flags.filter(({ rule }) => rule === 'long-idle' || rule === 'agreement-without-visit');
    expect(lasting).not.toEqual([]);
    const today = dateOf(new Date().toISOString(), italy.timeZone);
    for (const { on } of lasting)
      expect(textOf(list)).toContain(`for ${words.number(daysBetween(on!, today))} days, since ${words.day(on!)}`);
  });

  it('use: shows a count that is missing as missing', async () => {
    const text = textOf(await page('/en/use'));
    expect(text).toContain('65 and over (People served) not counted 0 of 3');
    expect(text).toContain('Women (People served) 116 2 of 3');
    expect(text).toContain('Other gender (People served) 0 1 of 3');
  });

  it('support and assigned: show screening, fulfilment and completeness', async () => {
    const text = textOf(await page('/en/support'));
    expect(text).toContain('Accepted offers given in full: 1 of 3.');
    expect(text).toContain('Running today 1');
    expect(textOf(await page('/en/assigned'))).toContain(
      '2 assigned assets, 1 held by a third party; the list is 95.5 of 100 complete on average.',
    );
  });

  it('the page of an asset: shows where the price of a sale went, and which files there are', async () => {
    const text = textOf(await page(`/en/assets/${estate.flat}`));
    expect(text).toContain('Sold on 1 June 2016 for €120,000 (auction).');
    expect(text).toContain('of which paid to victims: €35,000');
    expect(text).toContain('Not given a purpose yet €30,000');
    expect(text).toContain('€35,000 paid to 4 people');
    expect(text).toContain('7'.repeat(64));
  });

  it('the page of an asset: keeps to the moment it is asked for', async () => {
    const then = textOf(await page(`/en/assets/${estate.farm}?asOf=2018-04-30`));
    expect(then).toContain('Paid to suppliers -€90,000');
    const before = textOf(await page(`/en/assets/${estate.farm}?asOf=2016-12-31`));
    expect(before).toContain('Nothing is recorded yet of: public money, private support and use.');
  });
});
