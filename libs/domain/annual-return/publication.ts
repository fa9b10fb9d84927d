import { Type } from '@sinclair/typebox';
import { bySecondPerson, personBehind } from '../asset/four-eyes';
import { named } from '../asset/references';
import type { EntryFacts } from '../entry';
import { idFrom } from '../ids';
import { demand } from '../refusal';
import { defineEvent } from '../schema/definition';
import { computed, entryId, jsonValue, publicField, record, sha256, text } from '../schema/fields';
import { actsOf } from '../stream/act';
import type { AnnualReturn, Preparation } from './annual-return';

/** The return of a year is prepared by one person, from figures that the registry computes, and published by another (rule 6). */

const SOURCE = 'Directive (EU) 2024/1260 (statistics); Social Reuse Registry, rule 6';

/** Figures of a year take some 60,000 characters; what is larger is no return. */
const MOST_CHARACTERS = 500_000;

const example = { scheme: 1, year: '2025', undated: 0, figures: [] };

/** What nobody types: the registry computes it from the log when the entry is recorded. */
const computedFields = {
  position: computed(
    publicField(
      Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER }),
      'The figures say what was known up to this position of the log.',
    ),
  ),
  figures: computed(publicField({ ...jsonValue(MOST_CHARACTERS, 8), examples: [example] }, 'The figures of the year.')),
  digest: computed(publicField(sha256(), 'SHA-256 of the figures in canonical JSON (RFC 8785).')),
};

export const AnnualReturnPrepared = defineEvent('AnnualReturnPrepared', {
  description:
    'The figures of a year were computed from the log and written down, to be published by another person. The date of the entry is that of the day it is done.',
  source: SOURCE,
  data: record({
    year: publicField(Type.String({ pattern: '^(19|20)[0-9]{2}$', examples: ['2024'] }), 'The year.'),
    ...computedFields,
  }),
});

export const AnnualReturnRevised = defineEvent('AnnualReturnRevised', {
  description:
    'The figures of the year were computed anew, because what was written down or published is no longer what is known.',
  source: SOURCE,
  data: record({
    reason: publicField(text(1000), 'Why, without personal data.'),
    ...computedFields,
  }),
});

export const AnnualReturnPublished = defineEvent('AnnualReturnPublished', {
  description: 'A second person published the figures that were prepared. They are frozen from now on.',
  source: SOURCE,
  data: record({ preparation: publicField(entryId(), 'The entry with the figures.') }),
});

type Computed = { readonly position: number; readonly digest: string };

function prepared({ position, digest }: Computed, entry: EntryFacts, reason?: string): Preparation {
  const by = personBehind(entry);
  return {
    id: entry.id,
    digest,
    position,
    ...(reason !== undefined && { reason }),
    ...(by !== undefined && { by }),
  };
}

const { act, opening } = actsOf<AnnualReturn>();

export const publication = [
  opening('prepare-return', AnnualReturnPrepared, {
    judge: ({ year }, { id, today, profile }) => {
      demand(id === idFrom('return', profile.country, 'year', year), 'return-of-other-year', { year });
      demand(year < today.slice(0, 4), 'year-not-over', { year, today });
    },
    evolve: (data, entry) => ({ year: data.year, prepared: prepared(data, entry) }),
  }),

  act('revise-return', AnnualReturnRevised, {
    evolve: (state, data, entry) => ({ ...state, prepared: prepared(data, entry, data.reason) }),
  }),

  act('publish-return', AnnualReturnPublished, {
    admit: ({ preparation: id }, { prepared: latest, published }, entry) => {
      demand(published?.preparation !== latest.id, 'nothing-to-publish', { publishedOn: published?.on ?? null });
      named('latest figures of the return', [latest], id);
      bySecondPerson('the publication of the annual return', entry, [latest.by]);
    },
    evolve: (state, { preparation }, { occurredOn }) => ({ ...state, published: { preparation, on: occurredOn } }),
  }),
];
