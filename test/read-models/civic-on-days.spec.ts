import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import type { LegalDate, RecordedEvent } from '#domain';
import { after, dateOf, idFrom, italy, lastInstantOf, upTo } from '#domain';
import { openEmbeddedLog } from '#event-store';
import { publicEvent } from '#privacy';
import type {
  CallPage,
  DialogueDetail,
  DialogueItem,
  DialoguePage,
  GroupPage,
  Now,
  OrganisationPage,
  Row,
} from '#read-models';
import {
  ProjectionRunner, ReadDatabase, allCalls, allDialogues, allGroups, allOrganisations, answersByAuthority, callPage, callStates, check, dialogueList, dialoguePage,
  groupPage, organisationPage, projectionsFor, standings, threadStates,
} from '#read-models'; // prettier-ignore
import { wholeLog } from '../../apps/auditor/log';
import { fold } from '../../libs/read-models/engine/fold';
import { assignedIn, assigning } from '../../libs/read-models/projections/civic/assignments';
import { live, wishes } from '../domain/random-lives';
import { applicants, civicLife, civicWishes } from './civic-lives';
import { onBothDatabases } from './databases';
import type { FreshDatabase } from './databases';

/** What is told of a day is what is told by whoever knows of each stream only what counted by then. */

const kinds = ['organisation', 'call', 'dialogue', 'group'] as const;
type Stream = readonly [name: string, events: readonly RecordedEvent[]];
const LIVES = 12;

/** Random lives; some entries are dated back, some have no date, as imported ones may. */
function someLives(seed: number): Stream[] {
  const [all, moved] = [
    fc.sample(civicWishes, { numRuns: LIVES * kinds.length, seed }),
    fc.sample(fc.array(fc.nat(9), { minLength: 60, maxLength: 60 }), { numRuns: LIVES * kinds.length, seed }),
  ];
  return all.map((life, number): Stream => {
    const kind = kinds[number % kinds.length]!;
    const id =
      (kind === 'organisation' ? applicants[number / kinds.length] : undefined) ??
      idFrom(kind, 'IT', 'test', String(number));
    return [
      `${kind}-${id}`,
      civicLife(kind, life, id).map((event, place) => dated(event, moved[number]![place % 60]!)),
    ];
  });
}

function dated(event: RecordedEvent, move: number): RecordedEvent {
  const { occurredOn } = event.metadata;
  if (move > 5 || occurredOn === null) return event;
  const back = new Date(Date.parse(`${occurredOn}T00:00:00Z`) - move * 5 * 86_400_000).toISOString().slice(0, 10);
  return { ...event, metadata: { ...event.metadata, occurredOn: move === 0 ? null : back } };
}

/** The latest day on which an entry can have happened; of an answer, that on which it could be read. */
function ownDay(events: readonly RecordedEvent[], place: number): LegalDate {
  const { type, metadata } = events[place]!;
  const recordedOn = dateOf(metadata.recordedAt, italy.timeZone);
  if (type === 'AnswerPublished' || type === 'RecommendationAnswered') return recordedOn;
  if (metadata.occurredOn !== null) return metadata.occurredOn;
  const behind = place + 1 < events.length ? ownDay(events, place + 1) : recordedOn;
  return behind < recordedOn ? behind : recordedOn;
}

/** What of a stream counted by the end of a day: an entry and all before it. */
function upToDay([name, events]: Stream, day: LegalDate): Stream {
  const first = events.findIndex((_, place) => ownDay(events, place) > day);
  return [name, first < 0 ? events : events.slice(0, first)];
}

async function told(
  fresh: FreshDatabase,
  streams: readonly Stream[],
  partOf: (events: readonly RecordedEvent[]) => number = ({ length }) => length,
): Promise<{ database: ReadDatabase; close: () => Promise<void>; drift: () => Promise<unknown[]> }> {
  const folder = await mkdtemp(join(tmpdir(), 'civic-on-days-'));
  const store = openEmbeddedLog(join(folder, 'log.sqlite'));
  const rest = streams.map(([stream, events]) => ({ stream, events, taken: 0 }));
  while (rest.some(({ events, taken }) => taken < events.length))
    for (const life of rest.filter(({ events, taken }) => taken < events.length)) {
      const part = life.events.slice(life.taken, life.taken + partOf(life.events));
      await store.append(life.stream, part, life.taken === 0 ? 'no-stream' : life.taken - 1);
      life.taken += part.length;
    }
  const database = await ReadDatabase.openForWriting(await fresh());
  const names = ['timeline', 'organisations', 'calls', 'dialogues', 'groups', 'register'];
  const projections = projectionsFor(italy).filter(({ name }) => names.includes(name));
  const runner = new ProjectionRunner(store, database, projections, { batchSize: 20 });
  await runner.start();
  expect(await runner.reached(await store.head(), 60_000)).toBe(true);
  await runner.stop();
  const drift = async (): Promise<unknown[]> => {
    const checked = await check(database, projections, () => wholeLog(store), 9);
    return checked.filter(({ drift: wrong, failure }) => wrong.length > 0 || failure !== undefined);
  };
  const close = async (): Promise<void> => {
    await database.close();
    await store.close();
    await rm(folder, { recursive: true });
  };
  return { database, close, drift };
}

