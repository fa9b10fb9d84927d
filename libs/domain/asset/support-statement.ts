import type { LegalDate } from '../event';
import { inMillionths } from '../exact';
import type { DataOf } from '../schema/definition';
import type { Entry } from './act';
import type { Asset } from './asset';
import type { History } from './history';
import { sameParty } from './parties';
import type { LegalPerson } from './references';
import type {
  SupportDeclined, SupportDelivered, SupportNeedPublished, SupportPledged, SupportScreened, SupportWithdrawn,
} from './support'; // prettier-ignore
import { fulfilled, measured } from './support-book';
import type { Measure, Pledge, Waiver } from './support-book';

/** What one asset needs from the private sector, what was offered and what came of it: report 5. An item's id is the entry that recorded it. */
export interface SupportStatement {
  readonly needs: readonly StatedNeed[];
  readonly pledges: readonly StatedPledge[];
}

/** `open`: nothing accepted meets it yet; `covered`: what was accepted meets it; `met`: what was delivered meets it. */
export const needStatuses = ['open', 'covered', 'met'] as const;
export type NeedStatus = (typeof needStatuses)[number];

/** `fulfilled`: accepted, and all of it delivered. */
export const pledgeStatuses = ['pledged', 'accepted', 'fulfilled', 'declined', 'withdrawn'] as const;
export type StatedPledgeStatus = (typeof pledgeStatuses)[number];

export interface StatedNeed {
  readonly id: string;
  readonly on: LegalDate | null;
  readonly kind: string;
  readonly title: string;
  readonly details: string | null;
  readonly measure: Measure;
  readonly neededBy: LegalDate | null;
  readonly status: NeedStatus;
  /** What was delivered for it, in millionths of the measure's unit. */
  readonly delivered: bigint;
}

export interface StatedPledge {
  readonly id: string;
  readonly on: LegalDate | null;
  readonly need: string | null;
  readonly supporter: LegalPerson;
  readonly kind: string;
  readonly measure: Measure;
  readonly from: LegalDate | null;
  readonly until: LegalDate | null;
  readonly conditions: string | null;
  readonly status: StatedPledgeStatus;
  /** The latest screening. */
  readonly screening: StatedScreening | null;
  /** A conflict of the supporter was looked at and let pass. */
  readonly conflictWaived: boolean;
  readonly declined: { readonly on: LegalDate | null; readonly reason: string } | null;
  readonly withdrawn: { readonly on: LegalDate | null; readonly by: string } | null;
  readonly deliveries: readonly Delivery[];
  /** The sum of the deliveries, in millionths of the measure's unit. */
  readonly delivered: bigint;
}

export interface StatedScreening {
  readonly id: string;
  readonly on: LegalDate | null;
  readonly passed: boolean;
  readonly conflictOfInterest: boolean;
  readonly tiesToFormerOwner: boolean;
  readonly beneficialOwnersDeclared: boolean;
}

export interface Delivery {
  readonly id: string;
  readonly on: LegalDate | null;
  readonly measure: Measure;
  readonly document: string;
}

/** The support of a history and of the asset it adds up to. Pure. */
export function supportStatement(history: History, { support }: Pick<Asset, 'support'>): SupportStatement {
  if (!support) return { needs: [], pledges: [] };
  const entries = new Map(history.map((entry) => [entry.id, entry]));
  const pledges = support.pledges.flatMap((pledge) => {
    const entry = entries.get(pledge.id);
    return entry ? [statedPledge(pledge, entry, history, support.waivers)] : [];
  });
  const needs = support.needs.flatMap(({ id }) => {
    const entry = entries.get(id);
    return entry ? [statedNeed(entry, pledges)] : [];
  });
  return { needs, pledges };
}

function statedNeed({ id, occurredOn, data }: Entry, pledges: readonly StatedPledge[]): StatedNeed {
  const { kind, title, details, neededBy, ...amounts } = data as DataOf<typeof SupportNeedPublished>;
  const measure = measured(amounts);
  const answering = pledges.filter(({ need }) => need === id);
  const standing = answering.filter(({ status }) => status === 'accepted' || status === 'fulfilled');
  const delivered = answering.reduce((sum, pledge) => sum + pledge.delivered, 0n);
  const wanted = inMillionths([measure]);
  const covered = inMillionths(standing.map((pledge) => pledge.measure)) >= wanted;
  return {
    id,
    on: occurredOn,
    kind,
    title,
    details: details ?? null,
    measure,
    neededBy: neededBy ?? null,
    status: delivered >= wanted ? 'met' : covered ? 'covered' : 'open',
    delivered,
  };
}

function statedPledge(
  pledge: Pledge,
  { id, occurredOn, data }: Entry,
  history: History,
  waivers: readonly Waiver[],
): StatedPledge {
  const { need, supporter, kind, from, until, conditions } = data as DataOf<typeof SupportPledged>;
  const about = <Data>(type: string): readonly (Pick<Entry, 'id'> & { on: LegalDate | null; data: Data })[] =>
    history
      .filter((entry) => entry.type === type && entry.data.pledge === id)
      .map((entry) => ({ id: entry.id, on: entry.occurredOn, data: entry.data as Data }));
  const screening = about<DataOf<typeof SupportScreened>>('SupportScreened').at(-1);
  const declined = about<DataOf<typeof SupportDeclined>>('SupportDeclined').at(-1);
  const withdrawn = about<DataOf<typeof SupportWithdrawn>>('SupportWithdrawn').at(-1);
  return {
    id,
    on: occurredOn,
    need: need ?? null,
    supporter,
    kind,
    measure: pledge.measure,
    from: from ?? null,
    until: until ?? null,
    conditions: conditions ?? null,
    status: pledge.status === 'accepted' && fulfilled(pledge) ? 'fulfilled' : pledge.status,
    screening: screening ? screened(screening) : null,
    conflictWaived: waivers.some(({ party }) => sameParty(party, supporter)),
    declined: declined ? { on: declined.on, reason: declined.data.reason } : null,
    withdrawn: withdrawn ? { on: withdrawn.on, by: withdrawn.data.by } : null,
    deliveries: about<DataOf<typeof SupportDelivered>>('SupportDelivered').map((delivery) => ({
      id: delivery.id,
      on: delivery.on,
      measure: measured(delivery.data),
      document: delivery.data.document.title,
    })),
    delivered: inMillionths(pledge.delivered),
  };
}

function screened({ id, on, data }: { id: string; on: LegalDate | null; data: DataOf<typeof SupportScreened> }) {
  const { outcome, conflictOfInterest, tiesToFormerOwner, beneficialOwnersDeclared } = data;
  return { id, on, passed: outcome === 'passed', conflictOfInterest, tiesToFormerOwner, beneficialOwnersDeclared };
}
