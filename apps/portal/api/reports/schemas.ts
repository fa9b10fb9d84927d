import { Type } from '@sinclair/typebox';
import type { TSchema } from '@sinclair/typebox';
import {
  activityKinds, assetKinds, fundSources, ledgerAccounts, needStatuses, phases, pledgeStatuses, supportKinds, useMeasures, useStandings,
} from '#domain'; // prettier-ignore
import { area, code, count, day, money, nullable, position, text } from '../schemas';
import { holders, supportStatuses, supportTypes, useTypes } from './filters';

/** The shapes of the chapters' answers. */

const asset = {
  asset: text('Registry id.'),
  kind: code(assetKinds, 'What sort of asset it is.'),
  category: nullable(text("What it is, by the registry's own list.")),
  subcategory: nullable(text('What it is, in the words of the source.')),
  title: nullable(text('A short name people will recognise.')),
  location: Type.Object({ region: nullable(area), province: nullable(area), municipality: nullable(area) }),
};
const entry = text('The entry behind it, a UUID: it stands in the timeline of the asset.');
const occurredOn = nullable(day('When it happened; null where no source says.'));
const minor = (description: string) => Type.Integer({ description: `${description} In minor units.` });
/** More than a double holds exactly may come together over many assets. */
const exact = (description: string) =>
  Type.String({
    pattern: '^-?[0-9]+$',
    description: `${description} Minor units as digits: a sum may be beyond 2^53.`,
  });
const list = (name: string) => Type.Array(Type.Unsafe({ $ref: `#/components/schemas/${name}` }));
const moment = { asOf: nullable(day()), knownAt: nullable(day()) };

const standing = Type.Object(
  {
    available: minor('Allocated and not committed.'),
    committed: minor('Committed and not approved for payment.'),
    approved: minor('Approved and not paid.'),
    paid: minor('Paid, reversals taken off.'),
  },
  { description: "The asset's account in this currency after the movement; together they are what is allocated." },
);

export const movementSchema = Type.Object(
  {
    ...asset,
    number: count('Place among the movements of the asset.'),
    entry,
    type: text('Type of the entry.'),
    occurredOn,
    source: nullable(code(fundSources, 'Whose money it is.')),
    programme: nullable(text()),
    projectCode: nullable(text('Such as the Italian CUP.')),
    supplier: nullable(text()),
    allocation: nullable(text('The entry that allocated the money.')),
    commitment: nullable(text('The entry that committed it.')),
    from: code(ledgerAccounts, 'The account it left.'),
    to: code(ledgerAccounts, 'The account it went to.'),
    amount: money,
    after: standing,
  },
  { description: 'A movement of public money.' },
);

const divided = {
  code: nullable(text('What the line is about; null where nobody said, or for the line of all together.')),
  name: nullable(text('Its name, where it is an area.')),
};

export const moneyTotalSchema = Type.Object(
  {
    ...divided,
    currency: text('ISO 4217 code.'),
    movements: count('How many movements.'),
    allocated: exact('Set aside, reductions taken off.'),
    committed: exact('Committed to suppliers, reductions taken off.'),
    approved: exact('Approved for payment, reversals taken off.'),
    paid: exact('Paid, reversals taken off.'),
  },
  {
    description:
      'What movements add up to in one currency. Of a year it may be negative, where money of earlier years came back.',
  },
);

export const moneyPageSchema = Type.Object(
  { movements: list('MoneyMovement'), totals: list('MoneyTotal'), position },
  {
    description:
      'Movements, the latest first, and what all that the filter finds add up to; neighbours are in the Link header.',
  },
);

const stages = {
  committed: minor('Committed.'),
  approved: minor('Approved for payment.'),
  paid: minor('Paid.'),
};

