import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import type { History, LegalDate, RecordedEvent } from '#domain';
import { countedTogether, derivedUuid, fold, italy, latestDates, upTo, useMeasures, useStatement } from '#domain';
import type { EventStore } from '#event-store';
import { openEmbeddedLog } from '#event-store';
import {
  ProjectionRunner,
  ReadDatabase,
  allRows,
  check,
  flagCounts,
  physicalName,
  projectionsFor,
  reportSlice,
  reportTotals,
  rowsOf,
} from '#read-models';
import type { ReportFilters, Row } from '#read-models';
import type { Table } from '../../libs/read-models/projection';
import { reports } from '../../libs/read-models/queries/reports/reports';
import type { Report } from '../../libs/read-models/queries/reports/reports';
import { wholeLog } from '../../apps/auditor/log';
import { assignedTotals, supportTotals, useTotals } from '../../apps/portal/api/reports/totals';
import { live, wishes } from '../domain/random-lives';
import type { Wish } from '../domain/random-lives';
import { onBothDatabases } from './databases';

const names = ['support', 'use', 'assigned'] as const;
type Name = (typeof names)[number];
const register = projectionsFor(italy).filter(({ name }) => name === 'register');
/** Counts of red flags are those of dossiers and of all else together. */
const beside = projectionsFor(italy).filter(({ name }) => name === 'civic_flags' || name === 'calls');
const LIVES = 60;

/** What the list calls an asset and where it finds it is of today; the rest of a row is of the day. */
const ofToday = new Set([
  'place', 'valid_from', 'last_day', 'kind', 'category', 'subcategory', 'title', 'region_code', 'region', 'province_code', 'province',
  'municipality_code', 'municipality',
]); // prettier-ignore
const figures = (row: Row): Row => Object.fromEntries(Object.entries(row).filter(([column]) => !ofToday.has(column)));
const inOrder = (rows: readonly Row[]): string[] =>
  rows.map((row) => JSON.stringify(Object.entries(figures(row)).sort())).sort();

/** A need and what answers it: random lives seldom come so far. */
const supported = (pick: number): Wish[] =>
  ['record-seizure', 'order-confiscation', 'make-confiscation-final', 'publish-support-need', 'pledge-support', 'screen-support', 'accept-support', 'deliver-support'].map(
    (command) => ({ command, when: 'later', days: 20, pick, person: command === 'screen-support' ? 1 : 0, again: false }),
  ); // prettier-ignore

interface Dossier {
  readonly asset: string;
  readonly history: History;
}

/** Random lives, each with ids of its own. */
function someLives(seed: number): {
  readonly dossiers: Dossier[];
  readonly streams: [string, readonly RecordedEvent[]][];
} {
  const lives = fc
    .sample(wishes, { numRuns: LIVES, seed })
    .map((life, number) => live(number % 4 === 0 ? [...supported(1 + 3 * number), ...life] : life));
  const own = <Value>(value: Value, number: number, ids: readonly string[]): Value =>
    JSON.parse(ids.reduce((text, id) => text.replaceAll(id, derivedUuid(`life ${number}`, id)), JSON.stringify(value))) as Value; // prettier-ignore
  const named = lives.map(({ events, dossier }, number) => {
    const ids = events.map(({ id }) => id);
    return { asset: `IT-${number}`, events: own(events, number, ids), history: own(dossier.history, number, ids) };
  });
  return {
    dossiers: named,
    streams: named.map(({ asset, events }) => [`asset-${asset}`, events]),
  };
}

