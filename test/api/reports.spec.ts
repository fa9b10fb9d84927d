import Ajv2020 from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import { parse } from 'csv-parse/sync';
import { assetIdFrom, italy } from '#domain';
import { jsonSchemaOf } from '#http';
import { ReadDatabase, check, physicalName, projectionsFor, reportCount, tablesOf } from '#read-models';
import type { ReadDatabaseSettings } from '#read-models';
import { CANARY, confiscated, euro, paper, recordEstate, writing } from '../reuse/estate';
import type { Estate } from '../reuse/estate';
import { onBothDatabases } from '../read-models/databases';
import { reportSchemas } from '../../apps/portal/api/reports/report-schemas';
import { stateSchema } from '../../apps/portal/api/dossier-schemas';
import type {
  AssignedLine,
  FlagLine,
  Movement,
  SupportItem,
  UseRecord,
  WaitingLine,
} from '../../apps/portal/api/reports/resources';
import type { AssignedTotal, MoneyTotal, SupportTotal, UseTotal } from '../../apps/portal/api/reports/totals';
import type { FlagTotal } from '../../apps/portal/api/reports/flag-totals';
import type { WaitingTotal } from '../../apps/portal/api/reports/waiting-totals';
import { aPortal } from './portal';
import type { TestPortal } from './portal';

/** What is wrong with an answer by a schema under which nothing may stand that is not described. */
function flaws(name: keyof typeof reportSchemas, value: unknown): unknown {
  const strict = (schema: unknown): unknown => {
    if (Array.isArray(schema)) return schema.map(strict);
    if (typeof schema !== 'object' || schema === null) return schema;
    const closed = 'properties' in schema && !('additionalProperties' in schema) && { additionalProperties: false };
    return Object.fromEntries(Object.entries({ ...schema, ...closed }).map(([key, part]) => [key, strict(part)]));
  };
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  addFormats(ajv);
  const components = { schemas: { ...reportSchemas, AssetState: stateSchema } };
  const root = strict({ ...reportSchemas[name], components }) as object;
  const validate = ajv.compile(JSON.parse(JSON.stringify(root)) as object);
  validate(value);
  return validate.errors ?? [];
}

