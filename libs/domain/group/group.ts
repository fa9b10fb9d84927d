import { answerStanding } from '../answering';
import type { AnswerStanding } from '../answering';
import type { Instant, LegalDate } from '../event';
import { dateOf } from '../legal-date';
import type { Profile } from '../profiles/profile';

/** For whom a member speaks. */
export const representedCircles = ['victims-families', 'civil-society', 'authority', 'company', 'academia'] as const;
export type RepresentedCircle = (typeof representedCircles)[number];

/** Who is a member: an organisation of the registry or a natural person. A public fold knows no persons. */
export interface MemberIdentity {
  readonly organisation?: string;
  readonly person?: string;
}

/** One time of membership; who comes back has another one. */
export interface Membership extends MemberIdentity {
  /** The entry that admitted the member. */
  readonly id: string;
  readonly represents: RepresentedCircle;
  readonly from: LegalDate | null;
  readonly left?: { readonly on: LegalDate | null };
  /** Under which accounts they sign in here; empty in a public fold. */
  readonly accounts: readonly string[];
}

export interface Meeting {
  readonly id: string;
  readonly on: LegalDate | null;
  readonly present: readonly string[];
  /** How many members the group had on that day, as far as was known when the meeting was recorded. */
  readonly members: number;
}

export type RecommendationOutcome = 'accepted' | 'partly-accepted' | 'rejected';

export interface Recommendation {
  readonly id: string;
  readonly meeting: string;
  readonly adoptedOn: LegalDate | null;
  readonly addressedTo: string;
  readonly answerBy: LegalDate;
  readonly recordedBy?: string;
  readonly answer?: { readonly id: string; readonly outcome: RecommendationOutcome; readonly at: Instant };
}

/** What the entries of a multi-stakeholder group add up to. */
export interface Group {
  readonly name: string;
  readonly formedOn: LegalDate | null;
  /** Share of the members, in percent, that a meeting needs to decide. */
  readonly quorumPercent: number;
  readonly memberships: readonly Membership[];
  readonly meetings: readonly Meeting[];
  readonly recommendations: readonly Recommendation[];
}

/** Whether somebody was a member on a day, the days of coming and leaving included. Without a day: whether they are one now. */
export function inOffice({ from, left }: Membership, on: LegalDate | null): boolean {
  if (on === null) return left === undefined;
  return (from === null || from <= on) && (left === undefined || (left.on !== null && on <= left.on));
}

export const membersOn = ({ memberships }: Group, on: LegalDate | null): readonly Membership[] =>
  memberships.filter((membership) => inOffice(membership, on));

/** Whether so many were present that the meeting could decide; counted without rounding. */
export const hasQuorum = ({ quorumPercent }: Group, { present, members }: Meeting): boolean =>
  present.length * 100 >= quorumPercent * members;

/** Where the answer to a recommendation stands on a day. It counts from the day on which it was entered here. */
export function recommendationStanding(
  { answerBy, answer }: Recommendation,
  { timeZone }: Profile,
  today: LegalDate,
): AnswerStanding {
  return answerStanding({ dueOn: answerBy, answeredOn: answer && dateOf(answer.at, timeZone) }, today);
}
