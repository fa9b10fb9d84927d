import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { dateOf, italy, waitOutcomes } from '#domain';
import { wordsFor, yearlyActs } from '#web';
import { recordEstate } from '../reuse/estate';
import { textOf } from '../web/text-of';
import { aPortal, seizure } from './portal';
import type { TestPortal } from './portal';

type Line = Readonly<Record<string, unknown>>;
type Figure = (rows: readonly Line[]) => number;

const moved =
  (more: string, less: string): Figure =>
  (rows) =>
    rows.reduce((sum, { type, amount }) => {
      const { minor } = amount as { readonly minor: number };
      return sum + (type === more ? minor : type === less ? -minor : 0);
    }, 0) / 100;

const where =
  (holds: (row: Line) => boolean): Figure =>
  (rows) =>
    rows.filter(holds).length;

const all = where(() => true);

/** The day of the past on which support is asked about. */
const THEN = '2018-04-30';

const isRunning = ({ type, status, from, until }: Line, day: string): boolean =>
  type === 'pledge' &&
  (status === 'accepted' || status === 'fulfilled') &&
  (from !== null || until !== null) &&
  (from === null || (from as string) <= day) &&
  (until === null || (until as string) >= day);

const english = wordsFor('en', italy);
const reusedIn = ['transferred', 'assigned', 'in-use', 'kept-by-state'].map((phase) => english.code('phase', phase));
const idleFor = ['1', '2', '5', '10'].map((years) => english.code('idle', years));
const outcomes = waitOutcomes.map((outcome) => english.code('waitOutcome', outcome));
const acts = yearlyActs.map((item) => english.t(`annualReturn.item.${item}.name`));

/** Where the rows of a page are in the API, and what its figures are made of them, by the heading they stand under. */
const pages: Readonly<Record<string, { readonly rows: string; readonly figures: Readonly<Record<string, Figure>> }>> = {
  assets: {
    rows: 'assets',
    figures: {
      ...Object.fromEntries(
        ['Assets', 'At the end of the year', 'Now', ...reusedIn, ...idleFor].map((head) => [head, all]),
      ),
    },
  },
  'annual-return': { rows: 'entries', figures: Object.fromEntries(acts.map((head) => [head, all])) },
  dialogues: { rows: 'dialogues', figures: { Overdue: all } },
  money: {
    rows: 'movements',
    figures: {
      Allocated: moved('FundsAllocated', 'AllocationReduced'),
      Committed: moved('ExpenditureCommitted', 'CommitmentReduced'),
      Paid: moved('PaymentMade', 'PaymentReversed'),
      'With public money': (rows) => new Set(rows.map(({ asset }) => asset)).size,
    },
  },
  support: {
    rows: 'items',
    figures: {
      'Needs published': where(({ type }) => type === 'need'),
      Offers: where(({ type }) => type === 'pledge'),
      'of which met': where(({ type, status }) => type === 'need' && status === 'met'),
      'Looked into': where(({ screening }) => screening !== null),
      'of which passed': where(({ screening }) => (screening as { readonly passed: boolean } | null)?.passed === true),
      Accepted: where(({ status }) => status === 'accepted' || status === 'fulfilled'),
      'Running today': where((item) => isRunning(item, dateOf(new Date().toISOString(), italy.timeZone))),
      'Running that day': where((item) => isRunning(item, THEN)),
      Declined: where(({ status }) => status === 'declined'),
      Withdrawn: where(({ status }) => status === 'withdrawn'),
      'Given in full': where(({ status }) => status === 'fulfilled'),
    },
  },
  use: { rows: 'records', figures: { Visits: all, Reports: all } },
  assigned: {
    rows: 'assets',
    figures: {
      Assets: all,
      Completeness: (rows) => {
        const sum = rows.reduce((whole, { completeness }) => whole + (completeness as { whole: number }).whole, 0);
        return Math.floor((10 * sum) / rows.length) / 10;
      },
    },
  },
  waiting: { rows: 'assets', figures: Object.fromEntries(['Assets', ...outcomes].map((head) => [head, all])) },
  'red-flags': { rows: 'flags', figures: { hits: all, Overdue: all } },
};

/** Figures that are shares or medians; other tests hold them. */
const NOT_COUNTED = /^(Share|Has a destination|Is with somebody|Is in use|95 % range)$/;

interface Shown {
  readonly on: string;
  readonly heading: string;
  /** The page that the figure leads to. */
  readonly href: string;
  readonly value: number;
}

const numberIn = (text: string): number => Number(/-?\d[\d,]*(\.\d+)?/.exec(text.replace('€', ''))?.[0].replaceAll(',', '')); // prettier-ignore
const hrefIn = (html: string): string => /href="([^"]+)"/.exec(html)![1]!.replaceAll('&amp;', '&');

