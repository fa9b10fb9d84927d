import type { Player } from './company-of-players';
import type { Begun, Tale } from './tale';

type Euro = { readonly minor: number; readonly currency: 'EUR' };

const euro = (minor: number): Euro => ({ minor, currency: 'EUR' });

/** Public money for works on the asset: set aside, promised to suppliers, asked for, approved by a second person, paid; some of it comes back. */
export async function works(tale: Tale, { id }: Begun, suppliers: readonly Player[]): Promise<void> {
  const { chance } = tale;
  tale.later(20, 200);
  const amount = chance.euro(20_000, 400_000);
  const source = chance.one(['eu', 'state', 'region', 'municipality', 'seized-cash-fund'] as const);
  const allocated = {
    source,
    programme: chance.one(['PON Legalità', 'POR FESR', 'Fondo regionale', 'Bilancio comunale']),
    amount,
    act: tale.act('Regione'),
  };
  const allocation = await tale.add('asset', id, 'officer', 'allocate-funds', allocated);
  let free = amount.minor;
  for (let contract = chance.between(1, 3); contract > 0 && free > 100_000; contract -= 1) {
    const promised = Math.floor((free * chance.between(30, 90)) / 100);
    free -= promised;
    await contracted(tale, id, allocation, promised, chance.one(suppliers));
  }
  if (free > 0 && chance.happens(0.4)) {
    tale.later(10, 100);
    await tale.add('asset', id, 'officer', 'reduce-allocation', {
      allocation,
      amount: euro(free),
      reason: 'Not needed: the works cost less.',
    });
  }
}

async function contracted(
  tale: Tale,
  id: string,
  allocation: string,
  promised: number,
  { name, identifiers }: Player,
): Promise<void> {
  const { chance } = tale;
  tale.later(15, 150);
  const commitment = await tale.add('asset', id, 'officer', 'commit-expenditure', {
    allocation,
    amount: euro(promised),
    supplier: { name, identifiers: [...identifiers] },
    procedure: chance.one(['open', 'negotiated', 'direct-award'] as const),
    contract: `CIG-${chance.between(100_000, 999_999)}`,
    subject: 'Renovation works',
    document: tale.document('Contract'),
  });
  tale.later(5, 40);
  const begun = await tale.add('asset', id, 'officer', 'start-works', { title: 'Renovation', commitment });
  let left = promised;
  for (let part = chance.between(1, 4); part > 0; part -= 1) {
    const due = part === 1 && chance.happens(0.8) ? left : Math.floor((left * chance.between(20, 60)) / 100);
    if (due === 0) break;
    left -= due;
    await paid(tale, id, commitment, euro(due));
  }
  tale.later(10, 90);
  await tale.add('asset', id, 'officer', 'complete-works', {
    works: begun,
    document: tale.document('Certificate of completion'),
  });
  if (left > 0 && chance.happens(0.5))
    await tale.add('asset', id, 'officer', 'reduce-commitment', {
      commitment,
      amount: euro(left),
      reason: 'The contract was closed.',
    });
}

async function paid(tale: Tale, id: string, commitment: string, amount: Euro): Promise<void> {
  tale.later(10, 120);
  const request = await tale.add('asset', id, 'officer', 'request-payment', {
    commitment,
    amount,
    document: tale.document('Invoice'),
  });
  tale.later(1, 30);
  await tale.add('asset', id, 'approver', 'approve-payment', { request, amount });
  tale.later(1, 20);
  const payment = await tale.add('asset', id, 'officer', 'make-payment', {
    request,
    amount,
    document: tale.document('Order of payment'),
  });
  if (!tale.chance.happens(0.04)) return;
  tale.later(5, 60);
  const back = euro(Math.max(1, Math.floor(amount.minor / 10)));
  await tale.add('asset', id, 'officer', 'reverse-payment', { payment, amount: back, reason: 'Paid too much.' });
}
