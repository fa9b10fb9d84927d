import { Type } from '@sinclair/typebox';
import { assetKinds, flagRules, publicationDuties } from '#domain';
import type { FlagRule, PublicationDuty } from '#domain';
import { code, count, day, nullable, position, provenance, text } from '../../schema-parts';
import { asset, divided, list } from './common';

/** The shapes of what is answered on red flags. */

const rule = Type.Unsafe<FlagRule>(code(flagRules, 'Which question; formula and caveat are on the page of the flags.'));

const duty = Type.Unsafe<PublicationDuty>(code(publicationDuties, 'What was to be public by a day.'));

const assetIfAny = {
  ...asset,
  asset: nullable(text('Registry id of the asset; null where it is about a call or a group.')),
  kind: nullable(code(assetKinds, 'What sort of asset it is.')),
};

export const flagSchema = Type.Object(
  {
    ...assetIfAny,
    subject: Type.Object(
      {
        kind: code(['asset', 'call', 'group'], 'What the flag is about.'),
        id: text('Its registry id.'),
        name: nullable(text('The title of an asset, the object of a call, the name of a group.')),
      },
      { description: 'Whose entries it follows from.' },
    ),
    rule,
    entry: text('The entry behind it, a UUID: it stands in the timeline of the asset, call or group.'),
    provenance,
    on: nullable(day('When that happened, or since when it has been so.')),
    hitFrom: nullable(day('First day on which it is a hit; null where it is one whatever the day.')),
    measure: nullable(Type.Integer({ description: 'Minor units, days, seconds, applications or awards, by rule.' })),
    outOf: nullable(Type.Integer({ description: 'Of how many, where the measure counts some of them.' })),
    currency: nullable(text('Of an amount, ISO 4217.')),
    party: nullable(text('The legal person it concerns.')),
    organisation: nullable(text('Registry id of the organisation it concerns, where the entries name it by its id.')),
    authority: nullable(text('The agency that is asked, where the entries say which.')),
    duty: nullable(duty),
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
