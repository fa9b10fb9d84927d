import { Type } from '@sinclair/typebox';
import { bySecondPerson, personBehind } from '../asset/four-eyes';
import { named } from '../asset/references';
import type { EntryFacts } from '../entry';
import { idFrom } from '../ids';
import { demand } from '../refusal';
import { defineEvent } from '../schema/definition';
import { computed, entryId, jsonValue, publicField, record, sha256, text } from '../schema/fields';
import { actsOf } from '../stream/act';
import type { AnnualReturn, Asked, Preparation } from './annual-return';

/**
 * One person asks for the return of a year, the registry counts it and writes the figures down, and another person publishes them (rule 6). Counting takes as long as the log is long:
 * that is why it is asked for by an entry, and not done while somebody waits.
 */

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

const year = () => publicField(Type.String({ pattern: '^(19|20)[0-9]{2}$', examples: ['2024'] }), 'The year.');
const reason = () => publicField(text(1000), 'Why, without personal data.');

export const AnnualReturnRequested = defineEvent('AnnualReturnRequested', {
  description: 'An officer asked for the figures of a year. The registry counts them and writes them down by itself.',
  source: SOURCE,
  data: record({ year: year() }),
});

export const AnnualReturnRevisionRequested = defineEvent('AnnualReturnRevisionRequested', {
  description:
    'An officer asked for the figures of the year to be counted anew, because what was written down or published is no longer what is known.',
  source: SOURCE,
  data: record({ reason: reason() }),
});

export const AnnualReturnPrepared = defineEvent('AnnualReturnPrepared', {
  description:
    'The figures of a year were computed from the log and written down, to be published by another person. The date of the entry is that of the day it is done.',
  source: SOURCE,
  data: record({
    year: year(),
    ...computedFields,
  }),
});

export const AnnualReturnRevised = defineEvent('AnnualReturnRevised', {
  description:
    'The figures of the year were computed anew, because what was written down or published is no longer what is known.',
  source: SOURCE,
  data: record({
    reason: reason(),
    ...computedFields,
  }),
});

export const AnnualReturnPublished = defineEvent('AnnualReturnPublished', {
  description: 'A second person published the figures that were prepared. They are frozen from now on.',
  source: SOURCE,
  data: record({ preparation: publicField(entryId(), 'The entry with the figures.') }),
});

type Computed = { readonly position: number; readonly digest: string };

/** Whoever asked for the figures is who prepared them: the registry only counts. */
function prepared(asked: Asked | undefined, { position, digest }: Computed, entry: EntryFacts): Preparation {
  const { by, reason } = asked ?? {};
  return {
    id: entry.id,
    digest,
    position,
    ...(reason !== undefined && { reason }),
    ...(by !== undefined && { by }),
  };
}

function askedBy(entry: EntryFacts, reason?: string): Asked {
  const by = personBehind(entry);
  return { id: entry.id, ...(reason !== undefined && { reason }), ...(by !== undefined && { by }) };
}

/** What is being counted is neither asked for a second time nor published as it was before. */
const notBeingCounted = ({ year, asked }: AnnualReturn): void =>
  demand(asked === undefined, 'return-being-counted', { year });

/** Figures are written down by the registry and nobody else, and only while they are asked for. */
function countedHere({ asked }: AnnualReturn, entry: EntryFacts, revised: boolean): void {
  demand(asked !== undefined && (asked.reason !== undefined) === revised, 'figures-not-asked-for');
  demand(personBehind(entry) === undefined, 'figures-are-counted');
}

const { act, opening } = actsOf<AnnualReturn>();

const writtenDown = act('write-down-return', AnnualReturnPrepared, {
  admit: (_, state, entry) => countedHere(state, entry, false),
});

export const publication = [
  opening('prepare-return', AnnualReturnRequested, {
    judge: ({ year }, { id, today, profile }) => {
      demand(id === idFrom('return', profile.country, 'year', year), 'return-of-other-year', { year });
      demand(year < today.slice(0, 4), 'year-not-over', { year, today });
    },
    evolve: ({ year }, entry) => ({ year, asked: askedBy(entry) }),
  }),

  {
    ...writtenDown,
    // Logs from before figures were asked for by an entry begin with this one.
    evolve: (state: AnnualReturn | undefined, data: Computed & { readonly year: string }, entry: EntryFacts) => ({
      ...settled(state),
      year: data.year,
      prepared: prepared(state ? state.asked : askedBy(entry), data, entry),
    }),
  },

  act('revise-return', AnnualReturnRevisionRequested, {
    admit: (_, state) => notBeingCounted(state),
    evolve: (state, { reason }, entry) => ({ ...state, asked: askedBy(entry, reason) }),
  }),

  act('write-down-revision', AnnualReturnRevised, {
    admit: (_, state, entry) => countedHere(state, entry, true),
    evolve: (state, data, entry) => ({
      ...settled(state),
      year: state.year,
      prepared: prepared(state.asked ?? askedBy(entry, data.reason), data, entry),
    }),
  }),

  act('publish-return', AnnualReturnPublished, {
    admit: ({ preparation: id }, state, entry) => {
      const { prepared: latest, published } = state;
      notBeingCounted(state);
      demand(latest !== undefined && published?.preparation !== latest.id, 'nothing-to-publish', {
        publishedOn: published?.on ?? null,
      });
      named('latest figures of the return', [latest], id);
      bySecondPerson('the publication of the annual return', entry, [latest.by]);
    },
    evolve: (state, { preparation }, { occurredOn }) => ({ ...state, published: { preparation, on: occurredOn } }),
  }),
];

/** Nothing is asked for any more. */
function settled(state: AnnualReturn | undefined): Omit<AnnualReturn, 'asked' | 'year'> {
  if (!state) return {};
  const { asked: _, year: __, ...rest } = state;
  return rest;
}
