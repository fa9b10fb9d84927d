import type { JsonObject } from '#domain';
import { accountOf, as, byAdministrator, granted, opened } from './accounts';
import { by, entry, fact, given } from './specification';
import { approver, officer, streamOf } from './stream-specification';
import type { StreamFact } from './stream-specification';

const today = '2026-06-15';
const erasing = (place: number): JsonObject => ({
  entry: entry(place),
  erasureGround: 'consent-withdrawn',
  reason: 'The person asked for it',
});

describe('the erasure of personal data in a dossier', () => {
  const seized = fact('AssetSeized', '2015-03-12', { kind: 'real-estate', title: 'Villa', formerHolder: 'Somebody' });
  const described = fact('AssetDescribed', '2016-01-01', { title: 'Villa Rosa' });
  const appointed = fact('AdministratorAppointed', '2016-02-01', { name: 'Rosa Bianchi', authority: { name: 'Court', kind: 'court' } });
  const erased = by('approver-4', fact('DossierDataErased', '2026-05-01', erasing(0)));

  it('takes them out of the history and leaves the rest', () =>
    given(seized, described)
      .as('approver-4')
      .when('DossierDataErased', today, erasing(0))
      .then('seized', ({ history, asset }) => {
        expect(JSON.stringify(history)).not.toContain('Somebody');
        expect(history[0]).toMatchObject({ erased: ['formerHolder'], data: { title: 'Villa' } });
        expect(asset?.description.title).toBe('Villa Rosa');
      }));
  it('is decided by another person than the one who recorded them', () => {
    given(seized).when('DossierDataErased', today, erasing(0)).thenRefused('same-person');
    given(seized)
      .when('DossierDataErased', today, erasing(0), { kind: 'api' })
      .thenRefused('same-person');
    given(seized)
      .as('approver-4')
      .when('DossierDataErased', today, erasing(0), { kind: 'process', name: 'retention' })
      .thenRefused('second-person-needed');
  });
  it('names an entry that holds some', () => {
    given(seized, described).as('approver-4').when('DossierDataErased', today, erasing(1)).thenRefused('no-such-personal-data');
    given(seized).as('approver-4').when('DossierDataErased', today, erasing(7)).thenRefused('no-such-personal-data');
  });
  it('happens once', () =>
    given(seized, erased).as('approver-5').when('DossierDataErased', today, erasing(0)).thenRefused('already-erased'));
  it('cannot reach what was recorded under no key', () =>
    given({ ...seized, unsealed: true }).as('approver-4').when('DossierDataErased', today, erasing(0)).thenRefused('not-sealed', { entry: entry(0) }));
  it('reaches an entry that was annulled: it still lies in the log', () =>
    given(seized, appointed, by('approver-4', fact('EntryAnnulled', '2026-05-01', { entry: entry(1), reason: 'Wrong dossier.' })))
      .as('approver-4')
      .when('DossierDataErased', today, erasing(1))
      .then('seized'));
  it('leaves an entry that can be corrected, without what it must have had', () =>
    given(seized, appointed, by('approver-4', fact('DossierDataErased', '2026-05-01', erasing(1))))
      .when('EntryCorrected', today, { entry: entry(1), field: 'occurredOn', value: '2016-03-01', reason: 'Typed wrong.' })
      .then('seized', ({ history }) => expect(history[1]).toMatchObject({ occurredOn: '2016-03-01', erased: ['name'] })));
  it('leaves a history that can be judged again', () =>
    given(seized, appointed, erased)
      .when('AssetDescribed', '2015-06-01', { title: 'Villa Blu' })
      .then('seized'));
}); // prettier-ignore

