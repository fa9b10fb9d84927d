import fc from 'fast-check';
import type { Dossier, RecordedEvent } from '#domain';
import { decide, emptyDossier, evolve, fold, replay, situationAt } from '#domain';
import { breaches } from './lawful';
import { circumstancesOf, commandOf, live, registry, usualCommands, wish, wishes } from './random-lives';
import type { Life, Wish } from './random-lives';

const TODAY = '2026-06-15';
const RUNS = { numRuns: 50 };

const holdsOfLives = (holds: (life: Life) => void, numRuns = RUNS.numRuns): void =>
  fc.assert(
    fc.property(wishes, (all) => holds(live(all))),
    { numRuns },
  );

describe('whatever is wished, in whatever order', () => {
  it('what is accepted leaves a lawful dossier, at every step', () =>
    holdsOfLives(({ attempts, dossier }) => {
      for (const { before } of attempts) expect(breaches(before, TODAY)).toEqual([]);
      expect(breaches(dossier, TODAY)).toEqual([]);
    }, 200));

  it('what is refused says so by a ground, and leaves everything as it was', () =>
    holdsOfLives(({ attempts, events }) => {
      const accepted = attempts.flatMap(({ decision }) => (decision.kind === 'accepted' ? decision.events : []));
      expect(events.map(({ id }) => id)).toEqual(accepted.map(({ id }) => id));
      for (const { decision } of attempts) {
        if (decision.kind === 'refused') expect(decision.refusal.message).not.toMatch(/\{\w+\}|undefined|NaN/);
      }
    }));

  it('nobody annuls what they recorded themselves (rule 6)', () =>
    holdsOfLives(({ attempts }) => {
      for (const { command, circumstances, before, decision } of attempts) {
        if (decision.kind !== 'accepted' || command.name !== 'annul-entry') continue;
        const annulled = before.history.find(({ id }) => id === command.data.entry);
        const recorder = annulled?.recordedBy;
        // An import records what its file says, not what the officer who ran it thinks.
        if (recorder?.person) expect(recorder.subject).not.toBe(circumstances.actor.subject);
      }
    }));

  it('the asset is what its history adds up to', () =>
    holdsOfLives(({ dossier }) => expect(dossier.asset).toEqual(fold(dossier.history))));

  it('times of recording never go back', () =>
    holdsOfLives(({ events, dossier }) => {
      const times = events.map(({ metadata }) => metadata.recordedAt);
      expect(times).toEqual([...times].sort());
      expect(dossier.lastRecordedAt).toBe(times.at(-1));
    }));

  it('every entry has an id of its own', () =>
    holdsOfLives(({ events }) => expect(new Set(events.map(({ id }) => id)).size).toBe(events.length)));
});