export const assetMoneySchema = Type.Object(
  {
    id: text('Registry id.'),
    ...moment,
    statements: Type.Array(
      Type.Object({
        currency: text(),
        balances: Type.Object(
          Object.fromEntries(ledgerAccounts.map((account) => [account, minor(`Balance of "${account}".`)])),
          { description: 'By double entry; the five sum to zero.' },
        ),
      }),
    ),
    allocations: Type.Array(
      Type.Object({
        id: text('The entry that recorded it.'),
        on: occurredOn,
        source: text(),
        programme: nullable(text()),
        projectCode: nullable(text()),
        currency: text(),
        allocated: minor('Set aside, reductions taken off.'),
        ...stages,
        commitments: Type.Array(
          Type.Object({
            id: text('The entry that recorded it.'),
            on: occurredOn,
            supplier: Type.Unsafe({ type: 'object', additionalProperties: true, required: ['name'] }),
            procedure: text(),
            contract: text(),
            subject: nullable(text()),
            ...stages,
          }),
        ),
      }),
    ),
    works: Type.Array(
      Type.Object({
        id: text('The entry that recorded it.'),
        title: text(),
        commitment: nullable(text()),
        startedOn: nullable(day()),
        completed: Type.Optional(Type.Object({ on: nullable(day()) })),
      }),
    ),
    movements: list('MoneyMovement'),
    position,
  },
  { description: "An asset's public money at a moment." },
);

const measure = Type.Object(
  {
    value: Type.Integer(),
    scale: Type.Integer({ minimum: 0, maximum: 6 }),
    unit: text('A unit, or an ISO 4217 code.'),
  },
  { description: '`value` times ten to the power of minus `scale`; of money minor units.' },
);

export const supportItemSchema = Type.Object(
  {
    ...asset,
    id: entry,
    type: code(supportTypes, 'A need or a pledge.'),
    occurredOn,
    form: code(supportKinds, 'What sort of support.'),
    status: code(supportStatuses, `Of a need ${needStatuses.join(', ')}; of a pledge ${pledgeStatuses.join(', ')}.`),
    title: nullable(text('What is needed.')),
    supporter: nullable(text('Who offers it.')),
    organisation: nullable(text('Its id, where the registry knows it.')),
    need: nullable(text('The need it answers.')),
    measure,
    delivered: Type.String({
      pattern: '^[0-9]+(\\.[0-9]+)?$',
      description: "In the measure's unit, as digits without rounding.",
    }),
    from: nullable(day()),
    until: nullable(day('Of a need by when.')),
    screening: nullable(
      Type.Object(
        {
          id: entry,
          on: occurredOn,
          passed: Type.Boolean(),
          conflictOfInterest: Type.Boolean(),
          tiesToFormerOwner: Type.Boolean(),
          beneficialOwnersDeclared: Type.Boolean(),
        },
        { description: 'The latest.' },
      ),
    ),
    deliveries: count('How many.'),
    conflictWaived: Type.Boolean({ description: 'A conflict of the supporter was let pass, with a reason.' }),
  },
  { description: 'A need, or a pledge and what came of it.' },
);

export const supportTotalSchema = Type.Object(
  {
    ...divided,
    needs: count('Needs published.'),
    needsMet: count('Of these, met by what was delivered.'),
    pledges: count('Pledges.'),
    screened: count('Pledges screened.'),
    passed: count('Of these, passed.'),
    accepted: count('Accepted, whether delivered or not.'),
    declined: count('Declined.'),
    withdrawn: count('Withdrawn.'),
    fulfilled: count('Accepted and delivered in full.'),
    running: count('Accepted, given over time, and within that time today.'),
    fulfilment: nullable(Type.Number({ description: 'fulfilled / accepted; null where none was accepted.' })),
    money: Type.Array(
      Type.Object({
        currency: text(),
        needed: exact('Asked for.'),
        pledged: exact('Offered and neither declined nor withdrawn.'),
        delivered: exact('Given.'),
      }),
    ),
  },
  { description: 'What needs and pledges add up to. Quantities of different things are not added up.' },
);

export const supportPageSchema = Type.Object(
  { items: list('SupportItem'), totals: list('SupportTotal'), position },
  { description: 'Needs and pledges, the latest first; neighbours are in the Link header.' },
);

export const assetSupportSchema = Type.Object({
  id: text('Registry id.'),
  ...moment,
  items: list('SupportItem'),
  position,
});

const counted = (schema: (measure: string) => TSchema) =>
  Type.Object(Object.fromEntries(useMeasures.map((name) => [name, schema(name)])));

export const useRecordSchema = Type.Object(
  {
    ...asset,
    id: entry,
    type: code(useTypes, 'What was recorded.'),
    occurredOn,
    from: nullable(day()),
    to: nullable(day()),
    activities: Type.Array(
      Type.Object({
        kind: code(activityKinds, 'What sort of activity.'),
        title: Type.Optional(text()),
        times: Type.Optional(count('How many times.')),
      }),
    ),
    counts: Type.Unsafe<Readonly<Record<string, number | null>>>({
      ...counted(() => nullable(count('Null: nobody counted.'))),
      description: 'What the report counted. Null is not zero.',
    }),
    found: nullable(text('Of a visit, what was found.')),
    details: nullable(text()),
  },
  { description: 'An activity report, a monitoring visit, or a finding that the asset is not used.' },
);

