import type { Call, JsonObject, Organisation } from '#domain';
import { idFrom } from '#domain';
import { confiscated, palermo, transferred } from './given-estate';
import { by, entry, fact, given, imported } from './specification';

const id = (code: string) => idFrom('organisation', 'IT', 'it-runts', code);
const terra = { organisation: id('1'), name: 'Cooperativa Terra Buona' };
const another = { organisation: id('2'), name: 'Associazione Mare Aperto' };
const verified: Organisation = {
  kind: 'civil-society',
  name: terra.name,
  identifiers: [],
  registeredOn: '2010-01-01',
  describedBy: [],
  verified: { on: '2015-01-01' },
};
const { verified: _, ...unverified } = verified;
const registry = { [terra.organisation]: verified, [another.organisation]: { ...verified, name: another.name } };
const today = '2026-06-15';
const call = idFrom('call', 'IT', 'it-anbsc', '1');
const wonBy: Call = {
  status: 'awarded',
  draft: 'draft',
  assets: ['IT-TEST'],
  object: 'A field',
  criteria: [],
  tieBreak: 'earliest',
  deadline: '2019-01-01T12:00:00Z',
  sealing: { scheme: 's', publicKey: 'k' },
  applications: [
    { id: 'a', status: 'admitted', organisation: terra.organisation },
    { id: 'b', status: 'admitted', organisation: another.organisation },
  ],
  evaluators: [],
  scores: [],
  awardedTo: 'a',
};

const proposal = (more: JsonObject = {}): JsonObject => ({
  ...terra,
  directGround: 'Decreto legislativo 159/2011, art. 48, comma 3, lett. c-bis',
  reasons: 'It farms the neighbouring field.',
  ...more,
});
const proposed = by('officer-1', fact('AssignmentProposed', '2019-02-01', proposal()));
const approval = { proposal: entry(5) };
const approved = by('officer-2', fact('AssignmentApproved', '2019-03-01', approval));
const terms = (more: JsonObject = {}): JsonObject => ({
  ...approval,
  ...terra,
  act: { number: '12/2019' },
  object: 'Farming and work inclusion',
  from: '2019-04-01',
  to: '2029-03-31',
  charge: 'free',
  renewable: true,
  ...more,
});
const signed = fact('AgreementSigned', '2019-03-20', terms());
const handedOver = fact('AssetHandedOver', '2019-04-01');
const inForce = [...transferred, proposed, approved, signed] as const;
const inHand = [...inForce, handedOver] as const;
const used = [...inHand, fact('UseStarted', '2019-05-01', { purpose: 'social' })] as const;
const revoked = fact('AgreementTerminated', '2021-01-01', { cause: 'revoked', reason: 'not-used' });

