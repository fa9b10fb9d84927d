import * as fc from 'fast-check';
import type { JsonObject } from '#domain';
import { partiesOf, sameParty } from '#domain';
import { by, entry, fact, given } from './specification';
import type { SpecifiedFact } from './specification';

const euro = (minor: number) => ({ minor, currency: 'EUR' });
const paper = { sha256: 'ab'.repeat(32), title: 'Delivery note' };
const bakery = { name: 'Forno Conca d’Oro S.r.l.', identifiers: [{ scheme: 'it-vat', id: '01234567890' }] };
const hours = (value: number, scale = 0) => ({ value, scale, unit: 'hour' });
const today = '2020-01-01';

const seized = fact('AssetSeized', '2015-03-12', { kind: 'real-estate' });
const need = fact('SupportNeedPublished', '2016-01-10', { kind: 'works', title: 'A new roof', quantity: hours(200) });
const pledge = (more: JsonObject = {}): JsonObject => ({
  need: entry(1),
  supporter: bakery,
  kind: 'works',
  quantity: hours(100),
  ...more,
});
const pledged = by('officer-1', fact('SupportPledged', '2016-02-01', pledge()));
const verdict = (more: JsonObject = {}): JsonObject => ({
  pledge: entry(2),
  outcome: 'passed',
  conflictOfInterest: false,
  tiesToFormerOwner: false,
  beneficialOwnersDeclared: true,
  ...more,
});
const passed = by('officer-2', fact('SupportScreened', '2016-03-01', verdict()));
const about = { pledge: entry(2) };
const accepted = fact('SupportAccepted', '2016-04-01', about);
const delivery = (quantity: JsonObject): JsonObject => ({ ...about, quantity, document: paper });
const waiver = { party: bakery, reason: 'The contract was awarded by open procedure before the offer.' };

describe('Rule 8: support is accepted after its screening passed', () => {
  it('from the need to the last delivery', () =>
    given(seized, need, pledged, passed, accepted)
      .when('SupportDelivered', today, delivery(hours(100)))
      .then('seized', ({ asset }) => expect(asset?.support?.pledges[0]?.status).toBe('accepted')));
  it('not before', () => {
    given(seized, need, pledged).when('SupportAccepted', today, about).thenRefused('support-not-screened');
    given(seized, need, pledged, by('officer-2', fact('SupportScreened', '2016-03-01', verdict({ outcome: 'failed' }))))
      .when('SupportAccepted', today, about)
      .thenRefused('support-not-screened');
  });
  it('and the screening is the latest one', () =>
    given(
      seized,
      need,
      pledged,
      passed,
      by('officer-2', fact('SupportScreened', '2016-03-02', verdict({ outcome: 'failed' }))),
    )
      .when('SupportAccepted', today, about)
      .thenRefused('support-not-screened'));
  it.each([{ tiesToFormerOwner: true }, { beneficialOwnersDeclared: false }])('passes nobody with %j', (finding) => {
    given(seized, need, pledged)
      .as('officer-2')
      .when('SupportScreened', today, verdict(finding))
      .thenRefused('screening-inconsistent');
    given(seized, need, pledged)
      .as('officer-2')
      .when('SupportScreened', today, verdict({ ...finding, outcome: 'failed' }))
      .then('seized');
  });
  it('is decided once', () => {
    given(seized, need, pledged, passed, accepted)
      .when('SupportAccepted', today, about)
      .thenRefused('support-decided', { status: 'accepted' });
    given(seized, need, pledged, passed, accepted)
      .when('SupportDeclined', today, { ...about, reason: 'other' })
      .thenRefused('support-decided');
    given(seized, need, pledged, passed, accepted)
      .as('officer-2')
      .when('SupportScreened', today, verdict())
      .thenRefused('support-decided');
    given(seized, need, pledged, fact('SupportDeclined', '2016-03-01', { ...about, reason: 'not-needed' }))
      .when('SupportAccepted', today, about)
      .thenRefused('support-decided', { status: 'declined' });
  });
  it('is withdrawn while something is still to come', () => {
    const withdrawal = { ...about, by: 'supporter' };
    given(seized, need, pledged).when('SupportWithdrawn', today, withdrawal).then('seized');
    given(seized, need, pledged, fact('SupportWithdrawn', '2016-03-01', withdrawal))
      .when('SupportWithdrawn', today, withdrawal)
      .thenRefused('support-decided', { status: 'withdrawn' });
    given(seized, need, pledged, passed, accepted, fact('SupportDelivered', '2016-05-01', delivery(hours(100))))
      .when('SupportWithdrawn', today, withdrawal)
      .thenRefused('support-decided', { status: 'fulfilled' });
  });
});

