import {
  aggregates, answerStanding, assetIdFrom, emptyDossier, generic, idFrom, italy, onlyShortened, threadStanding,
} from '#domain'; // prettier-ignore
import type { Actor, JsonObject, RecordedEvent } from '#domain';
import { publicEvent } from '#privacy';
import { fact, recorded } from './specification';
import { approver, officer, recordedIn, streamOf } from './stream-specification';
import type { Around, StreamFact } from './stream-specification';

const given = streamOf('dialogue');

const ASSET = assetIdFrom('IT', 'it-anbsc', 'I-PA-89-S');
const ORGANISATION = idFrom('organisation', 'IT', 'it-runts', '77001');
const TEXT = 'Why does the villa stand empty? My neighbour Rosa asks too.';
const REDACTED = 'Why does the villa stand empty? […]';

const portal: Actor = { subject: 'portal', agency: 'public', role: 'process' };
const elsewhere: Actor = { subject: 'clerk-2', agency: 'Comune di Palermo', role: 'officer' };
const transparency: Actor = { subject: 'rpct-1', agency: 'RPCT', role: 'officer' };
const byProcess: Around = { by: portal, source: { kind: 'process', name: 'portal' } };

const photo = {
  sha256: 'ab'.repeat(32),
  mediaType: 'image/jpeg',
  alternative: 'The gate, closed, with Rosa before it',
};
const blurred = {
  sha256: 'cd'.repeat(32),
  mediaType: 'image/png',
  alternative: 'The gate, closed, […]',
  redactionOf: photo.sha256,
};

const asking = { kind: 'question', report: 'register', addressedTo: 'ANBSC', text: TEXT, askerName: 'Mario Rossi' };
const asked: StreamFact = { type: 'QuestionAsked', on: '2026-05-01', data: asking };
const observed: StreamFact = {
  type: 'ObservationFiled',
  on: '2026-05-01',
  data: { report: 'register', addressedTo: 'ANBSC', text: TEXT, organisation: ORGANISATION, photos: [photo] },
};
const whole = { outcome: 'published', reason: 'in-order', text: TEXT };
const inPart = { outcome: 'partly-redacted', reason: 'personal-data', text: REDACTED };
const nothing = { outcome: 'withheld', reason: 'offensive' };
const moderated = (data: JsonObject = whole): StreamFact => ({
  type: 'ThreadModerated',
  on: '2026-05-03',
  data,
  by: approver,
});
const published = moderated();
const withheld = moderated(nothing);
const answered: StreamFact = {
  type: 'AnswerPublished',
  on: '2026-05-20',
  at: '2026-05-20T09:00:00.000Z',
  data: { text: 'It waits for works.' },
};
const escalated: StreamFact = { type: 'ThreadEscalated', on: '2026-06-01', data: { to: 'RPCT' } };
const closed: StreamFact = { type: 'ThreadClosed', on: '2026-06-02', data: { reason: 'answered' } };

