import { Type } from '@sinclair/typebox';
import { defineEvent } from '../schema/definition';
import { count, legalDate, line, oneOf, optional, publicField, record, restrictedField, text } from '../schema/fields';
import type { LegalDate } from '../event';
import { exactSum } from '../exact';
import { demand } from '../refusal';
import { act } from './act';
import type { AssetFacts } from './act';
import { notSuspended } from './assignment-book';
import { actReference, body } from './references';

/** The asset in use: since when, what is done with it and for whom, who went and looked, and whether it stands empty. */

const people = {
  total: optional(count()),
  women: optional(count()),
  men: optional(count()),
  otherGender: optional(count()),
};

const ages = {
  under14: optional(count()),
  from14to17: optional(count()),
  from18to34: optional(count()),
  from35to64: optional(count()),
  over64: optional(count()),
};

export const activityKinds = [
  'housing', 'shelter', 'education', 'childcare', 'culture', 'sport', 'health', 'care', 'agriculture', 'work-integration', 'anti-violence',
  'legality-education', 'food-support', 'environment', 'other',
] as const; // prettier-ignore

/** What a visit can find. */
export const visitFindings = ['in-use', 'partly-used', 'not-used'] as const;

export const UseStarted = defineEvent('UseStarted', {
  description: 'The asset began to serve the purpose it was given for.',
  source: 'Legislative decree 159/2011 art. 48(3)(c)',
  data: record({
    user: optional(publicField(body(), 'Who uses it.')),
    purpose: optional(publicField(oneOf(['institutional', 'social', 'economic-for-social']), 'For what.')),
    details: optional(publicField(text(), 'Details, without personal data.')),
  }),
});

export const ActivityReported = defineEvent('ActivityReported', {
  description:
    'It was reported what was done with the asset in a period and for whom. What nobody counted is left out; zero means none.',
  source: 'Legislative decree 159/2011 art. 48(3)(c); Directive (EU) 2024/1260 art. 28',
  data: record({
    from: publicField(legalDate(), 'First day of the period.'),
    to: publicField(legalDate(), 'Last day of the period.'),
    activities: publicField(
      Type.Array(record({ kind: oneOf(activityKinds), title: optional(line()), times: optional(count()) }), {
        minItems: 1,
        maxItems: 30,
      }),
      'What was done.',
    ),
    beneficiaries: optional(
      publicField(
        record({ ...people, byAge: optional(record(ages)), vulnerable: optional(count()) }),
        'How many people it served, by gender and by age, and how many of them in vulnerable situations.',
      ),
    ),
    jobs: optional(publicField(record(people), 'How many people were paid to work there, by gender.')),
    volunteers: optional(publicField(record(people), 'How many people worked there unpaid, by gender.')),
    details: optional(publicField(text(), 'Anything else, without personal data.')),
  }),
});

export const MonitoringVisitRecorded = defineEvent('MonitoringVisitRecorded', {
  description: 'Somebody went to see whether the asset is used as it should be.',
  source: 'Legislative decree 159/2011 artt. 48(3), 112(4)(g)',
  data: record({
    found: publicField(oneOf(visitFindings), 'What was found.'),
    findings: optional(publicField(text(), 'Details, without personal data.')),
    note: optional(restrictedField(text(), 'Details for officers.', 'by-delay')),
  }),
});

export const NonUseEstablished = defineEvent('NonUseEstablished', {
  description: 'It was established that the asset is not used.',
  source: 'Legislative decree 159/2011 art. 48(3)(c)',
  data: record({
    since: optional(publicField(legalDate(), 'Since when, where it is known.')),
    details: optional(publicField(text(), 'Details, without personal data.')),
    act: optional(publicField(actReference(), 'The decision.')),
  }),
});

/** What the use chapter's entries add up to. */
export interface Use {
  /** Present while the asset is used. */
  readonly current?: { readonly on: LegalDate | null };
  /** When it was first used. */
  readonly first: LegalDate | null;
  readonly reports: readonly Reported[];
}

