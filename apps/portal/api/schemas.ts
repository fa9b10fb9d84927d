import { Type } from '@sinclair/typebox';
import type { TSchema } from '@sinclair/typebox';
import { CLASSIFICATION, assetCommands, assetKinds, phases, precisions } from '#domain';
import { chapterStates } from './chapter-states';

/** The shapes of the answers: the types of the code and the JSON Schemas of the description are both made from them. */

export const nullable = <S extends TSchema>(schema: S) => Type.Union([schema, Type.Null()]);
export const code = (codes: readonly string[], description: string) =>
  Type.Unsafe<string>({ type: 'string', enum: codes, description });
export const text = (description?: string) => Type.String(description === undefined ? {} : { description });
export const count = (description: string) => Type.Integer({ minimum: 0, description });
export const day = (description?: string) =>
  Type.String({ format: 'date', ...(description !== undefined && { description }) });

export const position = Type.Integer({
  minimum: -1,
  description: 'Log position the answer is true for; -1: an empty log.',
});
export const money = Type.Object({
  minor: Type.Integer({ description: 'Whole minor units, for instance euro cents.' }),
  currency: Type.String({ description: 'ISO 4217 code.' }),
});

export const area = Type.Object({ code: text('Official code.'), name: nullable(text()) });

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
      from: day('First day of the period that runs.'),
      to: day('Last day.'),
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

const counted = Type.Object({ code: text(), name: text(), assets: count('Assets.') });
const byGroup = Type.Record(Type.String(), Type.Integer({ minimum: 0 }), {
  description: 'Assets by group of phases: open, waiting, given, left.',
});
const valued = count('How many of the assets have a value; the sums are over these alone.');
const values = Type.Array(money, { description: 'One sum for each currency.' });

export const indicatorsSchema = Type.Object(
  {
    total: count('Assets in the register.'),
    valued,
    values,
    byGroup,
    byPhase: Type.Array(counted),
    byKind: Type.Array(counted),
    byArea: Type.Array(Type.Object({ ...counted.properties, byGroup, valued, values })),
    cells: Type.Array(
      Type.Object({
        region_code: text('Empty where the region is not known.'),
        region: text(),
        kind: text(),
        phase: text(),
        currency: text(),
        assets: count('Assets in the cell.'),
        valued,
        value_minor: Type.Integer({ description: 'Minor units.' }),
      }),
    ),
    position,
  },
  { description: 'How many assets stand where, and the cells the sums are made of.' },
);

export const leafSchema = Type.Object(
  {
    id: text(),
    stream: text(),
    revision: count('Its place in the stream, from 0.'),
    type: text('Type of the event.'),
    version: Type.Integer({ minimum: 1 }),
    data: Type.Optional(Type.Object({}, { additionalProperties: true, description: 'As stored; what is not public is a commitment.' })),
    dataSha256: Type.Optional(text('In place of data that are too large for an entry.')),
    metadata: Type.Optional(Type.Object({}, { additionalProperties: true })),
    metadataSha256: Type.Optional(text()),
  },
  { description: 'An entry as the transparency log holds it.' },
); // prettier-ignore

