import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { derivedUuid, idFrom, italy } from '#domain';
import { Recorder } from '#recording';
import { recordEstate } from '../reuse/estate';
import { people } from './civic-scene';
import { aPortal } from './portal';
import type { TestPortal } from './portal';

const supplier = 'Edil Sicula s.r.l.';
const supporter = 'Costruzioni Ombra S.r.l.';

describe('what an organisation was paid and what it offered', () => {
  let folder: string;
  let portal: TestPortal;
  const id = (name: string): string => idFrom('organisation', 'IT', 'test', derivedUuid(name));

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'dealings-'));
    portal = await aPortal({ kind: 'sqlite', path: join(folder, 'read.sqlite') });
    await recordEstate(portal.store);
    const recorder = new Recorder(portal.store, { profile: italy, clock: () => '2026-11-02T09:30:00.000Z' });
    for (const [key, name] of [['one', supplier], ['two', supporter], ['three', 'Nobody s.r.l.']] as const) {
      const origin = { actor: people.drafter, source: { kind: 'form' } as const, idempotencyKey: randomUUID(), correlationId: 'test' };
      const said = await recorder.record(`organisation-${id(key)}`, { name: 'register-organisation', occurredOn: '2016-01-01', data: { kind: 'company', name } }, origin);
      expect([name, said]).toEqual([name, expect.objectContaining({ kind: 'recorded' })]);
    }
    await portal.settled();
  }, 60_000); // prettier-ignore
  afterAll(async () => {
    await portal.close();
    await rm(folder, { recursive: true });
  });

  const page = async (path: string): Promise<string> => {
    const answer = await portal.get(path);
    expect([path, answer.status]).toEqual([path, 200]);
    return answer.text();
  };
  const json = async <Answer>(path: string): Promise<Answer> => JSON.parse(await page(path)) as Answer;
  type Organisation = { publicMoney: { currency: string; movements: number; committed: string; paid: string }[]; supportOffered: Record<string, number> }; // prettier-ignore

  it('is what the reports say under the filter of its name, on its page and for programs, today and on a day', async () => {
    for (const day of ['', '&asOf=2017-12-31']) {
      const query = `supplier=${encodeURIComponent(supplier)}${day}`;
      const { publicMoney } = await json<Organisation>(`/api/v1/organisations/${id('one')}?${day.slice(1)}`);
      const totals = await json<Organisation['publicMoney']>(`/api/v1/money/totals?${query}`);
      expect([day, publicMoney]).toEqual([day, totals.map(({ currency, movements, committed, paid }) => ({ currency, movements, committed, paid }))]); // prettier-ignore
      const html = await page(`/en/organisations/${id('one')}?${day.slice(1)}`);
      const rows = await json<{ entry: string }[]>(`/api/v1/money.json?${query}`);
      for (const { entry } of rows) expect([day, html.includes(`#${entry}"`)]).toEqual([day, true]);
      expect([day, rows.length > 0]).toEqual([day, true]);
    }
    const { supportOffered } = await json<Organisation>(`/api/v1/organisations/${id('two')}`);
    expect(supportOffered.pledges).toBeGreaterThan(0);
    expect(await page(`/en/organisations/${id('two')}`)).toContain('Support offered');
  });

  it('is linked both ways', async () => {
    const its = `href="/en/organisations/${id('one')}"`;
    const report = `/en/money?supplier=${encodeURIComponent(supplier).replaceAll('%20', '+')}`;
    expect(await page(`/en/organisations/${id('one')}`)).toContain(`href="${report}"`);
    expect(await page(report)).toContain(its);
    expect(await page('/en/money')).toContain(its);
    expect(await page('/en/support')).toContain(`href="/en/organisations/${id('two')}"`);
  });

  it('is said to be nothing where nobody paid it', async () => {
    const html = await page(`/en/organisations/${id('three')}`);
    expect(html).toContain('No public spending names it as a supplier.');
    expect(html).not.toContain('Support offered');
    expect((await json<Organisation>(`/api/v1/organisations/${id('three')}`)).publicMoney).toEqual([]);
  });
});
