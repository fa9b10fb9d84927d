import { parse } from 'csv-parse/sync';
import { italy } from '#domain';
import { ReadDatabase, check, projectionsFor } from '#read-models';
import type { ReadDatabaseSettings } from '#read-models';
import type { FlagTotal } from '../../apps/portal/api/reports/flag-totals';
import type { FlagLine } from '../../apps/portal/api/reports/resources';
import { onBothDatabases } from '../read-models/databases';
import { callId, group, recordSuspicions, terra } from './flag-scene';
import { aPortal } from './portal';
import type { TestPortal } from './portal';

onBothDatabases((fresh) => {
  describe('red flags beyond one dossier', () => {
    let settings: ReadDatabaseSettings;
    let portal: TestPortal;

    beforeAll(async () => {
      settings = await fresh();
      portal = await aPortal(settings);
      await recordSuspicions(portal.store);
      await portal.settled();
    }, 60_000);
    afterAll(() => portal.close());

    const json = async <Answer>(path: string): Promise<Answer> => {
      const answer = await portal.get(`/api/v1/${path}`);
      expect([path, answer.status]).toEqual([path, 200]);
      return (await answer.json()) as Answer;
    };
    const found = async (query: string) =>
      (await json<FlagLine[]>(`flags.json?${query}`)).map(({ subject, measure, outOf, duty }) => [
        subject.name,
        measure,
        outOf,
        duty,
      ]);

    it('ask about the call with one applicant, the winner of three, the call without an outcome, and the silence', async () => {
      expect(await found('rule=single-applicant')).toEqual([['Bando alone', 1, 1, null]]);
      expect(await found('rule=same-winner')).toEqual([['Bando third', 3, 3, null]]);
      expect(await found('rule=overdue-publication')).toEqual([
        ['Tavolo di Palermo', null, null, 'recommendation-answer'],
        ['Bando forgotten', null, null, 'call-outcome'],
      ]);
      const [again] = await json<FlagLine[]>('flags.json?rule=same-winner');
      expect(again).toMatchObject({ asset: null, kind: null, subject: { kind: 'call', id: callId('third') }, organisation: terra, authority: 'ANBSC' }); // prettier-ignore
    });

    it('count as many as they list, by rule and by region', async () => {
      const page = await json<{ flags: FlagLine[]; totals: FlagTotal[] }>('flags');
      expect(page.flags).toHaveLength(4);
      for (const { rule, hits } of page.totals)
        expect([rule, page.flags.filter((flag) => flag.rule === rule).length]).toEqual([rule, hits]);
      expect(await found('region=08')).toEqual([['Bando forgotten', null, null, 'call-outcome']]);
      expect(await found('region=19')).toHaveLength(4);
      expect(await found('region=01')).toEqual([]);
      const inEmilia = await json<FlagTotal[]>('flags/totals?region=08');
      expect(inEmilia.filter(({ hits }) => hits > 0)).toMatchObject([{ rule: 'overdue-publication', hits: 1 }]);
      const regions = await json<FlagTotal[]>('flags/totals?by=region');
      expect(regions).toContainEqual({ code: '19', name: 'Sicilia', rule: 'overdue-publication', hits: 2 });
      // The call for assets in two regions stands in both.
      expect(regions.reduce((sum, { hits }) => sum + hits, 0)).toBe(5);
    });

    it('come page by page and back again in one order', async () => {
      const all = await json<FlagLine[]>('flags.json');
      const walk = async (path: string, rel: string): Promise<string[]> => {
        const answer = await portal.get(path);
        const { flags } = (await answer.json()) as { flags: FlagLine[] };
        const on = new RegExp(`<([^>]+)>; rel="${rel}"`).exec(answer.headers.get('link') ?? '')?.[1];
        const rest = on === undefined ? [path] : await walk(on, rel);
        return [...flags.map(({ entry }) => entry), ...rest];
      };
      const forwards = await walk('/api/v1/flags?limit=1', 'next');
      expect(forwards.slice(0, -1)).toEqual(all.map(({ entry }) => entry));
      const backwards = await walk(forwards.at(-1)!, 'prev');
      expect(backwards.slice(0, -1)).toEqual(all.map(({ entry }) => entry).toReversed());
    });

    it('are in the table and on the page, leading to call, group, winner and entry', async () => {
      const rows: Record<string, string>[] = parse(
        await (await portal.get('/api/v1/flags.csv?rule=same-winner')).text(),
        { columns: true },
      );
      expect(rows).toMatchObject([{ asset: '', subject_kind: 'call', subject_name: 'Bando third', measure: '3', out_of: '3', authority: 'ANBSC' }]); // prettier-ignore
      const html = await (await portal.get('/en/red-flags')).text();
      const [single] = await json<FlagLine[]>('flags.json?rule=single-applicant');
      for (const link of [`/en/calls/${callId('alone')}`, `/en/groups/${group}`, `/en/organisations/${terra}`, `/en/integrity/entries/${single!.entry}`])
        expect(html).toContain(`href="${link}"`); // prettier-ignore
      expect(html).toContain('Terra Buona');
      expect(html).toContain('3 of 3 awards');
    });

    it('are what the log says, row by row', async () => {
      const database = await ReadDatabase.openForReading(settings);
      const events = await portal.store.readAll(-1, 10_000);
      const results = await check(database, projectionsFor(italy), async function* () {
        yield events;
      });
      const passes = await check(database, projectionsFor(italy), async function* () { yield events; }, 20); // prettier-ignore
      await database.close();
      expect([...results, ...passes].filter(({ drift, failure }) => drift.length > 0 || failure)).toEqual([]);
      expect(results.find(({ name }) => name === 'civic_flags')!.rows).toBe(6);
    });
  });
});
