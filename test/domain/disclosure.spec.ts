import { createHash } from 'node:crypto';
import {
  CLASSIFICATION,
  OPENS,
  assetEvents,
  decide,
  emptyDossier,
  events,
  evolve,
  generic,
  italy,
  openingOf,
  partSalt,
  profiles,
  publicFrom,
} from '#domain';
import type { Profile } from '#domain';
import { transferred } from './given-estate';
import { by, circumstances, entry, fact, given, imported, recorded } from './specification';

/** An Italy whose delays hold for all that was ever recorded. */
const profile: Profile = {
  ...italy,
  publicationDelays: { 'MonitoringVisitRecorded.note': { days: 365, source: 'Law', since: '2020-01-01' } },
};
const today = '2026-06-15';
const salt = Buffer.alloc(32, 7).toString('base64url');
const clock = { kind: 'process', name: 'publication' } as const;

const visited = (recordedAt: string, more = {}) => ({
  ...fact(
    'MonitoringVisitRecorded',
    '2019-01-05',
    { found: 'in-use', note: 'The cellar is let to others.', ...more },
    recordedAt,
  ),
  salt,
});
const visit = visited('2026-01-10T09:00:00.000Z');
const old = visited('2025-06-15T09:00:00.000Z');
const discharged = fact('AdministratorDischarged', '2018-06-01', { reason: 'removed', note: 'Bills were not paid.' });
const sheltered = fact('AssetDescribed', '2019-06-01', { title: 'Villa', protectedAddress: 'Via Segreta 1' });
const publishing = (place: number, field = 'note') => ({ entry: entry(place), field, reason: 'The inquiry is over.' });
const estate = transferred.length;
const described = [...transferred, sheltered];

describe('a closed field', () => {
  it('is published by a second person, with what was recorded and the salt it was committed to with', () =>
    given(...transferred, visit)
      .as('approver-4')
      .when('FieldDisclosed', today, publishing(estate))
      .then('transferred', ({ history }) => {
        const { data } = history.at(-1)!;
        expect(data).toEqual({ ...publishing(estate), value: visit.data.note, salt: Buffer.from(partSalt(salt, 'data.note')!).toString('base64url') });
      }));
  it('is not published by who recorded it, nor by an import', () => {
    given(...transferred, visit).when('FieldDisclosed', today, publishing(estate)).thenRefused('same-person');
    given(...transferred, visit)
      .as('approver-4')
      .when('FieldDisclosed', today, publishing(estate), { kind: 'import', file: 'beni.csv', row: 1, digest: 'ab' })
      .thenRefused('second-person-needed');
  });
  it('that came from an import may be published by any one person', () =>
    given(...transferred, imported(visit)).when('FieldDisclosed', today, publishing(estate)).then('transferred'));
  it('is published as it was recorded: nobody says what it says', () =>
    given(...transferred, visit)
      .as('approver-4')
      .when('FieldDisclosed', today, { ...publishing(estate), value: 'All is well.' })
      .thenRefused('malformed-entry', { errors: [{ pointer: '/value' }] }));
  it('is published once', () =>
    given(...transferred, visit, by('approver-4', fact('FieldDisclosed', today, { ...publishing(estate), value: visit.data.note as string })))
      .as('approver-5')
      .when('FieldDisclosed', today, publishing(estate))
      .thenRefused('already-disclosed', { disclosedOn: today }));
  it('has to be there', () => {
    const empty = fact('MonitoringVisitRecorded', '2019-01-05', { found: 'in-use' });
    given(...transferred, empty).as('approver-4').when('FieldDisclosed', today, publishing(estate)).thenRefused('no-such-withheld-field');
    given(...transferred, visit).as('approver-4').when('FieldDisclosed', today, publishing(estate, 'found')).thenRefused('no-such-withheld-field');
    given(...transferred, visit).as('approver-4').when('FieldDisclosed', today, publishing(estate, 'constructor')).thenRefused('no-such-withheld-field');
    given(...transferred, visit).as('approver-4').when('FieldDisclosed', today, publishing(40)).thenRefused('no-such-entry');
  });
  it('that protects somebody is never published, by whomever and however old', () => {
    given(...described).as('approver-4').when('FieldDisclosed', today, publishing(estate, 'protectedAddress')).thenRefused('field-never-opens');
    given(...described).when('FieldDisclosed', today, publishing(estate, 'protectedAddress'), clock).thenRefused('field-never-opens');
  });
  it('that is personal is never published', () => {
    const seized = fact('AssetSeized', '2015-03-12', { kind: 'company', formerHolder: 'Ada Rossi' });
    given(seized).as('approver-4').when('FieldDisclosed', today, publishing(0, 'formerHolder')).thenRefused('field-never-opens');
  });
  it('that holds what looks like personal data is not published', () =>
    given(...transferred, visited('2026-01-10T09:00:00.000Z', { note: 'Ask ada.rossi@example.org.' }))
      .as('approver-4')
      .when('FieldDisclosed', today, publishing(estate))
      .thenRefused('personal-data-in-public-field', { field: 'note' }));
  it('is not published before it was recorded', () =>
    given(...transferred, visit)
      .as('approver-4')
      .when('FieldDisclosed', '2026-01-09', publishing(estate))
      .thenRefused('disclosed-before-recorded', { recordedOn: '2026-01-10' }));
  it('may be published after the asset left the system', () =>
    given(...transferred, visit, fact('AssetReturnedToOwner', '2026-02-01', { act: {} }))
      .as('approver-4')
      .when('FieldDisclosed', today, publishing(estate))
      .then('returned'));
}); // prettier-ignore

