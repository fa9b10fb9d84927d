import { Type } from '@sinclair/typebox';
import type { TSchema } from '@sinclair/typebox';
import { CLASSIFICATION, assetCommands, assetKinds, phases, precisions } from '#domain';
import { chapterStates } from './chapter-states';
import { area, code, count, day, money, nullable, position, text } from './schema-parts';

/** The shapes of an asset: as a line of the register, as its dossier stands, entry by entry. The types of the code and the JSON Schemas of the description are both made from them. */

export const assetSchema = Type.Object(
  {
    id: text('Registry id.'),
    kind: code(assetKinds, 'What sort of asset it is.'),
    category: nullable(text("What it is, by the registry's own list.")),
    subcategory: nullable(text('What it is, in the words of the source.')),
    title: nullable(text('A short name people will recognise.')),
    phase: code(phases, 'Where it stands.'),
    phaseSince: nullable(day('When the phase began; null where no source says.')),
    location: Type.Object({
      country: nullable(text('ISO 3166-1 alpha-2.')),
      region: nullable(area),
      province: nullable(area),
      municipality: nullable(area),
      address: nullable(text()),
      latitude: nullable(Type.Number({ description: 'WGS 84.' })),
      longitude: nullable(Type.Number({ description: 'WGS 84.' })),
      precision: nullable(code(precisions, 'How exact the position is.')),
    }),
    seizedOn: nullable(day()),
    finalOn: nullable(day('When the confiscation became final.')),
    destinedOn: nullable(day()),
    purpose: nullable(text('What it is destined to.')),
    recipient: nullable(text('Who receives it.')),
    share: nullable(Type.Number({ description: 'In percent.' })),
    value: nullable(money),
    identifiers: Type.Array(Type.Object({ scheme: text(), id: text() }), { description: 'How others know it.' }),
    blockingProblems: count('Problems that stand in the way of reuse.'),
    use: nullable(text('`in-use` or `not-in-use`, as was recorded last; null where nobody said.')),
    idleSince: nullable(
      day(
        'Since when it has stayed in one phase, confiscated for good, without being assigned or used; null where it is not idle or no source says.',
      ),
    ),
    manager: nullable(
      Type.Object(
        {
          kind: text('`organisation`, `body`, or the office appointed.'),
          name: nullable(text('Of an organisation or a body, as recorded; persons in an office are not named.')),
          organisation: nullable(text('Registry id of an organisation.')),
        },
        { description: 'Who answers for it; null where nobody was recorded.' },
      ),
    ),
  },
  { description: 'An asset as a line of the register. What is unknown is null.' },
);

export const registerSchema = Type.Object(
  {
    assets: Type.Array(Type.Unsafe({ $ref: '#/components/schemas/Asset' })),
    total: count('How many match in all.'),
    totalIsMinimum: Type.Boolean({ description: 'Counting stopped at this total; there may be more.' }),
    position,
  },
  { description: 'A page of the register; its neighbours are in the Link header.' },
);

const happened = Type.Object({ on: nullable(day('Null where no source says.')) });
const happenedTo = (properties: Record<string, TSchema>) =>
  Type.Optional(Type.Object({ ...happened.properties, ...properties }));

const assignee = {
  organisation: text('Id of the organisation.'),
  name: text('The name it was given the asset under.'),
};

/** The fields of a description that everyone may see, as the events that fill it declare them. */
const publicDescription = Object.fromEntries(
  Object.entries(assetCommands.get('describe-asset')?.data.properties ?? {}).filter(
    ([, schema]) => schema[CLASSIFICATION] === 'public',
  ),
);

