import type { JsonObject } from '#domain';
import { by, entry, fact, given } from './specification';

const euro = (minor: number) => ({ minor, currency: 'EUR' });
const paper = { sha256: 'ab'.repeat(32), title: 'Contract' };
const builder = { name: 'Edil Sud S.r.l.', identifiers: [{ scheme: 'it-vat', id: '01234567890' }] };

const seized = fact('AssetSeized', '2015-03-12', { kind: 'real-estate' });
const allocated = fact('FundsAllocated', '2016-01-10', { source: 'state', amount: euro(1000) });
const commitment = (minor: number, more: JsonObject = {}): JsonObject => ({
  allocation: entry(1),
  amount: euro(minor),
  supplier: builder,
  procedure: 'open',
  contract: 'CIG 1',
  document: paper,
  ...more,
});
const committed = fact('ExpenditureCommitted', '2016-02-10', commitment(800));
const request = (minor: number): JsonObject => ({ commitment: entry(2), amount: euro(minor), document: paper });
const requested = fact('PaymentRequested', '2016-03-10', request(500));
const approval = (minor = 500): JsonObject => ({ request: entry(3), amount: euro(minor) });
const approved = by('officer-2', fact('PaymentApproved', '2016-03-12', approval()));
const payment = (minor: number): JsonObject => ({ request: entry(3), amount: euro(minor), document: paper });
const paid = fact('PaymentMade', '2016-03-20', payment(300));
const reversal = (minor: number): JsonObject => ({ payment: entry(5), amount: euro(minor), reason: 'Wrong account.' });
const cut = (minor: number): JsonObject => ({ allocation: entry(1), amount: euro(minor), reason: 'Not needed.' });
const shorten = (minor: number): JsonObject => ({ commitment: entry(2), amount: euro(minor), reason: 'Cheaper.' });
const later = '2017-01-01';

