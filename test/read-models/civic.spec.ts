import fc from 'fast-check';
import {
  aggregates, callFlags, daysAfter, daysBetween, derivedUuid, entryOf, groupFlags, idFrom, italy, recommendationStanding, threadStanding,
} from '#domain'; // prettier-ignore
import type { Call, Group, Organisation, RecordedEvent, Thread } from '#domain';
import { publicEvent } from '#privacy';
import type { Projection, Row } from '#read-models';
import { medianOf, projectionsFor } from '#read-models';
import { changesOf, fold } from '../../libs/read-models/engine/fold';
import { live, wishes } from '../domain/random-lives';
import { civicLife, civicWishes } from './civic-lives';

/** What the projections say is what the domain's own fold of the same public events says, whatever lawful life they are of. */

const projections = new Map(projectionsFor(italy).map((each) => [each.name, each]));
const named = (name: string): Projection => projections.get(name)!;

/** The rows of every table of a projection after these events, taken in batches of this size. */
function rowsOf(projection: Projection, events: readonly RecordedEvent[], batch = events.length): Map<string, Row[]> {
  const states = new Map<string, unknown>();
  const tally = new Map<string, Record<string, string | number | null>>();
  for (let from = 0; from < events.length; from += Math.max(1, batch)) {
    const folded = fold(projection, states, events.slice(from, from + Math.max(1, batch)));
    if (folded.poison) throw new Error(folded.poison.reason);
    const tallied = [...changesOf(projection, states, folded.states)].flatMap((changes) => [...changes.tallied]);
    for (const [key, state] of folded.states) states.set(key, JSON.parse(JSON.stringify(state)));
    for (const [{ table, sums }, row] of tallied.flatMap(([each, rows]) => rows.map((row) => [each, row] as const))) {
      const key = JSON.stringify([table.name, ...table.key.map((column) => row[column])]);
      const cell = tally.get(key) ?? { ...row, ...Object.fromEntries(sums.map((sum) => [sum, 0])) };
      for (const sum of sums) cell[sum] = Number(cell[sum]) + Number(row[sum]);
      tally.set(key, cell);
    }
  }
  const result = new Map(
    projection.tables.map(({ table, rows }) => [table.name, [...states.values()].flatMap((state) => [...rows(state)])]),
  );
  for (const { table, sums } of projection.tallies ?? []) {
    const mine = [...tally].filter(([key]) => (JSON.parse(key) as string[])[0] === table.name);
    const left = mine.filter(([, cell]) => sums.some((sum) => cell[sum] !== 0));
    result.set(table.name, left.sort(([one], [other]) => (one < other ? -1 : 1)).map(([, cell]) => cell));
  }
  return result;
} // prettier-ignore

const publicly = <State>(kind: 'organisation' | 'call' | 'dialogue' | 'group', events: readonly RecordedEvent[]) =>
  aggregates[kind].replay(events.map((event) => {
    const { data } = publicEvent(event);
    // The domain's fold takes the envelope of the log; of what is in it, the public has no person.
    const actor = { agency: event.metadata.actor.agency, role: event.metadata.actor.role };
    return { ...event, data, metadata: { ...event.metadata, actor } } as unknown as RecordedEvent;
  })).state as State | undefined; // prettier-ignore

/** The same life of another call. */
const renamed = (life: readonly RecordedEvent[], number: number): RecordedEvent[] =>
  life.map((event) => ({ ...event, id: derivedUuid(event.id, number), stream: `${event.stream}-${number}` }));

const RUNS = { numRuns: 150 };
const of = (kind: Parameters<typeof civicLife>[0], holds: (events: RecordedEvent[]) => void): void =>
  fc.assert(
    fc.property(civicWishes, (all) => holds(civicLife(kind, all))),
    RUNS,
  );
const detailOf = <Detail>(row: Row): Detail => JSON.parse(String(row.detail)) as Detail;

it('random lives get far enough to say something', () => {
  const types = new Map<string, number>();
  const sample = fc.sample(civicWishes, { numRuns: 400, seed: 7 });
  for (const kind of ['organisation', 'call', 'dialogue', 'group'] as const)
    for (const all of sample)
      for (const { type } of civicLife(kind, all)) types.set(type, (types.get(type) ?? 0) + 1);
  for (const type of ['CallAwarded', 'CallDeserted', 'CallCancelled', 'ApplicationsOpened', 'ApplicationExcluded', 'EvaluatorRecused', 'AnswerPublished', 'ThreadEscalated', 'ThreadClosed', 'OrganisationVerified', 'OrganisationReinstated', 'MemberLeft', 'RecommendationAnswered'])
    expect([type, (types.get(type) ?? 0) > 0]).toEqual([type, true]);
}); // prettier-ignore

