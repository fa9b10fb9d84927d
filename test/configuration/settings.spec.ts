import { resolve } from 'node:path';
import { eventStoreSettingsFromEnv } from '#event-store';
import { readDatabaseSettingsFromEnv } from '#read-models';
import { portalSettingsFromEnv } from '../../apps/portal/settings';
import { settingsFromEnv } from '../../apps/standalone/settings';

describe('the settings of the whole system', () => {
  it('are all given when none is', () =>
    expect(settingsFromEnv({})).toMatchObject({
      where: { host: '127.0.0.1', port: 3000 },
      dataFolder: resolve('data'),
      profile: { code: 'IT' },
      actor: { subject: 'local-officer', agency: 'local', role: 'officer' },
      sample: true,
    }));

  it('follow the environment', () =>
    expect(
      settingsFromEnv({
        REGISTRY_HOST: '::1',
        REGISTRY_PORT: '0',
        REGISTRY_DATA: '/srv/registry',
        REGISTRY_PROFILE: 'generic',
        REGISTRY_OFFICER: 'officer-17',
        REGISTRY_AGENCY: 'ANBSC',
        REGISTRY_SAMPLE: 'off',
      }),
    ).toMatchObject({
      where: { host: '::1', port: 0 },
      dataFolder: resolve('/srv/registry'),
      profile: { code: 'generic' },
      actor: { subject: 'officer-17', agency: 'ANBSC' },
      sample: false,
    }));

  it.each([
    ['REGISTRY_PORT', '65536'],
    ['REGISTRY_PORT', '3000x'],
    ['REGISTRY_PORT', '-1'],
    ['REGISTRY_PORT', ''],
    ['REGISTRY_PROFILE', 'it'],
    ['REGISTRY_PROFILE', 'constructor'],
    ['REGISTRY_OFFICER', 'a b'],
    ['REGISTRY_AGENCY', ''],
    ['REGISTRY_SAMPLE', 'yes'],
  ])('never take %s=%j, and say which variable it is', (name, value) =>
    expect(() => settingsFromEnv({ [name]: value })).toThrow(name),
  );

  it.each(['0.0.0.0', '127.0.0.1.example.org'])('never listen on %s where nobody signs in', (host) =>
    expect(() => settingsFromEnv({ REGISTRY_HOST: host, REGISTRY_SIGN_IN: 'off' })).toThrow('REGISTRY_HOST'),
  );

  it('have people sign in unless told otherwise', () => {
    expect(settingsFromEnv({ REGISTRY_HOST: '0.0.0.0' }).door).toBeDefined();
    expect(settingsFromEnv({ REGISTRY_SIGN_IN: 'off' }).door).toBeUndefined();
  });

  it('know each variable of theirs, so that a misspelt one does not go unnoticed', () => {
    expect(() => settingsFromEnv({ REGISTRY_PROT: '80' })).toThrow(/REGISTRY_PROT is not a setting.*REGISTRY_PORT/);
    expect(() => settingsFromEnv({ PATH: '/bin', HOME: '/root' })).not.toThrow();
  });
});