describe('the log says it all', () => {
  it('replayed it gives the state that grew with it', () =>
    holdsOfLives(({ events, dossier }) => {
      expect(replay(events)).toEqual(dossier);
      expect(events.reduce(evolve, emptyDossier)).toEqual(dossier);
    }));

  it('replayed to anywhere and continued from there', () =>
    fc.assert(
      fc.property(wishes, fc.nat(), (all, cut) => {
        const { events, dossier } = live(all);
        const middle = cut % (events.length + 1);
        const half = replay(events.slice(0, middle));
        expect(events.slice(middle).reduce(evolve, half)).toEqual(dossier);
        // Continuing from a dossier leaves it as it was, for it may be shared.
        expect(half).toEqual(replay(events.slice(0, middle)));
      }),
      RUNS,
    ));

  it('asked without a moment it tells the present; asked what was known, the past as it was then', () =>
    holdsOfLives(({ events, dossier }) => {
      const { history, asset } = dossier;
      expect(situationAt(events, {}, 'Europe/Rome')).toEqual({ history, asset });
      for (const { metadata } of events) {
        const known = events.filter((event) => event.metadata.recordedAt <= metadata.recordedAt);
        const { history: then, asset: thing } = replay(known);
        const moment = { knownAt: metadata.recordedAt };
        expect(situationAt(events, moment, 'Europe/Rome')).toEqual({ history: then, asset: thing });
      }
    }));

  it('asked about a day, it tells of that day and those before it, and of no later one', () =>
    fc.assert(
      fc.property(wishes, fc.nat(), (all, pick) => {
        const { events, dossier } = live(all);
        const days = dossier.history.flatMap(({ occurredOn }) => occurredOn ?? []);
        const asOf = days[pick % Math.max(1, days.length)] ?? TODAY;
        const { history } = situationAt(events, { asOf }, 'Europe/Rome');
        const dated = dossier.history.filter(({ occurredOn }) => occurredOn !== null && occurredOn <= asOf);
        expect(history.filter(({ occurredOn }) => occurredOn !== null)).toEqual(dated);
        // Nothing that stood on a day is gone on a later one, and today all of it stands.
        const next = situationAt(events, { asOf: `${asOf.slice(0, 8)}31` }, 'Europe/Rome').history;
        expect(history.filter((entry) => !next.some(({ id }) => id === entry.id))).toEqual([]);
        expect(situationAt(events, { asOf: TODAY }, 'Europe/Rome').history).toEqual(dossier.history);
      }),
      RUNS,
    ));

  it('entries of one day stand in the order in which they were recorded', () =>
    holdsOfLives(({ events, dossier }) => {
      const corrected = new Set(events.map(({ data }) => (data.field === 'occurredOn' ? data.entry : undefined)));
      const revisions = new Map(events.map(({ id, revision }) => [id, revision]));
      const byDay = new Map<string, number[]>();
      for (const { id, occurredOn } of dossier.history) {
        if (occurredOn === null || corrected.has(id)) continue;
        byDay.set(occurredOn, [...(byDay.get(occurredOn) ?? []), revisions.get(id)!]);
      }
      for (const recorded of byDay.values()) expect(recorded).toEqual([...recorded].sort((a, b) => a - b));
    }));
});

describe('a command sent again', () => {
  it('changes nothing, whenever it comes', () =>
    fc.assert(
      fc.property(wishes, (all) => {
        const [once, often] = [live(all), live(all, { repeating: true })];
        expect(often.events.map(({ id }) => id)).toEqual(once.events.map(({ id }) => id));
        expect({ ...often.dossier, lastRecordedAt: '' }).toEqual({ ...once.dossier, lastRecordedAt: '' });
      }),
      RUNS,
    ));

  it('gets the answer it got, and under another content a refusal', () =>
    holdsOfLives(({ attempts, events, dossier }) => {
      for (const { command, circumstances, decision } of attempts) {
        if (decision.kind !== 'accepted') continue;
        const { commandId } = circumstances;
        const [recorded, ...more] = events.filter(({ metadata }) => metadata.commandId === commandId);
        expect(more).toEqual([]);
        const { revision, position } = recorded!;
        expect(decide(command, dossier, circumstances)).toEqual({ kind: 'repeated', revision, position });
        const other = { ...circumstances, commandDigest: 'another content' };
        expect(decide(command, dossier, other)).toMatchObject({ kind: 'refused', refusal: { code: 'key-reused' } });
      }
    }));
});

