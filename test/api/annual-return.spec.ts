import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { idFrom, isReturnCode, italy, returnCodes } from '#domain';
import type { ReturnFigures } from '#domain';
import { addressOf, languages, wordsFor } from '#web';
import { euro, recordEstate, writing } from '../reuse/estate';
import { loopholesIn, textOf } from '../web/text-of';
import { aPortal, seizure } from './portal';
import type { TestPortal } from './portal';

const hostile = `<b onclick=x>"'&{x} `;

interface Answer {
  readonly year: string;
  readonly now: ReturnFigures;
}
interface Behind {
  readonly entries: readonly { readonly entry: string; readonly on: string | null; readonly stream: string }[];
}

describe('the annual return', () => {
  let folder: string;
  let portal: TestPortal;
  let empty: TestPortal;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'annual-return-'));
    empty = await aPortal({ kind: 'sqlite', path: join(folder, 'empty.sqlite') });
    portal = await aPortal({ kind: 'sqlite', path: join(folder, 'read.sqlite') });
    await recordEstate(portal.store, (text) => (hostile + text).trim());
    const question = writing(portal.store).to(`dialogue-${idFrom('dialogue', 'IT', 'test', '1')}`);
    await question('ask-question', '2018-05-01', { kind: 'question', report: 'annual-return', addressedTo: 'ANBSC', text: 'Quanti?' });
    await portal.settled();
  }, 60_000); // prettier-ignore
  afterAll(async () => {
    await portal.close();
    await empty.close();
    await rm(folder, { recursive: true });
  });

  const json = async <Body>(path: string): Promise<Body> => {
    const answer = await portal.get(path);
    expect([path, answer.status]).toEqual([path, 200]);
    return (await answer.json()) as Body;
  };
  const page = async (path: string, of = portal): Promise<string> => {
    const answer = await of.get(path);
    expect([path, answer.status]).toEqual([path, 200]);
    return answer.text();
  };
  const figures = async (year: string): Promise<ReturnFigures> =>
    (await json<Answer>(`/api/v1/annual-returns/${year}`)).now;

  it('begins with the first year of which anything is known, and goes on to the one that is running', async () => {
    const { years } = await json<{ years: { year: string }[] }>('/api/v1/annual-returns');
    const thisYear = new Date().getFullYear();
    expect(years[0]?.year).toBe(String(thisYear));
    expect(years.length).toBe(thisYear - Number(years.at(-1)!.year) + 1);
    const first = await figures(years.at(-1)!.year);
    expect(first.figures.some(({ entries }) => (entries ?? 0) > 0)).toBe(true);
  });

  it('has as many entries behind each figure as it says, on pages that have an end', async () => {
    const { years } = await json<{ years: { year: string }[] }>('/api/v1/annual-returns');
    let followed = 0;
    for (const { year } of years)
      for (const { item, part, entries } of (await figures(year)).figures) {
        if (entries === null || entries === 0) continue;
        const found: unknown[] = [];
        for (let next: string | undefined = `/api/v1/annual-returns/${year}/${item}?limit=2${part === null ? '' : `&part=${part}`}`; next; ) {
          const answer: Response = await portal.get(next);
          expect([next, answer.status]).toEqual([next, 200]);
          found.push(...((await answer.json()) as Behind).entries);
          next = /<([^>]+)>; rel="next"/.exec(answer.headers.get('link') ?? '')?.[1];
        }
        expect([year, item, part, found.length]).toEqual([year, item, part, entries]);
        followed += found.length;
      }
    expect(followed).toBeGreaterThan(40);
  }); // prettier-ignore

  it('leads to the very entry', async () => {
    const { years } = await json<{ years: { year: string }[] }>('/api/v1/annual-returns');
    const all = await Promise.all(years.map(({ year }) => json<Behind>(`/api/v1/annual-returns/${year}/agreements-signed`)));
    const [signed] = all.flatMap(({ entries }) => entries);
    const stored = await portal.store.readStream(signed!.stream);
    expect(stored.find(({ id }) => id === signed!.entry)?.type).toBe('AgreementSigned');
    const html = await page(`/en/annual-return/${signed!.on!.slice(0, 4)}/agreements-signed`);
    expect(html).toContain(`/en/assets/${signed!.stream.slice('asset-'.length)}#${signed!.entry}`);
  }); // prettier-ignore

  it('says what a late entry changes in a past year', async () => {
    const before = (await figures('2012')).figures.find(({ item }) => item === 'seizures')!;
    await portal.record('I-LATE', seizure('I-LATE', 'Palermo', { estimatedValue: euro(99_00) }, '2012-02-02'));
    await portal.settled();
    const after = (await figures('2012')).figures.find(({ item }) => item === 'seizures')!;
    expect(after.entries).toBe(before.entries! + 1);
    expect(after.byRegion['19']).toBe((before.byRegion['19'] ?? 0) + 1);
  });

  it('agrees with the register on how assets stood when the year ended', async () => {
    const year = '2018';
    for (const { item, part, assets } of (await figures(year)).figures) {
      if (item !== 'stock') continue;
      const { total } = await json<{ total: number }>(`/api/v1/assets?phase=${part}&asOf=${year}-12-31`);
      expect([part, total]).toEqual([part, assets]);
    }
  });

  it('is a table too, whose rows are its figures', async () => {
    const csv = await page('/api/v1/annual-returns.csv?year=2018');
    const rows = csv.trim().split('\r\n').slice(1);
    const { figures: all } = await figures('2018');
    expect(rows).toHaveLength(all.reduce((sum, { money = [] }) => sum + 1 + money.length, 0));
    const array = await json<{ item: string }[]>('/api/v1/annual-returns.json');
    expect(array.every(({ item }) => isReturnCode(item))).toBe(true);
    expect(new Set(array.map(({ item }) => item)).size).toBe(returnCodes.length);
    const workbook = await portal.get('/api/v1/annual-returns.xlsx');
    expect([workbook.status, (await workbook.arrayBuffer()).byteLength > 1000]).toEqual([200, true]);
  });

  it.each([
    ['/api/v1/annual-returns/1850', 404],
    ['/api/v1/annual-returns/x', 404],
    ['/api/v1/annual-returns/2018/thefts', 404],
    ['/api/v1/annual-returns/2018/stock', 404],
    ['/api/v1/annual-returns/2018/destined?part=party', 400],
    ['/api/v1/annual-returns/2018/seizures?cursor=x', 400],
    ['/api/v1/annual-returns.csv?year=18', 400],
    ['/en/annual-return/1850', 404],
    ['/en/annual-return/2018/thefts', 404],
  ])('%s is refused with %i', async (path, status) => {
    const answer = await portal.get(path);
    expect(answer.status).toBe(status);
    if (path.startsWith('/api')) expect(await answer.json()).toMatchObject({ status });
  });

  describe.each(languages)('in %s', (language) => {
    const home = addressOf(language, { page: 'annual-return' });

    it('lets nothing that people wrote out of its text, and has words for everything', async () => {
      for (const path of [home, `${home}/2018`, `${home}/2018/money-allocated`, `${home}/2018/questions-asked`]) {
        const html = await page(path);
        expect(loopholesIn(html)).toEqual([]);
        expect(html).not.toMatch(/\bannualReturn\.[a-z]+/i);
      }
    });

    it('says what is not recorded here, and never as zero', async () => {
      const text = textOf(await page(`${home}/2018`));
      const said = {
        en: 'not recorded in this registry',
        it: 'non annotato in questo registro',
        ar: wordsFor('ar', italy).t('annualReturn.notRecorded'),
      };
      expect(text.split(said[language])).toHaveLength(6);
    });

    it('has a page before anything is recorded', async () => {
      expect(loopholesIn(await page(home, empty))).toEqual([]);
    });
  });
});