describe('the settings of the portal', () => {
  it('are all given when none is', () =>
    expect(portalSettingsFromEnv({})).toMatchObject({
      where: { host: '127.0.0.1', port: 3001 },
      profile: { code: 'IT' },
    }));
  it.each([
    ['PORTAL_HOST', 'a b'],
    ['PORTAL_PORT', '99999'],
    ['OCDS_PREFIX', 'ocds-000'],
    ['OCDS_PREFIX', 'OCDS-A1B2C3'],
    ['OCDS_PREFIX', 'a1b2c3'],
    ['OCDS_PUBLISHER', '80000000000'],
    ['OCDS_PUBLISHER', 'IT-CF/'],
    ['OCDS_PREFIXES', 'ocds-a1b2c3'],
    ['REGISTRY_PROFILE', 'toString'],
  ])('never take %s=%j, and say which variable it is', (name, value) =>
    expect(() => portalSettingsFromEnv({ [name]: value })).toThrow(name),
  );
  it('name agencies beside those the profile knows', () => {
    const named = (names: string) => portalSettingsFromEnv({ REGISTRY_AGENCY_NAMES: names }).profile.agencies;
    const known = portalSettingsFromEnv({}).profile.agencies;
    expect(named('')).toEqual(known);
    expect(named('MEF=Ministero dell’economia; CT=Comune di Catania')).toEqual({
      ...known,
      MEF: 'Ministero dell’economia',
      CT: 'Comune di Catania',
    });
    for (const wrong of ['CT', 'CT=', '=Comune', 'CT=Comune;', 'a b=Comune', 'CT=a=b', 'CT=a\nb'])
      expect(() => named(wrong)).toThrow(/REGISTRY_AGENCY_NAMES is .*such as MEF=/s);
  });
  it('take a registered prefix and publisher, or neither', () => {
    const { terms } = portalSettingsFromEnv({ OCDS_PREFIX: 'ocds-a1b2c3', OCDS_PUBLISHER: 'IT-CF/80000000000' });
    expect(terms).toMatchObject({ ocdsPrefix: 'ocds-a1b2c3', publisherId: { scheme: 'IT-CF', uid: '80000000000' } });
    const said = portalSettingsFromEnv({
      PORTAL_SOURCE_CODE: 'https://code.example/registry',
      PORTAL_CONTACT: 'help@example.org',
    });
    expect(said.terms).toMatchObject({
      sourceCode: 'https://code.example/registry',
      contact: 'mailto:help@example.org',
    });
    for (const wrong of [{ PORTAL_SOURCE_CODE: 'javascript:alert(1)' }, { PORTAL_CONTACT: 'javascript:alert(1)' }])
      expect(() => portalSettingsFromEnv(wrong)).toThrow(Object.keys(wrong)[0]);
    expect(Object.keys(portalSettingsFromEnv({}).terms).sort()).toEqual(['licence', 'publisher']);
  });

  it('know each variable of theirs', () =>
    expect(() => portalSettingsFromEnv({ PORTAL_PROT: '80' })).toThrow(/PORTAL_PROT is not a setting.*PORTAL_PORT/));
});

describe('where the log and the read models lie', () => {
  it('is in the data folder unless something else is said', () => {
    expect(eventStoreSettingsFromEnv({}, '/srv')).toEqual({ kind: 'embedded', path: resolve('/srv/events.sqlite') });
    expect(readDatabaseSettingsFromEnv({}, '/srv')).toEqual({ kind: 'sqlite', path: '/srv/read-models.sqlite' });
  });
  it('is said by one variable for each kind', () => {
    expect(eventStoreSettingsFromEnv({ EVENT_STORE_PATH: '/log' }, '/srv')).toMatchObject({ path: resolve('/log') });
    expect(readDatabaseSettingsFromEnv({ READ_DATABASE_PATH: '/read' }, '/srv')).toMatchObject({ path: '/read' });
    const url = 'postgres://somebody@host/registry';
    const settings = { READ_DATABASE: 'postgres', READ_DATABASE_URL: url };
    expect(readDatabaseSettingsFromEnv(settings, '/srv')).toEqual({ kind: 'postgres', url });
  });
  it.each([
    ['EVENT_STORE', { EVENT_STORE: 'sqlite' }],
    ['EVENT_STORE_PATH', { EVENT_STORE_PATH: '' }],
    ['EVENTSTOREDB_URL', { EVENT_STORE: 'eventstoredb' }],
  ])('is refused with the name of %s', (name, env) =>
    expect(() => eventStoreSettingsFromEnv(env, '/srv')).toThrow(name),
  );
  it.each([
    ['READ_DATABASE', { READ_DATABASE: 'mysql' }],
    ['READ_DATABASE_URL', { READ_DATABASE: 'postgres' }],
    ['READ_DATABASE_URL', { READ_DATABASE: 'postgres', READ_DATABASE_URL: 'mysql://host/db' }],
  ])('is refused with the name of %s for the read models', (name, env) =>
    expect(() => readDatabaseSettingsFromEnv(env, '/srv')).toThrow(name),
  );
});