onBothDatabases((fresh) => {
  describe('the reports of the chapters', () => {
    let settings: ReadDatabaseSettings;
    let portal: TestPortal;
    let estate: Estate;

    beforeAll(async () => {
      settings = await fresh();
      portal = await aPortal(settings);
      estate = await recordEstate(portal.store);
      await portal.settled();
    }, 60_000);
    afterAll(() => portal.close());

    const json = async <Answer>(path: string): Promise<Answer> => {
      const answer = await portal.get(`/api/v1/${path}`);
      expect([path, answer.status]).toEqual([path, 200]);
      return (await answer.json()) as Answer;
    };
    const csv = async (path: string): Promise<Record<string, string>[]> =>
      parse(await (await portal.get(`/api/v1/${path}`, { accept: 'text/csv' })).text(), { columns: true });

    it('waiting: curves of the counters, medians by region and kind, and the assets behind them', async () => {
      const page = await json<{ assets: WaitingLine[]; totals: WaitingTotal[] }>('waiting');
      expect(flaws('WaitingPage', page)).toEqual([]);
      const waits = page.totals.map(({ milestone, assets, reached, left }) => [milestone, assets, reached, left]);
      expect(waits).toEqual([
        ['destined', 3, 3, 0],
        ['assigned', 3, 2, 1],
        ['in-use', 3, 2, 1],
      ]);
      // 20 February 2015 to 28 January 2016 for all three; to 1 March 2017 for the farm.
      expect(page.totals[0]?.median?.days).toBe(342);
      expect(page.totals[1]?.steps[0]).toMatchObject({ days: 740, atRisk: 2, reached: 1, waiting: 0.5 });
      expect(page.assets.map(({ waits: { assigned } }) => assigned.outcome).sort()).toEqual([
        'left',
        'reached',
        'reached',
      ]);
      const regions = await json<WaitingTotal[]>('waiting/totals?by=region&kind=real-estate');
      expect(regions.filter(({ milestone }) => milestone === 'destined').map(({ assets }) => assets)).toEqual([2, 1]);
      const kinds = await csv('waiting/totals?by=kind&region=19');
      expect(kinds.map(({ code, assets }) => [code, assets])).toEqual(Array(3).fill(['real-estate', '1']));
      expect(await json('waiting/totals?region=01')).toMatchObject([{ assets: 0, median: null, steps: [] }, {}, {}]);
      expect((await csv('waiting.csv?assigned=left')).map(({ left_as }) => left_as)).toEqual(['sold']);
      expect((await csv('waiting/curve.csv')).map(({ milestone, days, waiting }) => [milestone, days, waiting]).slice(0, 2)).toEqual([
        ['destined', '342', '0'],
        ['assigned', '740', '0.5'],
      ]); // prettier-ignore
    });

    it('assigned: how complete the list of each municipality is, as a table', async () => {
      const rows = await csv('assigned/municipalities.csv');
      expect(rows.map(({ name, assets }) => [name, assets])).toEqual(expect.arrayContaining([['Corleone', '1']]));
      expect(rows.every(({ completeness }) => Number(completeness) > 0 && Number(completeness) <= 100)).toBe(true);
      expect(await json('assigned/totals?by=municipality')).toHaveLength(rows.length);
    });

    it('flags: hits of today, as many as the rows behind them, each with the entry it asks about', async () => {
      const page = await json<{ flags: FlagLine[]; totals: FlagTotal[] }>('flags');
      expect(flaws('RedFlagsPage', page)).toEqual([]);
      for (const { rule, hits } of page.totals) {
        expect([rule, page.flags.filter((flag) => flag.rule === rule).length]).toEqual([rule, hits]);
      }
      expect(page.totals.find(({ rule }) => rule === 'recorded-late')?.hits).toBe(10);
      const idle = await json<FlagLine[]>('flags.json?rule=long-idle');
      expect(idle.map(({ asset, on }) => [asset, on])).toEqual([[estate.school, '2023-03-01']]);
      const regions = await json<FlagTotal[]>('flags/totals?by=region');
      expect(regions.reduce((sum, { hits }) => sum + hits, 0)).toBe(page.flags.length);
      expect(JSON.stringify(page)).not.toContain(CANARY);
    });

    it('money: every movement, and sums that are those of the movements', async () => {
      const page = await json<{ movements: Movement[]; totals: MoneyTotal[] }>('money');
      expect(flaws('MoneyPage', page)).toEqual([]);
      expect(page.movements.map(({ type }) => type)).toContain('PaymentReversed');
      expect(page.totals).toEqual([
        {
          code: null,
          name: null,
          currency: 'EUR',
          movements: 10,
          allocated: '29734567',
          committed: '20249950',
          approved: '8880000',
          paid: '8880000',
        },
      ]);
      const dates = page.movements.map(({ occurredOn }) => occurredOn);
      expect(dates).toEqual([...dates].sort().reverse());
    });

    it('money: by source, year and supplier, each adding up to the whole', async () => {
      const whole = (await json<MoneyTotal[]>('money/totals'))[0]!;
      for (const by of ['source', 'year', 'region', 'municipality', 'programme', 'supplier']) {
        const parts = await json<MoneyTotal[]>(`money/totals?by=${by}`);
        for (const stage of ['allocated', 'committed', 'approved', 'paid'] as const) {
          const sum = parts.reduce((total, part) => total + BigInt(part[stage]), 0n);
          expect([by, stage, String(sum)]).toEqual([by, stage, whole[stage]]);
        }
      }
      const [supplier] = (await json<MoneyTotal[]>('money/totals?by=supplier')).filter(
        ({ code }) => code === 'Edil Sicula s.r.l.',
      );
      expect(supplier).toMatchObject({ committed: '19000050', paid: '8880000' });
      expect(await json<MoneyTotal[]>('money/totals?supplier=Edil%20Sicula%20s.r.l.&region=08')).toMatchObject([
        { committed: '1000000', paid: '0', allocated: '0' },
      ]);
      expect(await csv('money/totals?by=source')).toContainEqual(
        expect.objectContaining({ code: 'eu', allocated: '250000.00', paid: '88800.00' }) as unknown,
      );
    });

    it('money: page after page, to the end and back', async () => {
      const seen: string[] = [];
      let path: string | undefined = '/api/v1/money?limit=4&source=eu';
      let last = '';
      while (path !== undefined) {
        const answer = await portal.get(path);
        const { movements } = (await answer.json()) as { movements: Movement[] };
        seen.push(...movements.map(({ entry }) => entry));
        last = answer.headers.get('link') ?? '';
        path = /<([^>]+)>; rel="next"/.exec(last)?.[1];
      }
      const all = await json<Movement[]>('money.json?source=eu');
      expect(seen).toEqual(all.map(({ entry }) => entry));
      expect(seen).toHaveLength(5);
      const back = await portal.get(/<([^>]+)>; rel="prev"/.exec(last)![1]!);
      const { movements } = (await back.json()) as { movements: Movement[] };
      expect(movements.map(({ entry }) => entry)).toEqual(seen.slice(0, 4));
    });

    it('money: as it stood on a day, the same for lists, sums and tables, from page to page', async () => {
      interface Page {
        asOf: string | null;
        movements: Movement[];
        totals: MoneyTotal[];
      }
      const all = await json<Movement[]>('money.json');
      expect((await json<Page>('money')).asOf).toBeNull();
      const days = [...new Set(all.flatMap(({ occurredOn }) => occurredOn ?? []))].sort();
      expect(days.length).toBeGreaterThan(5);
      let between = 0;
      for (const day of ['2001-01-01', ...days, '2018-12-31']) {
        const page = await json<Page>(`money?limit=200&asOf=${day}`);
        const stood = all.filter(({ occurredOn }) => occurredOn !== null && occurredOn <= day);
        expect([day, page.asOf, page.movements]).toEqual([day, day, stood]);
        if (stood.length > 0 && stood.length < all.length) between += 1;
        expect(page.totals.reduce((sum, { movements }) => sum + movements, 0)).toBe(stood.length);
        // What each dossier says of itself on that day adds up to the same.
        const paid = await Promise.all(
          [...new Set(stood.map(({ asset }) => asset))].map(async (asset) => {
            const { statements } = await json<{ statements: { balances: { paid: number } }[] }>(
              `assets/${asset}/money?asOf=${day}`,
            );
            return statements.reduce((sum, { balances }) => sum + balances.paid, 0);
          }),
        );
        const told = page.totals.reduce((sum, total) => sum + Number(total.paid), 0);
        expect([day, told]).toEqual([day, paid.reduce((a, b) => a + b, 0)]);
      }
      expect(between).toBeGreaterThan(3);

      const asOf = days[3]!;
      const whole = await json<Movement[]>(`money.json?asOf=${asOf}`);
      const first = await portal.get(`/api/v1/money?limit=2&asOf=${asOf}`);
      const next = /<([^>]+)>; rel="next"/.exec(first.headers.get('link') ?? '')![1]!;
      expect(next).toContain(`asOf=${asOf}`);
      const { movements } = (await (await portal.get(next)).json()) as Page;
      expect(movements).toEqual(whole.slice(2, 4));
      expect(await csv(`money.csv?asOf=${asOf}`)).toHaveLength(whole.length);
      const database = await ReadDatabase.openForReading(settings);
      const counted = await reportCount(database, 'money', { filters: { asOf } }, 1000);
      await database.close();
      expect(counted).toBe(whole.length);
      const bySource = await json<MoneyTotal[]>(`money/totals?by=source&asOf=${asOf}`);
      expect(bySource.reduce((sum, total) => sum + total.movements, 0)).toBe(whole.length);

      const refused = await portal.get(`/api/v1/money?knownAt=${asOf}`);
      expect([refused.status, await refused.text()]).toEqual([404, expect.stringContaining('/problems/day-not-kept')]);
    });

    it('money: of one asset, at any moment, summing to zero', async () => {
      const path = `assets/${estate.farm}/money`;
      interface AssetMoney {
        statements: { currency: string; balances: Record<string, number> }[];
        allocations: { allocated: number; commitments: { paid: number }[] }[];
        movements: Movement[];
      }
      const now = await json<AssetMoney>(path);
      expect(flaws('AssetMoney', now)).toEqual([]);
      expect(now.statements).toEqual([
        {
          currency: 'EUR',
          balances: { funding: -28_500_000, available: 9_250_050, committed: 10_369_950, approved: 0, paid: 8_880_000 },
        },
      ]);
      expect(Object.values(now.statements[0]!.balances).reduce((a, b) => a + b)).toBe(0);
      const then = await json<AssetMoney>(`${path}?asOf=2018-04-30`);
      expect(then.statements[0]!.balances.paid).toBe(9_000_000);
      expect((await json<AssetMoney>(`${path}?knownAt=2026-11-01`)).movements).toEqual([]);
      expect(await csv(path)).toContainEqual(
        expect.objectContaining({ type: 'PaymentMade', from: 'approved', to: 'paid', amount: '90000.00' }) as unknown,
      );
    });

    it('support: needs, pledges, screening, deliveries, what still runs', async () => {
      const page = await json<{ items: SupportItem[]; totals: SupportTotal[] }>('support');
      expect(flaws('SupportPage', page)).toEqual([]);
      expect(page.totals).toMatchObject([
        {
          needs: 2, needsMet: 0, pledges: 4, screened: 4, passed: 3, accepted: 3, declined: 1, withdrawn: 0, fulfilled: 1, running: 1,
          fulfilment: 1 / 3,
          money: [{ currency: 'EUR', needed: '0', pledged: '500000', delivered: '500000' }],
        },
      ]); // prettier-ignore
      const covered = page.items.find(({ title }) => title === 'Attrezzi per il frantoio')!;
      expect(covered).toMatchObject({ status: 'covered', delivered: '7.5', location: { region: { code: '19' } } });
      expect(await csv('support?supporter=Costruzioni%20Ombra%20S.r.l.')).toMatchObject([
        { status: 'declined', ties_to_former_owner: 'yes', screening_passed: 'no', delivered: '0' },
      ]);
      expect(flaws('AssetSupport', await json(`assets/${estate.farm}/support`))).toEqual([]);
      expect((await json<SupportTotal[]>('support/totals?by=form')).map(({ code }) => code)).toEqual([
        'expertise', 'goods', 'logistics', 'money', 'works',
      ]); // prettier-ignore
    });

    it('use: what nobody counted is missing, and never zero', async () => {
      const page = await json<{ records: UseRecord[]; totals: UseTotal[] }>('use');
      expect(flaws('UsePage', page)).toEqual([]);
      const [total] = page.totals;
      expect(total).toMatchObject({ reports: 3, nonUse: 1, visits: { 'in-use': 0, 'partly-used': 1, 'not-used': 0 } });
      expect(total!.counts).toMatchObject({
        'beneficiaries.total': { sum: 640, reports: 3 },
        'beneficiaries.women': { sum: 116, reports: 2 },
        'beneficiaries.over64': { sum: null, reports: 0 },
        'beneficiaries.otherGender': { sum: 0, reports: 1 },
        'volunteers.total': { sum: 40, reports: 1 },
        'volunteers.women': { sum: null, reports: 0 },
      });
      expect(total!.activities).toEqual({ agriculture: 2, education: 2, 'work-integration': 1 });
      const rows = await csv('use?year=2019&type=report');
      const counted = rows.map((row) => `${row.beneficiaries_women} women, ${row.jobs_total} jobs`).sort();
      expect(counted).toEqual([' women, 11 jobs', '50 women, 0 jobs']);
      expect(flaws('AssetUse', await json(`assets/${estate.farm}/use`))).toEqual([]);
    });

    it('assigned: the list of art. 48, with its completeness', async () => {
      const page = await json<{ assets: AssignedLine[]; totals: AssignedTotal[] }>('assigned');
      expect(flaws('AssignedPage', page)).toEqual([]);
      expect(page.assets.map(({ asset }) => asset)).toEqual([estate.school, estate.farm]);
      expect(page.assets[1]).toMatchObject({
        held: 'third-party',
        holder: {
          name: 'Cooperativa Terra Buona',
          actNumber: '12',
          actDate: '2017-03-01',
          from: '2017-04-01',
          charge: 'free',
        },
        use: 'in-use',
        completeness: { whole: 100, consistency: 100, destination: 100, use: 100, holder: 100, missing: [] },
      });
      expect(page.assets[0]).toMatchObject({
        held: 'body',
        holder: null,
        use: 'not-in-use',
        completeness: { whole: 91, consistency: 75, holder: null, missing: ['value'] },
      });
      expect(page.totals).toMatchObject([
        { assets: 2, heldByThirdParties: 1, completeness: { whole: 95.5, holder: 100 } },
      ]);
      expect(await csv('assigned.csv?municipality=082034')).toMatchObject([
        { asset: estate.farm, holder: 'Cooperativa Terra Buona', value: '485000.00', completeness: '100' },
      ]);
    });

    it.each([
      ['support', 'items', 'SupportPage'],
      ['use', 'records', 'UsePage'],
      ['assigned', 'assets', 'AssignedPage'],
    ] as const)('%s: as it stood on a day, the same for lists and tables', async (name, list, schema) => {
      type Page = Record<string, unknown> & { asOf: string | null; totals: unknown[] };
      expect((await json<Page>(name)).asOf).toBeNull();
      const lists = new Set<string>();
      for (const asOf of ['2001-01-01', '2016-12-31', '2017-03-15', '2018-06-30', '2019-06-30', '2020-12-31', '2025-01-01']) {
        const page = await json<Page>(`${name}?limit=200&asOf=${asOf}`);
        expect(flaws(schema, page)).toEqual([]);
        expect(page.asOf).toBe(asOf);
        expect(await json(`${name}.json?asOf=${asOf}`)).toEqual(page[list]);
        expect(await csv(`${name}.csv?asOf=${asOf}`)).toHaveLength((page[list] as unknown[]).length);
        expect(await json(`${name}/totals?asOf=${asOf}`)).toEqual(page.totals);
        lists.add(JSON.stringify(page[list]));
      }
      expect(lists.size).toBeGreaterThan(3);
      const refused = await portal.get(`/api/v1/${name}?knownAt=2020-01-01`);
      expect([refused.status, await refused.text()]).toEqual([404, expect.stringContaining('/problems/day-not-kept')]);
    }); // prettier-ignore

    it('support: what of it was running on the day asked about', async () => {
      const running = async (asOf: string) => (await json<SupportTotal[]>(`support/totals?asOf=${asOf}`))[0]?.running;
      const pledge = (await json<SupportItem[]>('support.json')).find(({ status, until }) => status === 'accepted' && until !== null)!;
      expect(await running(pledge.until!)).toBeGreaterThan(0);
      expect(await running('2012-01-01')).toBe(0);
    }); // prettier-ignore

    it('answers 304 to who has it, and a clear refusal to a wrong question', async () => {
      for (const path of ['money', 'support', 'use', 'assigned', `assets/${estate.farm}/money`, 'use/totals']) {
        const first = await portal.get(`/api/v1/${path}`);
        const again = await portal.get(`/api/v1/${path}`, { 'if-none-match': first.headers.get('etag')! });
        expect([path, again.status]).toEqual([path, 304]);
      }
      for (const wrong of [
        'money?source=mafia',
        'money?year=19',
        'money?cursor=x',
        'use?colour=red',
        'money/totals?by=kind',
        'assigned?limit=0',
      ]) {
        const answer = await portal.get(`/api/v1/${wrong}`);
        expect([wrong, answer.status, answer.headers.get('content-type')]).toEqual([
          wrong,
          400,
          expect.stringContaining('application/problem+json'),
        ]);
      }
      expect((await portal.get('/api/v1/assets/IT-0000000000-0/money')).status).toBe(404);
    });

    it('describes the state of every asset of the estate strictly', async () => {
      const ajv = new Ajv2020({ strict: false, allErrors: true });
      addFormats(ajv);
      const text = JSON.stringify(jsonSchemaOf(stateSchema)).replace(/"format":"plain-[a-z]+",?/g, '');
      const strict = JSON.parse(
        text.replaceAll('"type":"object"', '"type":"object","unevaluatedProperties":false'),
      ) as object;
      const validate = ajv.compile(strict);
      for (const id of Object.values(estate)) {
        const { asset } = await json<{ asset: { spending?: unknown; exit?: unknown } }>(`assets/${id}`);
        validate(asset);
        expect([id, validate.errors ?? []]).toEqual([id, []]);
        expect(asset.spending ?? asset.exit).toBeDefined();
      }
    });

    it('follows corrections and annulments', async () => {
      const id = assetIdFrom('IT', 'it-anbsc', 'E-9');
      const write = writing(portal.store).to(`asset-${id}`);
      const totals = async () => {
        await portal.settled();
        return json<MoneyTotal[]>('money/totals?programme=Corretto');
      };
      await confiscated(write, 'E-9', 'Corleone');
      const allocation = await write('allocate-funds', '2019-01-01', {
        source: 'region',
        programme: 'Corretto',
        amount: euro(900),
      });
      expect(await totals()).toMatchObject([{ allocated: '900', movements: 1 }]);
      await write('correct-entry', '2019-02-01', {
        entry: allocation,
        field: 'amount.minor',
        value: 700,
        reason: 'Typed wrong.',
      });
      expect(await totals()).toMatchObject([{ allocated: '700', movements: 1 }]);
      await write('annul-entry', '2019-03-01', { entry: allocation, reason: 'Another asset.' }, 'officer-2');
      expect(await totals()).toEqual([]);
    });

    it('adds up exactly what no double holds, and keeps the longest names', async () => {
      const longest = '€'.repeat(200);
      for (const code of ['X-1', 'X-2', 'X-3']) {
        const write = writing(portal.store).to(`asset-${assetIdFrom('IT', 'it-anbsc', code)}`);
        await confiscated(write, code, 'Corleone', {
          location: {
            country: 'IT',
            region: { code: '19', name: '€'.repeat(120) },
            province: { code: '082', name: '€'.repeat(120) },
            municipality: { code: '082034', name: '€'.repeat(120) },
          },
        });
        const amount = euro(Number.MAX_SAFE_INTEGER);
        const allocation = await write('allocate-funds', '2020-01-01', { source: 'state', programme: longest, amount });
        const document = paper('1', 'Contratto');
        const commitment = {
          allocation,
          amount,
          supplier: { name: longest },
          procedure: 'open',
          contract: 'C',
          document,
        };
        await write('commit-expenditure', '2020-02-01', commitment);
      }
      await portal.settled();
      const [total] = await json<MoneyTotal[]>('money/totals?year=2020');
      expect(total).toMatchObject({ allocated: '27021597764222973', committed: '27021597764222973' });
      expect((await csv('money/totals?year=2020'))[0]).toMatchObject({ allocated: '270215977642229.73' });
    });

    it('hold no field that is not public, in no table', async () => {
      const database = await ReadDatabase.openForReading(settings);
      const tables = projectionsFor(italy).flatMap((each) =>
        tablesOf(each).map(({ name }) => physicalName(name, each.version)),
      );
      const all = await Promise.all(tables.map((table) => database.query(`SELECT * FROM ${table}`)));
      await database.close();
      expect(JSON.stringify(all)).toContain('Costruzioni Ombra');
      expect(JSON.stringify(all)).not.toContain(CANARY);
    });

    it('are what the log says, row by row', async () => {
      const database = await ReadDatabase.openForReading(settings);
      const events = await portal.store.readAll(-1, 10_000);
      const results = await check(database, projectionsFor(italy), async function* () {
        yield events;
      });
      await database.close();
      expect(results.map(({ name, drift, failure }) => ({ name, drift, failure }))).toEqual(
        projectionsFor(italy).map(({ name }) => ({ name, drift: [], failure: undefined })),
      );
      expect(results.find(({ name }) => name === 'register')!.rows).toBeGreaterThan(30);
    });
  });
});
