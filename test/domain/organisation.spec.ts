import { officer, streamOf } from './stream-specification';

const given = streamOf('organisation');
const registered = {
  type: 'OrganisationRegistered',
  on: '2020-03-01',
  data: { kind: 'civil-society', name: 'Cooperativa Terra Buona' },
};

describe('an organisation', () => {
  it('is registered', () =>
    given()
      .when('OrganisationRegistered', '2020-03-01', registered.data)
      .then(({ state, revision }) => {
        expect(state).toMatchObject({ kind: 'civil-society', name: 'Cooperativa Terra Buona', registeredBy: officer });
        expect(revision).toBe(0);
      }));
  it('is not registered twice', () =>
    given(registered)
      .when('OrganisationRegistered', '2020-04-01', registered.data)
      .thenRefused('already-opened', { openedOn: '2020-03-01' }));
  it('must be registered first', () =>
    given().when('OrganisationDescribed', '2020-03-01', { name: 'Terra Buona' }).thenRefused('not-opened'));
  it('has no entry dated before its registration', () =>
    given(registered)
      .when('OrganisationDescribed', '2020-02-28', { name: 'Terra Buona' })
      .thenRefused('before-opening', { openedOn: '2020-03-01' }));
  it('has no entry dated in the future', () =>
    given(registered)
      .when('OrganisationDescribed', '2026-06-16', { name: 'Terra Buona' })
      .thenRefused('in-the-future', { today: '2026-06-15' }));
  it('may be described late, and keeps what was not said again', () =>
    given(registered)
      .when('OrganisationDescribed', '2021-01-01', { legalForm: 'social-cooperative' })
      .then(({ state }) =>
        expect(state).toMatchObject({ name: 'Cooperativa Terra Buona', legalForm: 'social-cooperative' }),
      ));
  it('keeps personal data out of public fields', () =>
    given(registered)
      .when('OrganisationDescribed', '2021-01-01', { aims: 'Ask mario@example.org' })
      .thenRefused('personal-data-in-public-field', { field: 'aims' }));
  it('may hold personal data in personal fields', () =>
    given(registered).when('OrganisationDescribed', '2021-01-01', { contact: 'mario@example.org' }).then());
});
