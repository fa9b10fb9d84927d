import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { dateOf, daysAfter, idFrom, italy, yearsBefore } from '#domain';
import { recordEstate } from '../reuse/estate';
import { textOf } from '../web/text-of';
import { recordScene, scene } from './civic-scene';
import { aPortal, seizure } from './portal';
import type { TestPortal } from './portal';

interface Item {
  readonly id: string;
  readonly purpose: string | null;
  readonly phase: string;
  readonly use: string | null;
  readonly idleSince: string | null;
  readonly manager: {
    readonly kind: string;
    readonly name: string | null;
    readonly organisation: string | null;
  } | null;
}

const now = new Date().toISOString();
const today = dateOf(now, italy.timeZone);
const holder = idFrom('organisation', 'IT', 'it-runts', '77001');
const final = (on: string) => [
  { command: 'order-confiscation', on: '2011-06-01', data: { instance: 'first' } },
  { command: 'make-confiscation-final', on, data: {} },
];
const idleFor =
  (years: number) =>
  ({ idleSince }: Item) =>
    idleSince !== null && idleSince <= yearsBefore(today, years);

/** Each filter, and what it says of an asset in words of its own. */
const questions: readonly (readonly [query: string, holds: (item: Item) => boolean])[] = [
  ['purpose=social', ({ purpose }) => purpose === 'social'],
  ['use=in-use', ({ use }) => use === 'in-use'],
  ['use=not-stated', ({ use }) => use === null],
  ['idle=1', idleFor(1)],
  ['idle=2', idleFor(2)],
  ['idle=10', idleFor(10)],
  ['managedBy=organisation', ({ manager }) => manager?.kind === 'organisation'],
  ['managedBy=judicial-administrator', ({ manager }) => manager?.kind === 'judicial-administrator'],
  ['managedBy=not-stated', ({ manager }) => manager === null],
  [`manager=${holder}`, ({ manager }) => manager?.organisation === holder],
  ['manager=Comune+di+Forlì', ({ manager }) => manager?.name === 'Comune di Forlì'],
  ['call=open', ({ id }) => id === scene.villa],
  ['use=not-stated&purpose=social', ({ use, purpose }) => use === null && purpose === 'social'],
  ['idle=1&phase=confiscated-final', (item) => idleFor(1)(item) && item.phase === 'confiscated-final'],
];

