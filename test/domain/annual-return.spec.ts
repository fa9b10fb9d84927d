import { idFrom } from '#domain';
import type { JsonObject } from '#domain';
import { entry } from './specification';
import { approver, officer, streamOf } from './stream-specification';
import type { StreamFact } from './stream-specification';

const given = streamOf('return');
const counter = { subject: 'annual-returns', agency: 'registry', role: 'process' };
const figures = { scheme: 1, year: '2024', undated: 0, figures: [] };
const computed = { position: 41, digest: 'ab'.repeat(32), figures };
const of2024 = { id: idFrom('return', 'IT', 'year', '2024'), computed };

const counting = { ...of2024, by: counter, source: { kind: 'process', name: 'annual-returns' } } as const;

const requested: StreamFact = { type: 'AnnualReturnRequested', on: '2025-03-01', data: { year: '2024' } };
const prepared: StreamFact = {
  type: 'AnnualReturnPrepared',
  on: '2025-03-01',
  data: { year: '2024', ...computed },
  by: counter,
  source: counting.source,
};
const published: StreamFact = {
  type: 'AnnualReturnPublished',
  on: '2025-04-01',
  data: { preparation: entry(1) },
  by: approver,
};
const again: StreamFact = {
  type: 'AnnualReturnRevisionRequested',
  on: '2025-09-01',
  data: { reason: 'Late entries' },
};
const revised: StreamFact = {
  type: 'AnnualReturnRevised',
  on: '2025-09-01',
  data: { reason: 'Late entries', ...computed, position: 80, digest: 'cd'.repeat(32) },
  by: counter,
  source: counting.source,
};
const publishing = (place: number): JsonObject => ({ preparation: entry(place) });

describe('the annual return of a year', () => {
  it('is asked for by an officer and counted by the registry: who asked is who prepared it', () => {
    given()
      .when('AnnualReturnRequested', '2025-03-01', { year: '2024' }, { id: of2024.id })
      .then(({ state }) => {
        expect(state).toMatchObject({ year: '2024', asked: { by: officer.subject } });
        expect(state?.prepared).toBeUndefined();
      });
    given(requested)
      .when('AnnualReturnPrepared', '2025-03-01', { year: '2024' }, counting)
      .then(({ state }) => {
        expect(state?.asked).toBeUndefined();
        expect(state?.prepared).toMatchObject({ position: 41, digest: computed.digest, by: officer.subject });
      });
  });

  it('takes no figures from whoever sends them', () => {
    const sent = { year: '2024', figures: { scheme: 1, year: '2024', undated: 0, figures: [{ item: 'seizures' }] } };
    given().when('AnnualReturnRequested', '2025-03-01', sent, { id: of2024.id }).thenRefused('malformed-entry');
    given(requested).when('AnnualReturnPrepared', '2025-03-01', sent, counting).thenRefused('malformed-entry');
    given(requested)
      .when('AnnualReturnPrepared', '2025-03-01', { year: '2024' }, of2024)
      .thenRefused('figures-are-counted');
  });

  it('writes down what was asked for, and once', () => {
    const revision = { reason: 'Late entries' };
    given(requested, prepared)
      .when('AnnualReturnPrepared', '2025-03-02', { year: '2024' }, counting)
      .thenRefused('figures-not-asked-for');
    given(requested).when('AnnualReturnRevised', '2025-03-02', revision, counting).thenRefused('figures-not-asked-for');
    given(requested, prepared, again)
      .when('AnnualReturnPrepared', '2025-09-02', { year: '2024' }, counting)
      .thenRefused('figures-not-asked-for');
  });

  it('is neither asked for again nor published while it is counted', () => {
    given(requested)
      .when('AnnualReturnRevisionRequested', '2025-03-02', { reason: 'r' }, { id: of2024.id })
      .thenRefused('return-being-counted', { year: '2024' });
    given(requested, prepared, again)
      .when('AnnualReturnPublished', '2025-09-02', publishing(1), { by: approver })
      .thenRefused('return-being-counted', { year: '2024' });
  });

  it('waits for the year to be over', () => {
    const year = '2026';
    given()
      .when('AnnualReturnRequested', '2026-01-01', { year }, { id: idFrom('return', 'IT', 'year', year) })
      .thenRefused('year-not-over', { year });
  });

  it('is one for each year', () => {
    given()
      .when('AnnualReturnRequested', '2025-03-01', { year: '2023' }, { id: of2024.id })
      .thenRefused('return-of-other-year', { year: '2023' });
    given(requested, prepared)
      .when('AnnualReturnRequested', '2025-03-01', { year: '2024' }, { id: of2024.id })
      .thenRefused('already-opened');
  });

  it('is published by a second person, and not by who asked for it (rule 6)', () => {
    const first = given(requested, prepared);
    first
      .when('AnnualReturnPublished', '2025-04-01', publishing(1), { by: approver })
      .then(({ state }) => expect(state?.published).toEqual({ preparation: entry(1), on: '2025-04-01' }));
    first.when('AnnualReturnPublished', '2025-04-01', publishing(1), { by: officer }).thenRefused('same-person');
    first
      .when('AnnualReturnPublished', '2025-04-01', publishing(1), { by: approver, source: counting.source })
      .thenRefused('second-person-needed');
  });

  it('is published once, until there are new figures and a reason for them', () => {
    given(requested, prepared, published)
      .when('AnnualReturnPublished', '2025-05-01', publishing(1), { by: approver })
      .thenRefused('nothing-to-publish', { publishedOn: '2025-04-01' });
    given(requested, prepared, published, again)
      .when('AnnualReturnRevised', '2025-09-01', { reason: 'Late entries' }, counting)
      .then(({ state }) => {
        expect(state?.prepared).toMatchObject({ reason: 'Late entries', by: officer.subject });
        expect(state?.published?.preparation).toBe(entry(1));
      });
    given(requested, prepared, published, again, revised)
      .when('AnnualReturnPublished', '2025-10-01', publishing(4), { by: approver })
      .then(({ state }) => expect(state?.published?.preparation).toBe(entry(4)));
  });

  it('is not published with figures that newer ones took the place of', () =>
    given(requested, prepared, again, revised)
      .when('AnnualReturnPublished', '2025-10-01', publishing(1), { by: approver })
      .thenRefused('no-such-reference'));

  it('goes on from logs in which an officer wrote the figures down at once', () =>
    given({ ...prepared, by: officer, source: { kind: 'api' } })
      .when('AnnualReturnPublished', '2025-04-01', publishing(0), { by: officer })
      .thenRefused('same-person'));
});
