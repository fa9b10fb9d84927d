import { aggregates, hasQuorum, idFrom, italy, recommendationStanding } from '#domain';
import type { Actor, JsonObject, LegalDate, OrganisationKind, RecordedEvent } from '#domain';
import { publicEvent } from '#privacy';
import { entry } from './specification';
import { officer, recordedIn, streamOf } from './stream-specification';
import type { Around, StreamFact } from './stream-specification';

const given = streamOf('group');
const organisation = streamOf('organisation');

const FAMILIES = idFrom('organisation', 'IT', 'it-runts', '77001');
const ministry: Actor = { subject: 'clerk-2', agency: 'Interno', role: 'officer' };
const sitting: Actor = { subject: 'clerk-9', agency: 'Interno', role: 'officer' };

const fact = (type: string, on: LegalDate | null, data: JsonObject, by?: Actor): StreamFact => ({
  type,
  on,
  data,
  ...(by && { by }),
});
const formed = fact('GroupFormed', '2025-01-10', {
  name: 'Tavolo di Palermo',
  aims: 'Reuse that lasts',
  quorumPercent: 50,
});
const families = fact('MemberAdmitted', '2025-02-01', { represents: 'victims-families', organisation: FAMILIES });
const authority = fact('MemberAdmitted', '2025-02-01', {
  represents: 'authority',
  person: 'Anna Bianchi',
  accounts: [sitting.subject],
});
const scholar = fact('MemberAdmitted', '2025-02-01', { represents: 'academia', person: 'Luca Verdi' });
/** The group with three members: entries 1, 2 and 3. */
const group = [formed, families, authority, scholar];
const [FIRST, SECOND, THIRD] = [entry(1), entry(2), entry(3)];

const meeting = (...present: string[]): JsonObject => ({
  place: 'Palermo',
  agenda: ['Houses that stand empty'],
  present,
  minutes: { sha256: 'ab'.repeat(32), title: 'Minutes' },
});
const held = fact('MeetingHeld', '2025-03-01', meeting(FIRST, SECOND));
const MEETING = entry(4);

const recommendation = {
  meeting: MEETING,
  addressedTo: 'Interno',
  text: 'Open the empty houses.',
  answerBy: '2025-06-01',
  votes: { inFavour: 1, against: 0, abstained: 1 },
};
const adopted = fact('RecommendationAdopted', '2025-03-01', recommendation);
const RECOMMENDATION = entry(5);
const answer = {
  recommendation: RECOMMENDATION,
  outcome: 'partly-accepted',
  reasons: 'Two of them.',
  answeringOffice: 'Cabinet',
};
const answered: StreamFact = {
  ...fact('RecommendationAnswered', '2025-05-01', answer, ministry),
  at: '2025-05-01T09:00:00.000Z',
};

const left = (member: string, on: LegalDate | null = '2025-02-20') =>
  fact('MemberLeft', on, { member, reason: 'resigned' });

/** The organisation of the families, as the registry knows it. */
function registered(kind?: OrganisationKind): Around {
  const facts = kind ? [fact('OrganisationRegistered', '2020-03-01', { kind, name: 'Terra Buona' })] : [];
  return { consulted: { organisation: new Map([[FAMILIES, organisation(...facts).situation.state]]) } };
}

describe('a group', () => {
  it('is formed', () =>
    given()
      .when('GroupFormed', '2025-01-10', formed.data)
      .then(({ state }) => expect(state).toMatchObject({ name: 'Tavolo di Palermo', quorumPercent: 50, memberships: [] })));
  it('is formed once', () => given(formed).when('GroupFormed', '2025-01-11', formed.data).thenRefused('already-opened'));
  it('must be formed first', () => given().when('MemberAdmitted', '2025-02-01', scholar.data).thenRefused('not-opened'));
}); // prettier-ignore

