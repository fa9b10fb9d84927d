import fc from 'fast-check';
import type {
  Command,
  Circumstances,
  Call,
  Consulted,
  Decision,
  Dossier,
  JsonObject,
  JsonValue,
  LegalDate,
  Organisation,
  RecordedEvent,
} from '#domain';
import { assetCommands, decide, derivedUuid, emptyDossier, evolve, exampleOf, idFrom, nothingConsulted } from '#domain';
import { circumstances } from './specification';

/** What somebody wishes to record next; numbers choose among what the dossier offers at that moment. */
export interface Wish {
  /** Some command, or one that usually comes next in an asset's life. */
  readonly command: string;
  readonly when: 'later' | 'same day' | 'late' | 'undated' | 'future';
  readonly days: number;
  readonly pick: number;
  readonly person: number;
  /** Sends a command that was accepted before once more, first. */
  readonly again: boolean;
}

/** One command that was sent, with what it met and what became of it. */
export interface Attempt {
  readonly command: Command;
  readonly circumstances: Circumstances;
  readonly before: Dossier;
  readonly decision: Decision;
}

export interface Life {
  readonly attempts: readonly Attempt[];
  readonly events: readonly RecordedEvent[];
  readonly dossier: Dossier;
}

export const ONWARD = 'onward';
const START_DAY = Date.UTC(2015, 0, 1) / 86_400_000;
const TODAY = Date.UTC(2026, 5, 15) / 86_400_000;
const dateOn = (day: number): LegalDate => new Date(day * 86_400_000).toISOString().slice(0, 10);

export const wish: fc.Arbitrary<Wish> = fc.record({
  command: fc.oneof(
    { weight: 10, arbitrary: fc.constant(ONWARD) },
    { weight: 5, arbitrary: fc.constantFrom(...assetCommands.keys()) },
    { weight: 1, arbitrary: fc.constantFrom('correct-entry', 'correct-entry', 'annul-entry', 'erase-personal-data') },
  ),
  when: fc.oneof(
    { weight: 10, arbitrary: fc.constant('later' as const) },
    { weight: 5, arbitrary: fc.constantFrom('same day', 'late', 'undated', 'future', 'late') },
  ),
  days: fc.nat(200),
  pick: fc.nat(1_000_000),
  person: fc.nat(2),
  again: fc.boolean(),
});

/** The organisations of the registry: the first two may be given an asset, the others may not. */
const organisations = ['Terra Buona', 'Mare Aperto', 'Not Verified', 'Suspended'].map((name, place) => ({
  organisation: idFrom('organisation', 'IT', 'it-runts', String(place)),
  name,
}));
export const closedTo: ReadonlySet<unknown> = new Set(organisations.slice(2).map(({ organisation }) => organisation));
const stateOf = (name: string): Organisation => ({
  kind: 'civil-society',
  name,
  identifiers: [],
  registeredOn: null,
  describedBy: [],
  ...(name !== 'Not Verified' && { verified: { on: null } }),
  ...(name === 'Suspended' && { suspended: { on: null, reason: 'other' } }),
});
/** A call won by the first organisation. */
const CALL = idFrom('call', 'IT', 'c', '1');
const awarded: Call = {
  status: 'awarded',
  draft: 'draft',
  assets: ['IT-TEST'],
  object: 'A house',
  criteria: [],
  tieBreak: 'earliest',
  deadline: '2020-01-01T12:00:00Z',
  sealing: { scheme: 's', publicKey: 'k' },
  applications: [{ id: 'won', status: 'admitted', organisation: organisations[0]!.organisation }],
  evaluators: [],
  scores: [],
  awardedTo: 'won',
};

export const registry: Consulted = {
  ...nothingConsulted,
  call: new Map([[CALL, awarded]]),
  organisation: new Map(organisations.map(({ organisation, name }) => [organisation, stateOf(name)])),
};

const usually = (command: string, pick: number, person = 0): Wish => ({
  command,
  when: 'later',
  days: 20,
  pick,
  person,
  again: false,
});