describe('the erasure of a contribution', () => {
  const given = streamOf('dialogue');
  const asked: StreamFact = {
    type: 'QuestionAsked',
    on: '2026-05-01',
    data: { kind: 'question', report: 'register', addressedTo: 'ANBSC', text: 'Why?', askerName: 'Mario Rossi' },
  };
  const erased: StreamFact = { type: 'ThreadDataErased', on: '2026-05-02', data: erasing(0), by: approver };

  it('forgets what was written', () =>
    given(asked)
      .when('ThreadDataErased', today, erasing(0), { by: approver })
      .then(({ state }) => expect(state).toMatchObject({ text: undefined, photos: [], addressedTo: 'ANBSC' })));
  it('leaves nothing that could be published', () => {
    given(asked, erased)
      .when('ThreadModerated', today, { outcome: 'published', reason: 'in-order', text: 'Why?' }, { by: approver })
      .thenRefused('moderation-alters');
    given(asked, erased)
      .when('ThreadModerated', today, { outcome: 'partly-redacted', reason: 'personal-data', text: '[…]' }, { by: approver })
      .thenRefused('moderation-alters');
    given(asked, erased)
      .when('ThreadModerated', today, { outcome: 'withheld', reason: 'personal-data' }, { by: approver })
      .then();
  }); // prettier-ignore
});

describe('the erasure of a member', () => {
  const given = streamOf('group');
  const formed: StreamFact = { type: 'GroupFormed', on: '2025-01-01', data: { name: 'G', aims: 'A', quorumPercent: 50 } };
  const scholar: StreamFact = { type: 'MemberAdmitted', on: '2025-02-01', data: { represents: 'academia', person: 'Luca Verdi' } };

  it('leaves a member who is known by the entry alone', () =>
    given(formed, scholar)
      .when('GroupDataErased', today, erasing(1), { by: approver })
      .then(({ state }) => {
        expect(JSON.stringify(state)).not.toContain('Luca');
        expect(state?.memberships).toMatchObject([{ id: entry(1), represents: 'academia' }]);
      }));
}); // prettier-ignore

describe('the erasure of names in a call and of an organisation', () => {
  it('is possible where there are some', () => {
    const registered: StreamFact = {
      type: 'OrganisationRegistered',
      on: '2025-01-01',
      data: { kind: 'civil-society', name: 'Libera Terra', representative: 'Rosa Bianchi' },
    };
    streamOf('organisation')(registered).when('OrganisationDataErased', today, erasing(0), { by: approver }).then();
    streamOf('call')().when('CallDataErased', today, erasing(0), { by: approver }).thenRefused('not-opened');
  });
});

describe('the erasure of an account', () => {
  const given = streamOf('account');
  const other = as(accountOf('another one', opened(), granted('administrator')), 'administrator');
  const closed: StreamFact = { type: 'AccountClosed', on: '2026-02-01', data: { reason: 'Retired' } };
  const read: StreamFact = { type: 'RestrictedDataRead', on: '2026-01-05', data: { what: 'list:accounts', filter: 'Rossi', purpose: 'Audit' } };
  const erased: StreamFact = { type: 'AccountDataErased', on: '2026-03-01', data: erasing(0), by: officer };

  it('waits until it is closed', () => {
    given(opened()).when('AccountDataErased', today, erasing(0), byAdministrator).thenRefused('account-open');
    given(opened(), closed).when('AccountDataErased', today, erasing(0), byAdministrator).then();
  });
  it('is done by an administrator', () =>
    given(opened(), closed).when('AccountDataErased', today, erasing(0), { by: officer }).thenRefused('administrator-needed'));
  it('takes the whole person at once', () => {
    const token: StreamFact = { type: 'AccessTokenIssued', on: '2026-01-02', data: { token: 'tok_12345678', label: 'Mine', scopes: ['record'], until: '2027-01-01' } };
    given(opened(), token, closed, erased).when('AccountDataErased', today, erasing(1), other).thenRefused('already-erased');
  });
  it('leaves what somebody else is named in, which is erased by itself', () => {
    given(opened(), read, closed, erased).when('AccountDataErased', today, erasing(1), other).then();
    given(opened(), read).when('AccountDataErased', today, erasing(1), other).then();
  });
}); // prettier-ignore