describe('the calendar', () => {
  const asked = (on: string, now: string, said = old) =>
    given(...transferred, said)
      .under({ profile, now })
      .when('FieldDisclosed', on, publishing(estate), clock);
  it('opens a field on the day its time has passed, counted from the day on which it was recorded where the authority sits', () => {
    asked('2026-06-15', '2026-06-14T22:00:00.000Z').then('transferred');
    asked('2026-06-14', '2026-06-14T21:59:59.999Z').thenRefused('delay-not-passed', { publicFrom: '2026-06-15' });
    asked('2026-06-14', '2026-06-15T10:00:00.000Z').thenRefused('delay-not-passed');
    asked('2026-06-14', '2026-06-14T10:00:00.000Z', visited('2025-06-13T22:30:00.000Z')).then('transferred');
  });
  it('never counts from when it happened: a visit of years ago, entered late, waits as long', () =>
    asked('2026-06-15', '2026-06-15T10:00:00.000Z', visit).thenRefused('delay-not-passed', {
      publicFrom: '2027-01-10',
    }));
  it('opens nothing that waits for a decision, nor where the jurisdiction sets no time, nor what was written under another promise', () => {
    given(...transferred.slice(0, 3), discharged)
      .under({ profile })
      .when('FieldDisclosed', today, publishing(3), clock)
      .thenRefused('second-person-needed');
    const without = { ...profile, publicationDelays: {} };
    given(...transferred, old)
      .under({ profile: without })
      .when('FieldDisclosed', today, publishing(estate), clock)
      .thenRefused('second-person-needed');
    asked('2026-06-15', '2026-06-15T10:00:00.000Z', visited('2019-12-31T22:59:00.000Z')).thenRefused(
      'second-person-needed',
    );
  });
});

