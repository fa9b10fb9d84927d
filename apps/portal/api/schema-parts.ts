import { Type } from '@sinclair/typebox';
import type { TSchema } from '@sinclair/typebox';
import { provenances } from '#domain';
import type { Provenance } from '#domain';

/** What the shapes of the answers are made of. */

export const nullable = <S extends TSchema>(schema: S) => Type.Union([schema, Type.Null()]);
export const code = (codes: readonly string[], description: string) =>
  Type.Unsafe<string>({ type: 'string', enum: codes, description });
export const text = (description?: string) => Type.String(description === undefined ? {} : { description });
export const count = (description: string) => Type.Integer({ minimum: 0, description });
export const day = (description?: string) =>
  Type.String({ format: 'date', ...(description !== undefined && { description }) });

/** On whose word a row rests; the words are those of the marks on the pages. */
export const provenance = Type.Unsafe<Provenance>({
  type: 'string',
  enum: [...provenances],
  description:
    'On whose word it rests: an act that the entry names, what an office wrote down, or what the public or an organisation told.',
});

export const position = Type.Integer({
  minimum: -1,
  description: 'Log position the answer is true for; -1: an empty log.',
});
export const money = Type.Object({
  minor: Type.Integer({ description: 'Whole minor units, for instance euro cents.' }),
  currency: Type.String({ description: 'ISO 4217 code.' }),
});

export const area = Type.Object({ code: text('Official code.'), name: nullable(text()) });

/** What the stock of a day leaves out. */
export const undatedSchema = Type.Object(
  {
    assets: count('Assets of the register of today that are not counted on the day, because no source says when they were seized.'),
    acts: Type.Unsafe<Readonly<Record<string, number>>>({
      type: 'object',
      additionalProperties: { type: 'integer' },
      description: 'By phase, acts leading into it of which no source says when: all that are known. They count from the day they were written down.',
    }),
  },
  { description: 'What the stock of a day leaves out for lack of a date; null where it is of today.' },
); // prettier-ignore