describe('a contribution of the public', () => {
  const dossier = [recorded(fact('AssetSeized', '2015-03-12', { kind: 'company' }), 0)].reduce(aggregates.asset.evolve, emptyDossier);
  const known: Around = { consulted: { asset: new Map([[ASSET, aggregates.asset.stateOf(dossier)]]) } };
  const { report: _, ...rest } = asking;

  it('opens a thread with the authority that owes the answer', () =>
    given()
      .when('QuestionAsked', '2026-05-01', { ...rest, asset: ASSET }, known)
      .then(({ state }) => expect(state).toMatchObject({ kind: 'question', subject: { asset: ASSET }, addressedTo: 'ANBSC' })));
  it('may be an observation with photos', () =>
    given()
      .when('ObservationFiled', '2026-05-01', { ...observed.data, organisation: undefined })
      .then(({ state }) => expect(state).toMatchObject({ kind: 'observation', photos: [photo] })));
  it.each([{}, { asset: ASSET, report: 'register' }])('is about one thing, not about %j', (subject) =>
    given().when('QuestionAsked', '2026-05-01', { ...rest, ...subject }, known).thenRefused('one-subject'));
  it('is about an asset of this registry', () =>
    given()
      .when('QuestionAsked', '2026-05-01', { ...rest, asset: ASSET }, { consulted: { asset: new Map([[ASSET, undefined]]) } })
      .thenRefused('not-in-registry', { what: 'asset', id: ASSET }));
  it('is about a call of this registry', () => {
    const call = idFrom('call', 'IT', 'example', '1');
    given()
      .when('QuestionAsked', '2026-05-01', { ...rest, call }, { consulted: { call: new Map([[call, undefined]]) } })
      .thenRefused('not-in-registry', { what: 'call', id: call });
  });
  it('may go on from an earlier one, which must be there', () => {
    const before = idFrom('dialogue', 'IT', 'example', '1');
    const follow = (state = given(asked).situation.state) =>
      given().when('QuestionAsked', '2026-05-01', { ...asking, follows: before }, { consulted: { dialogue: new Map([[before, state]]) } });
    follow().then();
    given()
      .when('QuestionAsked', '2026-05-01', { ...asking, follows: before }, { consulted: { dialogue: new Map([[before, undefined]]) } })
      .thenRefused('not-in-registry', { what: 'dialogue' });
  });
  it('may hold what its sender should not have written, for nobody reads it unmoderated', () =>
    given().when('QuestionAsked', '2026-05-01', { ...asking, text: 'Write to mario@example.org' }).then());
  it('is one for each thread', () => given(asked).when('ObservationFiled', '2026-05-02', { ...observed.data, organisation: undefined }).thenRefused('already-opened'));
}); // prettier-ignore

describe('moderation', () => {
  const moderate = (facts: StreamFact[], data: JsonObject, around: Around = { by: approver }) =>
    given(...facts).when('ThreadModerated', '2026-05-03', data, around);

  it('publishes word for word', () =>
    moderate([asked], whole).then(({ state }) => expect(state).toMatchObject({ moderation: { outcome: 'published' } })));
  it('publishes in part', () => moderate([asked], inPart).then());
  it('withholds', () => moderate([asked], nothing).then());
  it('is not done by who entered the contribution', () => moderate([asked], whole, { by: officer }).thenRefused('same-person'));
  it('is done by a person', () => moderate([asked], whole, byProcess).thenRefused('second-person-needed'));
  it('may be done by any person where a process took the contribution', () =>
    moderate([{ ...asked, by: portal }], whole, { by: officer }).then());
  it('is done again by a third person alone', () => {
    moderate([asked, withheld], whole, { by: approver }).thenRefused('same-person');
    moderate([asked, withheld], whole, { by: elsewhere }).then(({ state }) => expect(state?.moderation?.outcome).toBe('published'));
  });
  it.each([
    { ...nothing, text: TEXT },
    { ...nothing, reason: 'in-order' },
    { ...whole, text: undefined },
    { ...whole, reason: 'safety' },
    { ...inPart, reason: 'in-order' },
  ])('is of one piece: %j', (data) => moderate([asked], data).thenRefused('moderation-inconsistent'));
  it.each([
    ['a changed word', { ...whole, text: TEXT.replace('empty', 'open') }],
    ['an added word', { ...inPart, text: `${REDACTED} Thanks.` }],
    ['an unmarked omission', { ...inPart, text: 'Why does the villa stand empty?' }],
    ['nothing left out', { ...inPart, text: TEXT }],
    ['a photo nobody filed', { ...whole, photos: [photo] }],
  ])('never shows %s', (_, data) => moderate([asked], data).thenRefused('moderation-alters'));

  it('shows every photo where it shows all', () => {
    moderate([observed], { ...whole, photos: [photo] }).then();
    moderate([observed], whole).thenRefused('moderation-alters');
  });
  it('may show a photo with a face made unrecognisable, and fewer words about it', () =>
    moderate([observed], { ...inPart, photos: [blurred] }).then());
  it('shows a photo once and in its own type', () => {
    moderate([observed], { ...inPart, photos: [photo, blurred] }).thenRefused('moderation-alters');
    moderate([observed], { ...inPart, photos: [{ ...photo, mediaType: 'image/png' }] }).thenRefused('moderation-alters');
  });
  it('names no other organisation than the one that spoke', () => {
    moderate([observed], { ...inPart, organisation: ORGANISATION }).then();
    moderate([observed], { ...inPart, organisation: idFrom('organisation', 'IT', 'a', 'b') }).thenRefused('moderation-alters');
  });
  it('can still withhold, and no more than that, when the text was erased', () => {
    const erased: StreamFact = { ...asked, data: { ...asking, text: undefined } };
    moderate([erased], nothing).then();
    moderate([erased], whole).thenRefused('moderation-alters');
  });
  it('keeps personal data out of what is published', () =>
    moderate([{ ...asked, data: { ...asking, text: 'Write to mario@example.org' } }], { ...whole, text: 'Write to mario@example.org' })
      .thenRefused('personal-data-in-public-field', { field: 'text' }));
}); // prettier-ignore