describe('a published field', () => {
  const published = by(
    'approver-4',
    fact('FieldDisclosed', '2026-05-01', { ...publishing(estate), value: visit.data.note as string }),
  );
  it('stays published when its entry is annulled', () =>
    given(...transferred, visit, published)
      .as('approver-4')
      .when('EntryAnnulled', today, { entry: entry(estate), reason: 'Another asset.' })
      .then('transferred', ({ history }) => expect(history.at(-1)?.type).toBe('FieldDisclosed')));
  it('cannot be corrected into another one, nor into an earlier one; its reason can', () => {
    const correcting = (field: string, value: string) =>
      given(...transferred, visit, published).when('EntryCorrected', today, {
        entry: entry(estate + 1),
        field,
        value,
        reason: 'Typed wrong.',
      });
    for (const [field, value] of [['value', 'Other'], ['salt', 'A'.repeat(43)], ['field', 'found'], ['occurredOn', '2026-04-01']] as const)
      correcting(field, value).thenRefused('correction-of-fixed-field');
    correcting('reason', 'The inquiry ended.').then('transferred');
  }); // prettier-ignore
  it('may be published again when its publication was annulled', () =>
    given(
      ...transferred,
      visit,
      published,
      by('approver-5', fact('EntryAnnulled', '2026-05-02', { entry: entry(estate + 1), reason: 'Too early.' })),
    )
      .as('approver-4')
      .when('FieldDisclosed', today, publishing(estate))
      .then('transferred'));
});

describe('the value that is published', () => {
  it('is the one that was committed to, and no other opens the commitment', () => {
    const dossier = [...transferred, visit].map(recorded).reduce(evolve, emptyDossier);
    const command = { name: 'disclose-field', occurredOn: today, data: publishing(estate) };
    const decision = decide(
      command,
      dossier,
      circumstances({ actor: { subject: 'approver-4', agency: 'ANBSC', role: 'approver' } }),
    );
    if (decision.kind !== 'accepted') throw new Error('It was refused.');
    const { value, salt: opening } = decision.events[0]!.data as { value: string; salt: string };
    const digest = (text: string) =>
      createHash('sha256').update(Buffer.from(opening, 'base64url')).update(JSON.stringify(text)).digest('hex');
    const committed = createHash('sha256')
      .update(partSalt(salt, 'data.note')!)
      .update(JSON.stringify(visit.data.note))
      .digest('hex');
    expect(digest(value)).toBe(committed);
    expect(digest('Another note.')).not.toBe(committed);
  });
});

describe('what the schemas say of closed fields', () => {
  const closed = [...events.values()].flatMap(({ definition, stream }) =>
    Object.entries(definition.data.properties).map(([field, schema]) => ({ definition, stream, field, schema })),
  );
  it('is said for every restricted field and for no other', () => {
    for (const { definition, field, schema } of closed)
      expect([definition.type, field, ['never', 'by-decision', 'by-delay'].includes(schema[OPENS] as string)]).toEqual([
        definition.type,
        field,
        schema[CLASSIFICATION] === 'restricted',
      ]);
  });
  it('opens nothing where no entry can publish it', () => {
    const opening = closed.filter(({ definition, field }) => !['never', undefined].includes(openingOf(definition, field)));
    expect(opening.length).toBeGreaterThan(5);
    expect(opening.filter(({ stream }) => stream !== 'asset')).toEqual([]);
    // What the back office offers is tried with this name alone (possible.ts).
    expect(new Set(opening.map(({ field }) => field))).toEqual(new Set(['note']));
  }); // prettier-ignore
  it.each(Object.values(profiles))('is what the delays of $code name', ({ publicationDelays }) => {
    for (const [name, { days, source }] of Object.entries(publicationDelays)) {
      const [type = '', field = ''] = name.split('.');
      expect([name, openingOf(assetEvents.get(type)?.definition, field)]).toEqual([name, 'by-delay']);
      expect([days > 0, source]).toEqual([true, expect.stringMatching(/\S/)]);
    }
  });
  it('gives no day to a field that never opens, whatever a profile says', () => {
    const careless = { ...generic, publicationDelays: { 'AssetDescribed.protectedAddress': { days: 1, source: 'x', since: '2000-01-01' } } };
    expect(publicFrom(assetEvents.get('AssetDescribed')?.definition, 'protectedAddress', '2020-01-01T00:00:00.000Z', careless)).toBeUndefined();
  }); // prettier-ignore
});
