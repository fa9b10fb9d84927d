import { releasedKeyDigest, sealingKeysDigest, combineShares } from '#sealing';
import { aggregates, idFrom } from '#domain';
import type { Actor, Call, JsonObject, RecordedEvent } from '#domain';
import { publicEvent } from '#privacy';
import { aCall } from '../sealing/calls';
import { AT, BEFORE, DEADLINE, closed, draft, inTime, mare, submission, terra } from './calls';
import { entry } from './specification';
import { approver, recordedIn, streamOf } from './stream-specification';
import type { StreamFact } from './stream-specification';

/** Rule 9: the key of a call, from its ceremony to the opening. */
const given = streamOf('call');
const id = idFrom('call', 'IT', 'key', 'sealed');
const other = idFrom('call', 'IT', 'key', 'other');
const ceremony = aCall({ call: id, threshold: 2, evaluators: 3 });
const { keys } = ceremony;
const keysDigest = sealingKeysDigest(keys);
const holders: Actor[] = ['rosa', 'vito', 'ines'].map((subject) => ({ subject, agency: 'Comune', role: 'evaluator' }));
const asJson = (value: unknown) => JSON.parse(JSON.stringify(value)) as JsonObject;

const dealing = (over: JsonObject = {}): JsonObject => ({
  keys: asJson(keys),
  keysDigest,
  custodians: ['Comune', 'Prefettura', 'Università'],
  accounts: holders.map(({ subject, agency }) => ({ login: subject, agency })),
  ...over,
});
const { sealing: _, ...unsealed } = draft;
const drafted: StreamFact = { type: 'CallDrafted', on: '2026-05-01', data: { ...unsealed, deadline: DEADLINE } };
const dealt: StreamFact = { type: 'CallKeyDealt', on: '2026-05-01', data: dealing() };
const confirmed = (custodian: number): StreamFact => ({
  type: 'CallKeyConfirmed',
  on: '2026-05-01',
  data: { custodian, keysDigest },
  by: holders[custodian - 1]!,
});
const released = (custodian: number): StreamFact => ({
  type: 'KeyShareReleased',
  on: '2026-06-30',
  data: { custodian, openedShare: ceremony.shares[custodian - 1]! },
  by: holders[custodian - 1]!,
  at: AT,
});
const published: StreamFact = { type: 'CallPublished', on: '2026-05-02', data: {}, by: approver };
const sealed = { scheme: 'seal1', ciphertext: { sha256: 'cd'.repeat(32), size: 4148 }, digest: 'ef'.repeat(32) };
const ready = [drafted, dealt, confirmed(1), confirmed(2), confirmed(3)];
const today = '2026-06-15';
const day = '2026-06-30';

