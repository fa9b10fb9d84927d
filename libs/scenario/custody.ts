import type { Begun, Tale } from './tale';

const NOTHING_IN_THE_WAY = {
  condition: 'fair',
  readyForDestination: true,
  findings: 'Accessible, no occupants found.',
};

/** Years of looking after an asset: costs, some income, a valuation, a problem found and mostly cleared, visits. False when a problem still blocks its reuse. */
export async function custody(tale: Tale, { id, kind }: Begun, years: number): Promise<boolean> {
  await tale.add('asset', id, 'officer', 'appoint-administrator', { office: 'agency', firm: 'ANBSC' });
  if (tale.chance.happens(0.5)) {
    tale.later(10, 90);
    const value = tale.chance.euro(8_000, 900_000);
    await tale.add('asset', id, 'officer', 'record-valuation', { method: 'appraisal', value });
  }
  if (tale.chance.happens(0.2)) {
    tale.later(30, 300);
    await tale.add('asset', id, 'officer', 'discharge-administrator', { reason: 'replaced' });
    await tale.add('asset', id, 'officer', 'appoint-administrator', { office: 'coadjutor' });
  }
  for (let year = 0; year < years; year += 1) {
    const from = tale.day;
    tale.later(300, 360);
    const period = { from, to: tale.day };
    const purpose = tale.chance.one(['maintenance', 'insurance', 'tax', 'security', 'utilities'] as const);
    await tale.add('asset', id, 'officer', 'record-management-cost', {
      purpose,
      amount: tale.chance.euro(100, 9_000),
      ...period,
    });
    if (!tale.chance.happens(kind === 'company' ? 0.5 : 0.15)) continue;
    const origin = kind === 'company' ? 'company-revenue' : 'rent';
    await tale.add('asset', id, 'officer', 'record-management-income', {
      origin,
      amount: tale.chance.euro(500, 20_000),
      ...period,
    });
  }
  if (tale.chance.happens(0.2)) await tidied(tale, id);
  const free = !tale.chance.happens(0.35) || (await trouble(tale, id));
  tale.later(5, 60);
  await tale.add('asset', id, 'officer', 'record-inspection', NOTHING_IN_THE_WAY);
  return free;
}

/** A document is attached, a slip of the pen is put right, and what was recorded on the wrong dossier is annulled by somebody else. */
async function tidied(tale: Tale, id: string): Promise<void> {
  const { sha256, title } = tale.document('Report of the administrator');
  await tale.add('asset', id, 'officer', 'attach-document', {
    sha256,
    title,
    kind: 'report',
    classification: 'public',
  });
  tale.later(1, 30);
  const seen = { condition: 'good', readyForDestination: false, findings: 'The door is blue.' };
  const inspection = await tale.add('asset', id, 'officer', 'record-inspection', seen);
  const put = { field: 'findings', value: 'The door is green.', reason: 'A slip of the pen.' };
  await tale.add('asset', id, 'officer', 'correct-entry', { entry: inspection, ...put });
  if (!tale.chance.happens(0.4)) return;
  const wrong = await tale.add('asset', id, 'officer', 'record-inspection', {
    condition: 'poor',
    readyForDestination: false,
  });
  tale.later(1, 30);
  await tale.add('asset', id, 'approver', 'annul-entry', { entry: wrong, reason: 'It belongs to another dossier.' });
}

async function trouble(tale: Tale, id: string): Promise<boolean> {
  tale.later(5, 200);
  const kind = tale.chance.one([
    'occupied',
    'mortgaged',
    'planning-irregularity',
    'poor-condition',
    'access-problem',
  ] as const);
  const blocking = tale.chance.happens(0.5);
  const problem = await tale.add('asset', id, 'officer', 'record-problem', { kind, blocking });
  if (blocking && tale.chance.happens(0.15)) {
    tale.later(10, 90);
    const why = 'The organisation that takes the asset will clear it.';
    await tale.add('asset', id, 'director', 'waive-blocking-problem', { problem, details: why });
    return true;
  }
  if (tale.chance.happens(0.2)) return !blocking;
  tale.later(60, 700);
  await tale.add('asset', id, 'officer', 'resolve-problem', { problem, how: 'Cleared by the agency.' });
  return true;
}

/** From the final confiscation to the body that receives the asset. False when it is to be sold instead. */
export async function destination(tale: Tale, { id, municipality }: Begun, wished?: 'social'): Promise<boolean> {
  const recipient = { kind: 'municipality', name: municipality ?? 'Comune' };
  tale.later(10, 200);
  const sold = wished === undefined && tale.chance.happens(0.12);
  if (!sold) await tale.add('asset', id, 'officer', 'record-interest', { body: recipient, purpose: 'social' });
  tale.later(20, 300);
  const act = tale.act('ANBSC');
  if (sold) {
    await tale.add('asset', id, 'approver', 'decide-destination', { purpose: 'sale', act });
    return false;
  }
  const purpose =
    wished ?? tale.chance.one(['social', 'social', 'social', 'economic-for-social', 'institutional'] as const);
  await tale.add('asset', id, 'approver', 'decide-destination', { purpose, recipient, act });
  return true;
}

/** Now and then the body gives the asset back before it took it over, and another one is found. */
export async function reconsidered(tale: Tale, { id }: Begun): Promise<void> {
  tale.later(100, 500);
  await tale.add('asset', id, 'approver', 'revoke-destination', { reason: 'renounced', act: tale.act('ANBSC') });
  tale.later(50, 300);
  const recipient = { kind: 'region', name: 'Regione (scenario)' };
  await tale.add('asset', id, 'approver', 'decide-destination', {
    purpose: 'social',
    recipient,
    act: tale.act('ANBSC'),
  });
}

export async function transfer(tale: Tale, { id, municipality }: Begun): Promise<void> {
  tale.later(20, 250);
  await tale.add('asset', id, 'officer', 'transfer-asset', {
    to: { kind: 'municipality', name: municipality ?? 'Comune' },
  });
}

/** A buyer is looked into, the asset is sold, and the price is given its purposes. */
export async function sale(tale: Tale, { id }: Begun): Promise<void> {
  tale.later(60, 400);
  const buyer = { name: `Acquirente ${tale.chance.between(1, 400)} (scenario)` };
  const screening = await tale.add('asset', id, 'approver', 'screen-buyer', { buyer, link: 'none' });
  tale.later(5, 60);
  const price = tale.chance.euro(20_000, 600_000);
  const deed = { screening, price, procedure: 'auction', document: tale.document('Deed of sale') };
  await tale.add('asset', id, 'officer', 'sell-asset', deed);
  const half = { minor: Math.floor(price.minor / 2), currency: 'EUR' };
  tale.later(10, 90);
  await tale.add('asset', id, 'officer', 'allocate-proceeds', { purpose: 'social', amount: half });
  const proceeds = await tale.add('asset', id, 'officer', 'allocate-proceeds', {
    purpose: 'victims-compensation',
    amount: half,
  });
  tale.later(20, 200);
  await tale.add('asset', id, 'officer', 'compensate-victims', {
    amount: half,
    victims: tale.chance.between(1, 9),
    proceeds,
  });
}
