import { Type } from '@sinclair/typebox';
import { defineEvent } from '../schema/definition';
import {
  entryId,
  legalDate,
  line,
  money,
  oneOf,
  optional,
  personalField,
  publicField,
  record,
  restrictedField,
  text,
} from '../schema/fields';
import { demand } from '../refusal';
import { act } from './act';
import { personBehind } from './four-eyes';
import { actReference, body } from './references';

/** Custody and management between seizure and destination: who looks after the asset, its value, its problems, its cost. */

export const AdministratorAppointed = defineEvent('AdministratorAppointed', {
  description: 'Someone was put in charge of looking after the asset.',
  source: 'Legislative decree 159/2011 artt. 35, 38; Directive (EU) 2024/1260 art. 22',
  data: record({
    office: publicField(oneOf(['judicial-administrator', 'agency', 'coadjutor', 'custodian']), 'In which office.'),
    firm: optional(publicField(line(), 'The firm or public body that administers, if it is one.')),
    name: optional(personalField(line(), 'The person appointed.')),
    act: optional(publicField(actReference(), 'The appointment.')),
  }),
});

export const AdministratorDischarged = defineEvent('AdministratorDischarged', {
  description: 'The administrator in office was relieved.',
  source: 'Legislative decree 159/2011 art. 35',
  data: record({
    reason: publicField(oneOf(['end-of-office', 'replaced', 'renounced', 'removed', 'other']), 'Why.'),
    note: optional(restrictedField(text(), 'Details for officers.', 'by-decision')),
    act: optional(publicField(actReference(), 'The decision.')),
  }),
});

export const AssetValued = defineEvent('AssetValued', {
  description: 'A value was established.',
  source: 'Legislative decree 159/2011 art. 36',
  data: record({
    method: publicField(oneOf(['cadastral', 'market', 'appraisal', 'book', 'nominal']), 'How the value was found.'),
    value: publicField(money(), 'The value.'),
    document: optional(publicField(actReference(), 'The report.')),
  }),
});

/** What stands in the way of reuse. */
export const problemKinds = [
  'occupied', 'mortgaged', 'co-owned', 'planning-irregularity', 'poor-condition', 'contaminated', 'access-problem',
  'pending-litigation', 'unregistered-title',
] as const; // prettier-ignore

export const ProblemRecorded = defineEvent('ProblemRecorded', {
  description: 'A problem that stands in the way of reuse was found.',
  source: 'Social Reuse Registry, assets',
  data: record({
    kind: publicField(oneOf(problemKinds), 'Which problem.'),
    blocking: publicField(Type.Boolean(), 'Whether the asset cannot be reused until it is resolved.'),
    details: optional(publicField(text(), 'Details, without personal data.')),
  }),
});

export const ProblemResolved = defineEvent('ProblemResolved', {
  description: 'A problem was cleared.',
  source: 'Social Reuse Registry, assets',
  data: record({
    problem: publicField(entryId(), 'The entry that recorded the problem.'),
    how: optional(publicField(text(), 'How it was cleared, without personal data.')),
  }),
});

export const InspectionRecorded = defineEvent('InspectionRecorded', {
  description: 'Somebody went and looked at the asset.',
  source: 'Legislative decree 159/2011 art. 36',
  data: record({
    condition: publicField(oneOf(['good', 'fair', 'poor', 'ruined', 'not-accessible']), 'The condition found.'),
    readyForDestination: publicField(Type.Boolean(), 'Whether nothing stands in the way of destining it.'),
    findings: optional(publicField(text(), 'What was found, without personal data.')),
  }),
});

const period = {
  from: publicField(legalDate(), 'First day of the period.'),
  to: publicField(legalDate(), 'Last day of the period.'),
};
const periodInOrder = ({ from, to }: { from: string; to: string }): void =>
  demand(from <= to, 'period-reversed', { from, to });

export const ManagementCostRecorded = defineEvent('ManagementCostRecorded', {
  description: 'Looking after the asset cost money.',
  source: 'Legislative decree 159/2011 art. 37',
  data: record({
    purpose: publicField(
      oneOf(['maintenance', 'security', 'insurance', 'tax', 'utilities', 'administration', 'other']),
      'For what.',
    ),
    amount: publicField(money(), 'How much.'),
    ...period,
    document: optional(publicField(actReference(), 'The invoice or account.')),
  }),
});