onBothDatabases((fresh) => {
  const seed = Math.floor(Math.random() * 2 ** 31);
  const { dossiers, streams } = someLives(seed);
  const dates = dossiers.flatMap(({ history }) => latestDates(history, italy.timeZone));
  // Every day on which something happened would take long; so many say it as well.
  const days = [...fc.sample(fc.constantFrom(...dates), { numRuns: 40, seed }), '1990-01-01', '2090-01-01'];
  let folder: string;
  let store: EventStore;
  let database: ReadDatabase;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'on-days-'));
    store = openEmbeddedLog(join(folder, 'log.sqlite'));
    // The lives side by side, a part of each at a time, so that counters are moved to and fro.
    const rest = streams.map(([stream, events]) => ({ stream, events, taken: 0 }));
    while (rest.some(({ events, taken }) => taken < events.length)) {
      for (const life of rest.filter(({ events, taken }) => taken < events.length)) {
        const part = life.events.slice(life.taken, life.taken + 4);
        await store.append(life.stream, part, life.taken === 0 ? 'no-stream' : life.taken - 1);
        life.taken += part.length;
      }
    }
    database = await ReadDatabase.openForWriting(await fresh());
    const runner = new ProjectionRunner(store, database, [...register, ...beside], { batchSize: 50 });
    await runner.start();
    expect(await runner.reached(await store.head(), 60_000)).toBe(true);
    await runner.stop();
  }, 90_000);
  afterAll(async () => {
    await database.close();
    await store.close();
    await rm(folder, { recursive: true });
  });

  const listed = async (name: Name | 'flags', filters: ReportFilters): Promise<Row[]> => {
    const rows: Row[] = [];
    for await (const row of allRows(database, name, { filters })) rows.push(row);
    return rows;
  };

  /** What the dossiers tell of a day, each of itself alone. Of one whose seizure was annulled, or has not happened by then, nothing. */
  const thenOf = (day: LegalDate): { asset: string; then: History }[] =>
    dossiers
      .filter(({ history }) => fold(history))
      .map(({ asset, history }) => ({ asset, then: upTo(history, day, italy.timeZone) }))
      .filter(({ then }) => fold(then));
  const told = (name: Name, day: LegalDate): Row[] =>
    thenOf(day).flatMap(({ asset, then }) => rowsOf(name, asset, then, day));

  it.each(names)('%s: the list of a day is what the dossiers tell of it', async (name) => {
    let changed = 0;
    const statuses = new Set<string>();
    const now = inOrder(await listed(name, {}));
    for (const day of days) {
      const rows = await listed(name, { asOf: day });
      expect([seed, day, inOrder(rows)]).toEqual([seed, day, inOrder(told(name, day))]);
      const places = rows.map(({ place }) => String(place));
      expect(places).toEqual(name === 'assigned' ? [...places].sort() : [...places].sort().reverse());
      for (const { type, status } of rows) if (type === 'need') statuses.add(String(status));
      changed += rows.length > 0 && inOrder(rows).some((row) => !now.includes(row)) ? 1 : 0;
    }
    // Records of use do not change; the others do, or this would prove nothing.
    expect([seed, changed > 5]).toEqual([seed, name !== 'use']);
    if (name === 'support')
      expect([seed, [...statuses].sort()]).toEqual([seed, expect.arrayContaining(['covered', 'open'])]);
  });

  it.each(names)('%s: from page to page, to and fro, and with a filter', async (name) => {
    const [filter, column] = { support: ['status', 'status'], use: ['type', 'type'], assigned: ['held', 'held'] }[name] as [string, string]; // prettier-ignore
    for (const asOf of days.slice(0, 10)) {
      const all = await listed(name, { asOf });
      // Of so few rows each the list is looked through in its order, whichever day is asked about.
      const pages: Row[] = [];
      for (let after: string | undefined, more = true; more; ) {
        const { rows, next } = await reportSlice(database, name, { filters: { asOf }, limit: 1, ...(after !== undefined && { after }) });
        pages.push(...rows);
        [after, more] = [next, next !== undefined];
      }
      expect([seed, asOf, pages]).toEqual([seed, asOf, all]);
      for (const value of new Set(all.map((row) => String(row[column])))) {
        const wanted = all.filter((row) => row[column] === value);
        const filters = { asOf, [filter]: value };
        const first = await reportSlice(database, name, { filters, limit: 2 });
        const next = first.next === undefined ? undefined : await reportSlice(database, name, { filters, limit: 2, after: first.next });
        expect([seed, ...first.rows, ...(next?.rows ?? [])]).toEqual([seed, ...wanted.slice(0, 4)]);
        const back = next?.previous === undefined ? undefined : await reportSlice(database, name, { filters, limit: 2, before: next.previous });
        if (back) expect(back.rows).toEqual(first.rows);
      }
    }
  }); // prettier-ignore

  it('support: the sums of a day are those of the dossiers', async () => {
    for (const day of days) {
      const rows = told('support', day);
      const of = (type: string, ...statuses: string[]) =>
        rows.filter((row) => row.type === type && (statuses.length === 0 || statuses.includes(String(row.status)))).length; // prettier-ignore
      const [total] = await supportTotals(database, { asOf: day }, day);
      expect([seed, day, total]).toEqual([
        seed,
        day,
        expect.objectContaining({
          needs: of('need'),
          needsMet: of('need', 'met'),
          pledges: of('pledge'),
          screened: rows.filter(({ screening }) => screening !== null).length,
          accepted: of('pledge', 'accepted', 'fulfilled'),
          fulfilled: of('pledge', 'fulfilled'),
          declined: of('pledge', 'declined'),
          withdrawn: of('pledge', 'withdrawn'),
        }),
      ]);
      const statuses = await reportTotals(database, 'support', { asOf: day, type: 'pledge' }, ['status']);
      const wanted = [...new Set(rows.filter(({ type }) => type === 'pledge').map(({ status }) => String(status)))];
      expect(statuses.map(({ status, items }) => [status, items])).toEqual(
        wanted.sort().map((status) => [status, of('pledge', status)]),
      );
    }
  });

  it('use: the sums of a day are those of the dossiers, and nothing is zero that nobody counted', async () => {
    for (const day of days) {
      const statements = thenOf(day).map(({ then }) => useStatement(then, fold(then)!));
      const reports = statements.flatMap((statement) => statement.reports);
      const [total] = await useTotals(database, { asOf: day });
      const together = countedTogether(reports);
      expect([seed, day, total]).toEqual([
        seed,
        day,
        expect.objectContaining({
          reports: reports.length,
          nonUse: statements.flatMap(({ nonUse }) => nonUse).length,
          counts: Object.fromEntries(useMeasures.map((measure) => [measure, together[measure]])),
        }),
      ]);
    }
  });

  it('assigned: the sums of a day are those of the dossiers, in whole and by purpose', async () => {
    const summed = (rows: readonly Row[]) => ({
      assets: rows.length,
      heldByThirdParties: rows.filter(({ held }) => held === 'third-party').length,
      whole: rows.length === 0 ? null : Math.floor((10 * rows.reduce((sum, row) => sum + Number(row.completeness), 0)) / rows.length) / 10, // prettier-ignore
    });
    for (const day of days) {
      const rows = told('assigned', day);
      const found = (totals: Awaited<ReturnType<typeof assignedTotals>>) =>
        totals.map(({ assets, heldByThirdParties, completeness: { whole } }) => ({
          assets,
          heldByThirdParties,
          whole,
        }));
      expect([seed, day, found(await assignedTotals(database, { asOf: day }))]).toEqual([seed, day, [summed(rows)]]);
      const purposes = [...new Set(rows.map(({ purpose }) => String(purpose)))].sort();
      expect(found(await assignedTotals(database, { asOf: day }, 'purpose'))).toEqual(
        purposes.map((purpose) => summed(rows.filter((row) => row.purpose === purpose))),
      );
    }
  });

  it('flags: the hits of a day are those of the list, in whole and by region, also at the turn of a year', async () => {
    const all = await listed('flags', {});
    const turns = all.flatMap(({ from_day: from }) => {
      const year = String(from ?? '2026').slice(0, 4);
      return [...(from === null ? [] : [String(from)]), `${year}-01-01`, `${year}-12-31`];
    });
    let waiting = 0;
    for (const day of new Set([...days, ...turns])) {
      const hits = all.filter(({ from_day: from }) => from === null || String(from) <= day);
      waiting += all.length - hits.length;
      const of = (rows: readonly Row[], rule: string): number => rows.filter((row) => row.rule === rule).length;
      for (const { rule, hits: counted } of await flagCounts(database, {}, day))
        expect([seed, day, rule, counted]).toEqual([seed, day, rule, of(hits, rule)]);
      const regions = [...new Set(all.map(({ region_code: code }) => String(code)))];
      for (const region of regions) {
        const inRegion = hits.filter(({ region_code: code }) => code === region);
        for (const { rule, hits: counted } of await flagCounts(database, { region }, day))
          expect([seed, day, region, rule, counted]).toEqual([seed, day, region, rule, of(inRegion, rule)]);
      }
      const divided = await flagCounts(database, {}, day, 'region');
      expect([seed, day, divided.reduce((sum, { hits: counted }) => sum + counted, 0)]).toEqual([
        seed,
        day,
        hits.length,
      ]);
    }
    expect([seed, all.length > 0, waiting > 0]).toEqual([seed, true, true]);
  });

  it.each(Object.entries<Report>(reports))('%s: fewer dimensions add up to the same', async (_name, report) => {
    const { totals, wide = [], onDays = { years: [], days: [] } } = report;
    let compared = 0;
    for (const tables of [[...wide, totals], onDays.years, onDays.days]) {
      const whole = tables.at(-1);
      for (const table of tables.slice(0, -1)) {
        const sums = Object.keys(table.columns).filter((column) => !table.key.includes(column));
        const ask = (from: Table, chosen: string[]) =>
          database.query<Row>(
            `SELECT ${[...table.key, ...chosen].join(', ')} FROM ${physicalName(from.name, register[0]!.version)} GROUP BY ${table.key.join(', ')} ORDER BY ${table.key.join(', ')}`,
          );
        const added = sums.map((sum) => `sum(${sum}) AS ${sum}`);
        const told = (rows: readonly Row[]): Row[] =>
          rows
            .map((row) => ({ ...row, ...Object.fromEntries(sums.map((sum) => [sum, Number(row[sum])])) }))
            .filter((row: Row) => sums.some((sum) => row[sum] !== 0));
        const wanted = told(await ask(whole!, added));
        expect([seed, table.name, told(await ask(table, added))]).toEqual([seed, table.name, wanted]);
        compared += wanted.length;
      }
    }
    expect([seed, compared > 0]).toEqual([seed, wide.length > 0]);
  });

  it('today is the same with and without the day, and a rebuild finds every row', async () => {
    for (const name of names) {
      const [today, asOf] = [await listed(name, {}), await listed(name, { asOf: '2026-06-15' })];
      expect([seed, asOf]).toEqual([seed, today]);
    }
    const [checked] = await check(database, register, () => wholeLog(store));
    expect([seed, checked?.failure, checked?.drift]).toEqual([seed, undefined, []]);
  });
});
