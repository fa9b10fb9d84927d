import fc from 'fast-check';
import {
  aggregates, assetIdFrom, derivedUuid, exampleOf, fold, idFrom, nothingConsulted, onlyShortened, rankingOf, streamParts,
} from '#domain'; // prettier-ignore
import type { Actor, Asset, Call, Consulted, Group, JsonObject, Organisation, RecordedEvent, StreamName, Thread } from '#domain'; // prettier-ignore
import { circumstances, fact, recorded } from '../domain/specification';

/** Random lawful lives of the streams that are recorded as they happen: whatever is wished, only what the law accepts is written. */

type Kind = 'organisation' | 'call' | 'dialogue' | 'group';

export interface Wish {
  readonly command: number;
  readonly pick: number;
  readonly person: number;
  readonly days: number;
}

export const civicWish: fc.Arbitrary<Wish> = fc.record({
  command: fc.nat(10_000),
  pick: fc.nat(10_000),
  person: fc.nat(3),
  days: fc.nat(25),
});
export const civicWishes = fc.array(civicWish, { minLength: 1, maxLength: 40, size: 'max' });

export const villa = assetIdFrom('IT', 'it-anbsc', 'villa');
export const applicants = ['a', 'b', 'c'].map((id) => idFrom('organisation', 'IT', 'it-runts', id));
const persons: readonly Actor[] = ['anna', 'luca', 'rosa', 'ugo'].map((subject, place) => ({
  subject,
  agency: place < 2 ? 'ANBSC' : 'Comune',
  role: 'officer',
}));

const good: Organisation = {
  kind: 'civil-society',
  name: 'Terra Buona',
  identifiers: [],
  registeredOn: null,
  describedBy: [],
  verified: { on: null },
};
const anAsset: Asset | undefined = fold([recordedSeizure()]);
function recordedSeizure() {
  const { id, type, version, data, metadata } = recorded(fact('AssetSeized', '2015-03-12', { kind: 'company' }), 0);
  return { id, type, version, data, occurredOn: metadata.occurredOn, recordedAt: metadata.recordedAt };
}
const consulted: Consulted = {
  ...nothingConsulted,
  asset: new Map([[villa, anAsset]]),
  organisation: new Map(applicants.map((id) => [id, good])),
};

const idOfKind: Readonly<Record<Kind, string>> = {
  organisation: idFrom('organisation', 'IT', 'test', '1'),
  call: idFrom('call', 'IT', 'test', '1'),
  dialogue: idFrom('dialogue', 'IT', 'test', '1'),
  group: idFrom('group', 'IT', 'test', '1'),
};
const START = Date.UTC(2026, 0, 1, 9);
const DAY = 86_400_000;
const at = (day: number): string => new Date(START + day * DAY).toISOString();

/** What is wished for next, more often what usually comes next. */
const usual: Readonly<Record<Kind, readonly string[]>> = {
  organisation: ['register-organisation', 'declare-beneficial-owners', 'verify-organisation', 'describe-organisation', 'suspend-organisation', 'reinstate-organisation'],
  call: ['draft-call', 'publish-call', 'clarify-call', 'submit-application', 'submit-application', 'appoint-evaluator', 'appoint-evaluator', 'close-call', 'open-applications', 'admit-application', 'admit-application', 'exclude-application', 'score-application', 'award-call', 'withdraw-application', 'recuse-evaluator'],
  dialogue: ['ask-question', 'file-observation', 'moderate-thread', 'publish-answer', 'escalate-thread', 'close-thread'],
  group: ['form-group', 'admit-member', 'admit-member', 'record-meeting', 'adopt-recommendation', 'answer-recommendation', 'record-leaving'],
}; // prettier-ignore

