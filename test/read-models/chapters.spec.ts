import fc from 'fast-check';
import type { Asset, Dossier, RecordedEvent } from '#domain';
import { fold, italy, latestDates, upTo } from '#domain';
import { projectionsFor, rowsOf } from '#read-models';
import type { Row } from '#read-models';
import { live, wishes } from '../domain/random-lives';

const chapterNames = ['money', 'support', 'use', 'assigned'] as const;
type ChapterName = (typeof chapterNames)[number];
const register = projectionsFor(italy).find(({ name }) => name === 'register')!;
const tableOf = (name: ChapterName): string => (name === 'use' ? 'use_records' : name);

/** The rows and counters the register makes of events for a chapter, its state going through JSON between batches of a size. */
function madeOf(name: ChapterName, events: readonly RecordedEvent[], batch = 1000): { rows: Row[]; cells: Row[] } {
  const { apply, keysOf, tables, tallies = [] } = register;
  let state: unknown;
  for (const [place, event] of events.entries()) {
    if (place % batch === 0 && state !== undefined) state = JSON.parse(JSON.stringify(state));
    for (const key of keysOf(event)) state = apply(state, event, key, () => undefined);
  }
  if (state === undefined) return { rows: [], cells: [] };
  const { rows } = tables.find(({ table }) => table.name === tableOf(name))!;
  const { of } = tallies.find(({ table }) => table.name === `${name}_totals`)!;
  return { rows: [...rows(state)], cells: [...of(state)] };
}

/** The rows of public money of a dossier, and its counters by the year and by the day. */
function moneyOf(events: readonly RecordedEvent[]): { rows: Row[]; years: Row[]; days: Row[] } {
  const { apply, keysOf, tallies = [] } = register;
  let state: unknown;
  for (const event of events) for (const key of keysOf(event)) state = apply(state, event, key, () => undefined);
  const cellsOf = (name: string) => [...tallies.find(({ table }) => table.name === name)!.of(state)];
  return { rows: madeOf('money', events).rows, years: cellsOf('money_totals'), days: cellsOf('money_days') };
}

const amount = (cells: readonly Row[], name: string): bigint =>
  cells.reduce(
    (sum, cell) => sum + BigInt(Number(cell[`${name}_high`])) * 1_000_000_000n + BigInt(Number(cell[`${name}_low`])),
    0n,
  );
const total = (values: readonly number[]): bigint => values.reduce((sum, value) => sum + BigInt(value), 0n);

/** What the domain's own book of the asset says, without its ledger. */
function booked({ spending }: Asset): Record<'allocated' | 'committed' | 'approved' | 'paid', bigint> {
  const { allocations = [], commitments = [], requests = [], payments = [] } = spending ?? {};
  const reversed = total(payments.map((payment) => payment.reversed));
  return {
    allocated: total(allocations.map(({ minor }) => minor)),
    committed: total(commitments.map(({ minor }) => minor)),
    approved: total(requests.filter(({ approved }) => approved).map(({ minor }) => minor)) - reversed,
    paid: total(payments.map(({ minor }) => minor)) - reversed,
  };
}

const lives = (check: (dossier: Dossier, events: readonly RecordedEvent[]) => void, seen: () => number): void => {
  fc.assert(
    fc.property(wishes, (life) => {
      const { dossier, events } = live(life);
      check(dossier, events);
    }),
    { numRuns: 250 },
  );
  // Lives in which nothing of the chapter happens would prove nothing.
  expect(seen()).toBeGreaterThan(3);
};