describe('Rule 9: the key of a call', () => {
  const own = given(drafted).situation.state!;
  const calls = (found: Call | undefined = own) => ({
    consulted: { call: new Map([id, other].map((each) => [each, found])) },
  });
  const deal = (over: JsonObject = {}, around = calls()) =>
    given(drafted).when('CallKeyDealt', today, dealing(over), around);

  it('is dealt for one call', () => {
    deal().then(({ state }) =>
      expect(state).toMatchObject({
        sealing: { scheme: 'seal1', publicKey: keys.publicKey },
        ceremony: { digest: keysDigest },
      }),
    );
    const elsewhere = given({ ...drafted }, dealt).situation.state!;
    deal({}, calls({ ...elsewhere, draft: entry(9) })).thenRefused('call-of-another', { call: id });
    given(drafted)
      .when('CallKeyDealt', today, dealing(), { consulted: { call: new Map([[id, undefined]]) } })
      .thenRefused('call-of-another');
  });
  it('is dealt as the ceremony wrote it', () => {
    deal({ keysDigest: 'ab'.repeat(32) }).thenRefused('key-digest-differs', { expected: keysDigest });
    deal({ custodians: ['Comune', 'Prefettura'] }).thenRefused('call-key-malformed', { fault: 'lists-differ' });
    deal({ accounts: [0, 1, 1].map((place) => ({ login: holders[place]!.subject, agency: 'Comune' })) }).thenRefused(
      'call-key-malformed',
      { fault: 'holder-twice' },
    );
    const swapped = { ...asJson(keys), commitments: [...keys.commitments].reverse() };
    deal({ keys: swapped }).thenRefused('call-key-malformed', { fault: 'keys-misplaced' });
    deal({ keys: { ...asJson(keys), threshold: 1 } }).thenRefused('malformed-entry');
  });
  it('is not dealt where the draft says another way of sealing, nor after the publication', () => {
    given({ ...drafted, data: draft })
      .when('CallKeyDealt', today, dealing(), calls())
      .thenRefused('call-key-given');
    given(...ready, published)
      .when('CallKeyDealt', today, dealing(), calls())
      .thenRefused('call-at-other-stage');
  });
  it('dealt again has to be confirmed again', () =>
    given(...ready)
      .when('CallKeyDealt', today, dealing(), calls())
      .then(({ state }) => expect(state?.ceremony?.confirmed).toEqual([])));

  const confirm = (custodian: number, by: Actor, digest = keysDigest) =>
    given(drafted, dealt).when('CallKeyConfirmed', today, { custodian, keysDigest: digest }, { by });
  it('is confirmed by each holder, signed in as themself, with the digest written down', () => {
    confirm(1, holders[0]!).then(({ state }) => expect(state?.ceremony?.confirmed).toEqual([1]));
    confirm(2, holders[0]!).thenRefused('not-a-custodian', { custodian: 2 });
    confirm(4, holders[0]!).thenRefused('not-a-custodian');
    confirm(1, { ...holders[0]!, agency: 'Regione' }).thenRefused('not-a-custodian');
    confirm(1, holders[0]!, 'ab'.repeat(32)).thenRefused('key-digest-differs');
    given(drafted).when('CallKeyConfirmed', today, { custodian: 1, keysDigest }).thenRefused('call-without-key');
  });
  it('is not confirmed by a program in the holder’s name', () =>
    given(drafted, dealt)
      .when(
        'CallKeyConfirmed',
        today,
        { custodian: 1, keysDigest },
        { by: holders[0]!, source: { kind: 'import', file: 'f', row: 1, digest: 'd' } },
      )
      .thenRefused('not-a-custodian'));

  const publish = (...facts: StreamFact[]) => given(...facts).when('CallPublished', today, {}, { by: approver });
  it('is confirmed by all before the call is published', () => {
    publish(drafted).thenRefused('call-without-key');
    publish(...ready.slice(0, -1)).thenRefused('call-key-unconfirmed', { missing: [3] });
    publish(...ready).then(({ state }) => expect(state?.status).toBe('published'));
  });
  it('cannot be named by the drafter instead', () => {
    const sealing = { scheme: 'seal1', publicKey: 'A'.repeat(43) };
    publish({ ...drafted, data: { ...unsealed, sealing } }).thenRefused('call-without-key');
  });

  const shut = [
    ...ready,
    published,
    { type: 'ApplicationSubmitted', on: '2026-06-01', data: submission(terra, sealed) },
    closed,
  ];
  const release = (
    facts: readonly StreamFact[],
    custodian: number,
    openedShare: string,
    by = holders[custodian - 1]!,
  ) => given(...facts).when('KeyShareReleased', day, { custodian, openedShare }, { by, at: AT });
  it('is given back share by share, after the call was closed and not before', () => {
    release(shut, 1, ceremony.shares[0]!).then(({ state }) =>
      expect(state?.ceremony?.released).toMatchObject([{ custodian: 1 }]),
    );
    release([...ready, published], 1, ceremony.shares[0]!).thenRefused('call-at-other-stage', { status: 'published' });
    release(ready, 1, ceremony.shares[0]!).thenRefused('call-at-other-stage', { status: 'draft' });
  });
  it('is given back by the holders alone, each their own share, once', () => {
    release(shut, 1, ceremony.shares[0]!, holders[1]).thenRefused('not-a-custodian');
    release(shut, 1, ceremony.shares[1]!).thenRefused('share-false', { custodian: 1, office: 'Comune' });
    release(shut, 1, aCall({ call: other, threshold: 2, evaluators: 3, seed: 'other' }).shares[0]!).thenRefused(
      'share-false',
      { custodian: 1 },
    );
    release([...shut, released(1)], 1, ceremony.shares[0]!).thenRefused('share-released');
  });

  const callKey = combineShares({ keys, shares: ceremony.shares.slice(0, 2) });
  const opening = (over: JsonObject = {}): JsonObject => ({
    custodians: ['Comune', 'Prefettura'],
    callKey,
    releasedKey: releasedKeyDigest(callKey),
    applications: [{ application: entry(6), organisation: terra }],
    ...over,
  });
  const open = (facts: readonly StreamFact[], over: JsonObject = {}) =>
    given(...facts).when('ApplicationsOpened', day, opening(over), { at: AT });
  it('opens the call once enough shares were given', () => {
    open([...shut, released(3)]).thenRefused('shares-too-few', { given: 1, needed: 2, missing: 1 });
    open([...shut, released(3), released(1)]).then(({ state }) =>
      expect(state).toMatchObject({
        status: 'opened',
        callKey,
        applications: [{ status: 'opened', digest: sealed.digest }],
      }),
    );
  });
  it('opens the call only if it is its key', () => {
    const facts = [...shut, released(1), released(2)];
    const strange = aCall({ call: other, threshold: 2, evaluators: 3, seed: 'other' });
    const wrong = combineShares({ keys: strange.keys, shares: strange.shares });
    open(facts, { callKey: wrong, releasedKey: releasedKeyDigest(wrong) }).thenRefused('released-key-wrong');
    open(facts, { releasedKey: 'ab'.repeat(32) }).thenRefused('released-key-wrong');
    const { callKey: _key, ...without } = opening();
    given(...facts)
      .when('ApplicationsOpened', day, without, { at: AT })
      .thenRefused('released-key-wrong');
  });

  it('asks for applications sealed in its own way', () => {
    const facts = [...ready, published];
    given(...facts)
      .when('ApplicationSubmitted', today, submission(mare), { ...inTime, at: BEFORE })
      .thenRefused('sealing-differs', { expected: 'seal1' });
    given(...facts)
      .when('ApplicationSubmitted', today, submission(mare, sealed), { ...inTime, at: BEFORE })
      .then();
  });

  it('is known to the public by its digest alone: neither shares, nor accounts, nor the key', () => {
    const facts = [...shut, released(1), released(2), { type: 'ApplicationsOpened', on: day, data: opening(), at: AT }];
    const seen = facts.map((fact, place) => publicEvent(recordedIn('call', fact, place)));
    expect(JSON.stringify(seen)).not.toMatch(/private-key|seal1\.share|rosa|vito|ines/);
    const { state } = seen
      .map(
        (event, place) =>
          ({
            ...event,
            metadata: { ...recordedIn('call', facts[place]!, place).metadata, actor: undefined },
          }) as unknown as RecordedEvent,
      )
      .reduce(aggregates.call.evolve, aggregates.call.empty);
    expect(state).toMatchObject({
      status: 'opened',
      ceremony: { confirmed: [1, 2, 3], released: [{ custodian: 1 }, { custodian: 2 }] },
    });
    expect([state?.callKey, state?.ceremony?.accounts]).toEqual([undefined, undefined]);
  });
});