describe('an organisation’s row', () => {
  it('says what the domain’s fold says', () =>
    of('organisation', (events) => {
      const [row] = rowsOf(named('organisations'), events).get('organisations')!;
      const state = publicly<Organisation>('organisation', events);
      expect(row === undefined).toBe(state === undefined);
      if (!row || !state) return;
      const standing = state.suspended ? 'suspended' : state.verified ? 'verified' : 'not-verified';
      expect(row).toMatchObject({
        kind: state.kind,
        name: state.name,
        legal_form: state.legalForm ?? null,
        standing,
        verified_on: state.verified?.on ?? null,
        suspended_on: state.suspended?.on ?? null,
        registered_on: state.registeredOn,
        identifiers: JSON.stringify(state.identifiers),
      });
    }));

  it('says of an asset’s holders what the dossier’s fold says, also after corrections, annulments and late entries', () =>
    fc.assert(
      fc.property(wishes, (all) => {
        const { events, dossier } = live(all);
        // An undated entry keeps its place among all entries of a dossier; the report sees those that assign it.
        fc.pre(dossier.history.every(({ occurredOn }) => occurredOn !== null));
        const rows = rowsOf(named('organisations'), events).get('organisation_assets')!;
        const { assignment, agreement } = dossier.asset ?? {};
        expect(rows.map(({ proposal, status }) => [proposal, status])).toEqual(
          (assignment?.proposals ?? []).map(({ id, status }) => [id, status]),
        );
        const [held] = rows.filter(({ in_force }) => in_force === 1);
        expect(held && [held.agreement, held.object, held.agreement_from, held.agreement_to, held.suspended]).toEqual(
          agreement && [agreement.id, agreement.object, agreement.from, agreement.to, agreement.suspended ? 1 : 0],
        );
        const [inHands] = rows.filter(({ in_hands }) => in_hands === 1);
        expect(inHands && [inHands.organisation, inHands.handed_over_on]).toEqual(
          assignment?.held && [assignment.held.organisation, assignment.held.on],
        );
      }),
      { numRuns: 300 },
    ));
});

describe('a call’s row', () => {
  it('says what the domain’s public fold says, and names nobody before the opening', () =>
    of('call', (events) => {
      const tables = rowsOf(named('calls'), events);
      const [row] = tables.get('calls')!;
      const state = publicly<Call>('call', events);
      expect(row === undefined).toBe(state === undefined || !events.some(({ type }) => type === 'CallPublished'));
      if (!row || !state) return;
      expect(row.status).toBe(state.status);
      const detail = detailOf<{ applications: { id: string; status: string; organisation?: string }[]; evaluators: { recused?: string }[]; awardedTo?: string; ranking?: unknown }>(row); // prettier-ignore
      expect(detail.applications.map(({ id, status, organisation }) => ({ id, status, ...(organisation !== undefined && { organisation }) }))).toEqual(
        state.applications.map(({ id, status, organisation }) => ({ id, status, ...(organisation !== undefined && { organisation }) })),
      ); // prettier-ignore
      expect(detail.evaluators.map(({ recused }) => recused !== undefined)).toEqual(
        state.evaluators.map(({ recused }) => recused),
      );
      expect(detail.awardedTo).toEqual(state.awardedTo);
      if (state.releasedKey === undefined) expect(JSON.stringify([...tables])).not.toContain('IT-O-');
      const applied = rowsOf(named('organisations'), events).get('organisation_applications')!;
      expect(applied.map(({ application, status, awarded }) => [application, status, awarded])).toEqual(
        state.applications
          .filter(({ organisation }) => organisation !== undefined)
          .map(({ id, status }) => [id, status, id === state.awardedTo ? 1 : 0]),
      );
    }));

  it('publishes sums from which everybody finds the ranking again', () =>
    of('call', (events) => {
      const [row] = rowsOf(named('calls'), events).get('calls')!;
      if (row?.status !== 'awarded') return;
      const { ranking, criteria, counted } = detailOf<{ ranking: { points: { criterion: string; sum: number }[]; weightedTotal: { numerator: string; denominator: string } }[]; criteria: { code: string; maximum: number; weight: number }[]; counted: number }>(row); // prettier-ignore
      const totals = ranking.map(({ points }) =>
        points.reduce((total, { criterion, sum }) => {
          const { weight, maximum } = criteria.find(({ code }) => code === criterion)!;
          return total + (weight * sum) / (maximum * counted);
        }, 0),
      );
      for (const [place, { weightedTotal }] of ranking.entries())
        expect(totals[place]).toBeCloseTo(Number(weightedTotal.numerator) / Number(weightedTotal.denominator), 9);
      for (let place = 1; place < totals.length; place += 1)
        expect(totals[place]!).toBeLessThanOrEqual(totals[place - 1]! + 1e-9);
    }));
});