describe('Rules 5 and 6: an assignment is proposed and approved', () => {
  const propose = (more: JsonObject = {}) =>
    given(...transferred)
      .knowing({ ...registry, [id('3')]: undefined })
      .when('AssignmentProposed', today, proposal(more));

  it('after a call or directly, by the provision that allows it', () => {
    propose().then('transferred', ({ asset }) =>
      expect(asset?.assignment?.proposals).toMatchObject([{ ...terra, status: 'proposed', proposedBy: 'officer-17' }]),
    );
    propose({ call: idFrom('call', 'IT', 'it-anbsc', '1') }).thenRefused('call-or-direct');
    given(...transferred)
      .knowing(registry)
      .when('AssignmentProposed', today, { ...terra, reasons: 'It is near.' })
      .thenRefused('call-or-direct');
  });
  it('to an organisation the registry knows, under its name', () => {
    propose({ organisation: id('3') }).thenRefused('no-such-organisation', { organisation: id('3') });
    propose({ name: another.name }).thenRefused('organisation-named-otherwise', { registered: terra.name });
    propose({ name: 'COOPERATIVA  TERRA BUONA' }).then('transferred');
  });
  it('to the organisation that won the call it names, for an asset of that call', () => {
    const propose = (state: Call | undefined, assignee = terra) =>
      given(...transferred)
        .knowing(registry)
        .knowingCalls({ [call]: state })
        .when('AssignmentProposed', today, { ...assignee, call, reasons: 'It won.' });
    propose(wonBy).then('transferred');
    propose(undefined).thenRefused('not-in-registry', { what: 'call', id: call });
    propose(wonBy, another).thenRefused('proposal-off-award', { winner: terra.organisation });
    propose({ ...wonBy, assets: ['IT-ANOTHER'] }).thenRefused('proposal-off-award', { asset: 'IT-TEST' });
    const { awardedTo: _, ...open } = wonBy;
    propose({ ...open, status: 'opened' }).thenRefused('proposal-off-award', { status: 'opened', winner: 'nobody' });
  });
  it('by two people', () => {
    const facts = [...transferred, proposed];
    for (const type of ['AssignmentApproved', 'AssignmentRejected']) {
      const data = type === 'AssignmentRejected' ? { ...approval, details: 'Another is nearer.' } : approval;
      given(...facts)
        .as('officer-2')
        .when(type, today, data)
        .then('transferred');
      given(...facts)
        .as('officer-1')
        .when(type, today, data)
        .thenRefused('same-person');
      given(...facts)
        .when(type, today, data, { kind: 'import', file: 'a.csv', row: 1, digest: 'ab' })
        .thenRefused('second-person-needed');
    }
  });
  it('not by who awarded the call, whoever wrote the proposal down', () => {
    const { directGround: _, ...won } = proposal({ call });
    const facts = [...transferred, imported(fact('AssignmentProposed', '2019-02-01', won))];
    const approve = (person: string, state: Call | undefined) =>
      given(...facts)
        .knowingCalls({ [call]: state })
        .as(person)
        .when('AssignmentApproved', today, approval);
    approve('officer-2', { ...wonBy, awardedBy: 'officer-2' }).thenRefused('same-person');
    approve('officer-3', { ...wonBy, awardedBy: 'officer-2' }).then('transferred');
    approve('officer-2', wonBy).then('transferred');
  });
  it('once', () => {
    given(...transferred, proposed, approved)
      .as('officer-2')
      .when('AssignmentRejected', today, { ...approval, details: 'Another is nearer.' })
      .thenRefused('proposal-decided', { status: 'approved' });
    given(...transferred)
      .as('officer-2')
      .when('AssignmentApproved', today, approval)
      .thenRefused('no-such-reference', { what: 'proposal' });
  });
  it('and what was proposed is not changed afterwards', () => {
    const correcting = (field: string, value: string) =>
      given(...transferred, proposed, approved).when('EntryCorrected', today, {
        entry: entry(5),
        field,
        value,
        reason: 'Typed wrong.',
      });
    correcting('organisation', another.organisation).thenRefused('correction-of-fixed-field', {
      field: 'organisation',
    });
    correcting('reasons', 'It is a friend.').thenRefused('agreed-entry-corrected');
  });
});

