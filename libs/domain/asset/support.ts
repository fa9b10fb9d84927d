import { Type } from '@sinclair/typebox';
import { defineEvent } from '../schema/definition';
import {
  amount, entryId, legalDate, line, oneOf, optional, publicField, quantity, record, restrictedField, text,
} from '../schema/fields'; // prettier-ignore
import { demand } from '../refusal';
import { act } from './act';
import type { AssetFacts } from './act';
import { bySecondPerson, personBehind } from './four-eyes';
import { noConflict, sameParty, waived } from './parties';
import { actReference, documentReference, legalPerson, named } from './references';
import { withChanged } from './spending-account';
import { fulfilled, measureOf, measured, noSupport, sameUnit, within } from './support-book';
import type { Pledge, Support } from './support-book';

/** What the private sector gives: needs published, pledges, their screening, acceptance, delivery (rules 6 and 8). */

export const supportKinds = ['money', 'goods', 'logistics', 'works', 'expertise'] as const;
const ORIGIN = 'Appeal of civil society organisations, 2023; Social Reuse Registry, rule 8';

const howMuch = {
  amount: optional(publicField(amount(), 'How much money, where it is money.')),
  quantity: optional(publicField(quantity(), 'How much, where it is anything else.')),
};

export const SupportNeedPublished = defineEvent('SupportNeedPublished', {
  description: 'It was made public what the asset needs from the private sector.',
  source: ORIGIN,
  data: record({
    kind: publicField(oneOf(supportKinds), 'What sort of support.'),
    title: publicField(line(), 'What is needed, in plain words.'),
    ...howMuch,
    neededBy: optional(publicField(legalDate(), 'By when.')),
    details: optional(publicField(text(), 'Details, without personal data.')),
  }),
});

export const SupportPledged = defineEvent('SupportPledged', {
  description: 'Somebody of the private sector offered support.',
  source: ORIGIN,
  data: record({
    need: optional(publicField(entryId(), 'The published need it answers.')),
    supporter: publicField(legalPerson(), 'Who offers it.'),
    kind: publicField(oneOf(supportKinds), 'What sort of support.'),
    ...howMuch,
    from: optional(publicField(legalDate(), 'From when, where it is given over time.')),
    until: optional(publicField(legalDate(), 'Until when, where it is given over time.')),
    conditions: optional(publicField(text(), 'Conditions, without personal data.')),
  }),
});

export const SupportScreened = defineEvent('SupportScreened', {
  description: 'A second person looked into who offers support and why.',
  source: 'Social Reuse Registry, rules 6 and 8; Directive (EU) 2015/849 art. 30',
  data: record({
    pledge: publicField(entryId(), 'The pledge.'),
    outcome: publicField(oneOf(['passed', 'failed']), 'Whether the support may be accepted.'),
    conflictOfInterest: publicField(Type.Boolean(), 'Whether the supporter has an interest of its own in the asset.'),
    tiesToFormerOwner: publicField(Type.Boolean(), 'Whether it is tied to the circle of the former owner.'),
    beneficialOwnersDeclared: publicField(Type.Boolean(), 'Whether it declared who owns it in the end.'),
    note: optional(restrictedField(text(), 'What was found, for officers.', 'by-decision')),
  }),
});

export const ConflictWaived = defineEvent('ConflictWaived', {
  description: 'A second person let a conflict of interest of a supporter pass and said why.',
  source: 'Social Reuse Registry, rules 6 and 8',
  data: record({
    party: publicField(legalPerson(), 'Whose conflict.'),
    reason: publicField(text(1000), 'Why it may pass, without personal data.'),
    act: optional(publicField(actReference(), 'The decision.')),
  }),
});

export const SupportAccepted = defineEvent('SupportAccepted', {
  description: 'The support offered was accepted.',
  source: ORIGIN,
  data: record({
    pledge: publicField(entryId(), 'The pledge.'),
    act: optional(publicField(actReference(), 'The agreement on it.')),
  }),
});

export const SupportDeclined = defineEvent('SupportDeclined', {
  description: 'The support offered was declined.',
  source: ORIGIN,
  data: record({
    pledge: publicField(entryId(), 'The pledge.'),
    reason: publicField(oneOf(['screening-failed', 'conflict', 'not-needed', 'other']), 'Why.'),
    details: optional(publicField(text(), 'Details, without personal data.')),
  }),
});

export const SupportDelivered = defineEvent('SupportDelivered', {
  description: 'Accepted support was given, whole or in part.',
  source: ORIGIN,
  data: record({
    pledge: publicField(entryId(), 'The pledge.'),
    ...howMuch,
    document: publicField(documentReference(), 'What proves it.'),
  }),
});

export const SupportWithdrawn = defineEvent('SupportWithdrawn', {
  description: 'What was offered and not given yet will not be given.',
  source: ORIGIN,
  data: record({
    pledge: publicField(entryId(), 'The pledge.'),
    by: publicField(oneOf(['supporter', 'authority']), 'Who ended it.'),
    details: optional(publicField(text(), 'Why, without personal data.')),
  }),
});

const booked = (asset: AssetFacts, change: (support: Support) => Partial<Support>): AssetFacts => {
  const support = asset.support ?? noSupport;
  return { ...asset, support: { ...support, ...change(support) } };
};

const withPledge = (asset: AssetFacts, id: string, change: (pledge: Pledge) => Pledge): AssetFacts =>
  booked(asset, ({ pledges }) => ({ pledges: withChanged(pledges, id, change) }));

