import type { JsonObject } from '#domain';
import { confiscated } from './given-estate';
import { by, entry, fact, given } from './specification';

const euro = (minor: number) => ({ minor, currency: 'EUR' });
const paper = { sha256: 'ab'.repeat(32), title: 'Deed' };
const buyer = { name: 'Agricola Nuova S.r.l.', identifiers: [{ scheme: 'it-vat', id: '09876543210' }] };
const today = '2026-06-15';

const destined = (purpose: string) => fact('DestinationDecided', '2018-06-01', { purpose });
const screened = (more: JsonObject = {}, on = '2018-09-01') =>
  by('officer-2', fact('BuyerScreened', on, { buyer, link: 'none', ...more }));
const sale = (more: JsonObject = {}): JsonObject => ({
  screening: entry(4),
  price: euro(1000),
  procedure: 'auction',
  document: paper,
  ...more,
});
const forSale = [...confiscated, destined('sale')] as const;
const sold = [...forSale, screened(), fact('AssetSold', '2018-12-01', sale())] as const;
const proceeds = (minor: number, purpose = 'state-fund'): JsonObject => ({ purpose, amount: euro(minor) });

describe('a sale', () => {
  it('is an exit', () =>
    given(...forSale, screened())
      .when('AssetSold', '2018-12-01', sale())
      .then('sold', ({ asset }) => expect(asset?.exit?.sale).toEqual({ ...euro(1000), buyer })));
  it('Rule 4: needs the destination for it', () => {
    given(...confiscated, destined('social'), screened())
      .when('AssetSold', today, sale())
      .thenRefused('sale-not-destined', { purpose: 'social' });
    given(
      confiscated[0],
      fact('InterlocutorySaleAuthorised', '2015-06-01', { authority: 'Tribunale' }),
      fact('DestinationDecided', '2015-07-01', { purpose: 'sale' }),
      screened({}, '2015-08-01'),
    )
      .when('AssetSold', '2015-09-01', sale({ screening: entry(3) }))
      .then('sold');
  });
  it.each(['former-owner', 'linked'])('Rule 10: is refused to a buyer who is %s', (link) =>
    given(...forSale, screened({ link }))
      .when('AssetSold', today, sale())
      .thenRefused('buyer-linked', { link }),
  );
  it('Rule 10: is refused when another screening of the same buyer found a tie', () => {
    given(...forSale, screened(), screened({ link: 'linked', buyer: { name: 'AGRICOLA NUOVA SRL' } }))
      .when('AssetSold', today, sale())
      .thenRefused('buyer-linked', { screening: entry(5) });
    given(...forSale, screened(), screened({ link: 'linked', buyer: { name: 'Another S.r.l.' } }))
      .when('AssetSold', today, sale())
      .then('sold');
  });
  it('Rule 10: a found tie is not corrected away', () =>
    given(...forSale, screened({ link: 'linked' }))
      .when('EntryCorrected', today, { entry: entry(4), field: 'link', value: 'none', reason: 'Typed wrong.' })
      .thenRefused('agreed-entry-corrected'));
  it('Rule 6: is recorded by another person than the one who screened the buyer', () => {
    given(...forSale, screened())
      .as('officer-2')
      .when('AssetSold', today, sale())
      .thenRefused('same-person');
    given(...forSale)
      .when('BuyerScreened', today, { buyer, link: 'none' }, { kind: 'process', name: 'screener' })
      .thenRefused('second-person-needed');
  });
  it('Rule 6: nothing of it is changed by one person alone afterwards', () =>
    given(...sold)
      .when('EntryCorrected', today, { entry: entry(5), field: 'price.minor', value: 1, reason: 'Typed wrong.' })
      .thenRefused('agreed-entry-corrected', { laterType: 'AssetSold' }));
  it('is to a screened buyer', () =>
    given(...forSale)
      .when('AssetSold', today, sale())
      .thenRefused('no-such-reference', { what: 'screening of a buyer' }));
  it('Rule 11: names a natural person in the personal field alone', () => {
    given(...forSale)
      .when('BuyerScreened', today, { buyerName: 'Mario Rossi', link: 'none' })
      .then('destined');
    given(...forSale)
      .when('BuyerScreened', today, { link: 'none' })
      .thenRefused('one-buyer');
    given(...forSale)
      .when('BuyerScreened', today, { buyer, buyerName: 'Mario Rossi', link: 'none' })
      .thenRefused('one-buyer');
    given(...forSale)
      .when('BuyerScreened', today, { buyer: { name: 'RSSMRA80A01H501U' }, link: 'none' })
      .thenRefused('personal-data-in-public-field', { field: 'buyer' });
  });
});

