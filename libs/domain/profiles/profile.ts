import type { Phase } from '../asset/asset';
import type { LegalDate } from '../event';

/** A duty in days that the law attaches to a phase of an asset or to a question. */
export interface Deadline {
  readonly days: number;
  readonly source: string;
}

/** How long a field stays closed, in days from the day on which it was recorded. */
export interface PublicationDelay extends Deadline {
  /** What was recorded before this day was written under another promise: it opens by decision alone. */
  readonly since: LegalDate;
}

/** The agency for which people act where nobody said for which. */
export const UNNAMED_AGENCY = 'local';

/** What one jurisdiction adds to the law of the domain: words, places, deadlines, schemes. Data alone, no rule. */
export interface Profile {
  readonly code: string;
  /** ISO 3166-1 alpha-2; the first part of registry ids. */
  readonly country: string;
  /** What the agencies are called, by the codes under which their people act. */
  readonly agencies: Readonly<Record<string, string>>;
  /** Where the authority's calendar days begin (IANA name). */
  readonly timeZone: string;
  readonly currency: string;
  /** How long each phase may last. */
  readonly deadlines: Partial<Readonly<Record<Phase, Deadline>>>;
  /** How long an authority may take to answer what the public asks or observes, counted from the day on which it was asked. */
  readonly answerWithinDays: Deadline;
  /** How long an asset in somebody's hands may go without a visit, counted from the last one or the handing over. */
  readonly visitWithinDays: Deadline;
  /** How long after the last day that was reported on the next activity report may take, its period included. */
  readonly activityReportWithinDays: Deadline;
  /** When fields open that may open by delay, by `<event type>.<field>`; one that is not here opens by decision alone. */
  readonly publicationDelays: Readonly<Record<string, PublicationDelay>>;
  /** How long after the deadline of a call its outcome may take to be public here. */
  readonly callOutcomeWithinDays: Deadline;
  /** How long after an agreement the list of assigned assets may take to name its act. */
  readonly assignedListWithinDays: Deadline;
  /** Identifier schemes in use, with their names in the field's own words. */
  readonly identifierSchemes: Readonly<Record<string, string>>;
  /** Signs of personal data in text, each with what it is called. */
  readonly personalPatterns: readonly { readonly what: string; readonly pattern: RegExp }[];
}