interface Reported {
  readonly entry: string;
  readonly from: LegalDate;
  readonly to: LegalDate;
}

/** The use ends with the title it rests on; what was reported of it stays. */
export function useEnded({ use, ...asset }: AssetFacts): AssetFacts {
  if (!use) return asset;
  const { current: _, ...past } = use;
  return { ...asset, use: past };
}

function mayBeUsed({ transfer, provisionalUse, agreement }: AssetFacts): void {
  const titled = transfer !== undefined || provisionalUse !== undefined || agreement !== undefined;
  demand(titled, 'use-needs-transfer');
}

/** While an agreement is in force its holder alone uses the asset: once it is handed over, and not while the agreement rests. */
function inHand({ agreement, assignment }: AssetFacts): void {
  if (!agreement) return;
  notSuspended(agreement);
  const { name, organisation } = agreement;
  demand(assignment?.held?.organisation === organisation, 'use-needs-handover', { name });
}

/** A total is never less than the sum of those of its parts that were counted; parts that were not count nothing, and prove nothing. */
function adds(what: string, total: number | undefined, parts: readonly (number | undefined)[]): void {
  const counted = exactSum(parts.filter((part) => part !== undefined));
  demand(total === undefined || total >= counted, 'parts-exceed-total', { what, total, counted });
}

type Counted = { readonly [Part in keyof typeof people]?: number };
const genders = ({ women, men, otherGender }: Counted) => [women, men, otherGender];

export const use = [
  act('start-use', UseStarted, {
    admit: (_, asset) => {
      mayBeUsed(asset);
      inHand(asset);
      demand(asset.use?.current === undefined, 'already-in-use', { since: asset.use?.current?.on ?? null });
    },
    evolve: (asset, _, { occurredOn: on }) => ({
      ...asset,
      use: { first: asset.use ? asset.use.first : on, reports: asset.use?.reports ?? [], current: { on } },
    }),
  }),

  act('report-activity', ActivityReported, {
    admit: ({ from, to, beneficiaries = {}, jobs = {}, volunteers = {} }, { use: before }, { occurredOn }) => {
      demand(before !== undefined, 'use-not-started');
      demand(from <= to, 'period-reversed', { from, to });
      demand(before.first === null || from >= before.first, 'report-before-use', { from, usedSince: before.first });
      demand(occurredOn === null || to <= occurredOn, 'report-before-end', { to, reportedOn: occurredOn });
      const other = before.reports.find((report) => from <= report.to && report.from <= to);
      demand(other === undefined, 'report-overlaps', { from: other?.from ?? null, to: other?.to ?? null });
      adds('beneficiaries by gender', beneficiaries.total, genders(beneficiaries));
      adds('beneficiaries by age', beneficiaries.total, Object.values(beneficiaries.byAge ?? {}));
      adds('beneficiaries in vulnerable situations', beneficiaries.total, [beneficiaries.vulnerable]);
      adds('jobs by gender', jobs.total, genders(jobs));
      adds('volunteers by gender', volunteers.total, genders(volunteers));
    },
    evolve: (asset, { from, to }, { id: entry }) => {
      const before = asset.use ?? { first: null, reports: [] };
      return { ...asset, use: { ...before, reports: [...before.reports, { entry, from, to }] } };
    },
  }),

  act('record-monitoring-visit', MonitoringVisitRecorded, { admit: (_, asset) => mayBeUsed(asset) }),

  act('establish-non-use', NonUseEstablished, {
    admit: ({ since }, asset, { occurredOn }) => {
      mayBeUsed(asset);
      const inOrder = since === undefined || occurredOn === null || since <= occurredOn;
      demand(inOrder, 'period-reversed', { from: since ?? null, to: occurredOn });
    },
    evolve: useEnded,
  }),
];