describe('the projections of the chapters, over random lawful lives', () => {
  it('money: figures that are those of the domain, and a ledger that sums to zero', () => {
    let seen = 0;
    lives(
      ({ asset }, events) => {
        const { rows, cells } = madeOf('money', events);
        if (!asset) return expect([rows, cells]).toEqual([[], []]);
        seen += rows.length > 1 ? 1 : 0;
        const stages = booked(asset);
        for (const [stage, expected] of Object.entries(stages))
          expect([stage, amount(cells, stage)]).toEqual([stage, expected]);
        const last = rows.at(-1);
        if (last) {
          const standing = ['available', 'committed', 'approved', 'paid'].map((account) => Number(last[account]));
          expect(total(standing)).toBe(stages.allocated);
          expect(BigInt(Number(last.paid))).toBe(stages.paid);
          expect(total(standing.slice(1))).toBe(stages.committed);
        }
        expect(cells.reduce((sum, cell) => sum + Number(cell.movements), 0)).toBe(rows.length);
      },
      () => seen,
    );
  });

  it('money: what stood on a day is what the dossier tells of that day, in rows and in counters', () => {
    let seen = 0;
    const figures = (row: Row) =>
      ['entry', 'number', 'occurred_on', 'minor', 'available', 'paid', 'supplier'].map((name) => row[name]);
    lives(
      ({ asset, history }, events) => {
        if (!asset) return;
        const { rows, years, days } = moneyOf(events);
        const dates = latestDates(history, italy.timeZone);
        for (const day of new Set([...dates, '1990-01-01', '2090-01-01'])) {
          const then = upTo(history, day, italy.timeZone);
          const told = fold(then) ? rowsOf('money', String(rows[0]?.asset ?? ''), then, '2026-01-01') : [];
          seen += told.length > 0 && told.length < rows.length ? 1 : 0;
          expect(rows.filter(({ last_day: last }) => String(last) <= day).map(figures)).toEqual(told.map(figures));
          const year = day.slice(0, 4);
          const cells = [
            ...years.filter(({ last_year: last }) => String(last) < year),
            ...days.filter(({ last_day: last }) => String(last) >= `${year}-01-01` && String(last) <= day),
          ];
          expect(cells.reduce((sum, { movements }) => sum + Number(movements), 0)).toBe(told.length);
          const { paid } = booked(fold(then) ?? asset);
          if (told.length > 0) expect(amount(cells, 'paid')).toBe(paid);
        }
      },
      () => seen,
    );
  });

  it('support: every need and pledge once, with the status and the deliveries of the domain', () => {
    let seen = 0;
    lives(
      ({ asset }, events) => {
        const { rows, cells } = madeOf('support', events);
        const { needs = [], pledges = [] } = asset?.support ?? {};
        seen += pledges.length > 0 ? 1 : 0;
        expect(rows.map(({ id }) => id)).toEqual([...needs, ...pledges].map(({ id }) => id));
        for (const pledge of pledges) {
          const row = rows.find(({ id }) => id === pledge.id)!;
          expect(row.status === 'fulfilled' ? 'accepted' : row.status).toBe(pledge.status);
          const delivered = pledge.delivered.reduce((sum, { value, scale }) => sum + value * 10 ** (6 - scale), 0);
          expect(Number(row.delivered)).toBe(delivered);
          expect(row.status === 'fulfilled').toBe(
            pledge.status === 'accepted' && delivered === pledge.measure.value * 10 ** (6 - pledge.measure.scale),
          );
        }
        expect(cells).toHaveLength(rows.length);
      },
      () => seen,
    );
  });

  it('use: every report the domain holds, and never a zero for what nobody counted', () => {
    let seen = 0;
    lives(
      ({ asset, history }, events) => {
        const { rows, cells } = madeOf('use', events);
        const reports = rows.filter(({ type }) => type === 'report');
        seen += reports.length > 0 ? 1 : 0;
        expect(reports.map(({ id }) => id).sort()).toEqual(
          (asset?.use?.reports ?? []).map(({ entry }) => entry).sort(),
        );
        for (const report of reports) {
          const { data } = history.find(({ id }) => id === report.id)!;
          const { jobs } = data as { jobs?: { total?: number; women?: number; men?: number } };
          expect([report.jobs_total, report.jobs_women, report.jobs_men]).toEqual([
            jobs?.total ?? null,
            jobs?.women ?? null,
            jobs?.men ?? null,
          ]);
        }
        const counted = reports.filter((report) => report.jobs_women !== null).length;
        expect(cells.reduce((sum, cell) => sum + Number(cell.jobs_women_reports), 0)).toBe(counted);
      },
      () => seen,
    );
  });

  it('assigned: exactly the assets that are in hands, with the holder of the domain', () => {
    let seen = 0;
    lives(
      ({ asset }, events) => {
        const { rows } = madeOf('assigned', events);
        const inHands = asset && !asset.left && (asset.transfer ?? asset.agreement);
        seen += inHands ? 1 : 0;
        expect(rows).toHaveLength(inHands ? 1 : 0);
        if (!inHands) return;
        const { agreement, phase, destination } = asset;
        expect(rows[0]).toMatchObject({
          phase,
          purpose: destination?.purpose ?? '',
          organisation: agreement?.organisation ?? null,
          holder: agreement?.name ?? null,
          terms: agreement ? JSON.stringify(agreement.terms) : null,
        });
        expect(Number(rows[0]!.completeness)).toBeLessThanOrEqual(100);
      },
      () => seen,
    );
  });

  it.each(chapterNames)('%s: the same whatever the batches', (name) => {
    fc.assert(
      fc.property(wishes, fc.integer({ min: 1, max: 7 }), (life, batch) => {
        const { events } = live(life);
        expect(madeOf(name, events, batch)).toEqual(madeOf(name, events));
      }),
      { numRuns: 60 },
    );
  });
});
