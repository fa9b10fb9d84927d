import { Type } from '@sinclair/typebox';
import { linePieces, phases, useStandings } from '#domain';
import { code, count, day, money, nullable, position, provenance, text } from '../../schema-parts';
import { holders } from '../filters';
import { asOf, asset, divided, list } from './common';

/** The shapes of what is answered on assigned assets. */

const score = (of: string) =>
  Type.Integer({ minimum: 0, maximum: 100, description: `Completeness of ${of}, from 0 to 100.` });

export const assignedSchema = Type.Object(
  {
    ...asset,
    identifiers: Type.Array(Type.Object({ scheme: text(), id: text() })),
    value: nullable(money),
    phase: code(phases, 'Where it stands.'),
    provenance,
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
        from: day('First day of the term that counts on the day of the answer: the one that covers it.'),
        to: day('Last day.'),
        renewal: nullable(
          Type.Object(
            { actNumber: nullable(text()), actDate: nullable(day()), from: day(), to: day() },
            { description: 'The term agreed to follow, where one was; act, first and last day.' },
          ),
        ),
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
      missing: Type.Array(code(linePieces, 'What the line ought to say and does not.')),
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
  { asOf, assets: list('AssignedAsset'), totals: list('AssignedTotal'), position },
  { description: 'Assigned assets by municipality; neighbours are in the Link header.' },
);
