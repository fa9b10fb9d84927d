import { Type } from '@sinclair/typebox';
import type { TSchema } from '@sinclair/typebox';
import { activityKinds, useMeasures } from '#domain';
import { code, count, day, nullable, position, provenance, text } from '../../schema-parts';
import { useTypes } from '../filters';
import { asOf, asset, divided, entry, list, moment, occurredOn } from './common';

/** The shapes of what is answered on use and social impact. */

const counted = (schema: (measure: string) => TSchema) =>
  Type.Object(Object.fromEntries(useMeasures.map((name) => [name, schema(name)])));

export const useRecordSchema = Type.Object(
  {
    ...asset,
    id: entry,
    type: code(useTypes, 'What was recorded.'),
    occurredOn,
    provenance,
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
  { asOf, records: list('UseRecord'), totals: list('UseTotal'), position },
  { description: 'Reports, visits and findings, the latest first; neighbours are in the Link header.' },
);

export const assetUseSchema = Type.Object({
  id: text('Registry id.'),
  ...moment,
  usedSince: nullable(Type.Object({ on: nullable(day()) })),
  records: list('UseRecord'),
  position,
});
