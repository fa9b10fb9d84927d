import type { CallItem, CallPage, DialogueItem, DialoguePage, GroupItem, GroupPage, OrganisationItem, OrganisationPage } from '#read-models'; // prettier-ignore
import type { Dealings } from '#web';
import type { CallSummary, DialogueSummary, GroupSummary, OrganisationSummary } from './schemas';

/** What the API gives of organisations, calls, dialogue and groups. What is unknown is null. */

type Row<Column extends string> = Readonly<Record<Column, string | number | null>>;
type Named = { readonly id: string; readonly name: string | null };

const named = (id: string | null | undefined, names: ReadonlyMap<string, string>): Named | null =>
  id === null || id === undefined ? null : { id, name: names.get(id) ?? null };

export const callSummaryOf = (item: CallItem): CallSummary => ({
  id: item.id,
  state: item.state,
  object: item.object,
  summary: item.summary,
  authority: item.authority,
  publishedOn: item.publishedOn,
  deadline: item.deadline,
  repeats: item.repeats,
  assets: item.assets,
  applications: item.applications,
  awardedTo: item.awardedTo,
  endedOn: item.endedOn,
  provenance: item.provenance,
});

export const callColumns = [
  'id', 'state', 'object', 'authority', 'published_on', 'deadline', 'repeats', 'assets', 'applications', 'awarded_to', 'awarded_to_name', 'ended_on', 'provenance', 'summary',
] as const; // prettier-ignore

export const callRow = (item: CallItem): Row<(typeof callColumns)[number]> => ({
  id: item.id,
  state: item.state,
  object: item.object,
  authority: item.authority,
  published_on: item.publishedOn,
  deadline: item.deadline,
  repeats: item.repeats,
  assets: item.assets,
  applications: item.applications,
  awarded_to: item.awardedTo?.id ?? null,
  awarded_to_name: item.awardedTo?.name ?? null,
  ended_on: item.endedOn,
  provenance: item.provenance,
  summary: item.summary,
});

export function callResource(call: CallPage): object {
  const { detail, names, attempts, revision, position } = call;
  return {
    ...callSummaryOf(call),
    assetIds: detail.assets,
    criteria: detail.criteria,
    tieBreak: detail.tieBreak,
    sealingScheme: detail.scheme,
    notice: detail.notice ?? null,
    clarifications: detail.clarifications,
    applicationList: detail.applications.map(({ organisation, excluded, ...application }) => ({
      ...application,
      organisation: named(organisation, names),
      excluded: excluded ?? null,
    })),
    opening: detail.opening ?? null,
    evaluators: detail.evaluators.map(({ id, recused }) => ({ id, recused: recused ?? null })),
    evaluatorsCounted: detail.counted ?? null,
    ranking: detail.ranking ?? null,
    awardedApplication: detail.awardedTo ?? null,
    endedReason: detail.ended?.reason ?? null,
    endedAct: detail.ended?.act ?? null,
    attempts: attempts.map(({ id, repeats, call: published }) => ({ id, repeats, published: published !== undefined })),
    revision,
    position,
  };
}

export const organisationSummaryOf = (item: OrganisationItem): OrganisationSummary => ({
  id: item.id,
  kind: item.kind,
  name: item.name,
  legalForm: item.legalForm,
  standing: item.standing,
  registeredOn: item.registeredOn,
  region: item.region,
  province: item.province,
  municipality: item.municipality,
  identifiers: [...item.identifiers],
  holds: item.holds,
  held: item.held,
  renewals: item.renewals,
  revocations: item.revocations,
  applications: item.applications,
  awards: item.awards,
});

export const organisationColumns = [
  'id', 'kind', 'name', 'legal_form', 'standing', 'registered_on', 'region', 'province', 'municipality', 'identifiers', 'holds', 'held', 'renewals',
  'revocations', 'applications', 'awards',
] as const; // prettier-ignore

export function organisationRow({
  legalForm,
  registeredOn,
  identifiers,
  ...item
}: OrganisationItem): Row<(typeof organisationColumns)[number]> {
  return {
    ...item,
    legal_form: legalForm,
    registered_on: registeredOn,
    identifiers: identifiers.map(({ scheme, id }) => `${scheme}:${id}`).join('; '),
  };
}

const moneyReceived = ({ money }: Dealings): object[] =>
  money.map(({ currency, movements, committed, paid }) => ({ currency, movements, committed, paid }));