/** The events of one stream of a kind that lived through these wishes. */
export function civicLife(kind: Kind, wishes: readonly Wish[], id: string = idOfKind[kind]): RecordedEvent[] {
  const { commands, empty, evolve, decide } = aggregates[kind] as (typeof aggregates)['call'];
  const events: RecordedEvent[] = [];
  let situation = empty;
  let day = 0;
  for (const [place, { command, pick, person, days }] of wishes.entries()) {
    day += days / 4;
    const name = wishedFor(kind, command, situation.state, [...commands.keys()]);
    const data = dataFor(name, pick, situation.state, commands.get(name)!.definition.data);
    const now = at(day);
    const occurredOn = now.slice(0, 10);
    const scorer = name === 'score-application' ? missing(situation.state)?.by.account?.subject : undefined;
    const actor = persons.find(({ subject }) => subject === scorer) ?? persons[person]!;
    const decision = decide(
      { name, occurredOn, data },
      situation,
      circumstances({ now, actor, source: { kind: 'form' }, commandId: derivedUuid('wish', id, place) }),
      consulted,
    );
    if (decision.kind !== 'accepted') continue;
    for (const event of decision.events) {
      const stream: StreamName = `${kind}-${id}`;
      events.push(JSON.parse(JSON.stringify({ ...event, stream, revision: events.length, position: 10 * events.length + 7 })) as RecordedEvent);
      situation = evolve(situation, events.at(-1)!);
    }
  }
  return events;
} // prettier-ignore

/** The first command opens; then mostly what usually comes next, and sometimes anything. */
function wishedFor(kind: Kind, command: number, state: unknown, names: readonly string[]): string {
  const often = usual[kind];
  if (state === undefined) return often[kind === 'dialogue' ? command % 2 : 0]!;
  if (command % 8 === 0) return one(names, command >> 3)!;
  if (kind !== 'call' || command % 8 === 1) return one(often, command >> 3)!;
  const call = state as Call;
  const undecided = call.applications.filter(({ status }) => status === 'opened' || status === 'sealed');
  switch (call.status) {
    case 'draft':
      return 'publish-call';
    case 'published':
      return one(['submit-application', 'appoint-evaluator', 'clarify-call', 'close-call'], command >> 3)!;
    case 'closed':
      return call.applications.length === 0 ? 'desert-call' : 'open-applications';
    default:
      if (undecided.length > 0) return one(['admit-application', 'admit-application', 'exclude-application'], command >> 3)!;
      return missing(call) ? 'score-application' : one(['award-call', 'desert-call'], command >> 3)!;
  }
} // prettier-ignore

/** The first score an award waits for. */
function missing(call: Call | undefined) {
  const admitted = (call?.applications ?? []).filter(({ status }) => status === 'admitted');
  return admitted
    .flatMap(({ id }) => call!.criteria.flatMap(({ code }) => call!.evaluators.map((by) => ({ application: id, criterion: code, by }))))
    .find(({ application, criterion, by }) => !by.recused && !call!.scores.some((score) => score.application === application && score.criterion === criterion && score.evaluator === by.id));
} // prettier-ignore

function one<Value>(values: readonly Value[], pick: number): Value | undefined {
  return values.length === 0 ? undefined : values[pick % values.length];
}

const undecidedIn = (call: Call | undefined) => call?.applications.find(({ status }) => status === 'opened');

