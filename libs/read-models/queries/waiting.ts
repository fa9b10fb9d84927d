import type { LegalDate, Milestone, WaitOutcome, WaitingCurve } from '#domain';
import { curveOf, lengthsAlong, summaryOf, waitOutcomes } from '#domain';
import { countsIn, firstOf } from '../database/packed';
import type { ReadDatabase } from '../database/read-database';
import { dayOf, waitingTotalsTable } from '../projections/waiting';
import type { WaitingScope } from '../projections/waiting';
import { countedAs } from './register-filters';
import { live } from './tables';

/** How many assets of a scope stand how, beside the curve of their waits. Those without a date are in neither the curve nor its sum. */
export interface WaitsOfScope {
  readonly code: string;
  /** Of a region; empty for any other scope. */
  readonly name: string;
  readonly outcomes: Readonly<Record<WaitOutcome, number>>;
  /** Without its steps where there is one of several parts. */
  readonly curve: WaitingCurve;
}

/** Counters of neighbouring days, as they lie together. */
interface Counters {
  readonly code: string;
  readonly name: string;
  readonly outcome: WaitOutcome;
  readonly block: number;
  readonly counts: string;
}

export interface WaitingQuestion {
  readonly milestone: Milestone;
  readonly region?: string;
  readonly kind?: string;
  /** One answer for each of these; left out: one for all together. */
  readonly by?: 'region' | 'kind';
  /** The day of the question: whoever waits has waited until then. */
  readonly today: LegalDate;
}

/** Which counters answer a question, and which part of their code names each answer. */
function cellsFor({ region: asked, kind, by }: WaitingQuestion): { scope: WaitingScope; codes: string; part: 0 | 1 } {
  const region = asked === undefined ? undefined : countedAs(asked);
  const scope = `${region !== undefined || by === 'region' ? 'region' : ''}-${kind !== undefined || by === 'kind' ? 'kind' : ''}`;
  if (scope === '-') return { scope: 'all', codes: '', part: 0 };
  if (scope === 'region-') return { scope: 'region', codes: region ?? '%', part: 0 };
  if (scope === '-kind') return { scope: 'kind', codes: kind ?? '%', part: 0 };
  return { scope: 'region-kind', codes: `${region ?? '%'}~${kind ?? '%'}`, part: by === 'kind' ? 1 : 0 };
}

/** The waits that a question is about, from the counters, the part with the most assets first. Undivided there is one answer, of nothing if need be. Throws NotBuiltYet. */
export async function waitsOf(database: ReadDatabase, question: WaitingQuestion): Promise<WaitsOfScope[]> {
  const { milestone, by, today } = question;
  const { scope, codes, part } = cellsFor(question);
  const { table } = await live(database, 'register');
  const rows = await database.query<Counters>(
    `SELECT code, name, outcome, block, counts FROM ${table('waiting_totals')} WHERE milestone = ? AND scope = ? AND code ${codes.includes('%') ? 'LIKE' : '='} ? ORDER BY code, name, outcome, block`,
    [milestone, scope, codes],
  );
  if (by === undefined) return [ofScope('', rows, today, true)];
  const byCode = new Map<string, Counters[]>();
  for (const row of rows) {
    const code = row.code.split('~')[part] ?? '';
    const members = byCode.get(code);
    if (members) members.push(row);
    else byCode.set(code, [row]);
  }
  const assetsIn = ({ outcomes }: WaitsOfScope): number => waitOutcomes.reduce((sum, each) => sum + outcomes[each], 0);
  return [...byCode]
    .map(([code, members]) => ofScope(code, members, today, false))
    .sort((a, b) => assetsIn(b) - assetsIn(a) || (a.code < b.code ? -1 : 1));
}

function ofScope(code: string, rows: readonly Counters[], today: LegalDate, withSteps: boolean): WaitsOfScope {
  const outcomes: Record<WaitOutcome, number> = { reached: 0, open: 0, left: 0, undated: 0 };
  const now = dayOf(today);
  const firstDay = (row: Counters): number => firstOf(waitingTotalsTable, { block: row.block });
  const longest = Math.max(
    0,
    ...rows.map((row) =>
      row.outcome === 'open' ? now - firstDay(row) : firstDay(row) + waitingTotalsTable.packed.span,
    ),
  );
  const [reached, censored] = [new Float64Array(longest + 1), new Float64Array(longest + 1)];
  for (const row of rows) {
    const { outcome, counts } = row;
    const first = firstDay(row);
    const counted = countsIn({ counts });
    for (let at = 0; at < counted.length; at += 1) {
      const count = counted[at]!;
      if (count === 0) continue;
      outcomes[outcome] += count;
      if (outcome === 'undated') continue;
      // A day ahead of the authority's calendar cannot be recorded; a clock that was set back must not break the page.
      const length = outcome === 'open' ? Math.max(0, now - first - at) : first + at;
      (outcome === 'reached' ? reached : censored)[length]! += count;
    }
  }
  const lengths = lengthsAlong(reached, censored);
  const curve = withSteps ? curveOf(lengths) : { ...summaryOf(lengths), steps: [] };
  return { code, name: rows[0]?.name ?? '', outcomes, curve };
}

/** The regions in which assets wait or waited, by their codes. Leaps from one to the next in the counters' key, and reads as many rows as there are regions. Throws NotBuiltYet. */
export async function waitingRegions(
  database: ReadDatabase,
): Promise<{ readonly code: string; readonly name: string }[]> {
  const { table } = await live(database, 'register');
  const regions: { readonly code: string; readonly name: string }[] = [];
  for (;;) {
    const [next] = await database.query<Pick<Counters, 'code' | 'name'>>(
      `SELECT code, name FROM ${table('waiting_totals')} WHERE milestone = 'destined' AND scope = 'region' AND code > ? ORDER BY code LIMIT 1`,
      [regions.at(-1)?.code ?? ''],
    );
    if (!next) return regions;
    regions.push({ code: next.code, name: next.name || next.code });
  }
}
