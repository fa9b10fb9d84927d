import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSignIn, signInSettingsFromEnv } from '#access';
import type { SignIn } from '#access';
import { startProgram } from '../child-process';
import { CountingHasher, HERE, NumberedAccounts, PASSWORD, codeOf } from './sign-in';

// Each run is a process of its own, compiled as it starts.
jest.setTimeout(120_000);

describe('npm run sign-in, beside the running registry', () => {
  let folder: string;
  let signIn: SignIn;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'rescue-'));
    const options = { accounts: new NumberedAccounts(), secure: false, hasher: new CountingHasher() };
    signIn = await openSignIn(signInSettingsFromEnv({}, folder), options);
    await signIn.setUp.begin(signIn.setUpToken!, { name: 'Maria', userName: 'maria', password: PASSWORD });
  });
  afterEach(async () => {
    await signIn.close();
    await rm(folder, { recursive: true });
  });

  const run = (...args: readonly string[]) => runIn(folder, ...args);
  const runIn = (data: string, ...args: readonly string[]) =>
    startProgram('apps/registry/sign-in-main.ts', args, {
      env: {
        REGISTRY_DATA: data,
        REGISTRY_PUBLIC_URL: 'https://registry.example',
        OPENID_ISSUER: 'https://id.example',
        OPENID_CLIENT_ID: 'x',
        OPENID_CLIENT_SECRET: 'x',
      },
    }).exit;

  it('lets the last administrator in again who lost password and phone', async () => {
    const secret = await signIn.own.proposeSecondFactor('account-1');
    const holder = { account: 'account-1', token: 'x', by: 'password', browser: '' } as const;
    await signIn.own.enrolSecondFactor(holder, codeOf(secret, Date.now()));
    const [invited, reset] = [await run('invite', 'Maria'), await run('reset-second-factor', 'maria')];
    expect([invited.code, reset.code]).toEqual([0, 0]);
    const token = /https:\/\/registry\.example\/invitation\?token=([\w-]{43})/.exec(invited.output)![1]!;
    const next = 'quattro lune e un fiume';
    expect((await signIn.administration.accept(token, next, '')).kind).toBe('accepted');
    expect((await signIn.signingIn.withPassword('maria', next, HERE)).kind).toBe('signed-in');
  });

  it('shuts out, and links', async () => {
    expect(await signIn.sessions.ofAccount('account-1')).toHaveLength(1);
    expect((await run('shut-out', 'account-1')).code).toBe(0);
    expect(await signIn.sessions.ofAccount('account-1')).toEqual([]);
    expect((await run('link', 'maria', 's-1')).output).toBe('s-1 at https://id.example signs in as account-1.');
    expect(await signIn.externalIdentities.accountOf({ issuer: 'https://id.example', subject: 's-1' })).toBe(
      'account-1',
    );
    await run('await-email', 'account-7', 'luca@example.org');
    const luca = { issuer: 'https://id.example', subject: 's-2', verifiedEmail: 'luca@example.org' };
    expect(await signIn.externalIdentities.accountOf(luca)).toBe('account-7');
  });

  it('makes no database in a folder that is not the registry’s', async () => {
    const { code, errors } = await runIn(join(folder, 'elsewhere'), 'invite', 'maria');
    expect([code, existsSync(join(folder, 'elsewhere'))]).toEqual([1, false]);
    expect(errors).toMatch(/^There is no access database at .*REGISTRY_DATA/);
  });

  it('says in a sentence whom it does not know', async () => {
    const { code, errors } = await run('invite', 'nobody');
    expect(code).toBe(1);
    expect(errors).toBe('Nobody signs in here as "nobody", and no account with a password has that id.\n');
  });
});
