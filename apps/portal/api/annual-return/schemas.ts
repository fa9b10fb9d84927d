import { Type } from '@sinclair/typebox';
import { assetKinds, returnCodes, returnSections } from '#domain';
import { code, count, day, nullable, position, text, undatedSchema } from '../schema-parts';

/** The shapes of what is answered on the annual return. */

const item = code(returnCodes, 'What is counted; the page of the return says it in words.');
const part = nullable(text('The part of the item; null for the item as a whole.'));
const year = Type.String({ pattern: '^[0-9]{4}$' });
const counts = (description: string) =>
  Type.Unsafe<Readonly<Record<string, number>>>({
    type: 'object',
    additionalProperties: { type: 'integer' },
    description,
  });

const figure = Type.Object({
  item,
  part,
  entries: nullable(count('Entries of the year; null where assets are counted as they stand at its end.')),
  assets: nullable(count('Different assets; null where no assets are concerned.')),
  money: Type.Optional(
    Type.Array(
      Type.Object({
        currency: text('ISO 4217.'),
        minor: Type.String({ pattern: '^-?[0-9]+$', description: 'Minor units as digits: a sum may be beyond 2^53.' }),
        entries: count('Over how many of the entries: those that say how much.'),
      }),
    ),
  ),
  people: Type.Optional(
    Type.Object({
      sum: nullable(count('Null where nobody counted.')),
      entries: count('Over how many of the entries: those that counted.'),
    }),
  ),
  byRegion: counts('Entries, of the stock assets, by official code of the region; the empty one: not known.'),
  byKind: counts('The same by kind of asset.'),
});

const figures = Type.Object(
  {
    scheme: count('Which meaning the items have; figures of two schemes cannot be compared.'),
    year,
    undated: count('Entries that count in no year, because no source says when they happened.'),
    figures: Type.Array(figure),
  },
  { description: 'The figures of a year, in the order of the items.' },
);

const publication = {
  publishedOn: nullable(day()),
  digest: text('SHA-256 over the figures in canonical JSON (RFC 8785), hexadecimal.'),
  logPosition: count('What was known up to this position of the log.'),
};

const underWay = nullable(
  Type.Object(
    {
      stage: code(['counting', 'prepared'], 'Whether the registry still counts, or the figures wait for a second person to publish them.'),
      entry: text('The entry that asked for the figures; once they are prepared the one that holds them, which publish-return names.'),
      on: nullable(day()),
      reason: nullable(text('Why it is to be published anew.')),
      digest: nullable(text('SHA-256 of the prepared figures.')),
      logPosition: nullable(count('What the prepared figures say was known up to this position of the log.')),
    },
    { description: 'What is asked for or prepared and not published; null where that is nothing.' },
  ),
); // prettier-ignore

export const annualReturnsSchema = Type.Object(
  {
    years: Type.Array(
      Type.Object({
        year,
        published: nullable(Type.Object({ publishedOn: nullable(day()) })),
        underWay,
      }),
    ),
    position,
  },
  { description: 'The years of which there is an annual return, the latest first.' },
);

export const annualReturnSchema = Type.Object(
  {
    year,
    published: nullable(
      Type.Object({
        id: text('Id of the return.'),
        ...publication,
        reason: nullable(text('Why it was published anew.')),
        earlier: Type.Array(Type.Object(publication), { description: 'Publications that this one took the place of.' }),
        figures,
      }),
    ),
    underWay,
    now: figures,
    stockUndated: nullable(undatedSchema),
    position,
  },
  { description: 'The return of a year: as it was published, if it was, and as it is known now.' },
);

export const returnEntriesSchema = Type.Object(
  {
    year,
    section: code(returnSections, 'Where the item stands in the return.'),
    item,
    entries: Type.Array(
      Type.Object({
        stream: text('The stream of the entry, such as asset-IT-….'),
        asset: nullable(text('Registry id, where it is of an asset.')),
        kind: nullable(code(assetKinds, 'What sort of asset it is.')),
        region: nullable(text('Name of the region.')),
        entry: text('Id of the entry, a UUID.'),
        part: text('The part it counts in; empty where the item has none.'),
        on: nullable(day('When it happened.')),
        money: nullable(Type.Object({ minor: Type.Integer(), currency: text('ISO 4217.') })),
        people: nullable(count('How many people; null where nobody counted.')),
      }),
    ),
    position,
  },
  { description: 'The entries behind an item of a year, the latest first; neighbours are in the Link header.' },
);

export const annualReturnRowSchema = Type.Object(
  {
    year,
    section: code(returnSections, 'Where the item stands in the return.'),
    item,
    part,
    entries: nullable(count('Entries of the year.')),
    assets: nullable(count('Different assets.')),
    amount: nullable(text('Money, in whole units of the currency.')),
    currency: nullable(text('ISO 4217; null in the row of counts.')),
    valued: nullable(count('Entries that say how much.')),
    people: nullable(count('People.')),
    counted: nullable(count('Entries that counted people.')),
  },
  { description: 'A figure of the annual return as a row of its table.' },
);