describe('Rule 5: an agreement', () => {
  const sign = (facts: Parameters<typeof given>, more: JsonObject = {}, known = registry) =>
    given(...facts)
      .knowing(known)
      .when('AgreementSigned', '2020-01-01', terms(more));
  const ready = [...transferred, proposed, approved];

  it('is signed after destination, transfer and approval; the asset is assigned then', () =>
    sign(ready).then('assigned', ({ asset }) => {
      expect(asset?.agreement).toMatchObject({ ...terra, from: '2019-04-01', to: '2029-03-31' });
      expect(asset?.phaseSince).toBe('2020-01-01');
      expect(asset?.assignment?.proposals).toMatchObject([{ status: 'signed' }]);
    }));
  it('needs the transfer', () => {
    const untransferred = [
      ...transferred.slice(0, 4),
      fact('InterestExpressed', '2019-01-01', { body: palermo, purpose: 'social' }),
    ];
    sign([...untransferred, proposed, approved]).thenRefused('agreement-needs-transfer');
  });
  it('needs the final confiscation alone where the law allows a direct assignment, and nothing else was decided', () => {
    const inspected = fact('InspectionRecorded', '2018-02-01', { condition: 'good', readyForDestination: true });
    const free = [...confiscated, inspected, inspected, proposed, approved];
    sign(free).then('assigned');
    const afterCall = fact('AssignmentProposed', '2019-02-01', {
      ...terra,
      call: idFrom('call', 'IT', 'it-anbsc', '1'),
      reasons: 'It won the call.',
    });
    sign([...confiscated, inspected, inspected, afterCall, approved]).thenRefused('agreement-needs-transfer');
    const notFinal = [confiscated[0], confiscated[1], inspected, inspected, inspected];
    sign([...notFinal, proposed, approved]).thenRefused('agreement-needs-transfer');
    given(...free, signed)
      .when('AgreementTerminated', today, { cause: 'renounced' })
      .then('available');
  });
  it('carries out an approved proposal, once', () => {
    sign([...transferred, proposed]).thenRefused('proposal-not-approved', { status: 'proposed' });
    sign([...ready, signed, fact('AgreementTerminated', '2019-12-01', { cause: 'renounced' })]).thenRefused(
      'proposal-not-approved',
      { status: 'signed' },
    );
    sign(ready, another).thenRefused('agreement-off-proposal', { proposed: terra.name });
  });
  it('is the only one in force', () => {
    const second = by('officer-1', fact('AssignmentProposed', '2019-03-02', proposal(another)));
    const secondApproved = by('officer-2', fact('AssignmentApproved', '2019-03-03', { proposal: entry(7) }));
    sign([...ready, second, secondApproved, signed], { ...another, proposal: entry(7) }).thenRefused(
      'one-agreement-at-a-time',
      { name: terra.name, signedOn: '2019-03-20' },
    );
    sign(
      [...ready, second, secondApproved, signed, fact('AgreementTerminated', '2019-12-01', { cause: 'renounced' })],
      {
        ...another,
        proposal: entry(7),
      },
    ).then('assigned');
  });
  it('is with a verified organisation that is not suspended', () => {
    sign(ready, {}, { ...registry, [terra.organisation]: unverified }).thenRefused('organisation-not-verified');
    const suspended = { ...verified, suspended: { on: '2019-12-01', reason: 'dissolved' } };
    sign(ready, {}, { ...registry, [terra.organisation]: suspended }).thenRefused('organisation-suspended', {
      suspendedOn: '2019-12-01',
    });
  });
  it('asks that of the registry once, and not again when the history is judged anew', () =>
    given(...inForce)
      .when('InspectionRecorded', '2018-02-01', { condition: 'good', readyForDestination: true })
      .then('assigned'));
  it('lasts, and is free or for a fee', () => {
    sign(ready, { to: '2019-04-01' }).thenRefused('agreement-period', { from: '2019-04-01' });
    sign(ready, { charge: 'fee' }).thenRefused('free-or-fee');
    sign(ready, { fee: { minor: 1, currency: 'EUR' } }).thenRefused('free-or-fee');
    sign(ready, { charge: 'fee', fee: { minor: 1, currency: 'EUR' } }).then('assigned');
  });

  const problem = by('officer-1', fact('ProblemRecorded', '2019-03-02', { kind: 'occupied', blocking: true }));
  const waiver = { problem: entry(7), details: 'The occupants leave in May; the agreement says so.' };
  it('needs blocking problems to be resolved or waived', () => {
    sign([...ready, problem]).thenRefused('blocking-problems', { problems: 'occupied' });
    sign([...ready, problem, by('officer-3', fact('BlockingProblemWaived', '2019-03-03', waiver))]).then('assigned');
    sign([...ready, problem, fact('ProblemResolved', '2019-03-03', { problem: entry(7) })]).then('assigned');
    sign([...ready, fact('ProblemRecorded', '2019-03-02', { kind: 'occupied', blocking: false })]).then('assigned');
  });
  it('rests on a waiver by somebody who neither recorded the problem nor approves (rule 6)', () => {
    given(...ready, problem)
      .as('officer-1')
      .when('BlockingProblemWaived', today, waiver)
      .thenRefused('same-person');
    given(...transferred, proposed, by('officer-1', { ...problem, on: '2019-02-01' }))
      .as('officer-2')
      .when('BlockingProblemWaived', today, { ...waiver, problem: entry(6) })
      .then('transferred');
    const waived = by('officer-2', fact('BlockingProblemWaived', '2019-02-03', { ...waiver, problem: entry(6) }));
    given(...transferred, proposed, by('officer-1', { ...problem, on: '2019-02-01' }), waived)
      .as('officer-2')
      .when('AssignmentApproved', today, approval)
      .thenRefused('same-person');
    given(...ready)
      .as('officer-3')
      .when('BlockingProblemWaived', today, waiver)
      .thenRefused('no-such-problem');
  });
  it('with a supporter of the same asset waits for a waiver of the conflict (rule 8)', () => {
    const pledge = fact('SupportPledged', '2019-03-02', {
      supporter: terra,
      kind: 'goods',
      quantity: { value: 1, scale: 0, unit: 'piece' },
    });
    const conflictWaived = by(
      'officer-3',
      fact('ConflictWaived', '2019-03-03', { party: terra, reason: 'A tractor.' }),
    );
    sign([...ready, pledge]).thenRefused('support-conflict', { conflict: 'it supports this asset' });
    sign([...ready, pledge, conflictWaived]).then('assigned');
  });
  it('keeps the destination it rests on', () => {
    given(...inForce)
      .when('DestinationRevoked', today, { reason: 'not-used' })
      .thenRefused('one-agreement-at-a-time');
    given(...inForce, revoked)
      .when('DestinationRevoked', today, { reason: 'not-used' })
      .then('available');
  });
  it('cannot be signed on a proposal whose destination was revoked', () => {
    const again = [
      fact('DestinationRevoked', '2019-03-02', { reason: 'unlawful' }),
      fact('DestinationDecided', '2019-03-03', { purpose: 'social', recipient: palermo }),
      fact('AssetTransferred', '2019-03-04', { to: palermo }),
    ];
    sign([...ready, ...again]).thenRefused('proposal-not-approved', { status: 'lapsed' });
  });
});