/** Every figure of a page that stands beside, or is, a link to rows. */
function figuresOn(on: string, html: string): Shown[] {
  const tables = [...html.matchAll(/<table>(.*?)<\/table>/gs)].flatMap(([table]) => {
    const heads = [...table.matchAll(/<th scope="col"[^>]*>(.*?)<\/th>/gs)].map(([, head]) => textOf(head!).trim());
    return [...table.matchAll(/<tr><th scope="row">(.*?)<\/th>(.*?)<\/tr>/gs)].flatMap(([, name, cells]) =>
      [...cells!.matchAll(/<td[^>]*>(.*?)<\/td>/gs)].flatMap(([, cell], place) => {
        // A cell may lead to its own rows, and a line to those of all its cells.
        const leading = [cell!, name!].find((part) => part.includes('<a href'));
        return leading === undefined
          ? []
          : [{ on, heading: heads[place + 1]!, href: hrefIn(leading), value: numberIn(textOf(cell!)) }];
      }),
    );
  });
  const phases = [...html.matchAll(/<span class="phase-links">(.*?)<\/span><\/span>/gs)].flatMap(([parts]) =>
    [...parts.matchAll(/<a href[^>]*>[^<]*<\/a>/g)].map(([link]) => ({
      on,
      heading: 'Assets',
      href: hrefIn(link),
      value: numberIn(textOf(link)),
    })),
  );
  const named = [...html.matchAll(/<dl class="figures">.*?<\/dl>/gs)].flatMap(([list]) =>
    [
      ...list.matchAll(/<dt>([^<]*)<\/dt><dd>(<a href[^>]*>[^<]*<\/a>)/g),
      ...list.matchAll(/<span class="beside">([^<]*): (<a href[^>]*>[^<]*<\/a>)/g),
    ].map(([, heading, link]) => ({
      on,
      heading: heading!,
      href: hrefIn(link!),
      value: numberIn(textOf(link!)),
    })),
  );
  const hits = [...html.matchAll(/<a href="[^"]*rule=[^"]*#list">.*?<\/a>/gs)].map(([link]) => ({
    on,
    heading: 'hits',
    href: hrefIn(link),
    value: numberIn(textOf(link)),
  }));
  const outcomes = [...html.matchAll(/<ul class="waiting-outcomes".*?<\/ul>/gs)].flatMap(([list]) =>
    [...list.matchAll(/<li>(.*?)<\/li>/gs)].map(([, item]) => ({
      on,
      heading: 'Assets',
      href: hrefIn(item!),
      value: numberIn(textOf(item!)),
    })),
  );
  return [...tables, ...phases, ...named, ...hits, ...outcomes].filter(({ heading }) => !NOT_COUNTED.test(heading));
}