describe('a thread’s row', () => {
  it.each(['2026-01-05', '2026-02-10', '2027-01-01'])('stands on %s where the domain says it stands', (today) =>
    of('dialogue', (events) => {
      const [row] = rowsOf(named('dialogues'), events).get('dialogues')!;
      const state = publicly<Thread>('dialogue', events);
      if (!row || !state) return;
      const standing = threadStanding(state, italy, today);
      const answeredOn = row.answered_on as string | null;
      const dueOn = String(row.due_on);
      const mine =
        answeredOn !== null
          ? answeredOn <= dueOn
            ? 'in-time'
            : 'late'
          : row.owed === 0
            ? undefined
            : today <= dueOn
              ? 'awaited'
              : 'overdue';
      expect(mine).toBe(standing);
      expect(row.moderation ?? undefined).toBe(state.moderation?.outcome);
      expect(row.closed ?? undefined).toBe(state.closed?.reason);
    }),
  );

  it('shows nothing of what was typed but what a moderator let pass', () =>
    of('dialogue', (events) => {
      const tables = JSON.stringify([...rowsOf(named('dialogues'), events)]);
      expect(tables).not.toContain('Canary');
      if (!events.some(({ type }) => type === 'ThreadModerated')) expect(tables).not.toContain('Why is it empty');
    }));

  it('is counted so that the median of the counters is the median of the threads', () =>
    fc.assert(
      fc.property(fc.array(fc.nat(60), { maxLength: 30 }), (days) => {
        const times = new Map<number, number>();
        for (const each of days) times.set(each, (times.get(each) ?? 0) + 1);
        const sorted = [...days].sort((one, other) => one - other);
        const half = Math.floor(sorted.length / 2);
        const median =
          sorted.length === 0
            ? null
            : sorted.length % 2 === 1
              ? sorted[half]!
              : (sorted[half - 1]! + sorted[half]!) / 2;
        expect(medianOf([...times])).toBe(median);
      }),
    ));
});

describe('a group’s rows', () => {
  it('say what the domain’s fold says', () =>
    of('group', (events) => {
      const tables = rowsOf(named('groups'), events);
      const [row] = tables.get('groups')!;
      const state = publicly<Group>('group', events);
      if (!row || !state) return expect(row === undefined).toBe(state === undefined);
      expect(row).toMatchObject({
        name: state.name,
        quorum_percent: state.quorumPercent,
        members: state.memberships.filter(({ left }) => left === undefined).length,
        meetings: state.meetings.length,
        recommendations: state.recommendations.length,
      });
      expect(tables.get('group_members')!.map(({ id, organisation }) => [id, organisation])).toEqual(
        state.memberships.map(({ id, organisation }) => [id, organisation ?? null]),
      );
      const today = '2026-07-01';
      for (const [place, recommendation] of state.recommendations.entries()) {
        const stored = tables.get('group_recommendations')![place]!;
        const standing = recommendationStanding(recommendation, italy, today);
        expect(stored.outcome).toBe(recommendation.answer?.outcome ?? null);
        expect(stored.answered_on === null).toBe(standing === 'awaited' || standing === 'overdue');
      }
      expect(JSON.stringify([...tables])).not.toContain('Canary');
    }));
});