describe('the life of an agreement', () => {
  it('begins with the handing over, and then the use', () => {
    given(...inForce)
      .when('UseStarted', today)
      .thenRefused('use-needs-handover', { name: terra.name });
    given(...inForce)
      .when('AssetHandedOver', today)
      .then('assigned', ({ asset }) => expect(asset?.assignment?.held).toEqual({ ...terra, on: today }));
    given(...inHand)
      .when('AssetHandedOver', today)
      .thenRefused('already-handed-over', { since: '2019-04-01' });
    given(...inHand)
      .when('UseStarted', today)
      .then('in-use');
    given(...transferred)
      .when('AssetHandedOver', today)
      .thenRefused('no-agreement');
  });
  it('is amended, never extended', () => {
    const amend = (more: JsonObject) =>
      given(...used).when('AgreementAmended', today, { act: { number: '2' }, details: 'A smaller plot.', ...more });
    amend({ to: '2028-03-31', object: 'Farming' }).then('in-use', ({ asset }) =>
      expect(asset?.agreement).toMatchObject({ to: '2028-03-31', object: 'Farming' }),
    );
    amend({ charge: 'fee', fee: { minor: 1, currency: 'EUR' } }).then('in-use');
    amend({ charge: 'fee' }).thenRefused('free-or-fee');
    amend({ to: '2029-04-01' }).thenRefused('amendment-extends', { to: '2029-03-31' });
    amend({ to: '2019-04-01' }).thenRefused('agreement-period');
  });
  it('is renewed after its old end, with an organisation that is still verified', () => {
    const renewal = { ...terra, act: { number: '3' }, from: '2029-04-01', to: '2039-03-31' };
    const renew = (more: JsonObject = {}, known = registry) =>
      given(...used)
        .knowing(known)
        .when('AgreementRenewed', today, { ...renewal, ...more });
    renew().then('in-use', ({ asset }) => expect(asset?.agreement?.to).toBe('2039-03-31'));
    renew({ from: '2029-03-31' }).thenRefused('renewal-too-early', { to: '2029-03-31' });
    renew({ to: '2029-04-01' }).thenRefused('agreement-period');
    renew(another).thenRefused('agreement-off-proposal');
    renew({}, { ...registry, [terra.organisation]: unverified }).thenRefused('organisation-not-verified');
    given(...transferred, proposed, approved, { ...signed, data: terms({ renewable: false }) })
      .knowing(registry)
      .when('AgreementRenewed', today, renewal)
      .thenRefused('agreement-not-renewable');
  });
  it('is not renewed once its end is recorded, before somebody annuls that: whichever day the renewal is dated', () => {
    const over = fact('AgreementTerminated', '2029-04-01', { cause: 'expired' });
    const renewal = { ...terra, act: { number: '3' }, from: '2029-04-01', to: '2039-03-31' };
    const facts = { name: terra.name, endedOn: '2029-04-01' };
    const late = (...more: ReturnType<typeof fact>[]) => given(...used, over, ...more).knowing(registry).under({ now: '2029-06-01T10:00:00.000Z' });
    late().when('AgreementRenewed', '2029-05-01', renewal).thenRefused('renewal-after-expiry', facts);
    late().when('AgreementRenewed', '2029-03-01', renewal).thenRefused('renewal-after-expiry', facts);
    const revoked = fact('AgreementTerminated', '2029-03-01', { cause: 'revoked', reason: 'breach' });
    given(...used, revoked).knowing(registry).under({ now: '2029-06-01T10:00:00.000Z' }).when('AgreementRenewed', '2029-05-01', renewal).thenRefused('no-agreement');
  }); // prettier-ignore
  it('rests and goes on, and the use with it', () => {
    const suspended = fact('AgreementSuspended', '2020-01-01', { reason: 'safety' });
    given(...used)
      .when('AgreementSuspended', today, { reason: 'safety' })
      .then('assigned', ({ asset }) => expect(asset?.phaseSince).toBe(today));
    given(...used, suspended)
      .when('AgreementResumed', today)
      .then('in-use');
    given(...used, suspended)
      .when('AgreementSuspended', today, { reason: 'works' })
      .thenRefused('agreement-suspended', { suspendedOn: '2020-01-01' });
    given(...inHand, suspended)
      .when('UseStarted', today)
      .thenRefused('agreement-suspended');
    given(...used)
      .when('AgreementResumed', today)
      .thenRefused('agreement-not-suspended');
  });
  it.each([
    [{ cause: 'revoked', reason: 'not-used' }, '2021-01-01'],
    [{ cause: 'renounced' }, '2021-01-01'],
    [{ cause: 'expired' }, '2026-04-01'],
  ])('ends: %j; the asset is free for another one', (how, on) =>
    given(...transferred, proposed, approved, { ...signed, data: terms({ to: '2026-04-01' }) }, handedOver)
      .when('AgreementTerminated', on, how)
      .then('transferred', ({ asset }) => expect(asset?.agreement).toBeUndefined()),
  );
  it('ends for a reason where it is revoked, and expires on its last day', () => {
    const end = (how: JsonObject) => given(...used).when('AgreementTerminated', today, how);
    end({ cause: 'revoked' }).thenRefused('revocation-needs-reason');
    end({ cause: 'renounced', reason: 'breach' }).thenRefused('revocation-needs-reason');
    end({ cause: 'expired' }).thenRefused('not-expired-yet', { to: '2029-03-31' });
    given(...used, revoked)
      .when('AgreementTerminated', today, { cause: 'renounced' })
      .thenRefused('no-agreement');
    given(...used)
      .when('AgreementTerminated', null, { cause: 'expired' }, imported(signed).source)
      .then('transferred');
  });
  it('ends the use, and the asset is given back', () => {
    given(...used)
      .when('AgreementTerminated', today, { cause: 'revoked', reason: 'breach' })
      .then('transferred', ({ asset }) => expect(asset?.assignment?.held).toMatchObject(terra));
    given(...used, revoked)
      .when('AssetReturnedByAssignee', today)
      .then('transferred', ({ asset }) => expect(asset?.assignment?.held).toBeUndefined());
    given(...used)
      .when('AssetReturnedByAssignee', today)
      .thenRefused('one-agreement-at-a-time');
    given(...inForce, revoked)
      .when('AssetReturnedByAssignee', today)
      .thenRefused('nothing-to-return');
  });
  it('is not suspended under its use by a late entry', () =>
    given(...used)
      .when('AgreementSuspended', '2019-04-15', { reason: 'safety' })
      .thenRefused('contradicts-later-entry', { laterType: 'UseStarted', because: 'agreement-suspended' }));
});