const sum = Type.Object({
  sum: nullable(count('Null where no report counted it.')),
  reports: count('How many reports counted it.'),
});

export const useTotalSchema = Type.Object(
  {
    ...divided,
    reports: count('Activity reports.'),
    visits: Type.Object({ 'in-use': count('Visits.'), 'partly-used': count('Visits.'), 'not-used': count('Visits.') }),
    nonUse: count('Findings of non-use.'),
    activities: Type.Record(Type.String(), Type.Integer({ minimum: 0 }), {
      description: 'Reports in which each sort of activity stands.',
    }),
    counts: Type.Unsafe<Readonly<Record<string, { sum: number | null; reports: number }>>>(counted(() => sum)),
  },
  { description: 'What reports add up to. A person counted in two reports is counted twice.' },
);

export const usePageSchema = Type.Object(
  { records: list('UseRecord'), totals: list('UseTotal'), position },
  { description: 'Reports, visits and findings, the latest first; neighbours are in the Link header.' },
);

export const assetUseSchema = Type.Object({
  id: text('Registry id.'),
  ...moment,
  usedSince: nullable(Type.Object({ on: nullable(day()) })),
  records: list('UseRecord'),
  position,
});

const score = (of: string) =>
  Type.Integer({ minimum: 0, maximum: 100, description: `Completeness of ${of}, from 0 to 100.` });

export const assignedSchema = Type.Object(
  {
    ...asset,
    identifiers: Type.Array(Type.Object({ scheme: text(), id: text() })),
    value: nullable(money),
    phase: code(phases, 'Where it stands.'),
    purpose: nullable(text('What it is destined to.')),
    recipient: nullable(text('The body that received it.')),
    transferredOn: nullable(day()),
    held: code(holders, 'By a third party, or by the body itself.'),
    holder: nullable(
      Type.Object({
        organisation: text('Id of the organisation.'),
        name: text(),
        signedOn: nullable(day()),
        actNumber: nullable(text()),
        actDate: nullable(day()),
        object: text(),
        from: day('First day of the period that runs.'),
        to: day('Last day.'),
        charge: nullable(text('free or fee.')),
        fee: nullable(money),
      }),
    ),
    use: code(useStandings, 'Whether it is used.'),
    reports: count('Activity reports.'),
    completeness: Type.Object({
      whole: score('the whole line'),
      consistency: score('the consistency'),
      destination: score('the destination'),
      use: score('the use'),
      holder: nullable(score('holder, act, object and duration; null where no third party holds it')),
    }),
  },
  { description: 'A line of the list of assigned assets (legislative decree 159/2011 art. 48(3)(c)).' },
);

const mean = (of: string) =>
  nullable(Type.Number({ description: `Mean completeness of ${of}; null where there is none.` }));

export const assignedTotalSchema = Type.Object(
  {
    ...divided,
    assets: count('Assigned assets.'),
    heldByThirdParties: count('Of these, given to third parties.'),
    completeness: Type.Object({
      whole: mean('the whole'),
      consistency: mean('the consistency'),
      destination: mean('the destination'),
      use: mean('the use'),
      holder: mean('the holder, over the assets held by third parties'),
    }),
  },
  { description: 'How many assets are assigned, and how complete their lines are on average.' },
);

export const assignedPageSchema = Type.Object(
  { assets: list('AssignedAsset'), totals: list('AssignedTotal'), position },
  { description: 'Assigned assets by municipality; neighbours are in the Link header.' },
);

/** By the names the description has for them. */
export const reportSchemas = {
  MoneyMovement: movementSchema,
  MoneyTotal: moneyTotalSchema,
  MoneyPage: moneyPageSchema,
  AssetMoney: assetMoneySchema,
  SupportItem: supportItemSchema,
  SupportTotal: supportTotalSchema,
  SupportPage: supportPageSchema,
  AssetSupport: assetSupportSchema,
  UseRecord: useRecordSchema,
  UseTotal: useTotalSchema,
  UsePage: usePageSchema,
  AssetUse: assetUseSchema,
  AssignedAsset: assignedSchema,
  AssignedTotal: assignedTotalSchema,
  AssignedPage: assignedPageSchema,
} as const;