describe('Rule 7: paid ≤ approved ≤ committed ≤ allocated, per allocation and in one currency', () => {
  it('goes all the way from the allocation to the payment', () =>
    given(seized, allocated, committed, requested, approved)
      .when('PaymentMade', '2016-03-20', payment(500))
      .then('seized', ({ asset }) => expect(asset?.spending?.payments).toMatchObject([{ minor: 500, reversed: 0 }])));

  it('commits no more than is allocated, to the cent', () => {
    given(seized, allocated).when('ExpenditureCommitted', later, commitment(1000)).then('seized');
    given(seized, allocated)
      .when('ExpenditureCommitted', later, commitment(1001))
      .thenRefused('allocation-exceeded', { free: 1000 });
    given(seized, allocated, committed)
      .when('ExpenditureCommitted', later, commitment(201))
      .thenRefused('allocation-exceeded', { free: 200 });
  });

  it('keeps allocations apart', () =>
    given(seized, allocated, fact('FundsAllocated', '2016-01-10', { source: 'eu', amount: euro(9000) }))
      .when('ExpenditureCommitted', later, commitment(1001))
      .thenRefused('allocation-exceeded'));

  it('cuts no allocation below what is committed', () => {
    given(seized, allocated, committed).when('AllocationReduced', later, cut(200)).then('seized');
    given(seized, allocated, committed)
      .when('AllocationReduced', later, cut(201))
      .thenRefused('allocation-below-committed', { free: 200 });
  });

  it('reduces no commitment below what is approved', () => {
    const facts = [seized, allocated, committed, requested, approved];
    given(...facts)
      .when('CommitmentReduced', later, shorten(300))
      .then('seized');
    given(...facts)
      .when('CommitmentReduced', later, shorten(301))
      .thenRefused('commitment-below-approved', { free: 300 });
  });

  it('asks for and approves no more than is committed', () => {
    given(seized, allocated, committed)
      .when('PaymentRequested', later, request(801))
      .thenRefused('commitment-exceeded', { free: 800 });
    const second = fact('PaymentRequested', '2016-03-11', request(400));
    given(seized, allocated, committed, requested, second, by('officer-2', { ...approved, on: '2016-03-12' }))
      .as('officer-2')
      .when('PaymentApproved', later, { request: entry(4), amount: euro(400) })
      .thenRefused('commitment-exceeded', { free: 300 });
  });

  it('pays only what is approved, whole or in parts', () => {
    given(seized, allocated, committed, requested)
      .when('PaymentMade', later, payment(500))
      .thenRefused('payment-not-approved');
    given(seized, allocated, committed, requested, approved, paid)
      .when('PaymentMade', later, payment(200))
      .then('seized');
    given(seized, allocated, committed, requested, approved, paid)
      .when('PaymentMade', later, payment(201))
      .thenRefused('approval-exceeded', { free: 200 });
  });

  it('reverses no more than was paid', () => {
    const facts = [seized, allocated, committed, requested, approved, paid];
    given(...facts)
      .when('PaymentReversed', later, reversal(300))
      .then('seized');
    given(...facts)
      .when('PaymentReversed', later, reversal(301))
      .thenRefused('reversal-exceeds-payment', { free: 300 });
    given(...facts, fact('PaymentReversed', '2016-04-01', reversal(200)))
      .when('PaymentReversed', later, reversal(101))
      .thenRefused('reversal-exceeds-payment', { free: 100 });
  });

  it('takes the approval back with a reversal: what came back is not paid again without asking again', () => {
    const facts = [seized, allocated, committed, requested, approved, paid];
    const back = fact('PaymentReversed', '2016-04-01', reversal(300));
    given(...facts, back)
      .when('PaymentMade', later, payment(201))
      .thenRefused('approval-exceeded', { free: 200 });
    given(...facts, back)
      .when('CommitmentReduced', later, shorten(600))
      .then('seized');
  });

  it.each([
    ['AllocationReduced', cut(1)],
    ['ExpenditureCommitted', commitment(1)],
    ['CommitmentReduced', shorten(1)],
    ['PaymentRequested', request(1)],
    ['PaymentMade', payment(1)],
    ['PaymentReversed', reversal(1)],
  ])('mixes no currencies: %s', (type, data) =>
    given(seized, allocated, committed, requested, approved, paid)
      .when(type, later, { ...data, amount: { minor: 1, currency: 'USD' } })
      .thenRefused('currency-differs', { currency: 'USD', expected: 'EUR' }),
  );

  it.each([
    ['AllocationReduced', { ...cut(1), allocation: entry(0) }, 'allocation'],
    ['ExpenditureCommitted', commitment(1, { allocation: entry(9) }), 'allocation'],
    ['CommitmentReduced', { ...shorten(1), commitment: entry(1) }, 'commitment'],
    ['PaymentRequested', { ...request(1), commitment: entry(1) }, 'commitment'],
    ['PaymentApproved', { ...approval(), request: entry(2) }, 'payment request'],
    ['PaymentMade', { ...payment(1), request: entry(2) }, 'payment request'],
    ['PaymentReversed', { ...reversal(1), payment: entry(4) }, 'payment'],
    ['WorksStarted', { title: 'Roof', commitment: entry(1) }, 'commitment'],
    ['WorksCompleted', { works: entry(1), document: paper }, 'works'],
  ])('names what is there: %s', (type, data, what) =>
    given(seized, allocated, committed, requested, approved, paid)
      .when(type, later, data)
      .thenRefused('no-such-reference', { what }),
  );

  it.each([
    ['ExpenditureCommitted', commitment(1)],
    ['PaymentRequested', request(1)],
    ['PaymentMade', payment(1)],
  ])('wants a document with each commitment and payment: %s', (type, { document: _, ...data }) =>
    given(seized, allocated, committed, requested, approved).when(type, later, data).thenRefused('malformed-entry'),
  );

  it.each([0, -1, 0.5, Number.MAX_SAFE_INTEGER + 1])('refuses an amount of %d', (minor) =>
    given(seized)
      .when('FundsAllocated', later, { source: 'eu', amount: euro(minor) })
      .thenRefused('malformed-entry'),
  );

  it('refuses sums beyond exact range, and takes the largest exact one', () => {
    const most = Number.MAX_SAFE_INTEGER;
    given(seized, allocated)
      .when('FundsAllocated', later, { source: 'eu', amount: euro(most - 1000) })
      .then('seized');
    given(seized, allocated)
      .when('FundsAllocated', later, { source: 'eu', amount: euro(most - 999) })
      .thenRefused('amount-beyond-exact');
    given(seized, allocated)
      .when('FundsAllocated', later, { source: 'eu', amount: { minor: most, currency: 'USD' } })
      .then('seized');
  });

  it('sees the accounts of the day of a late entry, not of today', () => {
    given(seized, allocated, committed)
      .when('PaymentRequested', '2016-02-09', request(1))
      .thenRefused('no-such-reference');
    given(seized, allocated, committed)
      .when('AllocationReduced', '2016-01-20', cut(201))
      .thenRefused('contradicts-later-entry', { because: 'allocation-exceeded' });
  });

  it('lets no correction or annulment break it', () => {
    const correction = { entry: entry(1), field: 'amount.minor', value: 700, reason: 'Typed wrong.' };
    given(seized, allocated, committed)
      .when('EntryCorrected', later, correction)
      .thenRefused('correction-contradicts', { because: 'allocation-exceeded' });
    given(seized, allocated, committed)
      .as('officer-2')
      .when('EntryAnnulled', later, { entry: entry(1), reason: 'Another asset.' })
      .thenRefused('correction-contradicts', { because: 'no-such-reference' });
  });
});

