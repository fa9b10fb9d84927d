import fc from 'fast-check';
import { italy, returnCodes, returnFigures, returnItem, upTo } from '#domain';
import type { Dossier, ReturnCell, ReturnCode, ReturnFigures, RecordedEvent } from '#domain';
import { fold, idFrom } from '#domain';
import { fromLimbs, projectionsFor, returnsFromLog } from '#read-models';
import type { Row } from '#read-models';
import { live, wishes } from '../domain/random-lives';
import { civicLife, civicWishes } from './civic-lives';

const [register, civic] = ['register', 'civic_return'].map((wanted) =>
  projectionsFor(italy).find(({ name }) => name === wanted)!,
);

/** The counters of the projections after these events, stream by stream, as the database would hold them. */
function counted(streams: readonly (readonly RecordedEvent[])[]): ReturnCell[] {
  return streams.flatMap((events) =>
    [register!, civic!].flatMap(({ apply, keysOf, tallies = [] }) => {
      let state: unknown;
      for (const event of events) for (const key of keysOf(event)) state = apply(state, event, key, () => undefined);
      const cells = tallies.find(({ table }) => table.name.endsWith('return_cells'))!;
      return state === undefined ? [] : cells.of(state).map(cellFrom);
    }),
  );
}

const cellFrom = (row: Row): ReturnCell => ({
  year: String(row.year),
  item: row.item as ReturnCode,
  part: String(row.part),
  currency: String(row.currency),
  region: String(row.region_code),
  kind: String(row.kind),
  entries: Number(row.entries),
  assets: Number(row.assets) - Number(row.gone),
  firsts: Number(row.firsts),
  minor: fromLimbs(row, 'minor'),
  people: Number(row.people),
  counted: Number(row.counted),
});

/** A log of these streams, told in turn: none of them lies there in one piece. */
function logOf(streams: readonly (readonly RecordedEvent[])[]) {
  const longest = Math.max(...streams.map(({ length }) => length));
  const all = Array.from({ length: longest }, (_, revision) => streams.flatMap((events) => events[revision] ?? []))
    .flat()
    .map((event, position) => ({ ...event, position }));
  return {
    head: () => Promise.resolve(all.length - 1),
    readAll: (after: number, max: number) => Promise.resolve(all.slice(after + 1, after + 1 + max)),
    readStream: (stream: string) => Promise.resolve(all.filter((event) => event.stream === stream)),
    upTo: (position: number) => streams.map((events) =>
      all.filter((event) => event.stream === events[0]?.stream && event.position <= position)),
  };
} // prettier-ignore

const years = ['2014', '2015', '2016', '2017', '2018', '2020', '2024', '2026'];
const figure = ({ figures }: ReturnFigures, item: ReturnCode, part: string | null = null) =>
  figures.find((each) => each.item === item && each.part === part);

/** What a person would count who goes through the dossiers one by one. */
function naive(dossiers: readonly Dossier[], year: string) {
  const inForce = dossiers.filter(({ asset }) => asset !== undefined);
  const of = (type: string, more: (data: Record<string, never>) => boolean = () => true) =>
    inForce.map(({ history }) =>
      history.filter(
        (entry) => entry.type === type && entry.occurredOn?.startsWith(year) && more(entry.data as never),
      ),
    );
  const entries = (type: string, more?: (data: Record<string, never>) => boolean) => of(type, more).flat().length;
  const sum = (type: string): bigint =>
    of(type)
      .flat()
      .reduce((all, { data }) => all + BigInt((data.amount as { minor: number }).minor), 0n);
  return {
    seizures: inForce.filter(({ history }) => history.find(({ type }) => type === 'AssetSeized')?.occurredOn?.startsWith(year)).length,
    orders: entries('ConfiscationOrdered'),
    firstOrders: entries('ConfiscationOrdered', ({ instance }) => instance === 'first'),
    finals: entries('ConfiscationBecameFinal'),
    valued: of('ConfiscationBecameFinal').map((found, place) => {
      const { history } = inForce[place]!;
      return found.filter(({ id }) => fold(history.slice(0, history.findIndex((each) => each.id === id)))?.description.estimatedValue).length;
    }).reduce((all, each) => all + each, 0),
    destinedAssets: of('DestinationDecided').filter((found) => found.length > 0).length,
    ended: entries('AgreementTerminated'),
    paid: sum('PaymentMade') - sum('PaymentReversed'),
    allocated: sum('FundsAllocated') - sum('AllocationReduced'),
    delivered: entries('SupportDelivered'),
    stock: inForce.reduce<Record<string, number>>((all, { history }) => {
      const phase = fold(upTo(history, `${year}-12-31`, italy.timeZone))?.phase;
      return phase === undefined ? all : { ...all, [phase]: (all[phase] ?? 0) + 1 };
    }, {}),
    women: inForce.flatMap(({ history }) => history)
      .filter(({ type, data }) => type === 'ActivityReported' && String(data.to).startsWith(year))
      .map(({ data }) => (data.beneficiaries as { women?: number } | undefined)?.women),
  };
} // prettier-ignore

