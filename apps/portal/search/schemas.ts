import { Type } from '@sinclair/typebox';
import type { TSchema } from '@sinclair/typebox';
import { mapLevels } from '#read-models';
import { code, count, nullable, position, text } from '../api/schema-parts';

const ref = (name: string) => Type.Unsafe<object>({ $ref: `#/components/schemas/${name}` });

const part = (item: TSchema, description: string) =>
  Type.Object(
    {
      items: Type.Array(item, { description: 'The first of them.' }),
      total: count('How many have the words; counting stops at a thousand.'),
      totalIsMinimum: Type.Boolean({ description: 'There may be more: counting stopped.' }),
      all: nullable(text('Address of all of them; null where there are none, or no such list.')),
    },
    { description },
  );

const area = Type.Object({
  level: code(mapLevels, 'What sort of area.'),
  code: text('Official code.'),
  name: text(),
  within: Type.Array(text(), { description: 'The larger areas it lies in, the smaller first.' }),
  assets: count('How many assets the register has there.'),
});

const entry = Type.Object({
  id: text('Id of the entry; its proof is at /api/v1/entries/{id}/proof.'),
  kind: text('What it is about.'),
  of: text('Id of what it is about.'),
});

export const foundSchema = Type.Object(
  {
    q: text('What was looked for.'),
    exactly: Type.Object(
      {
        assets: Type.Array(ref('Asset')),
        organisations: Type.Array(ref('OrganisationSummary')),
        calls: Type.Array(ref('CallSummary')),
        dialogues: Type.Array(ref('DialogueSummary')),
        groups: Type.Array(ref('GroupSummary')),
        entry: nullable(entry),
      },
      { description: 'What has exactly this id, or is known by exactly this code in another register.' },
    ),
    assets: part(ref('Asset'), 'Assets by id, codes, title or place.'),
    areas: part(area, 'Regions, provinces and municipalities by name.'),
    organisations: part(ref('OrganisationSummary'), 'Organisations by id, name, codes or seat.'),
    calls: part(ref('CallSummary'), 'Calls by id, object, authority or assets.'),
    dialogues: part(ref('DialogueSummary'), 'Threads by what may be read of them and of their answers.'),
    groups: part(ref('GroupSummary'), 'Groups by name, aims or place.'),
    position,
  },
  { description: 'Everything that has some words, by what it is.' },
);
