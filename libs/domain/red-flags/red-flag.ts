import type { Entry } from '../entry';
import type { LegalDate } from '../event';
import { daysAfter, daysBetween } from '../legal-date';

/**
 * Patterns that deserve a question. A flag accuses nobody: each has an innocent explanation, which its words name. Thresholds are this registry's own; no
 * law sets them. What is overdue follows the duties of the profile instead.
 */
export const flagRules = [
  'payment-without-works',
  'split-commitments',
  'linked-party',
  'long-idle',
  'agreement-without-visit',
  'recorded-late',
  'approved-within-seconds',
  'single-applicant',
  'same-winner',
  'overdue-publication',
] as const;
export type FlagRule = (typeof flagRules)[number];

export const flagThresholds = {
  /** Days after a payment within which works should have begun. */
  worksWithinDays: 180,
  /** Minor units: commitments by direct award that stay below it one by one and reach it together. */
  splitAt: 14_000_000,
  /** Days within which commitments count together. */
  splitWithinDays: 365,
  idleDays: 730,
  visitWithinDays: 365,
  /** Days between the day of an act and the day on which it was written down. */
  recordedWithinDays: 90,
  /** Seconds between what was asked for and its approval. */
  approvedAfterSeconds: 60,
  /** Awards of one authority that count together: those of so many days. */
  winnerWithinDays: 1095,
  /** Fewer awards of one organisation say nothing, whatever their share. */
  winnerAwards: 3,
  /** From this share of them on it is a hit. */
  winnerPercent: 50,
} as const;

/** What was to be made public by a day. */
export const publicationDuties = ['call-outcome', 'assigned-list', 'activity-report', 'recommendation-answer'] as const;
export type PublicationDuty = (typeof publicationDuties)[number];

export interface RedFlag {
  readonly rule: FlagRule;
  /** The entry that the question is about. */
  readonly entry: string;
  /** When that happened. */
  readonly on: LegalDate | null;
  /** The first day on which it is a hit: for a deadline the day after it; null where it is one whatever the day. */
  readonly from: LegalDate | null;
  /** Days, seconds, minor units or how many, by rule: how far beyond the threshold is for whoever looks to say. */
  readonly measure: number | null;
  /** Out of how many, where the measure counts some of them. */
  readonly outOf: number | null;
  /** Of an amount. */
  readonly currency: string | null;
  /** Whom it concerns, where it concerns a legal person. */
  readonly party: string | null;
  /** Its id, where the entry names an organisation of the registry alone. */
  readonly organisation: string | null;
  /** The agency that is asked, where the entries say which. */
  readonly authority: string | null;
  /** What is overdue. */
  readonly duty: PublicationDuty | null;
}

export const flag = (
  rule: FlagRule,
  { id, occurredOn }: Pick<Entry, 'id' | 'occurredOn'>,
  more: Partial<RedFlag> = {},
): RedFlag => ({
  rule,
  entry: id,
  on: occurredOn,
  from: null,
  measure: null,
  outOf: null,
  currency: null,
  party: null,
  organisation: null,
  authority: null,
  duty: null,
  ...more,
});

/** What was to be public by a day and is not, or was later: then with the days it was late. Nothing where it came in time. */
export function overdue(
  duty: PublicationDuty,
  entry: Pick<Entry, 'id' | 'occurredOn'>,
  dueOn: LegalDate,
  publicOn: LegalDate | undefined,
  more: Partial<RedFlag> = {},
): RedFlag[] {
  if (publicOn !== undefined && publicOn <= dueOn) return [];
  const late = publicOn === undefined ? null : daysBetween(dueOn, publicOn);
  return [flag('overdue-publication', entry, { ...more, duty, from: daysAfter(dueOn, 1), measure: late })];
}