describe('Rule 8: delivered ≤ pledged', () => {
  const facts = [seized, need, pledged, passed, accepted];
  it('in parts, to the last decimal', () => {
    const part = fact('SupportDelivered', '2016-05-01', delivery(hours(999, 1)));
    given(...facts, part)
      .when('SupportDelivered', today, delivery(hours(1, 1)))
      .then('seized');
    given(...facts, part)
      .when('SupportDelivered', today, delivery(hours(100_001, 6)))
      .thenRefused('delivery-exceeds-pledge');
  });
  it('only of what was accepted', () => {
    given(seized, need, pledged, passed)
      .when('SupportDelivered', today, delivery(hours(1)))
      .thenRefused('support-not-accepted', { status: 'pledged' });
    given(seized, need)
      .when('SupportDelivered', today, delivery(hours(1)))
      .thenRefused('no-such-reference', { what: 'pledge' });
  });
  it('in the unit in which it was pledged', () =>
    given(...facts)
      .when('SupportDelivered', today, delivery({ value: 1, scale: 0, unit: 'day' }))
      .thenRefused('unit-differs', { unit: 'day', expected: 'hour' }));
  it('with evidence', () =>
    given(...facts)
      .when('SupportDelivered', today, { ...about, quantity: hours(1) })
      .thenRefused('malformed-entry'));
  it('never over any split into parts', () => {
    const pledgedMillionths = 100_000_000n;
    const decimal = fc.record({ value: fc.integer({ min: 1, max: 2_000_000 }), scale: fc.integer({ min: 0, max: 6 }) });
    fc.assert(
      fc.property(fc.array(decimal, { maxLength: 8 }), (parts) => {
        let done = 0n;
        const deliveries: SpecifiedFact[] = [];
        for (const part of parts) {
          const data = delivery({ ...part, unit: 'hour' });
          const more = done + BigInt(part.value) * 10n ** BigInt(6 - part.scale);
          const attempt = given(...facts, ...deliveries).when('SupportDelivered', today, data);
          if (more > pledgedMillionths) attempt.thenRefused('delivery-exceeds-pledge');
          else {
            attempt.then('seized');
            deliveries.push(fact('SupportDelivered', '2016-05-01', data));
            done = more;
          }
        }
        const left = Number(pledgedMillionths - done);
        given(...facts, ...deliveries)
          .when('SupportDelivered', today, delivery(hours(left + 1, 6)))
          .thenRefused('delivery-exceeds-pledge');
      }),
      { numRuns: 60 },
    );
  });
});

describe('how much support', () => {
  it.each([
    [{ kind: 'works' }],
    [{ kind: 'works', amount: euro(1), quantity: hours(1) }],
    [{ kind: 'works', amount: euro(1) }],
    [{ kind: 'money', quantity: hours(1) }],
  ])('is said in one way: not %j', (data) => {
    given(seized)
      .when('SupportNeedPublished', today, { title: 'A roof', ...data })
      .thenRefused('one-measure');
    given(seized)
      .when('SupportPledged', today, { supporter: bakery, ...data })
      .thenRefused('one-measure');
  });
  it('answers the need it names', () => {
    given(seized, need)
      .when('SupportPledged', today, pledge({ kind: 'expertise' }))
      .thenRefused('pledge-off-need', { kind: 'expertise', needed: 'works' });
    given(seized, need)
      .when('SupportPledged', today, pledge({ quantity: { value: 1, scale: 0, unit: 'tonne' } }))
      .thenRefused('unit-differs');
    given(seized, need)
      .when('SupportPledged', today, pledge({ need: entry(0) }))
      .thenRefused('no-such-reference', { what: 'need' });
  });
  it('may be given over time', () => {
    given(seized, need)
      .when('SupportPledged', today, pledge({ from: today, until: '2026-12-31' }))
      .then('seized');
    given(seized, need)
      .when('SupportPledged', today, pledge({ from: today, until: '2019-12-31' }))
      .thenRefused('period-reversed');
  });
});

describe('Rule 6: a second person screens', () => {
  it('not the one who recorded the pledge', () => {
    given(seized, need, pledged).as('officer-2').when('SupportScreened', today, verdict()).then('seized');
    given(seized, need, pledged).as('officer-1').when('SupportScreened', today, verdict()).thenRefused('same-person');
  });
  it('nor a process', () =>
    given(seized, need, pledged)
      .as('officer-2')
      .when('SupportScreened', today, verdict(), { kind: 'process', name: 'screener' })
      .thenRefused('second-person-needed'));
  it.each([
    [2, 'supporter.name', 'Somebody else S.r.l.'],
    [2, 'quantity.value', 150],
    [3, 'conflictOfInterest', true],
  ])('and what they screened is not changed behind their back: entry %d, %s', (place, field, value) =>
    given(seized, need, pledged, passed)
      .when('EntryCorrected', today, { entry: entry(place), field, value, reason: 'Typed wrong.' })
      .thenRefused('agreed-entry-corrected', { laterType: 'SupportScreened' }),
  );
  it('a failed screening is not corrected into one that passed', () =>
    given(seized, need, pledged, by('officer-2', fact('SupportScreened', '2016-03-01', verdict({ outcome: 'failed' }))))
      .as('officer-1')
      .when('EntryCorrected', today, { entry: entry(3), field: 'outcome', value: 'passed', reason: 'Typed wrong.' })
      .thenRefused('agreed-entry-corrected'));
});

