import type { Entry } from '../entry';
import type { History } from '../asset/history';
import { dateOf, daysAfter } from '../legal-date';
import type { Profile } from '../profiles/profile';
import { flag, overdue } from './red-flag';
import type { RedFlag } from './red-flag';

/** The entries of a call by which it is judged; of the others nothing need be known. */
export const judgedOfCall: ReadonlySet<string> = new Set([
  'CallDrafted', 'CallPublished', 'ApplicationSubmitted', 'ApplicationWithdrawn', 'ApplicationsOpened', 'ApplicationAdmitted', 'ApplicationExcluded',
  'CallAwarded', 'CallDeserted', 'CallCancelled',
]); // prettier-ignore

/** The flags of a call that was published, from its public entries. Pure: what depends on the day says from which day on it is a hit. */
export function callFlags(history: History, profile: Profile): RedFlag[] {
  const published = history.find(({ type }) => type === 'CallPublished');
  return published ? [...singleApplicant(history), ...outcomeOverdue(history, published, profile)] : [];
}

const named = ({ data }: Entry, field: string): string => {
  const value = data[field];
  return typeof value === 'string' ? value : '';
};

/** Awarded where one application alone was left to judge: no other one came, or the others were excluded. */
function singleApplicant(history: History): RedFlag[] {
  const award = history.findLast(({ type }) => type === 'CallAwarded');
  if (!award) return [];
  const entriesOf = (type: string) => history.filter((entry) => entry.type === type);
  const withdrawn = new Set(entriesOf('ApplicationWithdrawn').map((entry) => named(entry, 'application')));
  const received = entriesOf('ApplicationSubmitted').filter(({ id }) => !withdrawn.has(id)).length;
  // The last decision on each application stands.
  const decided = new Map(
    history
      .filter(({ type }) => type === 'ApplicationAdmitted' || type === 'ApplicationExcluded')
      .map((entry) => [named(entry, 'application'), entry.type]),
  );
  const admitted = [...decided.values()].filter((type) => type === 'ApplicationAdmitted').length;
  if (admitted > 1) return [];
  return [flag('single-applicant', award, { measure: admitted, outOf: received, organisation: winnerIn(history, award) })];
} // prettier-ignore

/** Who handed in the application that an award names; null where the opening does not say. */
function winnerIn(history: History, award: Entry): string | null {
  const opening = history.findLast(({ type }) => type === 'ApplicationsOpened');
  const listed = (opening?.data.applications ?? []) as readonly {
    readonly application: string;
    readonly organisation: string;
  }[];
  return listed.find(({ application }) => application === award.data.awardedTo)?.organisation ?? null;
}

const outcomes: ReadonlySet<string> = new Set(['CallAwarded', 'CallDeserted', 'CallCancelled']);

/** What came of a call is public within the time of the profile, counted from the day of its deadline to the day on which the outcome could be read here. */
function outcomeOverdue(history: History, published: Entry, { callOutcomeWithinDays, timeZone }: Profile): RedFlag[] {
  const drafted = history.find(({ type }) => type === 'CallDrafted');
  if (!drafted) return [];
  const deadlineOn = dateOf(new Date(named(drafted, 'deadline')).toISOString(), timeZone);
  const outcome = history.findLast(({ type }) => outcomes.has(type));
  const publicOn = outcome && dateOf(outcome.recordedAt, timeZone);
  const dueOn = daysAfter(deadlineOn, callOutcomeWithinDays.days);
  return overdue('call-outcome', outcome ?? published, dueOn, publicOn, { on: deadlineOn });
}