const total = (found: ReturnType<typeof figure>): bigint =>
  (found?.money ?? []).reduce((all, { minor }) => all + BigInt(minor), 0n);

describe('the counters of the annual return, over random lawful lives', () => {
  it('say what a person counts who goes through the dossiers one by one', () => {
    const seen = { entries: 0, money: 0n, stock: 0, reports: 0 };
    fc.assert(
      fc.property(fc.array(wishes, { minLength: 1, maxLength: 6 }), (all) => {
        const lives = all.map((life) => live(life));
        const cells = counted(lives.map(({ events }) => events));
        for (const year of years) {
          const told = returnFigures(year, cells);
          const expected = naive(lives.map(({ dossier }) => dossier), year);
          expect(figure(told, 'seizures')!.entries).toBe(expected.seizures);
          expect(figure(told, 'confiscations-ordered')!.entries).toBe(expected.orders);
          expect(figure(told, 'confiscations-ordered', 'first')?.entries ?? 0).toBe(expected.firstOrders);
          expect(figure(told, 'confiscations-final')!.entries).toBe(expected.finals);
          expect(figure(told, 'confiscations-final')!.money!.reduce((sum, { entries }) => sum + entries, 0)).toBe(expected.valued);
          expect(figure(told, 'destined')!.assets).toBe(expected.destinedAssets);
          expect(figure(told, 'agreements-ended')!.entries).toBe(expected.ended);
          expect(figure(told, 'support-delivered')!.entries).toBe(expected.delivered);
          expect(total(figure(told, 'money-paid'))).toBe(expected.paid);
          expect(total(figure(told, 'money-allocated'))).toBe(expected.allocated);
          const stock = told.figures.filter(({ item }) => item === 'stock');
          expect(Object.fromEntries(stock.map(({ part, assets }) => [part, assets]))).toEqual(expected.stock);
          const counts = expected.women.filter((count) => count !== undefined);
          const women = figure(told, 'beneficiaries', 'women')!;
          expect(women.entries).toBe(expected.women.length);
          expect(women.people).toEqual({
            sum: counts.length === 0 ? null : counts.reduce((sum, count) => sum + count, 0),
            entries: counts.length,
          });
          seen.entries += expected.finals + expected.ended;
          seen.money += expected.paid;
          seen.stock += stock.length;
          seen.reports += expected.women.length;
        }
      }),
      { numRuns: 40 },
    );
    expect(seen.entries).toBeGreaterThan(20);
    expect(seen.money).toBeGreaterThan(0n);
    expect(seen.stock).toBeGreaterThan(20);
    expect(seen.reports).toBeGreaterThan(0);
  }); // prettier-ignore

  it('say the same as the log itself, of all streams and in whatever order', async () => {
    let seen = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(wishes, { minLength: 1, maxLength: 4 }),
        fc.tuple(civicWishes, civicWishes, civicWishes),
        async (all, [call, dialogue, group]) => {
          const assets = all.map((life, place) =>
            live(life).events.map((event) => ({ ...event, stream: `asset-${idFrom('call', 'IT', 'life', String(place))}` })),
          );
          const streams = [...assets, civicLife('call', call), civicLife('dialogue', dialogue), civicLife('group', group)];
          const cells = counted(streams);
          const log = logOf(streams);
          const half = Math.floor((await log.head()) / 2);
          const { figures: told } = await returnsFromLog(log, years, italy);
          const { figures: earlier, position } = await returnsFromLog(log, years, italy, { until: half });
          expect(position).toBe(half);
          for (const year of years) {
            const figures = told.get(year)!;
            expect(figures).toEqual(returnFigures(year, cells.toReversed()));
            expect(earlier.get(year)).toEqual(returnFigures(year, counted(log.upTo(half))));
            seen += figures.figures.filter(({ item, entries }) => returnItem(item).section === 'participation' && entries !== 0).length;
          }
        },
      ),
      { numRuns: 25 },
    );
    expect(seen).toBeGreaterThan(10);
  }); // prettier-ignore

  it('hold every item, also of a year in which nothing happened', () => {
    const { figures } = returnFigures('1990', []);
    const stated = figures.filter(({ part }) => part === null).map(({ item }) => item);
    const apart = returnCodes.filter((code) => returnItem(code).counts === 'stock' || returnItem(code).overlapping);
    expect([...stated, ...apart].sort()).toEqual([...returnCodes].sort());
    expect(figure(returnFigures('1990', []), 'beneficiaries', 'women')!.people).toEqual({ sum: null, entries: 0 });
  });
});