describe('two late entries', () => {
  /** Ids follow from the revision, so entries are told apart by the commands that recorded them. */
  const told = ({ history, asset }: Dossier, events: readonly RecordedEvent[]): unknown => {
    const names = new Map(events.map(({ id, metadata }) => [id, metadata.commandId]));
    const text = JSON.stringify({ history: history.map(({ recordedAt: _, ...entry }) => entry), asset });
    return JSON.parse(text.replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, (id) => names.get(id) ?? id));
  };
  const inOrder = (life: Life, late: readonly (readonly [Wish, number])[]): { accepted: boolean; told: unknown } => {
    let { dossier } = life;
    const events = [...life.events];
    for (const [one, place] of late) {
      const command = commandOf(one, life.dossier, Date.UTC(2015, 0, 1) / 86_400_000 + one.days);
      const decision = decide({ ...command }, dossier, circumstancesOf(one, place), registry);
      if (decision.kind !== 'accepted') return { accepted: false, told: undefined };
      const revision = dossier.revision + 1;
      events.push({ ...decision.events[0]!, stream: 'asset-IT-TEST', revision, position: 1000 + revision });
      dossier = evolve(dossier, events.at(-1)!);
    }
    return { accepted: true, told: told(dossier, events) };
  };
  const lateOn = (day: number, one: Wish): Wish => ({ ...one, when: 'same day', days: day });

  it('that are lawful in either order of recording lead to the same asset', () => {
    let commuting = 0;
    fc.assert(
      fc.property(wishes, wish, wish, fc.nat(1500), fc.nat(1500), (all, one, other, day, later) => {
        const life = live(all);
        const [a, b] = [lateOn(day, one), lateOn(day + 1 + later, other)];
        fc.pre(![a, b].some(({ command }) => command.endsWith('-entry')));
        const [forth, back] = [inOrder(life, [[a, 100], [b, 101]]), inOrder(life, [[b, 101], [a, 100]])]; // prettier-ignore
        if (!forth.accepted || !back.accepted) return;
        commuting += 1;
        expect(back.told).toEqual(forth.told);
      }),
      { numRuns: 150 },
    );
    expect(commuting).toBeGreaterThan(10);
  });
});

describe('these lives', () => {
  it('are long and varied enough to prove something', () => {
    const lives = fc.sample(wishes, { numRuns: 800, seed: 2 }).map((all) => live(all));
    const attempts = lives.flatMap((life) => life.attempts);
    const accepted = attempts.filter(({ decision }) => decision.kind === 'accepted');
    expect(accepted.length / attempts.length).toBeGreaterThan(0.25);
    const phases = attempts.map(({ before }) => before.asset?.phase ?? 'none');
    expect(missing(phasesTold, phases)).toEqual([]);
    const recorded = accepted.map(({ command }) => command.name);
    expect(missing([...usualCommands, 'correct-entry', 'annul-entry', 'erase-personal-data'], recorded)).toEqual([]);
    const codes = attempts.flatMap(({ decision }) => (decision.kind === 'refused' ? [decision.refusal.code] : []));
    expect(missing(grounds, codes)).toEqual([]);
  });

  const missing = (wanted: readonly string[], found: readonly string[]): string[] =>
    wanted.filter((one) => !found.includes(one));
  const phasesTold = [
    'none', 'seized', 'confiscated-first', 'confiscated-appeal', 'confiscated-final', 'available', 'destined', 'transferred',
    'assigned', 'in-use', 'kept-by-state', 'sold', 'destroyed', 'returned', 'split', 'merged',
  ]; // prettier-ignore
  const grounds = [
    'not-seized', 'already-seized', 'after-exit', 'in-the-future', 'before-seizure', 'date-needed', 'contradicts-later-entry',
    'instance-out-of-order', 'confiscation-not-ordered', 'confiscation-already-final', 'seizure-superseded', 'destination-before-final',
    'authorisation-not-needed', 'already-destined', 'no-destination', 'already-transferred', 'transfer-not-destined', 'no-such-entry',
    'correction-contradicts', 'correction-breaks-entry', 'correction-of-closed-field', 'correction-changes-nothing',
    'same-person', 'annulled-by-recorder', 'no-such-reference', 'no-such-personal-data', 'buyer-linked', 'proceeds-exceed-price',
    'commitment-exceeded', 'approval-exceeded', 'support-conflict', 'screening-inconsistent', 'report-overlaps', 'use-needs-transfer',
    'one-agreement-at-a-time', 'proposal-not-approved', 'proposal-decided', 'agreement-needs-transfer', 'organisation-not-verified',
    'organisation-suspended', 'blocking-problems', 'no-agreement', 'already-handed-over', 'nothing-to-return', 'use-needs-handover',
    'agreement-suspended', 'agreement-not-suspended', 'agreement-not-renewable', 'renewal-too-early', 'amendment-extends', 'not-expired-yet',
    'revocation-needs-reason', 'agreement-period', 'correction-of-fixed-field', 'agreed-entry-corrected',
  ]; // prettier-ignore
});