export function organisationResource(organisation: OrganisationPage, dealings: Dealings): object {
  const { detail, verifiedOn, holdings, appliedFor, groups, revision, position } = organisation;
  return {
    ...organisationSummaryOf(organisation),
    legalFormInWords: detail.legalFormInWords ?? null,
    website: detail.website ?? null,
    aims: detail.aims ?? null,
    verifiedOn,
    owners: detail.owners ?? null,
    suspended: detail.suspended ?? null,
    standingHistory: detail.history,
    holdings,
    holdingsInAll: organisation.proposals,
    appliedFor,
    groups,
    publicMoney: moneyReceived(dealings),
    supportOffered: {
      pledges: dealings.support.pledges,
      accepted: dealings.support.accepted,
      fulfilled: dealings.support.fulfilled,
    },
    revision,
    position,
  };
}

export const dialogueSummaryOf = (item: DialogueItem): DialogueSummary => ({
  id: item.id,
  kind: item.kind,
  state: item.state,
  asset: item.asset,
  call: item.call,
  report: item.report,
  authority: item.authority,
  askedOn: item.askedOn,
  dueOn: item.dueOn,
  answeredOn: item.answeredOn,
  daysToAnswer: item.daysToAnswer,
  moderation: item.moderation,
  text: item.text,
  closed: item.closed,
  provenance: item.provenance,
});

export const dialogueColumns = [
  'id', 'kind', 'state', 'asset', 'call', 'report', 'authority', 'asked_on', 'due_on', 'answered_on', 'days_to_answer', 'moderation', 'closed', 'provenance', 'text',
] as const; // prettier-ignore

export function dialogueRow({
  askedOn,
  dueOn,
  answeredOn,
  daysToAnswer,
  ...item
}: DialogueItem): Row<(typeof dialogueColumns)[number]> {
  return { ...item, asked_on: askedOn, due_on: dueOn, answered_on: answeredOn, days_to_answer: daysToAnswer };
}

type Reference = { readonly sha256: string; readonly title: string; readonly number?: string; readonly date?: string };

const reference = (document: Reference): object => ({ number: null, date: null, ...document });

export function dialogueResource(thread: DialoguePage): object {
  const { detail, revision, position } = thread;
  return {
    ...dialogueSummaryOf(thread),
    follows: detail.follows ?? null,
    moderated: detail.moderation ?? null,
    answers: detail.answers.map(({ document, ...answer }) => ({
      ...answer,
      document: document ? reference(document) : null,
    })),
    escalations: detail.escalations.map((each) => ({ ...each, details: each.details ?? null })),
    closedOn: detail.closed?.on ?? null,
    closedDetails: detail.closed?.details ?? null,
    revision,
    position,
  };
}

export const groupSummaryOf = (item: GroupItem): GroupSummary => ({
  id: item.id,
  name: item.name,
  aims: item.aims,
  formedOn: item.formedOn,
  region: item.region,
  province: item.province,
  municipality: item.municipality,
  members: item.members,
  meetings: item.meetings,
  recommendations: item.recommendations,
  answered: item.answered,
  overdue: item.overdue,
  provenance: item.provenance,
});

export const groupColumns = [
  'id', 'name', 'formed_on', 'region', 'province', 'municipality', 'members', 'meetings', 'recommendations', 'answered', 'overdue', 'provenance', 'aims',
] as const; // prettier-ignore

export const groupRow = ({ formedOn, ...item }: GroupItem): Row<(typeof groupColumns)[number]> => ({
  ...item,
  formed_on: formedOn,
});

export function groupResource(group: GroupPage): object {
  const { detail, names, states, quorumPercent, revision, position } = group;
  return {
    ...groupSummaryOf(group),
    quorumPercent,
    act: detail.act ?? null,
    memberships: detail.members.map(({ id, represents, organisation, from, left }) => ({
      id,
      represents,
      organisation: named(organisation, names),
      from,
      leftOn: left?.on ?? null,
      leftReason: left?.reason ?? null,
    })),
    meetingList: detail.meetings.map(({ minutes, ...meeting }) => ({ ...meeting, minutes: reference(minutes) })),
    recommendationList: detail.recommendations.map(({ answer, ...recommendation }) => ({
      ...recommendation,
      state: states.get(recommendation.id),
      answer: answer ? { ...answer, document: answer.document ? reference(answer.document) : null } : null,
    })),
    revision,
    position,
  };
}
