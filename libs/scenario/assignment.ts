import type { JsonObject } from '#domain';
import type { Player } from './company-of-players';
import { daysAfter } from './chance';
import type { Begun, Tale } from './tale';

const GROUND = 'Legislative decree 159/2011 art. 48(3)(c-bis)';
const activities = [
  'education',
  'work-integration',
  'agriculture',
  'culture',
  'legality-education',
  'housing',
  'sport',
  'care',
] as const;

/** On what ground the organisation is proposed: an award of a call, or the law that lets the agency do without one. */
export type Ground = { readonly call: string } | { readonly directGround: string };

export const direct: Ground = { directGround: GROUND };

/** From the proposal to the asset in the hands of the organisation; the last day of its agreement. */
export async function assigned(tale: Tale, asset: Begun, holder: Player, ground: Ground): Promise<string> {
  const { id } = asset;
  const { id: organisation, name } = holder;
  tale.later(0, 90);
  if (tale.chance.happens(0.06)) await turnedDown(tale, id, organisation, name, ground);
  const reasons = 'It has worked in the neighbourhood for years and showed how it will use the asset.';
  const proposal = await tale.add('asset', id, 'officer', 'propose-assignment', {
    organisation,
    name,
    ...ground,
    reasons,
  });
  tale.later(0, 40);
  await tale.add('asset', id, 'approver', 'approve-assignment', { proposal, act: tale.act('ANBSC') });
  tale.later(0, 60);
  return signed(tale, asset, holder, proposal);
}

/** The agreement and the handing over; the last day of the agreement. */
export async function signed(
  tale: Tale,
  { id }: Begun,
  { id: organisation, name }: Player,
  proposal: string,
): Promise<string> {
  // Half of them run beyond the scenario; of the others the registry itself records that they have expired.
  const [begin, years] = tale.chance.happens(0.5)
    ? [tale.until, tale.chance.between(1, 4)]
    : [tale.day, tale.chance.between(3, 15)];
  const to = daysAfter(begin, years * 365);
  await tale.add('asset', id, 'officer', 'sign-agreement', {
    proposal,
    organisation,
    name,
    act: tale.act('Comune'),
    object: 'Social use of the asset, free of charge',
    from: tale.day,
    to,
    charge: 'free',
    renewable: true,
  });
  await tale.add('asset', id, 'officer', 'record-handover', { act: tale.act('Comune') });
  return to;
}

async function turnedDown(tale: Tale, id: string, organisation: string, name: string, ground: Ground): Promise<void> {
  const proposal = await tale.add('asset', id, 'officer', 'propose-assignment', {
    organisation,
    name,
    ...ground,
    reasons: 'It asked for it.',
  });
  tale.later(1, 30);
  await tale.add('asset', id, 'approver', 'reject-assignment', {
    proposal,
    details: 'The reasons do not say what it will do with the asset.',
  });
  tale.later(1, 60);
}

/** What happens to an agreement on its way: it is amended, rests for a while, or is found unused. */
export async function unquiet(tale: Tale, { id }: Begun): Promise<void> {
  const act = tale.act('Comune');
  tale.later(10, 100);
  await tale.add('asset', id, 'officer', 'amend-agreement', {
    act,
    details: 'The ground floor is added.',
    object: 'Social use of the asset and its ground floor',
  });
  tale.later(10, 100);
  await tale.add('asset', id, 'officer', 'suspend-agreement', { reason: 'works', details: 'The roof is mended.' });
  tale.later(20, 200);
  await tale.add('asset', id, 'officer', 'resume-agreement', {});
  if (!tale.chance.happens(0.5)) return;
  tale.later(10, 100);
  await tale.add('asset', id, 'officer', 'establish-non-use', { details: 'Nobody was there, twice.' });
}

/** Years of use: yearly reports by gender and age, visits, and now and then an asset that stands empty. */
export async function used(tale: Tale, { id }: Begun, { name }: Player, years: number): Promise<void> {
  const { chance } = tale;
  tale.later(1, 90);
  await tale.add('asset', id, 'officer', 'start-use', { user: { kind: 'third-sector', name }, purpose: 'social' });
  const what = chance.one(activities);
  for (let year = 0; year < years; year += 1) {
    const from = year === 0 ? tale.day : daysAfter(tale.day, 1);
    tale.later(330, 365);
    await tale.add('asset', id, 'officer', 'report-activity', report(tale, from, what));
    if (!chance.happens(0.4)) continue;
    const found = chance.one(['in-use', 'in-use', 'in-use', 'partly-used', 'not-used'] as const);
    await tale.add('asset', id, 'officer', 'record-monitoring-visit', { found, findings: 'Visited by two officers.' });
  }
}

/** Somebody goes to see what waits for its call, and a second person publishes what was noted for officers. */
export async function visited(tale: Tale, { id }: Begun): Promise<void> {
  const seen = { found: 'not-used', findings: 'It waits for its call.', note: 'The keys are with the municipality.' };
  const visit = await tale.add('asset', id, 'officer', 'record-monitoring-visit', seen);
  const reason = 'Whoever wants to apply may want to see it.';
  await tale.add('asset', id, 'approver', 'disclose-field', { entry: visit, field: 'note', reason });
}

/** Not everybody counts everything: what was not counted is left out. */
function report(tale: Tale, from: string, kind: string): JsonObject {
  const { chance } = tale;
  const women = chance.between(0, 80);
  const men = chance.between(0, 80);
  const counted = chance.happens(0.75);
  const byAge = { under14: chance.between(0, 20), from18to34: chance.between(0, 20) };
  const total = women + men + byAge.under14 + byAge.from18to34;
  return {
    from,
    to: tale.day,
    activities: [{ kind, times: chance.between(1, 60) }],
    ...(counted
      ? { beneficiaries: { total, women, men, ...(chance.happens(0.6) && { byAge }) } }
      : { beneficiaries: { total } }),
    ...(chance.happens(0.5) && { jobs: { total: 4, women: 2, men: 2 } }),
  };
}

/** An agreement that runs on is renewed for the period behind it. */
export async function renewed(
  tale: Tale,
  { id }: Begun,
  { id: organisation, name }: Player,
  to: string,
): Promise<void> {
  const from = daysAfter(to, 1);
  const next = daysAfter(from, 5 * 365);
  await tale.add('asset', id, 'officer', 'renew-agreement', {
    organisation,
    name,
    act: tale.act('Comune'),
    from,
    to: next,
  });
}

/** How it ends, if it does: the agreement is renounced or revoked, and the asset comes back. */
export async function ended(tale: Tale, { id }: Begun): Promise<void> {
  tale.later(10, 200);
  const cause = tale.chance.one(['renounced', 'revoked'] as const);
  await tale.add('asset', id, 'officer', 'terminate-agreement', {
    cause,
    ...(cause === 'revoked' && { reason: 'not-used' }),
    act: tale.act('Comune'),
  });
  tale.later(5, 90);
  await tale.add('asset', id, 'officer', 'record-return', { act: tale.act('Comune') });
}
