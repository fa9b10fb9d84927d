import { Type } from '@sinclair/typebox';
import { assetKinds } from '#domain';
import { area, code, day, nullable, text } from '../../schema-parts';

/** What the shapes of the chapters' answers have in common. */

export const asset = {
  asset: text('Registry id.'),
  kind: code(assetKinds, 'What sort of asset it is.'),
  category: nullable(text("What it is, by the registry's own list.")),
  subcategory: nullable(text('What it is, in the words of the source.')),
  title: nullable(text('A short name people will recognise.')),
  location: Type.Object({ region: nullable(area), province: nullable(area), municipality: nullable(area) }),
};
export const entry = text('The entry behind it, a UUID: it stands in the timeline of the asset.');
export const occurredOn = nullable(day('When it happened; null where no source says.'));
export const minor = (description: string) => Type.Integer({ description: `${description} In minor units.` });
/** More than a double holds exactly may come together over many assets. */
export const exact = (description: string) =>
  Type.String({
    pattern: '^-?[0-9]+$',
    description: `${description} Minor units as digits: a sum may be beyond 2^53.`,
  });
export const list = (name: string) => Type.Array(Type.Unsafe({ $ref: `#/components/schemas/${name}` }));
/** Of a page of a list that can be asked how it stood on a day. */
export const asOf = nullable(day('The day asked about; null for today.'));
export const moment = { asOf: nullable(day()), knownAt: nullable(day()) };

export const divided = {
  code: nullable(text('What the line is about; null where nobody said, or for the line of all together.')),
  name: nullable(text('Its name, where it is an area.')),
};