describe('an answer', () => {
  const answer = (facts: StreamFact[], around: Around = {}, on = '2026-05-20') =>
    given(...facts).when('AnswerPublished', on, answered.data, around);

  it('is given by a person of the authority', () => answer([asked, published]).then());
  it('is given to what was redacted too', () => answer([asked, moderated(inPart)]).then());
  it('may be completed', () => answer([asked, published, answered]).then(({ state }) => expect(state?.answers).toHaveLength(2)));
  it('is not given before anybody moderated', () => answer([asked]).thenRefused('answer-before-moderation'));
  it('is not dated before the moderation', () => answer([asked, published], {}, '2026-05-02').thenRefused('answer-before-moderation'));
  it('is not given to what was withheld', () => answer([asked, withheld]).thenRefused('thread-withheld'));
  it('is not given by another authority', () =>
    answer([asked, published], { by: elsewhere }).thenRefused('answer-not-by-authority', { authorities: 'ANBSC' }));
  it('is not given by a process', () =>
    answer([asked, published], { ...byProcess, by: officer }).thenRefused('second-person-needed'));
  it('may come from the body it was escalated to', () => {
    answer([asked, published], { by: transparency }).thenRefused('answer-not-by-authority');
    answer([asked, published, escalated], { by: transparency }).then();
  });
}); // prettier-ignore

describe('an escalation', () => {
  const escalate = (facts: StreamFact[], on = '2026-06-01', to = 'RPCT') => given(...facts).when('ThreadEscalated', on, { to });

  it('follows a deadline that passed', () => escalate([asked, published]).then(({ state }) => expect(state?.escalatedTo).toEqual(['RPCT'])));
  it('is open to what nobody moderated', () => escalate([asked]).then());
  it('waits for the last day to end', () => escalate([asked, published], '2026-05-31').thenRefused('deadline-not-passed', { dueOn: '2026-05-31' }));
  it('is not for what was answered', () => escalate([asked, published, answered]).thenRefused('already-answered', { answeredOn: '2026-05-20' }));
  it('is not for what was withheld', () => escalate([asked, withheld]).thenRefused('thread-withheld'));
  it('goes to another body', () => {
    escalate([asked, published], '2026-06-01', 'ANBSC').thenRefused('already-escalated');
    escalate([asked, published, escalated]).thenRefused('already-escalated');
    escalate([asked, published, escalated], '2026-06-02', 'Prefettura').then();
  });
}); // prettier-ignore

