import { Type } from '@sinclair/typebox';
import type { TSchema } from '@sinclair/typebox';
import { fundSources, supportKinds } from '#domain';

/** What the chapters on money, support, use, exit and documents leave in an asset's state; an item's id is the entry that recorded it. */

const text = (description?: string) => Type.String(description === undefined ? {} : { description });
const code = (codes: readonly string[], description: string) =>
  Type.Unsafe<string>({ type: 'string', enum: codes, description });
const day = Type.String({ format: 'date' });
const onDay = Type.Union([day, Type.Null()]);
const minor = (description: string) => Type.Integer({ description: `${description} In minor units.` });
const id = text('The entry that recorded it.');
const currency = text('ISO 4217 code.');

const legalPerson = Type.Object({
  name: text('Its registered name.'),
  identifiers: Type.Optional(Type.Array(Type.Object({ scheme: text(), id: text() }))),
  organisation: Type.Optional(text('Its id, where the registry knows it.')),
});

const measure = Type.Object(
  {
    value: Type.Integer(),
    scale: Type.Integer({ minimum: 0, maximum: 6 }),
    unit: text('A unit, or an ISO 4217 code.'),
  },
  { description: '`value` times ten to the power of minus `scale`; of money minor units.' },
);

const list = (properties: Record<string, TSchema>, description: string) =>
  Type.Array(Type.Object(properties), { description });

export const chapterStates = {
  spending: Type.Optional(
    Type.Object(
      {
        allocations: list(
          {
            id,
            source: code(fundSources, 'Whose money it is.'),
            currency,
            minor: minor('What is left after reductions.'),
          },
          'Money set aside for the asset.',
        ),
        commitments: list(
          {
            id,
            allocation: text('The allocation it is a part of.'),
            supplier: legalPerson,
            document: text('SHA-256 of the contract.'),
            currency,
            minor: minor('What is left after reductions.'),
          },
          'Parts of allocations promised to suppliers.',
        ),
        requests: list(
          {
            id,
            commitment: text('The commitment to be paid from.'),
            document: text('SHA-256 of the invoice.'),
            currency,
            minor: minor('How much.'),
            approved: Type.Boolean({ description: 'A second person approved it.' }),
          },
          'Requests to pay.',
        ),
        payments: list(
          {
            id,
            request: text('The approved request.'),
            currency,
            minor: minor('How much.'),
            reversed: minor('How much came back.'),
          },
          'Payments made.',
        ),
        works: list(
          { id, startedOn: onDay, completed: Type.Optional(Type.Object({ on: onDay })) },
          'Works the money pays for.',
        ),
      },
      { description: 'Public money spent on the asset.' },
    ),
  ),
  support: Type.Optional(
    Type.Object(
      {
        needs: list({ id, kind: code(supportKinds, 'What sort of support.'), measure }, 'What was asked for.'),
        pledges: list(
          {
            id,
            supporter: legalPerson,
            kind: code(supportKinds, 'What sort of support.'),
            measure,
            status: code(['pledged', 'accepted', 'declined', 'withdrawn'], 'What became of it.'),
            delivered: Type.Array(measure, { description: 'What was given, part by part.' }),
            screening: Type.Optional(
              Type.Object(
                { passed: Type.Boolean(), conflictOfInterest: Type.Boolean() },
                { description: 'The latest.' },
              ),
            ),
          },
          'What was offered.',
        ),
        waivers: list({ id, party: legalPerson }, 'Conflicts of interest that were let pass, with a reason.'),
      },
      { description: 'What the private sector gives.' },
    ),
  ),
  use: Type.Optional(
    Type.Object(
      {
        current: Type.Optional(Type.Object({ on: onDay }, { description: 'Present while the asset is used.' })),
        first: Type.Union([day, Type.Null()], { description: 'When it was first used.' }),
        reports: list({ entry: id, from: day, to: day }, 'Periods for which activities were reported.'),
      },
      { description: 'The asset in use.' },
    ),
  ),
  exit: Type.Optional(
    Type.Object(
      {
        screenings: list(
          { id, buyer: Type.Optional(legalPerson), link: text('none, former-owner or linked.') },
          'Buyers who were looked into; a natural person is not named.',
        ),
        sale: Type.Optional(Type.Object({ minor: minor('The price.'), currency, buyer: Type.Optional(legalPerson) })),
        proceeds: list(
          { id, purpose: text(), minor: minor('How much.'), currency, paidOut: minor('How much reached victims.') },
          'What the price is for.',
        ),
      },
      { description: 'How it was sold, and what becomes of the price.' },
    ),
  ),
  documents: Type.Optional(
    list(
      {
        sha256: text('What the file is known by.'),
        title: text(),
        kind: text(),
        classification: text('Who may open it.'),
      },
      'Files of the dossier.',
    ),
  ),
} as const;
