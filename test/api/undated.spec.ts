import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { dateOf, italy } from '#domain';
import type { LegalDate } from '#domain';
import { addressOf, languages, wordsFor } from '#web';
import { textOf } from '../web/text-of';
import { aPortal, seizure } from './portal';
import type { TestPortal } from './portal';

interface Undated {
  readonly assets: number;
  readonly acts: Readonly<Record<string, number>>;
}

describe('what a day leaves out because no source dates it', () => {
  let folder: string;
  let portal: TestPortal;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'undated-'));
    portal = await aPortal({ kind: 'sqlite', path: join(folder, 'read.sqlite') });
    const final = (on: LegalDate | null) => [
      { command: 'order-confiscation', on, data: { instance: 'first' } },
      { command: 'make-confiscation-final', on, data: {} },
    ];
    await portal.record('A', seizure('A', 'Palermo', {}, '2018-03-01'));
    await portal.record('B', seizure('B', 'Palermo', {}, '2020-06-01'));
    await portal.record('C', seizure('C', 'Palermo', {}, null), ...final(null));
    await portal.record('D', seizure('D', 'Forlì', {}, null), ...final(null));
    // Whenever it was seized, it was by the day on which the court decided.
    await portal.record('E', seizure('E', 'Forlì', {}, null), ...final('2019-02-01'));
    await portal.settled();
  }, 60_000);
  afterAll(async () => {
    await portal.close();
    await rm(folder, { recursive: true });
  });

  const json = async <Answer>(path: string): Promise<Answer> => (await (await portal.get(path)).json()) as Answer;
  const page = async (path: string): Promise<string> => textOf(await (await portal.get(path)).text());
  const acts = { seized: 3, 'confiscated-first': 2, 'confiscated-final': 2 };

  it.each([
    ['2017-12-31', 0, 3],
    ['2018-12-31', 1, 3],
    ['2019-02-01', 2, 2],
    ['2020-05-31', 2, 2],
    ['2020-06-01', 3, 2],
    // The day on which it was written down is the latest on which it can have happened.
    ['2026-11-02', 5, 0],
  ])('on %s, %i assets are counted and %i are not', async (asOf, total, assets) => {
    const answer = await json<{ total: number; undated: Undated }>(`/api/v1/indicators?asOf=${asOf}`);
    expect([answer.total, answer.undated]).toEqual([total, { assets, acts }]);
  });

  it('is nothing today', async () => {
    expect(await json('/api/v1/indicators')).toMatchObject({ total: 5, undated: null });
    expect(await page('/en/indicators')).not.toMatch(/not counted here|\d acts? without a date/);
  });

  it.each(languages)('is said in %s where the page gives its answer, and beside the phase', async (language) => {
    const { t } = wordsFor(language, italy);
    const text = await page(addressOf(language, { page: 'indicators', moment: { asOf: '2019-12-31' } }));
    for (const said of [t('moment.notCounted', { count: 2 }), t('moment.undatedActs', { count: 3 }), t('moment.undatedActs', { count: 2 })])
      expect(text).toContain(said);
  }); // prettier-ignore

  it('is said of the end of a year too, with a row for each phase that would be left out', async () => {
    const { stockUndated } = await json<{ stockUndated: Undated }>('/api/v1/annual-returns/2018');
    expect(stockUndated).toEqual({ assets: 3, acts });
    const text = await page('/en/annual-return/2018');
    expect(text).toContain('3 more assets of the register are not counted here: no source says when they were seized.');
    expect(text).toMatch(/Seized 1: Seized 3 acts without a date Confiscated, first instance 0 2 acts without a date Confiscated for good 0 2 acts without a date/);
  }); // prettier-ignore

  it('is nothing for a year that is running', async () => {
    const year = dateOf(new Date().toISOString(), italy.timeZone).slice(0, 4);
    const { stockUndated } = await json<{ stockUndated: Undated | null }>(`/api/v1/annual-returns/${year}`);
    expect(stockUndated).toBeNull();
  });
});
