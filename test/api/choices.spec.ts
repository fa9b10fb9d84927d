import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { dateOf, italy } from '#domain';
import { recordEstate } from '../reuse/estate';
import { textOf } from '../web/text-of';
import { recordScene } from './civic-scene';
import { aPortal } from './portal';
import type { TestPortal } from './portal';

/** A day that is over, with most of the scene before it. */
const LATELY = dateOf(new Date(Date.now() - 14 * 86_400_000).toISOString(), italy.timeZone);

/** What a choice of a filter says it would find. */
interface Offered {
  readonly name: string;
  readonly value: string;
  readonly count: number | undefined;
}

/** The choices of a page's filters, without the one that takes all. */
function choicesOn(html: string): Offered[] {
  return [...html.matchAll(/<select id="([^"]+)" name="[^"]+">(.*?)<\/select>/gs)].flatMap(([, name, options]) =>
    [...options!.matchAll(/<option value="([^"]+)"[^>]*>(.*?)<\/option>/gs)].map(([, value, text]) => {
      const [, count] = / \(([\d,]+)\)$/.exec(textOf(text!).trim()) ?? [];
      return {
        name: name!,
        value: value!.replaceAll('&amp;', '&'),
        count: count === undefined ? undefined : Number(count.replace(',', '')),
      };
    }),
  );
}

/** Of each page, where its rows are, and what its filters are asked under; and how many choices are counted at least. */
const pages: readonly (readonly [page: string, api: string, query: string, least: number])[] = [
  ['money', 'money', '', 8],
  ['money', 'money', 'source=eu', 4],
  ['money', 'money', 'region=19', 6],
  ['money', 'money', 'asOf=2018-04-30', 4],
  ['support', 'support', '', 12],
  ['support', 'support', 'type=pledge', 8],
  ['support', 'support', 'asOf=2018-04-30', 6],
  ['use', 'use', '', 9],
  ['use', 'use', 'type=visit', 4],
  ['use', 'use', 'region=19', 6],
  ['use', 'use', 'asOf=2019-06-30', 3],
  ['assigned', 'assigned', '', 5],
  ['assigned', 'assigned', 'region=19', 4],
  ['red-flags', 'flags', '', 3],
  ['red-flags', 'flags', 'rule=overdue-publication', 2],
  ['red-flags', 'flags', 'region=19', 2],
  ['calls', 'calls', '', 3],
  ['calls', 'calls', 'state=awarded', 3],
  ['organisations', 'organisations', '', 3],
  ['organisations', 'organisations', 'kind=academia', 2],
  ['dialogue', 'dialogues', '', 6],
  ['dialogue', 'dialogues', 'authority=ANBSC', 4],
  ['dialogue', 'dialogues', `asOf=${LATELY}`, 3],
];

describe('what the choices of a filter would find', () => {
  let folder: string;
  let portal: TestPortal;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'choices-'));
    portal = await aPortal({ kind: 'sqlite', path: join(folder, 'read.sqlite') });
    await recordEstate(portal.store);
    await recordScene(portal.store, new Date().toISOString());
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

  async function found(api: string, query: URLSearchParams): Promise<number> {
    const answer = await portal.get(`/api/v1/${api}?${query.toString()}&limit=200`);
    expect([api, query.toString(), answer.status]).toEqual([api, query.toString(), 200]);
    const said = (await answer.json()) as Record<string, unknown>;
    const list = ['movements', 'items', 'records', 'assets', 'flags', api].find((name) => Array.isArray(said[name]))!;
    return (said[list] as unknown[]).length;
  }

  it.each(pages)('stands beside each, on /en/%s (%s?%s), and none finds nothing', async (name, api, query, least) => {
    const choices = choicesOn(await page(`/en/${name}?${query}`));
    const counted = choices.filter(({ count }) => count !== undefined);
    expect(counted.length).toBeGreaterThanOrEqual(least);
    for (const choice of counted) {
      const asked = new URLSearchParams(query);
      asked.set(choice.name, choice.value);
      expect([choice, await found(api, asked)]).toEqual([choice, choice.count]);
      expect(choice.count).toBeGreaterThan(0);
    }
  });

  it('offers every value that something has', async () => {
    const values = async (path: string, filter: string): Promise<string[]> =>
      choicesOn(await page(path)).filter(({ name }) => name === filter).map(({ value }) => value); // prettier-ignore
    expect(await values('/en/calls', 'state')).toEqual(['open', 'closing', 'awarded', 'deserted']);
    expect(await values('/en/dialogue', 'kind')).toEqual(['question', 'complaint', 'observation']);
    expect(await values('/en/organisations', 'standing')).toEqual(['verified']);
  });

  it.each(['/en/calls?q=villa', `/en/organisations?asOf=${LATELY}`, '/en/dialogue?q=lavori', '/en/support?stage=accepted'])(
    'is not said where no counter tells: %s',
    async (path) => {
      const choices = choicesOn(await page(path)).filter(({ name }) => name !== 'stage');
      expect(choices.length).toBeGreaterThan(1);
      expect(choices.filter(({ count }) => count !== undefined)).toEqual([]);
    },
  ); // prettier-ignore
});
