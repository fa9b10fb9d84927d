import { daysAfter, daysBetween } from '../legal-date';
import type { Profile } from '../profiles/profile';
import { flag, flagThresholds, overdue } from '../red-flags/red-flag';
import type { RedFlag } from '../red-flags/red-flag';
import type { Entry } from './act';
import { assignedAsset } from './assigned-asset';
import type { Asset } from './asset';
import type { History } from './history';
import { sameParty } from './parties';
import type { LegalPerson } from './references';
import { idleSince } from './standing';

/** The flags of a history and of the asset it adds up to, in the order of the rules. Pure: what depends on the day of the question says from which day on it is a hit. */
export function redFlags(history: History, asset: Asset, profile: Profile): RedFlag[] {
  return [
    ...paymentsWithoutWorks(history),
    ...splitCommitments(history),
    ...linkedParties(history, asset),
    ...longIdle(history, asset),
    ...withoutVisit(history, asset),
    ...recordedLate(history),
    ...approvedWithinSeconds(history),
    ...listIncomplete(history, asset, profile),
    ...reportOverdue(history, asset, profile),
  ];
}

const ofType = (history: History, type: string): Entry[] => history.filter((entry) => entry.type === type);
const named = ({ data }: Entry, field: string): string | undefined =>
  typeof data[field] === 'string' ? data[field] : undefined;
const minorOf = ({ data }: Entry): number => (data.amount as { readonly minor: number } | undefined)?.minor ?? 0;

const currencyOf = ({ data }: Entry): string | null =>
  (data.amount as { readonly currency: string } | undefined)?.currency ?? null;

/** A payment that was not taken back, for a commitment of which no works are recorded. Works that name no commitment count for all. */
function paymentsWithoutWorks(history: History): RedFlag[] {
  const works = ofType(history, 'WorksStarted');
  const requests = new Map(ofType(history, 'PaymentRequested').map((entry) => [entry.id, named(entry, 'commitment')]));
  const reversals = ofType(history, 'PaymentReversed');
  return ofType(history, 'PaymentMade').flatMap((payment) => {
    const commitment = requests.get(named(payment, 'request') ?? '');
    const back = reversals
      .filter((entry) => named(entry, 'payment') === payment.id)
      .reduce((sum, entry) => sum + minorOf(entry), 0);
    const begun = works.some((entry) => [undefined, commitment].includes(named(entry, 'commitment')));
    if (begun || back >= minorOf(payment) || payment.occurredOn === null) return [];
    const from = daysAfter(payment.occurredOn, flagThresholds.worksWithinDays + 1);
    return [
      flag('payment-without-works', payment, { from, measure: minorOf(payment) - back, currency: currencyOf(payment) }),
    ];
  });
}

/** The commitment with which direct awards to one supplier, each below the threshold, reach it together within a year. */
function splitCommitments(history: History): RedFlag[] {
  const awards = ofType(history, 'ExpenditureCommitted').filter(
    (entry) =>
      entry.data.procedure === 'direct-award' && entry.occurredOn !== null && minorOf(entry) < flagThresholds.splitAt,
  );
  const supplierOf = ({ data }: Entry): LegalPerson => data.supplier as LegalPerson;
  return awards.flatMap((award, place) => {
    const before = awards.slice(0, place).filter(
      (other) =>
        sameParty(supplierOf(other), supplierOf(award)) &&
        currencyOf(other) === currencyOf(award) &&
        daysBetween(other.occurredOn!, award.occurredOn!) <= flagThresholds.splitWithinDays,
    ); // prettier-ignore
    const sum = [...before, award].reduce((all, entry) => all + minorOf(entry), 0);
    if (before.length === 0 || sum < flagThresholds.splitAt) return [];
    return [
      flag('split-commitments', award, { measure: sum, currency: currencyOf(award), party: supplierOf(award).name }),
    ];
  });
}

const roles = { ExpenditureCommitted: 'supplier', SupportPledged: 'supporter' } as const;

/**
 * Whoever holds the asset also supplies it or supports it. The agreement names the holder by organisation and name alone; what other entries of the dossier
 * know it by besides, such as a tax code, is its own too. That two organisations have owners in common cannot be seen here: who owns them is personal data.
 */