export const integritySchema = Type.Object(
  {
    origin: text('Name of the log.'),
    size: count('Entries under the latest checkpoint.'),
    root: text('Root hash, base64.'),
    publishedAt: Type.String({ format: 'date-time' }),
    checkpoint: text('The signed note (C2SP tlog-checkpoint), word for word.'),
    keys: Type.Array(text('A key as verifiers write it.')),
    witnesses: Type.Array(text()),
    waitingSince: nullable(Type.String({ format: 'date-time', description: 'When the oldest entry of a dossier that is under no checkpoint was recorded.' })),
    delaySeconds: count('For how long that one has been waiting; 0 where none is.'),
    history: Type.Array(
      Type.Object({
        day: day('UTC. The checkpoint is at /log/checkpoints/{day}.'),
        size: count('Entries under the last checkpoint of that day.'),
        root: text('Root hash, base64.'),
        grown: Type.Boolean({ description: 'Shown by a consistency proof to begin the log of today.' }),
      }),
      { description: 'The latest first; at most 30.' },
    ),
  },
  { description: 'How the transparency log stands.' },
); // prettier-ignore
export const changeSchema = Type.Object(
  {
    specversion: Type.Literal('1.0'),
    id: text('Id of the event.'),
    source: text('The registry, the same for all of its events.'),
    type: text('Event type, see the catalogue.'),
    subject: text('The stream, such as `asset-` and a registry id.'),
    time: Type.String({ format: 'date-time', description: 'When it was recorded.' }),
    datacontenttype: Type.Literal('application/json'),
    sequence: text('Its position in the log: the cursor of what comes after it.'),
    data: Type.Object({
      revision: Type.Integer({ minimum: 0, description: 'Place in its stream.' }),
      version: Type.Integer({ minimum: 1, description: 'Version of the schema of the event type.' }),
      occurredOn: nullable(day('When it happened; null where no source says.')),
      actor: Type.Object({ agency: text(), role: text() }, { description: 'Which office recorded it.' }),
      source: Type.Unsafe<object>({ type: 'object', description: 'Form, API, process or import with file and row.' }),
      data: Type.Unsafe<object>({ type: 'object', description: 'The public fields.' }),
      withheld: Type.Array(text(), { description: 'Names of the fields that are not public.' }),
    }),
  },
  { description: 'A public event as a CloudEvent 1.0.' },
);

const anything = Type.Unsafe<object>({ type: 'object', additionalProperties: true });

export const ocdsSchema = Type.Object(
  {
    uri: text(),
    version: Type.Literal('1.1'),
    publishedDate: Type.String({ format: 'date-time' }),
    publisher: Type.Object({
      name: text(),
      scheme: Type.Optional(text('A list of org-id.guide.')),
      uid: Type.Optional(text('Its id in that list.')),
      uri: text('Where it publishes.'),
    }),
    license: text(),
    records: Type.Array(
      Type.Object({
        ocid: text(
          'Names the contracting process. It begins with `unregistered` where the publisher has no prefix: then it is good within this registry alone.',
        ),
        releases: Type.Array(anything, { description: 'What was known at each moment, see the standard.' }),
        compiledRelease: anything,
      }),
    ),
  },
  { description: 'A record package of the Open Contracting Data Standard 1.1 (standard.open-contracting.org).' },
);

const mapLevel = code(
  ['region', 'province', 'municipality', 'position'],
  'What the assets are counted by: an area, drawn at its middle, or a published position.',
);

export const mapSchema = Type.Object(
  {
    type: code(['FeatureCollection'], 'GeoJSON.'),
    level: mapLevel,
    features: Type.Array(
      Type.Object({
        type: code(['Feature'], 'GeoJSON.'),
        geometry: Type.Object({
          type: code(['Point'], 'GeoJSON.'),
          coordinates: Type.Array(Type.Number(), { description: 'Longitude, latitude (WGS 84).' }),
        }),
        properties: Type.Object({
          level: mapLevel,
          code: Type.Optional(text('Official code of the area.')),
          name: Type.Optional(text('Name of the area.')),
          assets: count('Assets counted here. Of an area among positions: those without one.'),
          located: Type.Optional(count('How many assets of the area have a published position.')),
          items: Type.Optional(
            Type.Array(
              Type.Object({
                id: text('Registry id.'),
                kind: code(assetKinds, 'What sort of asset it is.'),
                category: nullable(text()),
                subcategory: nullable(text()),
                title: nullable(text()),
                phase: code(phases, 'Where it stands.'),
              }),
              { description: 'The assets, where they are few.' },
            ),
          ),
        }),
      }),
    ),
    isMinimum: Type.Boolean({ description: 'Words find more than were counted.' }),
    position,
  },
  { description: 'Where assets lie, as GeoJSON with members of its own (RFC 7946 §6.1).' },
);