export const ManagementIncomeRecorded = defineEvent('ManagementIncomeRecorded', {
  description: 'The asset brought in money while in custody.',
  source: 'Legislative decree 159/2011 art. 37',
  data: record({
    origin: publicField(oneOf(['rent', 'company-revenue', 'interest', 'sale-of-produce', 'other']), 'From what.'),
    amount: publicField(money(), 'How much.'),
    ...period,
    document: optional(publicField(actReference(), 'The account.')),
  }),
});

export const InterlocutorySaleAuthorised = defineEvent('InterlocutorySaleAuthorised', {
  description: 'The sale before final confiscation was authorised, because keeping the asset costs more or spoils it.',
  source: 'Legislative decree 159/2011 art. 40(5-ter); Directive (EU) 2024/1260 art. 21',
  data: record({
    authority: publicField(line(), 'Who authorised it.'),
    act: optional(publicField(actReference(), 'The authorisation.')),
    reason: optional(publicField(text(), 'Why, without personal data.')),
  }),
});

export const ProvisionalUseGranted = defineEvent('ProvisionalUseGranted', {
  description: 'A body may use the asset before the confiscation is final.',
  source: 'Legislative decree 159/2011 art. 40(3-ter); Directive (EU) 2024/1260 art. 19',
  data: record({
    grantee: publicField(body(), 'Who may use it.'),
    purpose: publicField(oneOf(['institutional', 'social']), 'For what.'),
    authority: publicField(line(), 'Who granted it.'),
    act: optional(publicField(actReference(), 'The decision.')),
    until: optional(publicField(legalDate(), 'Until when, if limited.')),
  }),
});

export const custody = [
  act('appoint-administrator', AdministratorAppointed, {
    admit: (_, { administrator }) =>
      demand(administrator === undefined, 'administrator-in-office', { appointedOn: administrator?.on ?? null }),
    evolve: (asset, { office }, { occurredOn }) => ({ ...asset, administrator: { office, on: occurredOn } }),
  }),

  act('discharge-administrator', AdministratorDischarged, {
    admit: (_, asset) => demand(asset.administrator !== undefined, 'no-administrator'),
    evolve: ({ administrator: _, ...asset }) => asset,
  }),

  act('record-valuation', AssetValued, {
    evolve: (asset, { value }) => ({ ...asset, description: { ...asset.description, estimatedValue: value } }),
  }),

  act('record-problem', ProblemRecorded, {
    evolve: (asset, { kind, blocking }, entry) => {
      const by = personBehind(entry);
      const problem = {
        id: entry.id,
        kind,
        blocking,
        since: entry.occurredOn,
        ...(by !== undefined && { recordedBy: by }),
      };
      return { ...asset, problems: [...asset.problems, problem] };
    },
  }),

  act('resolve-problem', ProblemResolved, {
    admit: ({ problem }, asset) =>
      demand(
        asset.problems.some(({ id }) => id === problem),
        'no-such-problem',
        { problem },
      ),
    evolve: (asset, { problem }) => ({ ...asset, problems: asset.problems.filter(({ id }) => id !== problem) }),
  }),

  act('record-inspection', InspectionRecorded, {
    evolve: (asset, { readyForDestination }) => ({ ...asset, ready: readyForDestination }),
  }),

  act('record-management-cost', ManagementCostRecorded, { admit: periodInOrder }),
  act('record-management-income', ManagementIncomeRecorded, { admit: periodInOrder }),

  act('authorise-interlocutory-sale', InterlocutorySaleAuthorised, {
    admit: (_, asset) => demand(asset.final === undefined, 'authorisation-not-needed'),
    evolve: (asset, _, { occurredOn }) => ({ ...asset, saleAuthorised: { on: occurredOn } }),
  }),

  act('grant-provisional-use', ProvisionalUseGranted, {
    admit: (_, asset) => demand(asset.final === undefined, 'authorisation-not-needed'),
    evolve: (asset, { grantee }, { occurredOn }) => ({
      ...asset,
      provisionalUse: { grantee: grantee.name, on: occurredOn },
    }),
  }),
];
