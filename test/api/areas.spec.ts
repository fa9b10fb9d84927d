import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { recordEstate } from '../reuse/estate';
import { textOf } from '../web/text-of';
import { aPortal } from './portal';
import type { TestPortal } from './portal';

describe('the pages of areas', () => {
  let folder: string;
  let portal: TestPortal;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'areas-'));
    portal = await aPortal({ kind: 'sqlite', path: join(folder, 'read.sqlite') });
    await recordEstate(portal.store);
    await portal.settled();
  }, 60_000);
  afterAll(async () => {
    await portal.close();
    await rm(folder, { recursive: true });
  });

  const html = async (path: string, status = 200): Promise<string> => {
    const answer = await portal.get(path, { accept: 'text/html', 'accept-language': 'en' });
    expect([path, answer.status]).toEqual([path, status]);
    return answer.text();
  };
  const json = async <Answer>(path: string): Promise<Answer> =>
    (await (await portal.get(`/api/v1/${path}`)).json()) as Answer;

  it.each([
    ['19', 'region=19', 'All regions / Sicilia'],
    ['082', 'province=082&region=19', 'All regions / Sicilia / Palermo'],
    ['082034', 'municipality=082034&province=082&region=19', 'All regions / Sicilia / Palermo / Corleone'],
  ])('%s says what the lists say under its filter', async (code, filter, path) => {
    const page = await html(`/en/areas/${code}`);
    const text = textOf(page);
    const { total } = await json<{ total: number }>(`assets?${filter}`);
    const [money] = await json<{ paid: string }[]>(`money/totals?${filter}`);
    const [assigned] = await json<{ assets: number }[]>(`assigned/totals?${filter}`);
    const needs = await json<{ title: string }[]>(`support.json?${filter}&type=need&status=open`);
    const euros = new Intl.NumberFormat('en-GB', { style: 'currency', currency: 'EUR', trailingZeroDisplay: 'stripIfInteger' }); // prettier-ignore
    expect(total).toBeGreaterThan(0);
    expect(text).toContain(`${total} asset`);
    expect(text).toContain(euros.format(Number(money!.paid) / 100));
    expect(text).toContain(`${assigned!.assets} asset`);
    for (const { title } of needs.slice(0, 5)) expect(text).toContain(title);
    const names = [...page.matchAll(/<li[^>]*>(?:<a[^>]*>)?(?:<span[^>]*>)?([^<]+)/g)].map(([, name]) => name);
    expect(names).toEqual(expect.arrayContaining(path.split(' / ')));
    expect(page).toContain(filter.replaceAll('&', '&amp;'));
  });

  it('say of another day what the lists say of it, and keep the day', async () => {
    const day = '2018-04-30';
    const page = await html(`/en/areas/19?asOf=${day}`);
    const text = textOf(page);
    const then = `region=19&asOf=${day}`;
    const { total } = await json<{ total: number }>(`assets?${then}`);
    expect(total).toBeGreaterThan(0);
    const [money] = await json<{ paid: string }[]>(`money/totals?${then}`);
    expect(money!.paid).not.toBe((await json<{ paid: string }[]>('money/totals?region=19'))[0]!.paid);
    const euros = new Intl.NumberFormat('en-GB', { style: 'currency', currency: 'EUR', trailingZeroDisplay: 'stripIfInteger' }); // prettier-ignore
    expect(text).toContain('Sicilia as it stood on 30 April 2018.');
    expect(text).toContain(`${total} asset`);
    expect(text).toContain(euros.format(Number(money!.paid) / 100));
    for (const link of ['/en/areas/082', '/en/areas', '/en/assets', '/en/map', '/en/money', '/en/assigned'])
      expect(page).toMatch(new RegExp(`href="${link}\\?([^"]*&amp;)?asOf=${day}`));
    expect(page).not.toContain('href="/en/red-flags?');
    const side = await html(`/en/areas?area=19&area=08&asOf=${day}`);
    expect(textOf(side)).toContain('The register as it stood on 30 April 2018.');
    expect(side).toContain(`href="/en/areas/19?asOf=${day}"`);
    expect((await portal.get('/en/areas?area=19&asOf=')).headers.get('location')).toBe('/en/areas?area=19');
  });

  it('lead from a region to its provinces, and from there to the municipalities', async () => {
    expect(await html('/en/areas/19')).toContain('href="/en/areas/082"');
    expect(await html('/en/areas/082')).toContain('href="/en/areas/082034"');
    expect(await html('/it/territori')).toContain('href="/it/territori/19"');
  });

  it('stand side by side, with shares that are of each area alone', async () => {
    const text = textOf(await html('/en/areas?area=19&area=040012'));
    expect(text).toContain('Side by side');
    const { total } = await json<{ total: number }>('assets?municipality=040012');
    expect(text).toMatch(new RegExp(`Assets in the register \\d+ ${total} `));
    expect(text).toContain('Come back to society 100.0% (1) 50.0% (1)');
    expect(textOf(await html('/en/areas?area=19'))).toContain('Sicilia is chosen. Choose one more area below.');
  });

  it('say what is wrong with a code that leads nowhere, and with too many', async () => {
    expect(textOf(await html('/en/areas/99', 404))).toContain('There is nothing at this address');
    const answer = await portal.get('/en/areas/99', { accept: 'application/json' });
    expect(await answer.text()).toContain('with its leading zeros');
    await html('/en/areas?area=1&area=2&area=3&area=4&area=5', 400);
    await html('/en/areas?area=%3Cb%3E', 400);
    expect(textOf(await html('/en/areas?area=99'))).not.toContain('chosen. Choose');
  });
});