describe('a member', () => {
  const admit = (facts: StreamFact[], data: JsonObject, on: LegalDate = '2025-03-10', around?: Around) =>
    given(...facts).when('MemberAdmitted', on, data, around);

  it('is an organisation that speaks for its own', () =>
    admit([formed], families.data, '2025-02-01', registered('victims-association')).then(({ state }) =>
      expect(state?.memberships).toMatchObject([{ represents: 'victims-families', organisation: FAMILIES, from: '2025-02-01' }])));
  it('is never a company that speaks for the victims', () =>
    admit([formed], families.data, '2025-02-01', registered('company')).thenRefused('represents-others', { kind: 'company' }));
  it('is an organisation of this registry', () =>
    admit([formed], families.data, '2025-02-01', registered()).thenRefused('not-in-registry', { what: 'organisation', id: FAMILIES }));
  it('may be a person', () => admit([formed], scholar.data).then());
  it.each([{}, { organisation: FAMILIES, person: 'Luca Verdi' }])('is one of both: %j', (who) =>
    admit([formed], { represents: 'academia', ...who }, '2025-02-01', registered('academia')).thenRefused('one-member'));
  it('of an authority says under which accounts it signs in', () => {
    admit([formed], authority.data).then();
    admit([formed], { represents: 'authority', person: 'Anna Bianchi' }).thenRefused('accounts-needed');
  });
  it('sits in the group once', () => {
    admit(group, families.data, '2025-03-10', registered('victims-association')).thenRefused('already-member', { member: FIRST, from: '2025-02-01' });
    admit(group, { represents: 'civil-society', person: 'luca  verdi' }).thenRefused('already-member', { member: THIRD });
    admit(group, { represents: 'academia', person: 'Luca Verdi (Catania)' }).then();
  });
  it('may come back once it has left, and not before', () => {
    admit([...group, left(THIRD)], scholar.data, '2025-02-20').then(({ state }) => expect(state?.memberships).toHaveLength(4));
    admit([...group, left(THIRD)], scholar.data, '2025-02-19').thenRefused('already-member');
  });
}); // prettier-ignore

describe('a leaving', () => {
  const leave = (facts: StreamFact[], member: string, on: LegalDate = '2025-03-10') =>
    given(...facts).when('MemberLeft', on, { member, reason: 'mandate-ended' });

  it('ends a membership', () => leave(group, THIRD).then(({ state }) => expect(state?.memberships[2]?.left).toEqual({ on: '2025-03-10' })));
  it('is of a member', () => leave(group, MEETING).thenRefused('not-a-member', { member: MEETING }));
  it('comes once', () => leave([...group, left(THIRD)], THIRD).thenRefused('not-a-member'));
  it('does not come before the admission', () => leave(group, THIRD, '2025-01-31').thenRefused('period-reversed'));
  it('does not come before a meeting at which the member was present', () => {
    leave([...group, held], FIRST, '2025-02-28').thenRefused('left-before-presence', { presentOn: '2025-03-01' });
    leave([...group, held], FIRST, '2025-03-01').then();
    leave([...group, held], THIRD, '2025-02-28').then();
  });
}); // prettier-ignore

describe('a meeting', () => {
  const meet = (facts: StreamFact[], data: JsonObject, on: LegalDate = '2025-03-01') => given(...facts).when('MeetingHeld', on, data);

  it('has members present', () =>
    meet(group, meeting(FIRST, SECOND)).then(({ state }) => expect(state?.meetings).toMatchObject([{ on: '2025-03-01', members: 3 }])));
  it('has nobody else present', () => meet(group, meeting(FIRST, MEETING)).thenRefused('not-a-member', { member: MEETING }));
  it('has nobody present who was not yet a member', () => meet(group, meeting(FIRST), '2025-01-31').thenRefused('not-a-member'));
  it('has nobody present who had left', () => meet([...group, left(THIRD)], meeting(THIRD)).thenRefused('not-a-member'));
  it('has present, recorded late, who left since', () => meet([...group, left(THIRD, '2025-04-01')], meeting(THIRD)).then());
  it('counts a member once', () => meet(group, meeting(FIRST, FIRST)).thenRefused('malformed-entry'));
  it('has a quorum by the share the group set, without rounding', () => {
    const { state } = given(...group, held).situation;
    const at = (quorumPercent: number) => hasQuorum({ ...state!, quorumPercent }, state!.meetings[0]!);
    expect([66, 67].map(at)).toEqual([true, false]);
  });
}); // prettier-ignore