describe('Rule 6: a payment is approved by a second person', () => {
  const facts = [seized, allocated, committed, requested];
  it('another than who asked for it', () => {
    given(...facts)
      .as('officer-2')
      .when('PaymentApproved', later, approval())
      .then('seized');
    given(...facts)
      .when('PaymentApproved', later, approval())
      .thenRefused('same-person');
  });
  it('never a process', () =>
    given(...facts)
      .as('officer-2')
      .when('PaymentApproved', later, approval(), { kind: 'process', name: 'approver' })
      .thenRefused('second-person-needed'));
  it('once, and of the amount that was asked for', () => {
    given(...facts, approved)
      .as('officer-2')
      .when('PaymentApproved', later, approval())
      .thenRefused('already-approved');
    given(...facts)
      .as('officer-2')
      .when('PaymentApproved', later, approval(499))
      .thenRefused('approval-differs', { requested: 500 });
  });
  it.each([
    [2, 'supplier.name', 'Edil Nord S.r.l.'],
    [2, 'document.sha256', 'cd'.repeat(32)],
    [3, 'document.sha256', 'cd'.repeat(32)],
  ])('what they agreed to is not changed behind their back: entry %d, %s', (place, field, value) =>
    given(...facts, approved)
      .when('EntryCorrected', later, { entry: entry(place), field, value, reason: 'Typed wrong.' })
      .thenRefused('agreed-entry-corrected', { laterType: 'PaymentApproved' }),
  );
  it('what nobody agreed to yet is corrected as ever', () =>
    given(...facts)
      .when('EntryCorrected', later, {
        entry: entry(2),
        field: 'supplier.name',
        value: 'Edil Nord S.r.l.',
        reason: 'Typed wrong.',
      })
      .then('seized'));
  it('nor is the amount, on either side of the approval', () => {
    for (const place of [3, 4]) {
      given(...facts, approved)
        .when('EntryCorrected', later, { entry: entry(place), field: 'amount.minor', value: 600, reason: 'More.' })
        .thenRefused('correction-contradicts', { because: 'approval-differs' });
    }
  });
});

describe('works', () => {
  const started = fact('WorksStarted', '2016-03-01', { title: 'Roof', commitment: entry(2) });
  const done = { works: entry(3), document: paper };
  it('begin and are finished once', () => {
    given(seized, allocated, committed, started).when('WorksCompleted', later, done).then('seized');
    given(seized, allocated, committed, started, fact('WorksCompleted', '2016-09-01', done))
      .when('WorksCompleted', later, done)
      .thenRefused('works-completed', { completedOn: '2016-09-01' });
  });
});

describe('Rule 1: public spending ends with the exit', () => {
  it('refuses a payment after it', () =>
    given(seized, allocated, committed, requested, approved, fact('SeizureRevoked', '2016-04-01', { extent: 'whole' }))
      .when('PaymentMade', later, payment(1))
      .thenRefused('after-exit'));
});