function linkedParties(history: History, { agreement }: Asset): RedFlag[] {
  if (!agreement) return [];
  const dealings = Object.entries(roles).flatMap(([type, role]) =>
    ofType(history, type).map((entry) => ({ entry, party: entry.data[role] as LegalPerson })),
  );
  const known: LegalPerson[] = [{ organisation: agreement.organisation, name: agreement.name }];
  const linked = new Set<Entry>();
  for (let before = -1; before < linked.size;) {
    before = linked.size;
    for (const { entry, party } of dealings) {
      if (linked.has(entry) || !known.some((own) => sameParty(own, party))) continue;
      linked.add(entry);
      known.push(party);
    }
  }
  return dealings
    .filter(({ entry }) => linked.has(entry))
    .map(({ entry, party }) => flag('linked-party', entry, { party: party.name }));
}

/** An asset that nobody uses or holds stays where it is; the entry is the one that made the confiscation final. */
function longIdle(history: History, asset: Asset): RedFlag[] {
  const final = history.findLast(({ type }) => type === 'ConfiscationBecameFinal');
  const since = idleSince(asset);
  if (!final || since === null) return [];
  const from = daysAfter(since, flagThresholds.idleDays + 1);
  return [flag('long-idle', final, { on: since, from })];
}

/** Nobody went to see for a year: since the agreement first began or since the last visit. A renewal is no visit, and one agreed early begins later. */
function withoutVisit(history: History, { agreement, left }: Asset): RedFlag[] {
  const signing = agreement && history.find(({ id }) => id === agreement.id);
  if (!signing || left) return [];
  const visits = ofType(history, 'MonitoringVisitRecorded').flatMap(({ occurredOn }) => occurredOn ?? []);
  const since = [agreement.terms[0]?.from ?? agreement.from, ...visits].reduce((a, b) => (a > b ? a : b));
  const from = daysAfter(since, flagThresholds.visitWithinDays + 1);
  return [flag('agreement-without-visit', signing, { on: since, from, party: agreement.name })];
}

const decisions: ReadonlySet<string> = new Set([
  'DestinationDecided', 'AssignmentApproved', 'AgreementSigned', 'ExpenditureCommitted', 'PaymentApproved', 'PaymentMade',
]); // prettier-ignore

/** A decision that was written down long after its day. */
function recordedLate(history: History): RedFlag[] {
  return history.flatMap((entry) => {
    if (!decisions.has(entry.type) || entry.occurredOn === null) return [];
    const late = daysBetween(entry.occurredOn, entry.recordedAt.slice(0, 'YYYY-MM-DD'.length));
    return late > flagThresholds.recordedWithinDays ? [flag('recorded-late', entry, { measure: late })] : [];
  });
}

const asked = { PaymentApproved: 'request', AssignmentApproved: 'proposal' } as const;

/** An approval so soon after what it approves that hardly anybody can have read it. */
function approvedWithinSeconds(history: History): RedFlag[] {
  const entries = new Map(history.map((entry) => [entry.id, entry]));
  return Object.entries(asked).flatMap(([type, field]) =>
    ofType(history, type).flatMap((approval) => {
      const before = entries.get(named(approval, field) ?? '');
      if (!before) return [];
      const seconds = (Date.parse(approval.recordedAt) - Date.parse(before.recordedAt)) / 1000;
      if (seconds < 0 || seconds >= flagThresholds.approvedAfterSeconds) return [];
      return [flag('approved-within-seconds', approval, { measure: Math.floor(seconds) })];
    }),
  );
}

/** The list of assigned assets names the act by which a third party holds one; it does so within the time of the profile. */
function listIncomplete(history: History, asset: Asset, { assignedListWithinDays }: Profile): RedFlag[] {
  const act = assignedAsset(history, asset)?.holder?.terms.at(-1)?.act;
  const latest = history.findLast(({ type }) => type === 'AgreementSigned' || type === 'AgreementRenewed');
  if (!act || !latest || latest.occurredOn === null || (act.number !== null && act.date !== null)) return [];
  const dueOn = daysAfter(latest.occurredOn, assignedListWithinDays.days);
  return overdue('assigned-list', latest, dueOn, undefined, { party: asset.agreement?.name ?? null });
}

/** Whoever uses the asset says what was done with it; the next report is counted from the last day reported on. */
function reportOverdue(history: History, { use, agreement }: Asset, { activityReportWithinDays }: Profile): RedFlag[] {
  const began = ofType(history, 'UseStarted').at(-1);
  if (!began || !use?.current || use.current.on === null) return [];
  const since = [use.current.on, ...use.reports.map(({ to }) => to)].reduce((a, b) => (a > b ? a : b));
  const dueOn = daysAfter(since, activityReportWithinDays.days);
  return overdue('activity-report', began, dueOn, undefined, { on: since, party: agreement?.name ?? null });
}
