import { chmodSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AccessError, openSignIn, ownPath, signInSettingsFromEnv } from '#access';
import type { SignInSettings } from '#access';
import { setUpNotice } from '../../apps/registry/sign-in/set-up-notice';
import { publicSettingsFromEnv } from '../../apps/registry/sign-in/settings';
import { NumberedAccounts } from './sign-in';

describe('the settings of sign-in', () => {
  it('need nothing on one machine', () =>
    expect(signInSettingsFromEnv({}, '/srv')).toEqual({
      database: { kind: 'sqlite', path: '/srv/access.sqlite' },
      key: { file: '/srv/access.key' },
    }));

  it('name a PostgreSQL database, a key and a provider', () => {
    const env = {
      ACCESS_DATABASE: 'postgres',
      ACCESS_DATABASE_URL: 'postgres://a:b@db/access',
      ACCESS_KEY: 'ab'.repeat(32),
      OPENID_ISSUER: 'https://id.example/realm',
      OPENID_CLIENT_ID: 'registry',
      OPENID_CLIENT_SECRET: 'secret',
    };
    expect(signInSettingsFromEnv(env, '/srv')).toEqual({
      database: { kind: 'postgres', url: 'postgres://a:b@db/access' },
      key: { hex: 'ab'.repeat(32) },
      openId: {
        issuer: new URL('https://id.example/realm'),
        clientId: 'registry',
        clientSecret: 'secret',
        name: 'id.example',
      },
    });
  });

  it.each([
    [{ ACCESS_DATABASE: 'mysql' }, /^ACCESS_DATABASE is "mysql"/],
    [{ ACCESS_DATABASE: 'postgres' }, /^ACCESS_DATABASE_URL must/],
    [{ ACCESS_KEY: 'short' }, /^ACCESS_KEY must be 64 hexadecimal digits/],
    [{ OPENID_CLIENT_ID: 'x' }, /^OPENID_CLIENT_ID is given without OPENID_ISSUER/],
    [{ OPENID_ISSUER: 'http://id.example' }, /^OPENID_ISSUER must be an https/],
    [{ OPENID_ISSUER: 'https://id.example' }, /^OPENID_CLIENT_ID is missing/],
    [{ OPENID_ISSUER: 'https://id.example', OPENID_CLIENT_ID: 'x' }, /^OPENID_CLIENT_SECRET is missing/],
  ])('say of %j what is wrong', (env, message) => {
    expect(() => signInSettingsFromEnv(env, '/srv')).toThrow(AccessError);
    expect(() => signInSettingsFromEnv(env, '/srv')).toThrow(message);
  });

  it.each([
    [{}, { trustedProxies: [] }],
    [
      { REGISTRY_PUBLIC_URL: 'https://registry.example' },
      { publicUrl: 'https://registry.example', trustedProxies: [] },
    ],
    [{ REGISTRY_PUBLIC_URL: 'http://127.0.0.1:3000' }, { publicUrl: 'http://127.0.0.1:3000', trustedProxies: [] }],
    [{ REGISTRY_TRUSTED_PROXIES: '10.0.0.0/8, ::1' }, { trustedProxies: ['10.0.0.0/8', '::1'] }],
  ])('read %j', (env, settings) => expect(publicSettingsFromEnv(env)).toEqual(settings));

  it.each([
    { REGISTRY_PUBLIC_URL: 'http://registry.example' },
    { REGISTRY_PUBLIC_URL: 'https://registry.example/path' },
    { REGISTRY_TRUSTED_PROXIES: 'proxy' },
    { REGISTRY_TRUSTED_PROXIES: '10.0.0.0/33' },
    { REGISTRY_TRUSTED_PROXIES: '0.0.0.0/0' },
  ])('refuse %j', (env) => expect(() => publicSettingsFromEnv(env)).toThrow(Object.keys(env)[0]));

  it('print the link of the first run, and nothing later', () => {
    expect(setUpNotice({ setUpToken: 'abc' }, 'http://localhost:3000')[1]).toContain(
      'http://localhost:3000/set-up?token=abc',
    );
    expect(setUpNotice({}, 'http://localhost:3000')).toEqual([]);
  });
});

describe('the first start', () => {
  let folder: string;
  let settings: SignInSettings;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'access-'));
    settings = signInSettingsFromEnv({}, join(folder, 'data'));
  });
  afterEach(() => rm(folder, { recursive: true }));
  const open = () => openSignIn(settings, { accounts: new NumberedAccounts(), secure: false });
  const inData = (name: string) => join(folder, 'data', name);

  it('makes key and database for this user alone, and keeps the key', async () => {
    await (await open()).close();
    const key = readFileSync(inData('access.key'), 'utf8');
    expect(key).toMatch(/^[0-9a-f]{64}\n$/);
    for (const name of ['access.key', 'access.sqlite']) expect(statSync(inData(name)).mode & 0o777).toBe(0o600);
    await (await open()).close();
    expect(readFileSync(inData('access.key'), 'utf8')).toBe(key);
  });

  it('refuses a key that others can read, and says how to mend it', async () => {
    await (await open()).close();
    chmodSync(inData('access.key'), 0o644);
    await expect(open()).rejects.toThrow(/can be read by other users. Run: chmod 600/);
  });

  it('refuses a file that is no key', async () => {
    await (await open()).close();
    writeFileSync(inData('access.key'), 'not a key');
    await expect(open()).rejects.toThrow(/is not 64 hexadecimal digits/);
  });

  it('says why a database cannot be opened, without its password', async () => {
    settings = { ...settings, database: { kind: 'postgres', url: 'postgres://a:secret-word@127.0.0.1:9/x' } };
    await expect(open()).rejects.toThrow(/ACCESS_DATABASE_URL\) cannot be opened: (?!.*secret-word)/);
  });
});

describe('a path to go on to', () => {
  it.each(['/', '/en/account', '/en/assets?q=a&phase=seized', '/en/assets?q=%2F%2F'])('may be %s', (path) =>
    expect(ownPath(path)).toBe(path),
  );

  it.each([
    undefined,
    '',
    'x',
    '//a',
    '/\\a',
    '\\/a',
    'https://a',
    '/a\n',
    '/\u2028',
    '/./\\a',
    '/..//a',
    `/${'a'.repeat(2000)}`,
  ])('may not be %j', (path) => expect(ownPath(path)).toBeUndefined());
});