describe('every figure leads to what it is made of', () => {
  let folder: string;
  let portal: TestPortal;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'figures-'));
    portal = await aPortal({ kind: 'sqlite', path: join(folder, 'read.sqlite') });
    await recordEstate(portal.store);
    // Of the same phase in two regions: a link that forgets its area finds too many.
    for (const [code, place] of [['one', 'Palermo'], ['two', 'Palermo'], ['three', 'Forlì']] as const) await portal.record(code, seizure(code, place)); // prettier-ignore
    for (const code of ['nowhere', 'neither']) await portal.record(code, { ...seizure(code, 'Palermo'), data: { kind: 'movable', identifiers: [{ scheme: 'it-anbsc', id: code }] } }); // prettier-ignore
    await portal.record(
      'nowhere',
      { command: 'order-confiscation', on: '2012-01-10', data: { instance: 'first' } },
      { command: 'make-confiscation-final', on: '2013-01-10', data: {} },
      {
        command: 'allocate-funds',
        on: '2014-01-10',
        data: { source: 'state', amount: { minor: 90_000, currency: 'EUR' } },
      },
    );
    await portal.settled();
  }, 60_000);
  afterAll(async () => {
    await portal.close();
    await rm(folder, { recursive: true });
  });

  const page = async (path: string): Promise<string> => {
    const answer = await portal.get(path);
    expect([path, answer.status]).toEqual([path, 200]);
    return answer.text();
  };

  /** The rows behind a page, all of them. */
  async function rowsBehind(href: string): Promise<readonly Line[]> {
    const [path, query = ''] = href.split('#')[0]!.split('?');
    const [, , name, ...rest] = path!.split('/') as [string, string, string, ...string[]];
    const inApi = { 'red-flags': 'flags', 'annual-return': 'annual-returns' }[name] ?? name;
    const answer = await portal.get(`/api/v1/${[inApi, ...rest].join('/')}?${query}&limit=200`);
    expect([href, answer.status, answer.headers.get('link')?.includes('rel="next"') ?? false]).toEqual([href, 200, false]); // prettier-ignore
    return ((await answer.json()) as Record<string, Line[]>)[pages[name]!.rows]!;
  }

  it.each([
    ['/en', 3],
    ['/en/indicators', 40],
    ['/en/areas/19', 1],
    ['/en/areas/082034', 1],
    ['/en?asOf=2018-04-30', 2],
    ['/en/indicators?asOf=2018-04-30', 5],
    ['/en/areas/19?asOf=2018-04-30', 1],
    ['/en/areas/082034?asOf=2018-04-30', 1],
    ['/en/money', 10],
    ['/en/money?source=eu', 5],
    ['/en/money?asOf=2018-04-30', 4],
    ['/en/support', 14],
    ['/en/support?type=pledge', 9],
    ['/en/support?stage=accepted', 9],
    [`/en/support?asOf=${THEN}`, 4],
    ['/en/use', 3],
    ['/en/use?found=in-use', 3],
    ['/en/assigned', 2],
    ['/en/assigned?region=19', 2],
    ['/en/waiting', 4],
    ['/en/red-flags', 2],
  ])('%s: the rows behind each figure make that figure', async (path, least) => {
    const figures = figuresOn(path, await page(path)).filter(({ href }) => !href.startsWith('/en/areas'));
    expect(figures.length).toBeGreaterThanOrEqual(least);
    for (const figure of figures) {
      // The page it leads to is there, and so are the rows.
      await page(figure.href.split('#')[0]!);
      const count = pages[figure.href.split(/[/?#]/)[2]!]?.figures[figure.heading];
      expect([figure, count === undefined ? 'no way to count it' : count(await rowsBehind(figure.href))]).toEqual([figure, figure.value]); // prettier-ignore
    }
  });

  it.each(['/en', '/en/areas/19'])('%s: what became of the assets is the sum of the phases behind it', async (path) => {
    const lines = [...(await page(path)).matchAll(/<li><svg class="key".*?<strong>([^<]*)<\/strong>(.*?)<\/li>/gs)];
    expect(lines.length).toBe(5);
    for (const [, number, rest] of lines) {
      const parts = [...rest!.matchAll(/<a href[^>]*>([^<]*)<\/a>/g)].map(([, link]) => numberIn(link!));
      expect(parts.reduce((sum, part) => sum + part, 0)).toBe(numberIn(number!));
    }
  });

  it('finds what is not stated: the same rows, counted and listed, of today and of a day', async () => {
    const lists = ['assets', 'money', 'support', 'use', 'assigned', 'waiting', 'red-flags'];
    for (const list of lists) {
      const rows = await rowsBehind(`/en/${list}?`);
      const without = await rowsBehind(`/en/${list}?region=not-stated`);
      const within = await rowsBehind(`/en/${list}?region=19`);
      expect([list, without.length > 0]).toEqual([list, ['assets', 'money', 'waiting', 'red-flags'].includes(list)]);
      expect([list, without.length]).not.toEqual([list, rows.length]);
      expect([list, without.filter(({ region }) => (region ?? null) !== null && region !== '')]).toEqual([list, []]);
      expect([list, within.some((row) => without.includes(row))]).toEqual([list, false]);
      await page(`/en/${list}?region=not-stated`);
    }
    const { total } = (await (await portal.get('/api/v1/assets?region=not-stated')).json()) as { total: number };
    expect(total).toBe(2);
    for (const when of ['', '&asOf=2018-04-30']) {
      const map = await page(`/en/map?region=not-stated${when}`);
      expect(numberIn(/<tfoot>.*?<td class="numeric">([^<]*)/s.exec(map)![1]!)).toBe(
        (await rowsBehind(`/en/assets?region=not-stated${when}`)).length,
      );
    }
    expect(await page('/en/indicators')).toMatch(/href="\/en\/assets\?region=not-stated">2</);
    expect((await portal.get('/api/v1/money?year=not-stated&source=not-stated')).status).toBe(200);
    expect((await portal.get('/api/v1/money?source=nobody')).status).toBe(400);
    expect((await portal.get('/api/v1/money?year=not')).status).toBe(400);
  });

  it('leads who searched among assets on to organisations and calls', async () => {
    const html = await page('/en/assets?q=terra');
    for (const other of ['organisations', 'calls'] as const) {
      expect(html).toContain(`href="/en/${other}?q=terra"`);
      await page(`/en/${other}?q=terra`);
    }
    expect(await page('/en/assets')).not.toContain('Look for the same words elsewhere');
  });

  it.each(['/en', '/en/money', '/en/support', '/en/use', '/en/assigned', '/en/waiting', '/en/red-flags'])(
    '%s: each link to a place within a page finds that place',
    async (path) => {
      const links = [...(await page(path)).matchAll(/ href="([^"]*#[^"]+)"/g)].map(([, href]) => href!.replaceAll('&amp;', '&')); // prettier-ignore
      expect(links.length).toBeGreaterThan(0);
      for (const link of new Set(links)) {
        const [to, place] = link.split('#') as [string, string];
        expect([link, (await page(to === '' ? path : to)).includes(`id="${place}"`)]).toEqual([link, true]);
      }
    },
  );
});