const all = async <Item>(items: AsyncIterable<Item>): Promise<Item[]> => {
  const found: Item[] = [];
  for await (const each of items) found.push(each);
  return found;
};

/** What is said of others, and how far the log is read, is of today. */
const ofToday = new Set([
  'position',
  'names',
  'assetLabels',
  'assetLabel',
  'callObjects',
  'callObject',
  'organisationName',
]);
function ofTheDay(page: CallPage | DialoguePage | GroupPage | OrganisationPage | undefined): unknown {
  if (!page) return undefined;
  const kept = Object.entries(page).filter(([name]) => !ofToday.has(name));
  return JSON.parse(JSON.stringify(kept, (name, value: unknown) => (value instanceof Map ? [...value] : name === 'name' ? undefined : value)));
} // prettier-ignore

/** Everything that can be asked of a day, page by page. */
async function everythingOf(database: ReadDatabase, now: Now): Promise<Record<string, unknown>> {
  const said: Record<string, unknown> = {};
  const calls = await all(allCalls(database, {}, now));
  for (const query of [{}, ...callStates.map((state) => ({ state })), { text: 'villa' }, { authority: 'ANBSC' }, { asset: 'IT-X' }])
    said[`calls ${JSON.stringify(query)}`] = (await all(allCalls(database, query, now))).map(({ awardedTo, ...call }) => ({ ...call, awardedTo: awardedTo?.id }));
  for (const { id } of calls) said[id] = ofTheDay(await callPage(database, id, now, italy));
  for (const query of [{}, ...threadStates.map((state) => ({ state })), { kind: 'observation' }, { report: 'calls' }, { authority: 'ANBSC' }])
    said[`dialogues ${JSON.stringify(query)}`] = await all(allDialogues(database, query, now));
  for (const { id } of await all(allDialogues(database, {}, now))) said[id] = ofTheDay(await dialoguePage(database, id, now, italy));
  said.answers = (await answersByAuthority(database, now)).authorities;
  for (const query of [{}, { represents: 'academia' }, { authority: 'Comune' }, ...applicants.map((organisation) => ({ organisation }))])
    said[`groups ${JSON.stringify(query)}`] = await all(allGroups(database, query, now));
  for (const { id } of await all(allGroups(database, {}, now))) said[id] = ofTheDay(await groupPage(database, id, now, italy));
  for (const query of [{}, ...standings.map((standing) => ({ standing })), { kind: 'academia' }, { text: 'terra' }])
    said[`organisations ${JSON.stringify(query)}`] = await all(allOrganisations(database, query, now));
  for (const { id } of await all(allOrganisations(database, {}, now))) said[id] = ofTheDay(await organisationPage(database, id, now, italy));
  return said;
} // prettier-ignore

/** Of a thread that could be read on a day no more is told than may be read today: the decision in force today stands in the place of that day's. */
function withDecisionsOf(present: ReadonlyMap<string, DialogueDetail['moderation']>, said: Record<string, unknown>): Record<string, unknown> {
  const inPlace = (moderation: DialogueDetail['moderation'], id: string): unknown =>
    moderation?.text === undefined ? moderation : JSON.parse(JSON.stringify(present.get(id) ?? moderation));
  return Object.fromEntries(
    Object.entries(said).map(([what, value]) => {
      if (what.startsWith('dialogues '))
        return [what, (value as DialogueItem[]).map((item) => {
          const now = present.get(item.id);
          return item.text === null || !now ? item : { ...item, moderation: now.outcome, text: now.text ?? null };
        })];
      if (!present.has(what) || !value) return [what, value];
      const now = (value as [string, unknown][]).some(([name, part]) => name === 'text' && part !== null) ? present.get(what) : undefined;
      return [what, (value as [string, unknown][]).map(([name, part]) => {
        if (now && name === 'moderation') return [name, now.outcome];
        if (now && name === 'text') return [name, now.text ?? null];
        if (name !== 'detail') return [name, part];
        const detail = part as DialogueDetail;
        return [name, { ...detail, ...(detail.moderation && { moderation: inPlace(detail.moderation, what) }) }];
      })];
    }),
  );
} // prettier-ignore