describe('the flags of calls and groups', () => {
  const entries = (events: readonly RecordedEvent[]) => events.map((event) => entryOf(publicEvent(event)));

  it('are those of the whole public history, with each award in the book of awards', () => {
    let seen = 0;
    of('call', (events) => {
      const rows = rowsOf(named('civic_flags'), events).get('civic_flags')!;
      const flags = callFlags(entries(events), italy);
      seen += flags.length;
      expect(rows.map(({ rule, entry, from_day, measure, out_of, organisation }) => [rule, entry, from_day, measure, out_of, organisation])).toEqual(
        flags.map(({ rule, entry, from, measure, outOf, organisation }) => [rule, entry, from, measure, outOf, organisation]),
      );
    });
    of('group', (events) => {
      const rows = rowsOf(named('civic_flags'), events).get('civic_flags')!;
      const flags = groupFlags(entries(events), italy);
      seen += flags.length;
      expect(rows.map(({ rule, entry, from_day, measure, authority }) => [rule, entry, from_day, measure, authority])).toEqual(
        flags.map(({ rule, entry, from, measure, authority }) => [rule, entry, from, measure, authority]),
      );
    });
    expect(seen).toBeGreaterThan(20);
  }); // prettier-ignore

  const callLives = fc
    .sample(civicWishes, { numRuns: 700, seed: 7 })
    .map((each, place) => civicLife('call', each, idFrom('call', 'IT', 'test', String(place))))
    .filter((life) => life.some(({ type }) => type === 'CallAwarded') || life.length === 7);
  const yearsLater = (life: readonly RecordedEvent[], years: number): RecordedEvent[] =>
    life.map((event) => ({
      ...event,
      metadata: { ...event.metadata, occurredOn: daysAfter(event.metadata.occurredOn!, 365 * years) },
    }));

  it('of who wins are those of a recount over all calls, of however many years', () => {
    let seen = 0;
    const shifts = fc.array(fc.nat(6), { minLength: 12, maxLength: 12 });
    fc.assert(
      fc.property(fc.shuffledSubarray(callLives, { minLength: 4, maxLength: 12 }), shifts, (chosen, years) => {
        const lives = chosen.map((life, place) => yearsLater(life, years[place]!));
        const events = lives.flat();
        const rows = rowsOf(named('civic_flags'), events, 5).get('civic_flags')!;
        const awards = lives.flatMap((life) => {
          const call = publicly<Call>('call', life);
          const award = life.find(({ type }) => type === 'CallAwarded');
          const { metadata } = life.find(({ type }) => type === 'CallPublished') ?? {};
          const winner = call?.applications.find(({ id }) => id === call.awardedTo)?.organisation;
          return award && winner !== undefined ? [{ entry: award.id, on: award.metadata.occurredOn!, winner, authority: metadata!.actor.agency }] : [];
        });
        const expected = awards.flatMap((each, place) => {
          const before = awards.filter((other, at) => other.authority === each.authority && daysBetween(other.on, each.on) <= 1095 && (other.on < each.on || (other.on === each.on && at <= place)));
          const won = before.filter(({ winner }) => winner === each.winner).length;
          return won >= 3 && won * 2 >= before.length ? [[each.entry, won, before.length]] : [];
        });
        const again = rows.filter(({ rule }) => rule === 'same-winner');
        seen += again.length;
        expect(again.map(({ entry, measure, out_of }) => [entry, measure, out_of]).toSorted()).toEqual(expected.toSorted());
      }),
      { numRuns: 300 },
    );
    expect(seen).toBeGreaterThan(5);
  }); // prettier-ignore

  it('of who wins are made of the awards of two periods, however many there are', () => {
    const awarded = callLives.filter((life) => life.some(({ type }) => type === 'CallAwarded'));
    const states = (years: number): number[] => {
      const lives = Array.from({ length: years }, (_, year) => awarded.slice(0, 5).map((life) => renamed(yearsLater(life, year), year))).flat();
      const { states: all } = fold(named('civic_flags'), new Map(), lives.flat());
      return [...all].filter(([key]) => key.startsWith('awards-')).map(([, state]) => (state as { awards: unknown[] }).awards.length);
    };
    expect(Math.max(...states(30))).toBe(Math.max(...states(9)));
    // Five a year; a period is three years.
    expect(Math.max(...states(30))).toBeGreaterThan(20);
    expect(Math.max(...states(30))).toBeLessThanOrEqual(5 * 7);
  }); // prettier-ignore
});

describe.each(['organisations', 'calls', 'dialogues', 'groups', 'civic_flags'])('%s', (name) => {
  it('come to the same whatever the batches', () =>
    fc.assert(
      fc.property(civicWishes, wishes, fc.integer({ min: 1, max: 9 }), (all, ofAsset, batch) => {
        const lives = (['organisation', 'call', 'dialogue', 'group'] as const).flatMap((kind) => civicLife(kind, all));
        const events = [...lives, ...live(ofAsset).events];
        expect(rowsOf(named(name), events, batch)).toEqual(rowsOf(named(name), events));
      }),
      { numRuns: 60 },
    ));
});
