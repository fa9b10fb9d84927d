import fc from 'fast-check';
import { daysBetween, italy, milestones, stillWaiting, waitingCurve, waitingOf } from '#domain';
import type { Dossier, Milestone, RecordedEvent, Waits } from '#domain';
import { projectionsFor } from '#read-models';
import type { Row } from '#read-models';
import { live, wishes } from '../domain/random-lives';

const register = projectionsFor(italy).find(({ name }) => name === 'register')!;

function madeOf(events: readonly RecordedEvent[]): { rows: Row[]; cells: Row[] } {
  const { apply, keysOf, tables, tallies = [] } = register;
  let state: unknown;
  for (const event of events) for (const key of keysOf(event)) state = apply(state, event, key, () => undefined);
  if (state === undefined) return { rows: [], cells: [] };
  return {
    rows: [...tables.find(({ table }) => table.name === 'waiting')!.rows(state)],
    cells: [...tallies.find(({ table }) => table.name === 'waiting_totals')!.of(state)],
  };
}

describe('the counters of waits, over random lawful lives', () => {
  const today = '2027-01-01';
  /** One wait a dossier, told from the dossier itself. */
  const told = ({ asset, history }: Dossier, milestone: Milestone): Waits[] => {
    const waiting = asset && waitingOf(history, asset);
    if (!waiting?.since) return [];
    const { outcome, on } = waiting.waits[milestone];
    if (outcome === 'undated') return [];
    const days = Math.max(0, daysBetween(waiting.since, on ?? today));
    return [{ days, reached: outcome === 'reached' ? 1 : 0, censored: outcome === 'reached' ? 0 : 1 }];
  };
  const counted = (cells: readonly Row[], milestone: Milestone, scope: string): Waits[] =>
    cells
      .filter((cell) => cell.milestone === milestone && cell.scope === scope && cell.outcome !== 'undated')
      .map(({ outcome, day, assets }) => ({
        days: outcome === 'open' ? daysBetween('1970-01-01', today) - Number(day) : Number(day),
        reached: outcome === 'reached' ? Number(assets) : 0,
        censored: outcome === 'reached' ? 0 : Number(assets),
      }));

  it('give the same curve as the dossiers themselves, for all and for each kind together', () => {
    let seen = 0;
    fc.assert(
      fc.property(fc.array(wishes, { minLength: 1, maxLength: 12 }), (lives) => {
        const made = lives.map((life) => live(life)).map((life) => ({ ...life, ...madeOf(life.events) }));
        for (const milestone of milestones) {
          const curve = waitingCurve(made.flatMap(({ dossier }) => told(dossier, milestone)));
          for (const scope of ['all', 'region', 'kind', 'region-kind']) {
            const fromCells = waitingCurve(made.flatMap(({ cells }) => counted(cells, milestone, scope)));
            expect(fromCells).toEqual(curve);
            expect(stillWaiting(fromCells, 0)).toEqual(stillWaiting(curve, 0));
          }
          seen += curve.reached;
        }
        for (const { rows, cells } of made) expect(cells).toHaveLength(rows.length * 12);
      }),
      { numRuns: 40 },
    );
    expect(seen).toBeGreaterThan(20);
  });
});
