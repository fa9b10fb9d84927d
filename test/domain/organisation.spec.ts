import { approver, officer, streamOf } from './stream-specification';

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

describe('Rule 5: an organisation is verified before it is given an asset', () => {
  const declaration = { basis: 'office', owners: 2, names: ['Anna Verdi', 'Luca Neri'] };
  const declared = { type: 'BeneficialOwnersDeclared', on: '2020-04-01', data: declaration };
  const checks = { checks: ['identity', 'beneficial-owners'] };
  const verified = { type: 'OrganisationVerified', on: '2020-05-01', data: checks, by: approver };
  const verify = (...facts: Parameters<typeof given>) => given(...facts).when('OrganisationVerified', today, checks, { by: approver }); // prettier-ignore
  const today = '2026-06-15';

  it('after it declared its beneficial owners', () => {
    verify(registered, declared).then(({ state }) =>
      expect(state).toMatchObject({ verified: { on: today }, beneficialOwners: { owners: 2 } }),
    );
    verify(registered).thenRefused('owners-not-declared');
  });
  it('unless it belongs to nobody', () =>
    verify({ ...registered, data: { kind: 'public-authority', name: 'Comune di Palermo' } }).then());
  it('by another person than those who recorded what is verified (rule 6)', () => {
    given(registered, declared).when('OrganisationVerified', today, checks).thenRefused('same-person');
    verify(registered, { ...declared, by: approver }).thenRefused('same-person');
    const renamed = { type: 'OrganisationDescribed', on: '2020-04-02', data: { name: 'Terra' }, by: approver };
    verify(registered, declared, renamed).thenRefused('same-person');
  });
  it('and anew when it is another one, or others own it', () => {
    given(registered, declared, verified)
      .when('OrganisationDescribed', today, { identifiers: [{ scheme: 'it-runts', id: '1' }] })
      .then(({ state }) => expect(state?.verified).toBeUndefined());
    given(registered, declared, verified)
      .when('BeneficialOwnersDeclared', today, { basis: 'ownership', owners: 1 })
      .then(({ state }) => expect(state?.verified).toBeUndefined());
    given(registered, declared, verified)
      .when('OrganisationDescribed', today, { aims: 'Work for all.' })
      .then(({ state }) => expect(state?.verified).toEqual({ on: '2020-05-01' }));
  });

  it.each([
    [{ owners: 3, shares: [33.34, 33.33, 33.33] }],
    [{ owners: 3, shares: [100 / 3, 100 / 3, 100 / 3] }],
    [{ owners: 5, shares: [30, 25.5], names: [] }],
  ])('declares owners that fit together: %j', (owners) =>
    given(registered)
      .when('BeneficialOwnersDeclared', today, { basis: 'ownership', ...owners })
      .then(),
  );
  it.each([
    [{ owners: 3, shares: [33.34, 33.34, 33.33] }],
    [{ owners: 1, shares: [50, 50] }],
    [{ owners: 1, names: ['Anna Verdi', 'Luca Neri'] }],
  ])('declares none that do not: %j', (owners) =>
    given(registered)
      .when('BeneficialOwnersDeclared', today, { basis: 'ownership', ...owners })
      .thenRefused('owners-inconsistent'),
  );

  const suspended = { type: 'OrganisationSuspended', on: '2021-01-01', data: { reason: 'declaration-missing' } };
  it('is suspended and reinstated in turns', () => {
    given(registered, declared, verified)
      .when('OrganisationSuspended', today, { reason: 'exclusion-ground' })
      .then(({ state }) => expect(state?.suspended).toEqual({ on: today, reason: 'exclusion-ground' }));
    given(registered, suspended)
      .when('OrganisationSuspended', today, { reason: 'other' })
      .thenRefused('already-suspended', { suspendedOn: '2021-01-01' });
    given(registered, suspended)
      .when('OrganisationReinstated', today)
      .then(({ state }) => expect(state?.suspended).toBeUndefined());
    given(registered).when('OrganisationReinstated', today).thenRefused('not-suspended');
  });
});
