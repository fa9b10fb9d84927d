import { answerStanding } from '../answering';
import type { AnswerDuty, AnswerStanding } from '../answering';
import type { Instant, LegalDate } from '../event';
import { dateOf, daysAfter } from '../legal-date';
import type { Profile } from '../profiles/profile';
import type { FiledPhoto } from './photos';

/** The id of a thread in this registry, such as `IT-D-4GQ2X9PK3M-7`. */
export type DialogueId = string;

export type ContributionKind = 'question' | 'complaint' | 'observation';
export const moderationOutcomes = ['published', 'partly-redacted', 'withheld'] as const;
export type ModerationOutcome = (typeof moderationOutcomes)[number];
export const closingReasons = ['answered', 'withheld', 'withdrawn'] as const;
export type ClosingReason = (typeof closingReasons)[number];

/** What a thread is about: exactly one of these. */
export interface Subject {
  readonly asset?: string;
  readonly call?: string;
  readonly report?: string;
}

/** What the entries of a dialogue add up to: one contribution of the public and what the authorities made of it. */
export interface Thread {
  readonly kind: ContributionKind;
  readonly subject: Subject;
  /** The authority that owes the answer. */
  readonly addressedTo: string;
  readonly askedOn: LegalDate | null;
  readonly askedAt: Instant;
  /** The person who entered it; undefined for a process, and in a public fold. */
  readonly filedBy?: string;
  readonly organisation?: string;
  /** As it was handed in; undefined in a public fold, and once the personal data were erased. */
  readonly text: string | undefined;
  readonly photos: readonly FiledPhoto[];
  /** The decision in force; an earlier one may have said otherwise. */
  readonly moderation?: { readonly outcome: ModerationOutcome; readonly on: LegalDate | null };
  readonly moderators: readonly string[];
  /** When each answer could be read here. */
  readonly answers: readonly { readonly id: string; readonly on: LegalDate | null; readonly at: Instant }[];
  /** The bodies it was carried to because nobody answered in time; each may answer. */
  readonly escalatedTo: readonly string[];
  readonly closed?: { readonly on: LegalDate | null; readonly reason: ClosingReason };
}

/** The authorities with which the thread lies: the one addressed and those it was escalated to. */
export const authoritiesOf = ({ addressedTo, escalatedTo }: Thread): readonly string[] => [addressedTo, ...escalatedTo];

/**
 * When the answer is due and since when it can be read. It counts from the day on which it was entered here, not from the date it bears: a date written
 * back would otherwise make a late answer a timely one.
 */
export function answerDuty(
  { askedOn, askedAt, answers: [first] }: Pick<Thread, 'askedOn' | 'askedAt' | 'answers'>,
  profile: Profile,
): AnswerDuty {
  const asked = askedOn ?? dateOf(askedAt, profile.timeZone);
  return {
    dueOn: daysAfter(asked, profile.answerWithinDays.days),
    answeredOn: first && dateOf(first.at, profile.timeZone),
  };
}

/** Where the answer stands on a day; undefined when none is owed: the contribution was withheld, or withdrawn without an answer. */
export function threadStanding(thread: Thread, profile: Profile, today: LegalDate): AnswerStanding | undefined {
  const excused = thread.moderation?.outcome === 'withheld' || thread.closed?.reason === 'withdrawn';
  if (excused && thread.answers.length === 0) return undefined;
  return answerStanding(answerDuty(thread, profile), today);
}
