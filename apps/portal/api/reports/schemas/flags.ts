import { Type } from '@sinclair/typebox';
import { flagRules } from '#domain';
import type { FlagRule } from '#domain';
import { code, count, day, nullable, position, text } from '../../schemas';
import { asset, divided, entry, list } from './common';

/** The shapes of what is answered on red flags. */

const rule = Type.Unsafe<FlagRule>(code(flagRules, 'Which question; formula and caveat are on the page of the flags.'));

export const flagSchema = Type.Object(
  {
    ...asset,
    rule,
    entry,
    on: nullable(day('When that happened, or since when it has been so.')),
    hitFrom: nullable(day('First day on which it is a hit; null where it is one whatever the day.')),
    measure: nullable(Type.Integer({ description: 'Minor units, days or seconds, by rule.' })),
    currency: nullable(text('Of an amount, ISO 4217.')),
    party: nullable(text('The legal person it concerns.')),
  },
  { description: 'A pattern that deserves a question. It accuses nobody.' },
);

export const flagTotalSchema = Type.Object(
  { ...divided, rule, hits: count('Hits of today.') },
  { description: 'How often a pattern is found.' },
);

export const flagsPageSchema = Type.Object(
  { flags: list('RedFlag'), totals: list('RedFlagTotal'), position },
  { description: 'Red flags, the latest first; neighbours are in the Link header.' },
);