/** Beginnings that bring a life to where money, support, use and sale happen; few random ones get that far. */
const confiscated = [
  usually('record-seizure', 0),
  usually('order-confiscation', 0),
  usually('make-confiscation-final', 0),
];
const transferred = [...confiscated, usually('decide-destination', 0), usually('transfer-asset', 0)];
const used = [...transferred, usually('start-use', 0)];
const approvedFor = (organisation: number) => [
  ...transferred,
  usually('propose-assignment', organisation),
  usually('approve-assignment', 0, 1),
];
const assigned = [
  ...approvedFor(0),
  usually('sign-agreement', 0),
  usually('record-handover', 0),
  usually('start-use', 0),
];
/** Where an agreement is in the way of what usually comes next, or something is in the way of an agreement. */
const hindered = [
  approvedFor(4),
  [...approvedFor(0), usually('record-problem', 1)],
  [...approvedFor(0), usually('sign-agreement', 3)],
];
const paying = [
  ...confiscated,
  usually('allocate-funds', 900),
  usually('commit-expenditure', 400),
  usually('request-payment', 90),
  usually('approve-payment', 0, 1),
  usually('make-payment', 25),
];
const forSale = [...confiscated, usually('decide-destination', 16), usually('screen-buyer', 0)];

const onwards = fc.array(wish, { minLength: 1, maxLength: 30, size: 'max' });
export const wishes: fc.Arbitrary<Wish[]> = fc.oneof(
  { weight: 3, arbitrary: onwards },
  {
    weight: 2,
    arbitrary: fc
      .tuple(fc.constantFrom(confiscated, paying, used, forSale, assigned, assigned, ...hindered), onwards)
      .map(([beginning, more]) => [...beginning, ...more]),
  },
);

/** Lets an asset live through these wishes, recording what is accepted; repeats are sent only where `repeating`. */
export function live(all: readonly Wish[], { repeating = false } = {}): Life {
  const attempts: Attempt[] = [];
  const events: RecordedEvent[] = [];
  let dossier = emptyDossier;
  let day = START_DAY;
  const send = (command: Command, under: Circumstances): void => {
    const decision = decide(command, dossier, under, registry);
    attempts.push({ command, circumstances: under, before: dossier, decision });
    if (decision.kind !== 'accepted') return;
    for (const event of decision.events) {
      events.push(stored(event, events.length));
      dossier = evolve(dossier, events.at(-1)!);
    }
  };
  for (const [place, one] of all.entries()) {
    const accepted = attempts.filter(({ decision }) => decision.kind === 'accepted');
    const earlier = accepted[one.pick % Math.max(1, accepted.length)];
    if (repeating && one.again && earlier) send(earlier.command, { ...earlier.circumstances, now: clock(place) });
    if (one.when === 'later') day = Math.min(TODAY, day + one.days);
    send(commandOf(one, dossier, day), circumstancesOf(one, place));
  }
  return { attempts, events, dossier };
}

/** As the log gives it back: through JSON. */
function stored(event: object, revision: number): RecordedEvent {
  const recorded = { ...event, stream: 'asset-IT-TEST', revision, position: 10 * revision + 7 };
  return JSON.parse(JSON.stringify(recorded)) as RecordedEvent;
}

export function circumstancesOf({ when, person }: Wish, place: number): Circumstances {
  return circumstances({
    now: clock(place),
    actor: { subject: `officer-${person}`, agency: 'ANBSC', role: 'officer' },
    source:
      when === 'undated' && person > 0 ? { kind: 'import', file: 'a.csv', row: place, digest: 'd' } : { kind: 'form' },
    commandId: derivedUuid('wish', place),
    commandDigest: `wish ${place}`,
  });
}

/** Runs on, with a jump back now and then, as the clocks of several machines do. */
const clock = (place: number): string =>
  new Date(Date.UTC(2026, 5, 15, 10) + 60_000 * (place % 5 === 3 ? place - 4 : place)).toISOString();

export function commandOf({ command, when, days, pick }: Wish, dossier: Dossier, day: number): Command {
  const next = oneOf(onward[dossier.asset?.phase ?? 'none'] ?? ['describe-asset'], pick);
  const onTheWay = isWay(next) ? nextOn(ways[next], dossier) : next;
  const name = command === ONWARD ? onTheWay : command;
  const dates = { later: day, 'same day': day, late: day - days, undated: null, future: TODAY + 1 + days };
  const date = dates[when];
  const data = (dataFor[name] ?? ((): JsonObject => exampleOf(assetCommands.get(name)!.data)))(
    pick,
    dossier,
    dateOn(day - days),
  );
  return { name, occurredOn: date === null ? null : dateOn(date), data };
}

function oneOf<Value>(values: readonly Value[], pick: number): Value {
  return values[pick % values.length]!;
}