export const stateSchema = Type.Object(
  {
    phase: code(phases, 'Where it stands.'),
    phaseSince: nullable(day()),
    description: Type.Object({ kind: code(assetKinds, 'What sort of asset it is.'), ...publicDescription }),
    seizure: happened,
    orders: Type.Array(Type.Object({ ...happened.properties, instance: text('Instance of court.') })),
    final: Type.Optional(happened),
    administrator: happenedTo({ office: text() }),
    problems: Type.Array(
      Type.Object({
        id: text('The entry that recorded it.'),
        kind: text(),
        blocking: Type.Boolean(),
        since: nullable(day()),
        waived: Type.Optional(Type.Object({}, { description: 'A second person let it pass for an agreement.' })),
      }),
    ),
    ready: Type.Boolean({ description: 'The latest inspection showed that the asset can be destined.' }),
    saleAuthorised: Type.Optional(happened),
    provisionalUse: happenedTo({ grantee: text() }),
    destination: happenedTo({ purpose: text(), recipient: text() }),
    transfer: happenedTo({ to: text(), body: text() }),
    assignment: Type.Optional(
      Type.Object(
        {
          proposals: Type.Array(
            Type.Object({
              id: text('The entry that recorded it.'),
              ...assignee,
              status: text('proposed, approved, rejected, signed or lapsed.'),
              call: Type.Optional(text('The call it applied to.')),
              directGround: Type.Optional(text('The provision that allows it without a call.')),
              reasons: text(),
            }),
          ),
          held: happenedTo(assignee),
        },
        { description: 'Proposals, and who has the asset in hand.' },
      ),
    ),
    agreement: happenedTo({
      id: text('The entry that recorded the signing.'),
      ...assignee,
      object: text(),
      from: day('First day of the period agreed last; a renewal may not have begun.'),
      to: day('Last day of that period.'),
      terms: Type.Array(
        Type.Object({
          entry: text('The entry that agreed it.'),
          act: Type.Object({ number: nullable(text()), date: nullable(day()) }),
          from: day(),
          to: day(),
        }),
        { description: 'Every period agreed, in order: on a day the latest counts that has begun.' },
      ),
      renewable: Type.Boolean(),
      suspended: Type.Optional(happened),
    }),
    ...chapterStates,
    left: happenedTo({ as: code(phases, 'How it left the system.') }),
  },
  { description: 'What the entries in force add up to.' },
);

export const entrySchema = Type.Object(
  {
    id: text('UUID of the entry.'),
    revision: count('Place in the dossier.'),
    position: count('Place in the log.'),
    type: code(
      [...assetCommands.values()].map(({ type }) => type),
      'The schema of the same name says what its fields mean.',
    ),
    version: Type.Integer({ minimum: 1, description: 'Schema version of `data`.' }),
    occurredOn: nullable(day('When it happened.')),
    recordedAt: Type.String({ format: 'date-time', description: 'When it was written down here.' }),
    data: Type.Unsafe({ type: 'object', additionalProperties: true, description: 'The public fields of the entry.' }),
    withheld: Type.Array(text(), { description: 'Names of the fields that are not public.' }),
    closed: Type.Array(
      Type.Object({
        field: text('Name of the field.'),
        classification: code(['restricted', 'personal'], 'Why it is not public.'),
        opens: code(
          ['never', 'by-decision', 'by-delay'],
          'Whether it may be published: never; by decision of a second person; or also when its time has passed.',
        ),
        publicFrom: nullable(day('The day on which it is published, where its time is set.')),
        disclosedBy: nullable(text('The entry that published it and says what it says.')),
      }),
      { description: 'What is withheld, why, and what has become of it.' },
    ),
    agency: text('Which agency recorded it.'),
    source: Type.Unsafe({
      type: 'object',
      required: ['kind'],
      additionalProperties: true,
      properties: { kind: { type: 'string' }, file: { type: 'string' }, row: { type: 'integer' } },
      description: 'Where it was entered from.',
    }),
    correctedBy: Type.Array(text(), { description: 'Entries that correct it.' }),
    annulledBy: nullable(text('The entry that annuls it.')),
  },
  { description: 'An entry of a dossier as everyone may see it.' },
);

const timeline = Type.Array(Type.Unsafe({ $ref: '#/components/schemas/TimelineEntry' }), {
  description: 'In the order in which the entries were written down.',
});
const revision = Type.Integer({ minimum: -1, description: 'Revision of the last entry known at the moment.' });

export const dossierSchema = Type.Object(
  {
    id: text('Registry id.'),
    asOf: nullable(day()),
    knownAt: nullable(day()),
    asset: nullable(Type.Unsafe({ $ref: '#/components/schemas/AssetState' })),
    timeline,
    revision,
    position,
  },
  { description: 'A dossier at a moment. `asset` is null when nothing stood at that moment.' },
);

export const timelineSchema = Type.Object({ id: text('Registry id.'), timeline, revision, position });
