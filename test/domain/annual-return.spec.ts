import { idFrom } from '#domain';
import type { JsonObject } from '#domain';
import { entry } from './specification';
import { approver, officer, streamOf } from './stream-specification';
import type { StreamFact } from './stream-specification';

const given = streamOf('return');
const figures = { scheme: 1, year: '2024', undated: 0, figures: [] };
const computed = { position: 41, digest: 'ab'.repeat(32), figures };
const of2024 = { id: idFrom('return', 'IT', 'year', '2024'), computed };

const prepared: StreamFact = { type: 'AnnualReturnPrepared', on: '2025-03-01', data: { year: '2024', ...computed } };
const published: StreamFact = {
  type: 'AnnualReturnPublished',
  on: '2025-04-01',
  data: { preparation: entry(0) },
  by: approver,
};
const revised: StreamFact = {
  type: 'AnnualReturnRevised',
  on: '2025-09-01',
  data: { reason: 'Late entries', ...computed, position: 80, digest: 'cd'.repeat(32) },
};
const publishing = (place: number): JsonObject => ({ preparation: entry(place) });

describe('the annual return of a year', () => {
  it('is prepared with figures that the registry computed', () =>
    given()
      .when('AnnualReturnPrepared', '2025-03-01', { year: '2024' }, of2024)
      .then(({ state }) =>
        expect(state).toMatchObject({
          year: '2024',
          prepared: { position: 41, digest: computed.digest, by: officer.subject },
        }),
      ));

  it('takes no figures from whoever sends it', () => {
    const sent = { year: '2024', figures: { scheme: 1, year: '2024', undated: 0, figures: [{ item: 'seizures' }] } };
    given().when('AnnualReturnPrepared', '2025-03-01', sent, of2024).thenRefused('malformed-entry');
    given(prepared)
      .when('AnnualReturnRevised', '2025-09-01', { reason: 'r', position: 3 }, of2024)
      .thenRefused('malformed-entry');
  });

  it('waits for the year to be over', () => {
    const year = '2026';
    given()
      .when('AnnualReturnPrepared', '2026-01-01', { year }, { ...of2024, id: idFrom('return', 'IT', 'year', year) })
      .thenRefused('year-not-over', { year });
  });

  it('is one for each year', () => {
    given()
      .when('AnnualReturnPrepared', '2025-03-01', { year: '2023' }, of2024)
      .thenRefused('return-of-other-year', { year: '2023' });
    given(prepared).when('AnnualReturnPrepared', '2025-03-01', { year: '2024' }, of2024).thenRefused('already-opened');
  });

  it('is published by a second person (rule 6)', () => {
    given(prepared)
      .when('AnnualReturnPublished', '2025-04-01', publishing(0), { by: approver })
      .then(({ state }) => expect(state?.published).toEqual({ preparation: entry(0), on: '2025-04-01' }));
    given(prepared).when('AnnualReturnPublished', '2025-04-01', publishing(0), { by: officer }).thenRefused('same-person');
    given(prepared)
      .when('AnnualReturnPublished', '2025-04-01', publishing(0), { by: approver, source: { kind: 'process', name: 'p' } })
      .thenRefused('second-person-needed');
  }); // prettier-ignore

  it('is published once, until there are new figures and a reason for them', () => {
    given(prepared, published)
      .when('AnnualReturnPublished', '2025-05-01', publishing(0), { by: approver })
      .thenRefused('nothing-to-publish', { publishedOn: '2025-04-01' });
    given(prepared, published)
      .when('AnnualReturnRevised', '2025-09-01', { reason: 'Late entries' }, of2024)
      .then(({ state }) => {
        expect(state?.prepared).toMatchObject({ reason: 'Late entries' });
        expect(state?.published?.preparation).toBe(entry(0));
      });
    given(prepared, published, revised)
      .when('AnnualReturnPublished', '2025-10-01', publishing(2), { by: approver })
      .then(({ state }) => expect(state?.published?.preparation).toBe(entry(2)));
  });

  it('is not published with figures that newer ones took the place of', () =>
    given(prepared, revised)
      .when('AnnualReturnPublished', '2025-10-01', publishing(0), { by: approver })
      .thenRefused('no-such-reference'));
});