describe('Rule 8: a supporter that has another interest in the asset', () => {
  const allocated = fact('FundsAllocated', '2016-01-01', { source: 'state', amount: euro(1000) });
  const contract = (supplier: JsonObject): JsonObject => ({
    allocation: entry(1),
    amount: euro(10),
    supplier,
    procedure: 'open',
    contract: 'CIG 1',
    document: paper,
  });
  const supplies = fact('ExpenditureCommitted', '2016-01-02', contract(bakery));
  const offer = by(
    'officer-1',
    fact('SupportPledged', '2016-02-01', { supporter: bakery, kind: 'works', quantity: hours(1) }),
  );
  const screened = (more: JsonObject = {}) =>
    by('officer-2', fact('SupportScreened', '2016-03-01', verdict({ pledge: entry(3), ...more })));
  const waived = (officer: string) => by(officer, fact('ConflictWaived', '2016-03-02', waiver));
  const acceptance = { pledge: entry(3) };

  it('as a supplier is blocked until a waiver', () => {
    given(seized, allocated, supplies, offer, screened())
      .when('SupportAccepted', today, acceptance)
      .thenRefused('support-conflict', { conflict: 'it supplies this asset' });
    given(seized, allocated, supplies, offer, screened(), waived('officer-3'))
      .when('SupportAccepted', today, acceptance)
      .then('seized');
  });
  it('is no longer one when its commitment was taken back whole', () =>
    given(
      seized,
      allocated,
      supplies,
      offer,
      screened(),
      fact('CommitmentReduced', '2016-03-02', { commitment: entry(2), amount: euro(10), reason: 'Cancelled.' }),
    )
      .when('SupportAccepted', today, acceptance)
      .then('seized'));
  it('of which the screening speaks is blocked too', () => {
    const another = fact('InspectionRecorded', '2016-01-03', { condition: 'good', readyForDestination: false });
    const facts = [seized, allocated, another, offer, screened({ conflictOfInterest: true })];
    given(...facts)
      .when('SupportAccepted', today, acceptance)
      .thenRefused('support-conflict');
    given(...facts, waived('officer-3'))
      .when('SupportAccepted', today, acceptance)
      .then('seized');
  });
  it('gets no contract without a waiver either', () => {
    const after = fact('InspectionRecorded', '2016-01-03', { condition: 'good', readyForDestination: false });
    given(seized, allocated, after, offer)
      .when('ExpenditureCommitted', today, contract({ name: 'FORNO CONCA D’ORO SRL' }))
      .thenRefused('support-conflict', { conflict: 'it supports this asset' });
    given(seized, allocated, after, offer, waived('officer-3'))
      .when('ExpenditureCommitted', today, contract(bakery))
      .then('seized');
  });
  it('Rule 6: is waived by somebody who neither offered, screened nor decides', () => {
    const facts = [seized, allocated, supplies, offer, screened()];
    for (const officer of ['officer-1', 'officer-2']) {
      given(...facts)
        .as(officer)
        .when('ConflictWaived', today, waiver)
        .thenRefused('same-person');
    }
    given(...facts, waived('officer-3'))
      .as('officer-3')
      .when('SupportAccepted', today, acceptance)
      .thenRefused('same-person');
    given(...facts, waived('officer-3'))
      .when('EntryCorrected', today, { entry: entry(5), field: 'party.name', value: 'Another', reason: 'Typed wrong.' })
      .thenRefused('agreed-entry-corrected');
  });
  it('is not waived where there is none', () =>
    given(seized, allocated).when('ConflictWaived', today, waiver).thenRefused('no-conflict-to-waive'));
});

describe('the parties of an asset', () => {
  it('are one by organisation, identifier or name', () => {
    expect(sameParty(bakery, { name: 'forno conca d oro srl' })).toBe(true);
    expect(sameParty(bakery, { name: 'Another', identifiers: [{ scheme: 'IT-VAT', id: '0123 4567 890' }] })).toBe(true);
    expect(sameParty({ organisation: 'org-1' }, { name: 'A', organisation: 'org-1' })).toBe(true);
    expect(sameParty(bakery, { name: 'Another', identifiers: [{ scheme: 'it-rea', id: '01234567890' }] })).toBe(false);
    expect(sameParty({ name: 'A' }, { organisation: 'org-1' })).toBe(false);
  });
  it('are read from spending, support and the agreement in force', () => {
    given(seized, need)
      .when('SupportPledged', today, pledge())
      .then('seized', ({ asset }) => {
        const holder = { organisation: 'org-1', name: 'Terra Buona' };
        const agreement = {
          ...holder,
          id: 'a',
          object: 'Farm',
          from: '2016-01-01',
          to: '2020-01-01',
          terms: [],
          renewable: true,
          on: null,
        };
        const parties = partiesOf({ ...asset!, agreement });
        expect(parties).toEqual({ suppliers: [], supporters: [bakery], assignees: [holder] });
      });
  });
});