/** The way of public money, of support and of an assignment: what usually follows the latest entry of each. */
const ways = {
  money: {
    none: 'allocate-funds',
    FundsAllocated: 'commit-expenditure',
    ExpenditureCommitted: 'request-payment',
    PaymentRequested: 'approve-payment',
    PaymentApproved: 'make-payment',
    PaymentMade: 'reverse-payment',
    PaymentReversed: 'request-payment',
  },
  support: {
    none: 'pledge-support',
    SupportPledged: 'screen-support',
    SupportScreened: 'accept-support',
    SupportAccepted: 'deliver-support',
    SupportDelivered: 'pledge-support',
  },
  assignment: {
    none: 'propose-assignment',
    AssignmentProposed: 'approve-assignment',
    AssignmentRejected: 'propose-assignment',
    AssignmentApproved: 'sign-agreement',
    AgreementSigned: 'record-handover',
    AssetHandedOver: 'terminate-agreement',
    AgreementTerminated: 'record-return',
    AssetReturnedByAssignee: 'propose-assignment',
  },
} as const;

const isWay = (name: string): name is keyof typeof ways => name in ways;

function nextOn(way: Readonly<Record<string, string>>, { history }: Dossier): string {
  return way[history.findLast(({ type }) => type in way)?.type ?? 'none'] ?? 'describe-asset';
}

/** What usually comes next, so that lives are long. */
const onward: Readonly<Record<string, readonly string[]>> = {
  none: ['record-seizure'],
  seized: ['order-confiscation', 'order-confiscation', 'authorise-interlocutory-sale', 'grant-provisional-use', 'decide-destination', 'revoke-seizure'],
  'confiscated-first': ['order-confiscation', 'make-confiscation-final', 'make-confiscation-final'],
  'confiscated-appeal': ['make-confiscation-final', 'appoint-administrator', 'discharge-administrator', 'revoke-confiscation'],
  'confiscated-final': ['record-inspection', 'waive-blocking-problem', 'assignment', 'record-problem', 'resolve-problem', 'decide-destination', 'money', 'money', 'support'],
  available: ['decide-destination', 'record-problem', 'appoint-administrator', 'discharge-administrator', 'money', 'money', 'money', 'support', 'support'],
  destined: ['transfer-asset', 'transfer-asset', 'revoke-destination', 'screen-buyer', 'sell-asset'],
  transferred: ['revoke-destination', 'transfer-asset', 'record-interest', 'record-management-cost', 'start-use', 'money', 'support', 'assignment', 'assignment', 'assignment', 'reject-assignment'],
  assigned: ['record-handover', 'start-use', 'start-use', 'resume-agreement', 'amend-agreement', 'renew-agreement', 'assignment', 'terminate-agreement', 'support'],
  'in-use': ['report-activity', 'report-activity', 'establish-non-use', 'suspend-agreement', 'renew-agreement', 'terminate-agreement', 'waive-blocking-problem', 'record-problem', 'money', 'money', 'money', 'support', 'support'],
  sold: ['allocate-proceeds', 'compensate-victims'],
}; // prettier-ignore
export const usualCommands: ReadonlySet<string> = new Set(
  [...Object.values(onward).flat(), ...Object.values(ways).flatMap((way) => Object.values(way))].filter(
    (name) => !(name in ways),
  ),
);

type DataFor = (pick: number, dossier: Dossier, anotherDay: LegalDate) => JsonObject;

const entryIn = ({ history }: Pick<Dossier, 'history'>, pick: number): string =>
  history.length === 0 || pick % 23 === 0 ? derivedUuid('no entry') : oneOf(history, pick).id;

/** The latest entry of a type. */
const latest = ({ history }: Dossier, type: string): string =>
  history.findLast((entry) => entry.type === type)?.id ?? derivedUuid('no entry');

const euro = (minor: number) => ({ minor: 1 + minor, currency: 'EUR' });
const document = { sha256: 'ab'.repeat(32), title: 'Paper' };
const supplier = (pick: number) => ({ name: `Company ${pick % 4}` });

/** One to whom the asset may be given, most of the time. */
const assigneeFor = (pick: number) =>
  oneOf(
    [0, 1, 0, 2, 3].map((place) => organisations[place]!),
    pick,
  );

