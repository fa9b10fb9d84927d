import type { JsonObject } from '#domain';
import type { Player } from './company-of-players';
import type { Begun, Tale } from './tale';

const needs = [
  { kind: 'goods', title: 'Furniture for three rooms', quantity: { value: 30, scale: 0, unit: 'piece' } },
  { kind: 'logistics', title: 'A van two days a month', quantity: { value: 24, scale: 0, unit: 'day' } },
  { kind: 'works', title: 'Painting of the ground floor', quantity: { value: 120, scale: 0, unit: 'square-metre' } },
  { kind: 'expertise', title: 'Help with the accounts', quantity: { value: 40, scale: 0, unit: 'hour' } },
  { kind: 'money', title: 'A first year of rent for the tools', amount: { minor: 600_000, currency: 'EUR' } },
] as const;

type Need = (typeof needs)[number];

/** The need, or a share of it. */
function part(need: Need, tenths: number): JsonObject {
  if ('amount' in need) return { amount: { minor: (need.amount.minor * tenths) / 10, currency: 'EUR' } };
  const { value, unit } = need.quantity;
  return { quantity: { value: value * tenths, scale: 1, unit } };
}

/** What the private sector gives: a need is published, companies pledge, a second person screens them, and most deliver. */
export async function supported(tale: Tale, { id }: Begun, supporters: readonly Player[]): Promise<void> {
  const { chance } = tale;
  tale.later(10, 200);
  const need = chance.one(needs);
  const published = await tale.add('asset', id, 'officer', 'publish-support-need', {
    kind: need.kind,
    title: need.title,
    ...part(need, 10),
  });
  for (let offers = chance.between(0, 2); offers > 0; offers -= 1)
    await pledge(tale, id, published, need, chance.one(supporters));
}

async function pledge(
  tale: Tale,
  id: string,
  published: string,
  need: Need,
  { name, identifiers }: Player,
): Promise<void> {
  const { chance } = tale;
  tale.later(5, 120);
  const tenths = chance.between(3, 10);
  const offered = {
    need: published,
    supporter: { name, identifiers: [...identifiers] },
    kind: need.kind,
    ...part(need, tenths),
  };
  const offer = await tale.add('asset', id, 'officer', 'pledge-support', offered);
  tale.later(3, 30);
  const passed = chance.happens(0.88);
  const interested = passed && chance.happens(0.3);
  const screening = {
    pledge: offer,
    outcome: passed ? 'passed' : 'failed',
    conflictOfInterest: interested,
    tiesToFormerOwner: !passed,
    beneficialOwnersDeclared: true,
  };
  await tale.add('asset', id, 'approver', 'screen-support', screening);
  tale.later(1, 20);
  if (!passed)
    return void (await tale.add('asset', id, 'officer', 'decline-support', {
      pledge: offer,
      reason: 'screening-failed',
    }));
  if (interested) {
    const reason = 'It is a neighbour, and gives what nobody else offers.';
    const party = { name, identifiers: [...identifiers] };
    await tale.add('asset', id, 'director', 'waive-conflict', { party, reason });
  }
  await tale.add('asset', id, 'officer', 'accept-support', { pledge: offer });
  const given = chance.between(0, tenths);
  for (const share of [Math.floor(given / 2), given - Math.floor(given / 2)]) {
    if (share === 0) continue;
    tale.later(10, 150);
    await tale.add('asset', id, 'officer', 'deliver-support', {
      pledge: offer,
      ...part(need, share),
      document: tale.document('Delivery note'),
    });
  }
  if (given < tenths && chance.happens(0.4)) {
    tale.later(30, 200);
    await tale.add('asset', id, 'officer', 'withdraw-support', { pledge: offer, by: 'supporter' });
  }
}