function dataFor(name: string, pick: number, state: unknown, schema: object): JsonObject {
  const call = state as Call | undefined;
  const thread = state as Thread | undefined;
  const group = state as Group | undefined;
  const application = one(call?.applications ?? [], pick)?.id ?? derivedUuid('none');
  switch (name) {
    case 'register-organisation':
      return { kind: one(['civil-society', 'company', 'academia'], pick)!, name: 'Terra', identifiers: [{ scheme: 'it-runts', id: String(pick) }], representative: 'Canary' };
    case 'declare-beneficial-owners':
      return { basis: 'office', owners: 1 + (pick % 3), shares: [40], names: ['Canary'] };
    case 'verify-organisation':
      return { checks: ['identity'], note: 'Canary' };
    case 'describe-organisation':
      return pick % 2 === 0 ? { aims: `Aim ${pick}`, contact: 'Canary' } : { name: `Terra ${pick}` };
    case 'draft-call':
      return { assets: [villa], object: 'A villa', summary: 'Apply.', criteria: [{ code: 'impact', words: 'What it does.', maximum: 30, weight: 60 }, { code: 'plan', words: 'Paid for.', maximum: 7, weight: 40 }], tieBreak: one(['draw', 'earliest'], pick)!, deadline: new Date(START + 60 * DAY).toISOString().replace('.000', ''), sealing: { scheme: 'x', publicKey: '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo' } };
    case 'submit-application':
      return { organisation: one(applicants, pick)!, sealed: { scheme: 'x', ciphertext: { sha256: 'cd'.repeat(32), size: 7 }, digest: 'cd'.repeat(32) } };
    case 'withdraw-application':
      return { application };
    case 'admit-application':
      return { application: undecidedIn(call)?.id ?? application };
    case 'exclude-application':
      return { application: undecidedIn(call)?.id ?? application, ground: 'incomplete', reason: 'A page is missing.', note: 'Canary' };
    case 'open-applications':
      return { custodians: ['Comune'], custodianNames: ['Canary'], releasedKey: 'ef'.repeat(32), applications: (call?.applications ?? []).filter(({ status }) => status !== 'withdrawn').map(({ id, organisation }) => ({ application: id, organisation: organisation! })) };
    case 'appoint-evaluator':
      return { account: { login: persons[pick % 4]!.subject, agency: persons[pick % 4]!.agency }, name: 'Canary' };
    case 'recuse-evaluator':
      return { appointment: one(call?.evaluators ?? [], pick)?.id ?? derivedUuid('none'), interest: 'kinship', declaration: 'Canary' };
    case 'score-application':
      return { application: missing(call)?.application ?? application, criterion: missing(call)?.criterion ?? 'plan', points: pick % 8 };
    case 'award-call': {
      const ranking = call ? rankingOf(call) : [];
      const first = ranking[0]?.application ?? derivedUuid('none');
      return { ranking: ranking.length > 0 ? (ranking as unknown as JsonObject[]) : [{ application: first, points: [{ criterion: 'impact', sum: 0 }], weightedTotal: { numerator: '0', denominator: '1' } }], evaluators: Math.max(1, call?.evaluators.filter(({ recused }) => !recused).length ?? 0), awardedTo: first };
    }
    case 'ask-question':
    case 'file-observation':
      return { ...(name === 'ask-question' && { kind: one(['question', 'complaint'], pick)! }), ...(pick % 3 > 0 ? { asset: villa } : { report: 'calls' }), addressedTo: 'ANBSC', text: 'Why is it empty? Canary asks.', askerName: 'Canary' };
    case 'moderate-thread': {
      const text = 'Why is it empty? Canary asks.';
      const shown = 'Why is it empty? […]';
      if (!onlyShortened(shown, text)) throw new Error('The example is wrong.');
      return one<JsonObject>([{ outcome: 'partly-redacted', reason: 'personal-data', text: shown, note: 'Canary' }, { outcome: 'withheld', reason: 'offensive' }], pick)!;
    }
    case 'publish-answer':
      return { text: `Answer ${pick}.` };
    case 'escalate-thread':
      return { to: one(['RPCT', 'Comune'], pick)! };
    case 'close-thread':
      return { reason: one(['answered', 'withheld', 'withdrawn'], thread ? pick : 0)! };
    case 'form-group':
      return { name: `Tavolo ${pick % 3}`, aims: 'Reuse that lasts', quorumPercent: 20 };
    case 'admit-member':
      return pick % 2 === 0 ? { represents: 'civil-society', organisation: one(applicants, pick >> 1)! } : { represents: 'academia', person: `Canary ${pick}`, accounts: ['Canary'] };
    case 'record-leaving':
      return { member: one(group?.memberships ?? [], pick)?.id ?? derivedUuid('none'), reason: 'resigned' };
    case 'record-meeting':
      return { place: 'Palermo', agenda: ['Houses'], present: (group?.memberships ?? []).filter(({ left }) => left === undefined).map(({ id }) => id), minutes: { sha256: 'ab'.repeat(32), title: 'Minutes' } };
    case 'adopt-recommendation': {
      const meeting = group?.meetings.at(-1);
      return { meeting: meeting?.id ?? derivedUuid('none'), addressedTo: one(['Comune', 'ANBSC'], pick)!, text: 'Open them.', answerBy: '2026-06-01', votes: { inFavour: meeting?.present.length ?? 1, against: 0, abstained: 0 } };
    }
    case 'answer-recommendation':
      return { recommendation: one(group?.recommendations ?? [], pick)?.id ?? derivedUuid('none'), outcome: 'accepted', reasons: 'We will.', answeringOffice: 'Office' };
    default:
      return exampleOf(schema);
  }
} // prettier-ignore

/** The kind of a stream of ours. */
export const kindOf = (stream: string): string => streamParts(stream)?.kind ?? '';
