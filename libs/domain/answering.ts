import { personBehind } from './asset/four-eyes';
import type { EntryFacts } from './entry';
import type { LegalDate } from './event';
import { demand } from './refusal';

/** Where a duty to answer stands: follows from dates and the day it is asked on, and is never recorded. */
export type AnswerStanding = 'awaited' | 'overdue' | 'in-time' | 'late';

/** An answer somebody owes. The last day of the deadline still counts as in time. */
export interface AnswerDuty {
  readonly dueOn: LegalDate;
  /** The day from which the answer could be read; undefined as long as there is none. */
  readonly answeredOn: LegalDate | undefined;
}

export function answerStanding({ dueOn, answeredOn }: AnswerDuty, today: LegalDate): AnswerStanding {
  if (answeredOn !== undefined) return answeredOn <= dueOn ? 'in-time' : 'late';
  return today <= dueOn ? 'awaited' : 'overdue';
}

/** An answer comes from a signed-in person of one of the authorities that owe it; their agency is taken from sign-in (rule 6). */
export function byPersonOf(authorities: readonly string[], what: string, entry: EntryFacts): void {
  demand(personBehind(entry) !== undefined, 'second-person-needed', { what });
  const agency = entry.recordedBy?.agency ?? null;
  demand(agency !== null && authorities.includes(agency), 'answer-not-by-authority', {
    agency,
    authorities: authorities.join(', '),
  });
}