/** The right fields with the right values to choose from; a command that is not here gets the example of its schema. */
const dataFor: Readonly<Record<string, DataFor>> = {
  'record-seizure': (pick) => ({ kind: oneOf(['company', 'real-estate'], pick), title: `Asset ${pick % 3}` }),
  'order-confiscation': (pick) => ({ instance: oneOf(['first', 'appeal', 'not-stated'], pick), share: 1 + (pick % 100) }),
  'make-confiscation-final': () => ({}),
  'revoke-seizure': (pick) => ({ extent: oneOf(['part', 'whole'], pick) }),
  'revoke-confiscation': (pick) => ({ extent: oneOf(['part', 'whole'], pick) }),
  'describe-asset': (pick) => ({ title: `Asset ${pick % 5}`, category: oneOf(['villa', 'land'], pick) }),
  'record-problem': (pick) => ({ kind: oneOf(['occupied', 'mortgaged'], pick), blocking: pick % 3 > 0 }),
  'resolve-problem': (pick, dossier) => ({ problem: dossier.asset?.problems[0]?.id ?? entryIn(dossier, pick) }),
  'record-inspection': (pick) => ({ condition: 'good', readyForDestination: pick % 4 > 0 }),
  'record-management-cost': (pick, _, day) => ({ purpose: 'tax', amount: { minor: pick, currency: 'EUR' }, from: '2015-01-01', to: day }),
  'authorise-interlocutory-sale': () => ({ authority: 'Tribunale' }),
  'decide-destination': (pick) => ({ purpose: oneOf(['social', 'institutional', 'sale', 'provisional-use', 'liquidation'], pick >> 3) }),
  'transfer-asset': (pick) => ({ to: { kind: oneOf(['municipality', 'state-body'], pick), name: 'Somebody' } }),
  'propose-assignment': (pick) => ({ ...assigneeFor(pick), ...(pick % 5 === 1 ? { ...organisations[0]!, call: CALL } : { directGround: 'Art. 48' }), reasons: 'Near.' }),
  'approve-assignment': (_, dossier) => ({ proposal: latest(dossier, 'AssignmentProposed') }),
  'reject-assignment': (_, dossier) => ({ proposal: latest(dossier, 'AssignmentProposed'), details: 'Far.' }),
  'waive-blocking-problem': (pick, dossier) => ({ problem: dossier.asset?.problems.at(-1)?.id ?? entryIn(dossier, pick), details: 'It may pass.' }),
  'sign-agreement': (pick, dossier, day) => {
    const proposals = dossier.asset?.assignment?.proposals ?? [];
    const proposal = proposals.findLast(({ status }) => status === 'approved') ?? proposals.at(-1);
    const { organisation, name } = proposal ?? assigneeFor(pick);
    const cost = pick % 3 === 1 ? { charge: 'fee', fee: euro(pick % 900) } : { charge: 'free' };
    const to = oneOf(['2030-01-01', '2017-01-01', day], pick);
    return { proposal: proposal?.id ?? derivedUuid('no entry'), organisation, name, act: { number: '1' }, object: 'Farm', from: '2015-01-02', to, ...cost, renewable: pick % 4 < 3 };
  },
  'amend-agreement': (pick, _, day) => ({ act: { number: '2' }, details: 'Smaller.', ...(pick % 3 > 0 && { to: oneOf([day, '2050-01-01'], pick) }) }),
  'renew-agreement': (pick, dossier, day) => {
    const { organisation, name, to } = dossier.asset?.agreement ?? { ...assigneeFor(pick), to: day };
    return { organisation, name, act: { number: '3' }, from: pick % 4 === 0 ? day : `${Number(to.slice(0, 4)) + 1}-01-01`, to: '2040-01-01' };
  },
  'suspend-agreement': () => ({ reason: 'safety' }),
  'terminate-agreement': (pick) => oneOf<JsonObject>([{ cause: 'renounced' }, { cause: 'expired' }, { cause: 'revoked', reason: 'breach' }, { cause: 'revoked' }], pick),
  'allocate-funds': (pick) => ({ source: 'eu', amount: euro(500 + (pick % 1000)) }),
  'reduce-allocation': (pick, dossier) => ({ allocation: latest(dossier, 'FundsAllocated'), amount: euro(pick % 100), reason: 'Less.' }),
  'commit-expenditure': (pick, dossier) => ({ allocation: latest(dossier, 'FundsAllocated'), amount: euro(pick % 500), supplier: supplier(pick), procedure: 'open', contract: 'C', document }),
  'reduce-commitment': (pick, dossier) => ({ commitment: latest(dossier, 'ExpenditureCommitted'), amount: euro(pick % 100), reason: 'Less.' }),
  'request-payment': (pick, dossier) => ({ commitment: latest(dossier, 'ExpenditureCommitted'), amount: euro(pick % 100), document }),
  'approve-payment': (_, dossier) => {
    const request = dossier.history.findLast(({ type }) => type === 'PaymentRequested');
    return { request: request?.id ?? derivedUuid('no entry'), amount: (request?.data.amount as JsonObject | undefined) ?? euro(0) };
  },
  'make-payment': (pick, dossier) => ({ request: latest(dossier, 'PaymentRequested'), amount: euro(pick % 30), document }),
  'reverse-payment': (pick, dossier) => ({ payment: latest(dossier, 'PaymentMade'), amount: euro(pick % 30), reason: 'Back.' }),
  'publish-support-need': (pick) => ({ kind: 'goods', title: 'Chairs', quantity: { value: 1 + (pick % 20), scale: 1, unit: 'piece' } }),
  'pledge-support': (pick, { asset }) => {
    const need = asset?.support?.needs.at(-1);
    return { ...(need && pick % 3 > 0 && { need: need.id }), supporter: supplier(pick), kind: 'goods', quantity: { value: 1 + (pick % 50), scale: pick % 2, unit: 'piece' } };
  },
  'screen-support': (pick, dossier) => ({
    pledge: latest(dossier, 'SupportPledged'),
    outcome: oneOf(['passed', 'passed', 'passed', 'failed'], pick),
    conflictOfInterest: pick % 11 === 0,
    tiesToFormerOwner: pick % 13 === 0,
    beneficialOwnersDeclared: pick % 17 > 0,
  }),
  'accept-support': (_, dossier) => ({ pledge: latest(dossier, 'SupportPledged') }),
  'deliver-support': (pick, dossier) => ({ pledge: latest(dossier, 'SupportPledged'), quantity: { value: 1 + (pick % 40), scale: 2, unit: 'piece' }, document }),
  'record-destruction': (pick) => ({ cause: oneOf(['disaster', 'decided'], pick), document }),
  'start-use': () => ({ purpose: 'social' }),
  'report-activity': (_, dossier, day) => ({ from: dossier.asset?.use?.first ?? '2015-01-01', to: day, activities: [{ kind: 'culture' }], jobs: { total: 2, women: 1 } }),
  'establish-non-use': () => ({}),
  'screen-buyer': (pick) => ({ buyer: supplier(pick), link: oneOf(['none', 'none', 'linked'], pick) }),
  'sell-asset': (pick, dossier) => ({ screening: latest(dossier, 'BuyerScreened'), price: euro(pick % 1000), procedure: 'auction', document }),
  'allocate-proceeds': (pick) => ({ purpose: oneOf(['victims-compensation', 'social'], pick), amount: euro(pick % 600) }),
  'compensate-victims': (pick, dossier) => ({ amount: euro(pick % 300), proceeds: latest(dossier, 'ProceedsAllocated') }),
  'correct-entry': (pick, dossier, day) => correctionFor(dossier, pick, oneOf(corrections(day), pick >> 4)),
  'erase-personal-data': (pick, dossier) => ({
    entry: entryIn(dossier, pick),
    erasureGround: 'objection',
    reason: 'The person objected',
  }),
  'disclose-field': (pick, dossier) => ({ entry: entryIn(dossier, pick), field: 'note', reason: 'Nothing speaks against it.' }),
  'annul-entry': (pick, dossier) => ({ entry: entryIn(dossier, pick), reason: 'Recorded on the wrong dossier.' }),
}; // prettier-ignore