describe('a closed thread', () => {
  const close = (facts: StreamFact[], reason: string) => given(...facts).when('ThreadClosed', '2026-06-02', { reason });

  it('was answered, withheld or withdrawn', () => {
    close([asked, published, answered], 'answered').then(({ state }) => expect(state?.closed?.reason).toBe('answered'));
    close([asked, withheld], 'withheld').then();
    close([asked], 'withdrawn').then();
  });
  it.each(['answered', 'withheld'])('was not closed as %s without that', (reason) =>
    close([asked, published], reason).thenRefused('closing-unfounded', { reason }));
  it.each([
    ['ThreadModerated', nothing],
    ['AnswerPublished', answered.data],
    ['ThreadEscalated', { to: 'RPCT' }],
    ['ThreadClosed', { reason: 'withdrawn' }],
  ] as const)('takes no %s', (type, data) =>
    given(asked, published, answered, closed).when(type, '2026-06-03', data, { by: elsewhere }).thenRefused('thread-closed'));
}); // prettier-ignore

describe('where an answer stands', () => {
  const standing = (facts: StreamFact[], today: string, profile = italy) => threadStanding(given(...facts).situation.state!, profile, today);

  it('follows from the deadline of the profile and the day', () => {
    expect(standing([asked], '2026-05-31')).toBe('awaited');
    expect(standing([asked], '2026-06-01')).toBe('overdue');
    expect(standing([asked, published, answered], '2026-06-15')).toBe('in-time');
    expect(standing([asked], '2026-06-01', { ...generic, answerWithinDays: { days: 60, source: '' } })).toBe('awaited');
  });
  it('counts an answer from the day it was entered, whatever date it bears', () =>
    expect(standing([asked, published, { ...answered, at: '2026-06-02T09:00:00.000Z' }], '2026-06-15')).toBe('late'));
  it('counts a question without a date from the day it was entered', () =>
    expect(standing([{ ...asked, on: null, at: '2026-05-10T23:30:00.000Z' }], '2026-06-10')).toBe('awaited'));
  it('is nothing where no answer is owed', () => {
    expect(standing([asked, withheld], '2026-06-15')).toBeUndefined();
    expect(standing([asked, { ...closed, data: { reason: 'withdrawn' } }], '2026-06-15')).toBeUndefined();
  });
  it('holds on the last day', () => {
    expect(answerStanding({ dueOn: '2026-05-31', answeredOn: '2026-05-31' }, '2026-06-15')).toBe('in-time');
    expect(answerStanding({ dueOn: '2026-05-31', answeredOn: '2026-06-01' }, '2026-06-15')).toBe('late');
  });
}); // prettier-ignore

describe('a redaction', () => {
  it.each([
    ['one two three', 'one two three', true],
    ['one […] three', 'one two three', true],
    ['[…] three', 'one two three', true],
    ['one […]', 'one two three', true],
    ['[…]', 'one two three', true],
    ['one […] two […] three', 'one two three', true],
    ['one […] one', 'one', false],
    ['three […] one', 'one two three', false],
    ['one […] four', 'one two three', false],
    ['two […]', 'one two three', false],
    ['[…] two', 'one two three', false],
    ['[…] four […]', 'one two three', false],
  ])('“%s” of “%s”: %s', (shown, original, holds) => expect(onlyShortened(shown, original)).toBe(holds));
});

describe('a thread as the public sees it', () => {
  const seen = (...facts: StreamFact[]) => facts.map((said, place) => publicEvent(recordedIn('dialogue', said, place)));

  it('says nothing that was typed before a moderator let it pass', () => {
    expect(JSON.stringify(seen(observed, withheld))).not.toMatch(/Rosa|villa|gate/);
    expect(JSON.stringify(seen(asked, moderated(inPart)))).not.toMatch(/Rosa|Mario/);
    expect(JSON.stringify(seen(asked, moderated(inPart)))).toContain(REDACTED);
  });
  it('has its answers and its deadline all the same', () => {
    const { empty, evolve } = aggregates.dialogue;
    const { state } = (seen(asked, published, answered) as readonly unknown[] as RecordedEvent[]).reduce(evolve, empty);
    expect(threadStanding(state!, italy, '2026-06-15')).toBe('in-time');
  });
});