const pledgeIn = ({ support = noSupport }: AssetFacts, id: string): Pledge => named('pledge', support.pledges, id);

function stillOpen({ status }: Pledge): void {
  demand(status === 'pledged', 'support-decided', { status });
}

/** What a screening, and an acceptance after it, is about. */
const offered = ({ support = noSupport }: AssetFacts, id: string): unknown => {
  const pledge = support.pledges.find((candidate) => candidate.id === id);
  return [pledge?.supporter, pledge?.kind, pledge?.measure];
};

export const support = [
  act('publish-support-need', SupportNeedPublished, {
    admit: (data) => void measureOf(data, data.kind),
    evolve: (asset, data, { id }) =>
      booked(asset, ({ needs }) => ({ needs: [...needs, { id, kind: data.kind, measure: measured(data) }] })),
  }),

  act('pledge-support', SupportPledged, {
    admit: (data, { support: before = noSupport }) => {
      const measure = measureOf(data, data.kind);
      const { from, until } = data;
      demand(from === undefined || until === undefined || from <= until, 'period-reversed', { from, to: until });
      if (data.need === undefined) return;
      const need = named('need', before.needs, data.need);
      demand(need.kind === data.kind, 'pledge-off-need', { kind: data.kind, needed: need.kind });
      sameUnit(measure, need.measure);
    },
    evolve: (asset, data, entry) => {
      const { supporter, kind } = data;
      const by = personBehind(entry);
      const pledge = {
        id: entry.id,
        supporter,
        kind,
        measure: measured(data),
        status: 'pledged',
        delivered: [],
      } as const;
      return booked(asset, ({ pledges }) => ({
        pledges: [...pledges, by === undefined ? pledge : { ...pledge, pledgedBy: by }],
      }));
    },
  }),

  act('screen-support', SupportScreened, {
    admit: ({ pledge: id, outcome, tiesToFormerOwner, beneficialOwnersDeclared }, asset, entry) => {
      const pledge = pledgeIn(asset, id);
      stillOpen(pledge);
      bySecondPerson('the screening of support', entry, [pledge.pledgedBy]);
      const sound = !tiesToFormerOwner && beneficialOwnersDeclared;
      demand(outcome === 'failed' || sound, 'screening-inconsistent', { tiesToFormerOwner, beneficialOwnersDeclared });
    },
    evolve: (asset, { pledge, outcome, conflictOfInterest }, entry) => {
      const by = personBehind(entry);
      const screening = { passed: outcome === 'passed', conflictOfInterest, ...(by !== undefined && { by }) };
      return withPledge(asset, pledge, (item) => ({ ...item, screening }));
    },
    agreedTo: ({ pledge }, asset) => offered(asset, pledge),
  }),

  act('waive-conflict', ConflictWaived, {
    admit: ({ party }, { support: before = noSupport }, entry) => {
      const pledges = before.pledges.filter(({ supporter }) => sameParty(supporter, party));
      demand(pledges.length > 0, 'no-conflict-to-waive', { party: party.name });
      const concerned = pledges.flatMap(({ pledgedBy, screening }) => [pledgedBy, screening?.by]);
      bySecondPerson('the waiver of a conflict', entry, concerned);
    },
    evolve: (asset, { party }, entry) => {
      const by = personBehind(entry);
      const waiver = { id: entry.id, party, ...(by !== undefined && { by }) };
      return booked(asset, ({ waivers }) => ({ waivers: [...waivers, waiver] }));
    },
    agreedTo: () => null,
  }),

  act('accept-support', SupportAccepted, {
    admit: ({ pledge: id }, asset, entry) => {
      const pledge = pledgeIn(asset, id);
      stillOpen(pledge);
      const { supporter, screening } = pledge;
      demand(screening?.passed === true, 'support-not-screened', { entry: id });
      if (screening.conflictOfInterest) waived(asset, supporter, 'its screening found an interest of its own', entry);
      noConflict(asset, supporter, ['suppliers', 'assignees'], entry);
    },
    evolve: (asset, { pledge }) => withPledge(asset, pledge, (item) => ({ ...item, status: 'accepted' })),
  }),

  act('decline-support', SupportDeclined, {
    admit: ({ pledge }, asset) => stillOpen(pledgeIn(asset, pledge)),
    evolve: (asset, { pledge }) => withPledge(asset, pledge, (item) => ({ ...item, status: 'declined' })),
  }),

  act('deliver-support', SupportDelivered, {
    admit: (data, asset) => {
      const { status, kind, measure, delivered } = pledgeIn(asset, data.pledge);
      demand(status === 'accepted', 'support-not-accepted', { status });
      const part = measureOf(data, kind);
      sameUnit(part, measure);
      demand(within([...delivered, part], measure), 'delivery-exceeds-pledge', { pledged: { ...measure } });
    },
    evolve: (asset, data) =>
      withPledge(asset, data.pledge, (item) => ({ ...item, delivered: [...item.delivered, measured(data)] })),
  }),

  act('withdraw-support', SupportWithdrawn, {
    admit: ({ pledge: id }, asset) => {
      const pledge = pledgeIn(asset, id);
      const ended = pledge.status === 'declined' || pledge.status === 'withdrawn' || fulfilled(pledge);
      demand(!ended, 'support-decided', { status: fulfilled(pledge) ? 'fulfilled' : pledge.status });
    },
    evolve: (asset, { pledge }) => withPledge(asset, pledge, (item) => ({ ...item, status: 'withdrawn' })),
  }),
];