describe('the facets of the register', () => {
  let folder: string;
  let portal: TestPortal;
  let all: readonly Item[];

  const listed = async (query: string): Promise<{ assets: Item[]; total: number; totalIsMinimum: boolean }> => {
    const answer = await portal.get(`/api/v1/assets?limit=200&${query}`);
    expect([query, answer.status]).toEqual([query, 200]);
    return (await answer.json()) as { assets: Item[]; total: number; totalIsMinimum: boolean };
  };
  const ids = (items: readonly Item[]): string[] => items.map(({ id }) => id).sort();
  const page = async (query: string): Promise<string> => (await portal.get(`/en/assets?${query}`)).text();

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'facets-'));
    portal = await aPortal({ kind: 'sqlite', path: join(folder, 'read.sqlite') });
    await recordEstate(portal.store);
    await recordScene(portal.store, now);
    const appointed = {
      command: 'appoint-administrator',
      on: '2011-01-01',
      data: { office: 'judicial-administrator', name: 'Canary Person' },
    };
    await portal.record('I1', { ...seizure('I1', 'Palermo'), at: now }, appointed);
    await portal.record('I2', seizure('I2', 'Palermo'), ...final(yearsBefore(today, 1)));
    await portal.record('I3', seizure('I3', 'Palermo'), ...final(daysAfter(yearsBefore(today, 1), 1)));
    await portal.record(
      'I4',
      seizure('I4', 'Forlì', { kind: 'company', category: 'limited-company' }),
      ...final(daysAfter(yearsBefore(today, 10), -1)),
    );
    const company = { kind: 'company', category: 'limited-company' };
    await portal.record('I6', seizure('I6', 'Forlì', company), ...final('2014-06-10'));
    await portal.record('I5', seizure('I5', 'Forlì'), ...final(yearsBefore(today, 3)));
    await portal.settled();
    all = (await listed('')).assets;
  }, 120_000);
  afterAll(async () => {
    await portal.close();
    await rm(folder, { recursive: true });
  });

  it.each(questions)('%s: finds what holds of the rows, and counts it', async (query, holds) => {
    const expected = ids(all.filter(holds));
    expect(expected.length).toBeGreaterThan(0);
    expect(expected.length).toBeLessThan(all.length);
    const { assets, total, totalIsMinimum } = await listed(query);
    expect([ids(assets), total, totalIsMinimum]).toEqual([expected, expected.length, false]);
    const csv = (await (await portal.get(`/api/v1/assets.csv?${query}`)).text()).trim().split('\r\n').slice(1);
    expect(csv.map((line) => line.split(',')[0]).sort()).toEqual(expected);
    const words = expected.length === 1 ? '1 asset matches.' : `${expected.length} assets match.`;
    expect(textOf(await page(query))).toContain(words);
    const map = textOf(await (await portal.get(`/en/map?${query}`)).text());
    expect(map).toContain(words);
  });

  it('say beside each value what the list behind it counts, also under another filter', async () => {
    for (const base of ['', 'region=19', 'kind=real-estate', 'use=in-use', 'managedBy=body', 'phase=seized']) {
      const html = await page(base);
      for (const name of ['purpose', 'use', 'idle', 'managedBy']) {
        const [, select = ''] = new RegExp(`<select id="${name}"[^>]*>(.*?)</select>`, 's').exec(html) ?? [];
        for (const [, code, text] of select.matchAll(/<option value="([^"]+)"[^>]*>([^<]*)</g)) {
          const count = /\((\d+)\)$/.exec(text!)?.[1];
          if (count === undefined) continue;
          const others = base.startsWith(`${name}=`) ? '' : base;
          const { total } = await listed(`${others}&${name}=${code}`);
          expect([base, name, code, total]).toEqual([base, name, code, Number(count)]);
        }
      }
      expect(html).toMatch(/<select id="use".*\(\d+\)/s);
    }
  });

  it('link the organisation that manages an asset, and name nobody who holds an office', async () => {
    const html = await page(`manager=${holder}`);
    expect(html).toContain(`href="/en/organisations/${holder}"`);
    expect(textOf(html)).toContain('Managed by: Cooperativa Terra Buona');
    const offices = await page('managedBy=judicial-administrator');
    expect(offices + JSON.stringify(all)).not.toContain('Canary');
  });

  it('know the day asked about', async () => {
    const used = async (asOf: string) => (await listed(`use=in-use&asOf=${asOf}`)).total;
    expect([await used('2017-05-01'), await used('2017-05-02')]).toEqual([0, 1]);
    const idle = async (asOf: string) => (await listed(`idle=1&asOf=${asOf}&kind=company&region=08`)).total;
    expect([await idle('2015-06-09'), await idle('2015-06-10')]).toEqual([0, 1]);
    const open = async (day: string) => (await listed(`call=open&asOf=${day}`)).total;
    expect([await open('2014-01-01'), await open(today)]).toEqual([0, 1]);
  });

  it('are told when a deadline passes though nothing is written', async () => {
    const tag = async (query: string) => (await portal.get(`/api/v1/assets?${query}`)).headers.get('etag');
    expect(await tag('call=open')).not.toBe(await tag('kind=real-estate'));
  });

  it.each([
    'idle=abc', 'idle=3', 'idle=-1', 'use=maybe', 'call=closed', 'managedBy=nobody', 'purpose=%27%20OR%201=1', `manager=${'x'.repeat(301)}`, 'call=open&knownAt=2020-01-01', 'idle=1&idle=2',
  ])('refuse %s', async (query) => {
    for (const path of ['/api/v1/assets', '/api/v1/assets.csv', '/en/assets']) {
      expect([path, (await portal.get(`${path}?${query}`)).status]).toEqual([path, 400]);
    }
  }); // prettier-ignore

  it.each(["manager=' OR 1=1 --", 'manager=%', 'manager=\u0000'])('find nobody called %s', async (query) => {
    const answer = await portal.get(`/api/v1/assets?${encodeURI(query)}`);
    expect(answer.status).toBeLessThan(500);
    if (answer.status === 200) expect(((await answer.json()) as { total: number }).total).toBe(0);
  });
});