describe('the price of a sale', () => {
  it('Rule 1: is given its purpose after the exit', () => {
    given(...sold)
      .when('ProceedsAllocated', today, proceeds(1000))
      .then('sold');
    given(...sold)
      .when('AssetDescribed', today, { title: 'Villa' })
      .thenRefused('after-exit', { phase: 'sold' });
  });
  it('Rule 7: is never given away twice', () => {
    given(...sold, fact('ProceedsAllocated', '2019-01-01', proceeds(700)))
      .when('ProceedsAllocated', today, proceeds(301))
      .thenRefused('proceeds-exceed-price', { free: 300 });
    given(...sold)
      .when('ProceedsAllocated', today, { purpose: 'social', amount: { minor: 1, currency: 'USD' } })
      .thenRefused('currency-differs');
    given(...forSale)
      .when('ProceedsAllocated', today, proceeds(1))
      .thenRefused('proceeds-without-sale');
  });
  it('compensates victims up to what was set aside for them', () => {
    const facts = [...sold, fact('ProceedsAllocated', '2019-01-01', proceeds(400, 'victims-compensation'))];
    const compensation = (minor: number, more: JsonObject = {}) => ({
      amount: euro(minor),
      proceeds: entry(6),
      ...more,
    });
    given(...facts)
      .when('VictimsCompensated', today, compensation(400, { victims: 3, names: 'Maria Bianchi' }))
      .then('sold');
    given(...facts, fact('VictimsCompensated', '2019-02-01', compensation(300)))
      .when('VictimsCompensated', today, compensation(101))
      .thenRefused('compensation-exceeds-proceeds', { free: 100 });
    given(...facts)
      .when('VictimsCompensated', today, { amount: { minor: 1, currency: 'USD' }, proceeds: entry(6) })
      .thenRefused('currency-differs');
    given(...sold, fact('ProceedsAllocated', '2019-01-01', proceeds(400)))
      .when('VictimsCompensated', today, compensation(1))
      .thenRefused('compensation-not-destined', { purpose: 'state-fund' });
    given(...sold)
      .when('VictimsCompensated', today, compensation(1))
      .thenRefused('no-such-reference');
  });
});

describe('other ways out', () => {
  it('victims are compensated with the asset itself where it was destined to them', () => {
    const money = { amount: euro(500) };
    given(...confiscated, destined('victims-compensation'))
      .when('VictimsCompensated', today, money)
      .then('destined');
    given(...confiscated, destined('social'))
      .when('VictimsCompensated', today, money)
      .thenRefused('compensation-not-destined');
    given(...sold)
      .when('VictimsCompensated', today, money)
      .thenRefused('compensation-not-destined');
  });
  it('destruction is decided first, a disaster is not', () => {
    const record = { cause: 'decided', document: paper };
    given(...confiscated, destined('destruction'))
      .when('AssetDestroyed', today, record)
      .then('destroyed');
    given(...confiscated)
      .when('AssetDestroyed', today, record)
      .thenRefused('destruction-not-destined', { purpose: 'none' });
    given(...confiscated)
      .when('AssetDestroyed', today, { ...record, cause: 'disaster' })
      .then('destroyed');
  });
  it('it goes back to its owner', () => {
    given(...confiscated)
      .when('AssetReturnedToOwner', today, { act: { authority: 'Corte d’appello' }, owner: 'Mario Rossi' })
      .then('returned');
    given(...sold)
      .when('AssetReturnedToOwner', today, { act: {} })
      .thenRefused('after-exit');
  });
});

describe('documents', () => {
  const file: JsonObject = { sha256: 'cd'.repeat(32), title: 'Decree', kind: 'decree', classification: 'public' };
  it('are known by the digest of their content', () =>
    given(confiscated[0])
      .when('DocumentAttached', today, file)
      .then('seized', ({ asset }) => expect(asset?.documents).toEqual([file])));
  it('are in the dossier once', () =>
    given(confiscated[0], fact('DocumentAttached', '2016-01-01', file))
      .when('DocumentAttached', today, { ...file, title: 'The same again' })
      .thenRefused('document-already-attached', { title: 'Decree' }));
  it.each(['AB'.repeat(32), 'ab'.repeat(31), 'xy'.repeat(32)])(
    'have a digest of 64 hexadecimal digits: not %s',
    (sha256) =>
      given(confiscated[0])
        .when('DocumentAttached', today, { ...file, sha256 })
        .thenRefused('malformed-entry'),
  );
});