onBothDatabases((fresh) => {
  const seed = Math.floor(Math.random() * 2 ** 31);
  const streams = someLives(seed);
  const dates = streams.flatMap(([, events]) => events.map((_, place) => ownDay(events, place)));
  const days = [...new Set(fc.sample(fc.constantFrom(...dates), { numRuns: 10, seed })), '2090-01-01'];
  let whole: Awaited<ReturnType<typeof told>>;
  beforeAll(async () => {
    // Side by side, a part of each at a time, so that rows and counters are written again and again.
    whole = await told(fresh, streams, () => 3);
  }, 90_000);
  afterAll(() => whole.close());

  it('tells of a day what the streams tell that are cut off there, in every list, on every page and in the sums', async () => {
    expect(await whole.drift()).toEqual([]);
    const present = { instant: '2090-01-01T00:00:00.000Z', today: '2090-01-01' };
    const decisions = new Map<string, DialogueDetail['moderation']>();
    for (const { id } of await all(allDialogues(whole.database, {}, present)))
      decisions.set(id, (await dialoguePage(whole.database, id, present, italy))!.detail.moderation);
    for (const day of days) {
      const cut = await told(
        fresh,
        streams.map((stream) => upToDay(stream, day)).filter(([, events]) => events.length > 0),
      );
      try {
        const instant = lastInstantOf(day, italy.timeZone);
        const then = withDecisionsOf(decisions, await everythingOf(cut.database, { instant, today: day }));
        expect([seed, day, await everythingOf(whole.database, { instant, today: day, past: true })]).toEqual([seed, day, then]);
      } finally {
        await cut.close();
      }
    }
  }, 300_000); // prettier-ignore

  it('tells nothing of a day before everything', async () => {
    const now = { instant: '1990-01-01T22:59:59.999Z', today: '1990-01-01', past: true };
    const [call] = streams.filter(([name]) => name.startsWith('call-'));
    expect(await callPage(whole.database, call![0].slice('call-'.length), now, italy)).toBeUndefined();
    for (const said of Object.values(await everythingOf(whole.database, now))) expect(said).toEqual([]);
  });

  it('walks a list of a day in both directions', async () => {
    const day = days.toSorted()[days.length >> 1]!;
    const now = { instant: lastInstantOf(day, italy.timeZone), today: day, past: true };
    const there = (await all(allDialogues(whole.database, {}, now))).map(({ id }) => id);
    const first = await dialogueList(whole.database, {}, now, { limit: 2 });
    expect([first.total, first.items.map(({ id }) => id)]).toEqual([there.length, there.slice(0, 2)]);
    if (!first.next) return;
    const second = await dialogueList(whole.database, {}, now, { limit: 2, after: first.next });
    expect(second.items.map(({ id }) => id)).toEqual(there.slice(2, 4));
    const back = await dialogueList(whole.database, {}, now, { limit: 2, before: second.previous! });
    expect(back.items).toEqual(first.items);
  });
});

describe('what organisations held on a day', () => {
  const named = projectionsFor(italy).find(({ name }) => name === 'organisations')!;

  it('is what the entries up to that day say, also after corrections, annulments and late entries', () => {
    let seen = 0;
    fc.assert(
      fc.property(wishes, (life) => {
        const { events } = live(life);
        const { states } = fold(named, new Map(), events);
        const spans = tableOf('organisation_assets_spans');
        const rows = [...states.values()].flatMap((state) => spans.rows(state));
        const changes = named.tallies!.find(({ table }) => table.name === 'organisation_count_days')!;
        const counted = [...states.values()].flatMap((state) => changes.of(state));
        const history = historyOf(events);
        for (const day of [...new Set(history.map(({ occurredOn }) => occurredOn!)), '1990-01-01', '2090-01-01']) {
          const then = assignedIn(upTo(history, day, italy.timeZone));
          const stood = rows.filter(({ valid_from, valid_to }) => String(valid_from) <= day && String(valid_to) > day);
          seen += stood.length;
          expect(stood.map(({ proposal, status, in_force, ended_cause }) => [proposal, status, in_force, ended_cause]).toSorted()).toEqual(
            then.map(({ proposal, status, agreement }) => [proposal, status, agreement && !agreement.ended ? 1 : 0, agreement?.ended?.cause ?? null]).toSorted(),
          );
          const sum = (name: string): number => counted.filter(({ last_day }) => String(last_day) <= day).reduce((total, row: Row) => total + Number(row[name]), 0);
          expect([sum('proposals'), sum('holds'), sum('held')]).toEqual([
            then.length,
            then.filter(({ agreement }) => agreement && !agreement.ended).length,
            then.filter(({ agreement }) => agreement?.ended).length,
          ]);
        }
      }),
      { numRuns: 200 },
    );
    expect(seen).toBeGreaterThan(100);
  }); // prettier-ignore

  const tableOf = (name: string) => named.tables.find(({ table }) => table.name === name)!;
  const historyOf = (events: readonly RecordedEvent[]) =>
    events
      .filter(({ type }) => assigning.has(type) || type === 'EntryCorrected' || type === 'EntryAnnulled')
      .reduce<Parameters<typeof after>[0]>((dossier, event) => after(dossier, publicEvent(event)), {
        history: [],
        asset: undefined,
      }).history;
});
