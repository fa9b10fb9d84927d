import { Type } from '@sinclair/typebox';
import type { TSchema } from '@sinclair/typebox';
import { assetKinds, phases } from '#domain';
import { duties } from '#web';
import { waitingTotalSchema } from './reports/schemas/waiting';
import { code, count, day, money, nullable, position, text, undatedSchema } from './schema-parts';

/** The shapes of the other answers: the types of the code and the JSON Schemas of the description are both made from them. */

const counted = Type.Object({ code: text(), name: text(), assets: count('Assets.') });
const byGroup = Type.Record(Type.String(), Type.Integer({ minimum: 0 }), {
  description: 'Assets by group of phases: open, waiting, given, left.',
});
const valued = count('How many of the assets have a value; the sums are over these alone.');
const values = Type.Array(money, { description: 'One sum for each currency.' });

const counts = Type.Record(Type.String(), Type.Integer({ minimum: 0 }));
const part = { code: text('Of a region or kind; empty for the whole and where it is not known.'), name: text() };
const divided = (one: TSchema) => Type.Object({ whole: one, byRegion: Type.Array(one), byKind: Type.Array(one) });
const reused = Type.Object({
  ...part,
  phases: counts,
  reused: count('Assets handed over, assigned, in use or kept by the State.'),
  of: count('Assets confiscated for good, sold and destroyed ones among them.'),
});
const idle = Type.Object({
  ...part,
  assets: Type.Record(Type.String(), Type.Integer({ minimum: 0 }), {
    description: 'Assets idle for at least so many whole years.',
  }),
  of: count('Assets in the phases in which one may be idle, from the final confiscation to the handing over.'),
});
const spending = Type.Object({
  ...part,
  currency: text('ISO 4217.'),
  assets: count('Assets for which there is public money in this currency.'),
  of: count('All assets.'),
  allocated: text('Minor units, as digits.'),
  paid: text('Minor units, as digits.'),
});
const spendings = Type.Array(spending);

const sections = {
  years: Type.Array(
    Type.Object({
      year: text(),
      acts: counts,
      phases: Type.Array(
        Type.Object({
          phase: text(),
          entered: count('Assets that came into the phase in the year.'),
          left: count('Assets that left it.'),
          atEnd: count('Assets that stood in it when the year ended; of the running one, now.'),
        }),
      ),
    }),
    { description: 'The latest first. `acts` are entries dated in the year, by item of the annual return. Of a day: the whole years before it.' },
  ),
  reused: divided(reused),
  undated: nullable(undatedSchema),
  today: nullable(
    Type.Object(
      {
        waits: Type.Array(waitingTotalSchema),
        idle: divided(idle),
        spending: Type.Object({ whole: spendings, byRegion: spendings, byKind: spendings }),
        overdue: Type.Array(
          Type.Object({
            duty: code(duties, 'What somebody is late with.'),
            overdue: count('Late on the day of the question.'),
            of: nullable(count('Of so many; null where the duties have no sum.')),
          }),
        ),
      },
      { description: 'What is counted for today alone; null where a day is asked about.' },
    ),
  ),
}; // prettier-ignore

export const indicatorsSchema = Type.Object(
  {
    asOf: nullable(day('The day asked about; null for today.')),
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
    ...sections,
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
export const knownDaysSchema = Type.Object(
  {
    knownDays: Type.Array(
      Type.Object({
        day: day('UTC. Give it as `knownAt`.'),
        position,
        entries: count('Entries of the log by the end of that day.'),
        madeAt: Type.String({ format: 'date-time', description: 'When it was made of the log.' }),
      }),
      { description: 'The latest first.' },
    ),
  },
  { description: 'The days of which every report can be asked as it was known at their end.' },
);
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

export const pointsSchema = Type.Object(
  {
    type: code(['FeatureCollection'], 'GeoJSON.'),
    features: Type.Array(
      Type.Object({
        type: code(['Feature'], 'GeoJSON.'),
        id: Type.Optional(text('Registry id of the asset, in the list of the assets.')),
        geometry: Type.Object({
          type: code(['Point'], 'GeoJSON.'),
          coordinates: Type.Array(Type.Number(), { description: 'Longitude, latitude (WGS 84).' }),
        }),
        properties: Type.Record(Type.String(), anything, {
          description:
            'The cells of the row, by the names of the columns, with `precision` and the address of the asset’s `page`.',
        }),
      }),
    ),
  },
  { description: 'The rows of a list whose asset has a published position, as points (RFC 7946).' },
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