describe('a recommendation', () => {
  const adopt = (facts: StreamFact[], over: JsonObject = {}, on: LegalDate = '2025-03-01') =>
    given(...facts).when('RecommendationAdopted', on, { ...recommendation, ...over });

  it('is adopted in a meeting', () => adopt([...group, held]).then(({ state }) => expect(state?.recommendations).toHaveLength(1)));
  it('is not adopted without one', () => adopt(group).thenRefused('no-such-meeting', { meeting: MEETING }));
  it('is adopted on the day of the meeting', () => adopt([...group, held], {}, '2025-03-02').thenRefused('adopted-off-meeting', { heldOn: '2025-03-01' }));
  it('needs a quorum', () =>
    adopt([...group, fact('MeetingHeld', '2025-03-01', meeting(FIRST))], { votes: { inFavour: 1, against: 0, abstained: 0 } })
      .thenRefused('no-quorum', { present: 1, members: 3, quorumPercent: 50 }));
  it.each([[1, 0, 0], [2, 1, 0], [1, 0, 2]])('counts the votes of those present: %i, %i, %i', (inFavour, against, abstained) =>
    adopt([...group, held], { votes: { inFavour, against, abstained } }).thenRefused('votes-do-not-add-up', { present: 2 }));
  it.each([[1, 1, 0], [0, 1, 1], [0, 0, 2]])('needs more votes for it than against it: %i, %i, %i', (inFavour, against, abstained) =>
    adopt([...group, held], { votes: { inFavour, against, abstained } }).thenRefused('no-majority', { inFavour, against }));
  it('asks for no answer before it was adopted', () => adopt([...group, held], { answerBy: '2025-02-28' }).thenRefused('period-reversed'));
}); // prettier-ignore

describe('the answer to a recommendation', () => {
  const all = [...group, held, adopted];
  const reply = (facts: StreamFact[] = all, around: Around = { by: ministry }, on: LegalDate = '2025-05-01', over: JsonObject = {}) =>
    given(...facts).when('RecommendationAnswered', on, { ...answer, ...over }, around);

  it('comes from the authority', () =>
    reply().then(({ state }) => expect(state?.recommendations[0]?.answer).toMatchObject({ outcome: 'partly-accepted' })));
  it('is to a recommendation of the group', () => reply(all, { by: ministry }, '2025-05-01', { recommendation: MEETING }).thenRefused('no-such-recommendation'));
  it('comes once', () => reply([...all, answered]).thenRefused('recommendation-answered'));
  it('does not come before the recommendation', () => reply(all, { by: ministry }, '2025-02-28').thenRefused('answer-before-adoption'));
  it('does not come from another authority', () => reply(all, { by: officer }).thenRefused('answer-not-by-authority', { agency: 'ANBSC' }));
  it('does not come from a process', () => reply(all, { by: ministry, source: { kind: 'process', name: 'mail' } }).thenRefused('second-person-needed'));
  it('does not come from who recorded the adoption', () =>
    reply([...group, held, { ...adopted, by: ministry }]).thenRefused('same-person'));
  it('does not come from who sat in the group when it was adopted', () => {
    reply(all, { by: sitting }).thenRefused('answered-by-member', { member: SECOND });
    reply([...all, left(SECOND, '2025-04-01')], { by: sitting }).thenRefused('answered-by-member', { member: SECOND });
  });
  it('does not come from who sits in the group now', () =>
    reply([...all, fact('MemberAdmitted', '2025-04-01', { represents: 'authority', person: 'Carla Neri', accounts: ['clerk-2'] })])
      .thenRefused('answered-by-member'));
  it('may come from who had left before', () =>
    reply(
      [...group, left(SECOND), fact('MeetingHeld', '2025-03-01', meeting(FIRST, THIRD)), { ...adopted, data: { ...recommendation, meeting: entry(5) } }],
      { by: sitting }, '2025-05-01', { recommendation: entry(6) },
    ).then());
}); // prettier-ignore

describe('where the answer to a recommendation stands', () => {
  const standing = (facts: StreamFact[], today: LegalDate) =>
    recommendationStanding(given(...group, held, ...facts).situation.state!.recommendations[0]!, italy, today);

  it('follows from its deadline and the day', () => {
    expect(standing([adopted], '2025-06-01')).toBe('awaited');
    expect(standing([adopted], '2025-06-02')).toBe('overdue');
    expect(standing([adopted, answered], '2026-06-15')).toBe('in-time');
  });
  it('counts an answer from the day it was entered, whatever date it bears', () =>
    expect(standing([adopted, { ...answered, at: '2025-06-01T22:00:00.000Z' }], '2026-06-15')).toBe('late'));
});

describe('a group as the public sees it', () => {
  it('has its members and decisions without a name or an account', () => {
    const { empty, evolve } = aggregates.group;
    const seen = [...group, held, adopted, answered].map((said, place) =>
      publicEvent(recordedIn('group', said, place)),
    );
    const { state } = (seen as readonly unknown[] as RecordedEvent[]).reduce(evolve, empty);
    expect(JSON.stringify(seen)).not.toMatch(/Anna Bianchi|Luca Verdi|clerk-9/);
    expect(state).toMatchObject({
      meetings: [{ members: 3 }],
      recommendations: [{ answer: { outcome: 'partly-accepted' } }],
    });
  });
});