/** Every other correction is of an entry that has the field, any one of the rest of whichever. */
function correctionFor({ history }: Dossier, pick: number, wrong: { field: string; value: JsonValue }): JsonObject {
  const fitting = history.filter(({ data }) => wrong.field in data);
  const entry = pick % 2 === 0 && fitting.length > 0 ? oneOf(fitting, pick >> 1).id : undefined;
  return { entry: entry ?? entryIn({ history }, pick), ...wrong, reason: 'Typed wrong.' };
}

const corrections = (day: LegalDate): { field: string; value: JsonValue }[] => [
  { field: 'occurredOn', value: day },
  { field: 'occurredOn', value: null },
  { field: 'occurredOn', value: '2030-01-01' },
  { field: 'instance', value: 'appeal' },
  { field: 'extent', value: 'whole' },
  { field: 'purpose', value: 'sale' },
  { field: 'title', value: 'Another title' },
  { field: 'title', value: null },
  { field: 'blocking', value: false },
  { field: 'formerHolder', value: 'Somebody' },
  { field: 'to.kind', value: 'state-body' },
  { field: 'amount.minor', value: 50 },
  { field: 'outcome', value: 'passed' },
  { field: 'link', value: 'none' },
  { field: 'organisation', value: organisations[3]!.organisation },
  { field: 'reasons', value: 'Another reason.' },
  { field: 'to', value: day },
  { field: 'renewable', value: false },
];
