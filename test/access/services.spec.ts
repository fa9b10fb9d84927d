import { PASSWORD_LENGTH, PasswordHasher } from '#access';
import type { SignIn } from '#access';
import { onBothDatabases } from '../read-models/databases';
import { HERE, HOUR, MINUTE, PASSWORD, aWorld, codeOf, emptied, enrolled, maria } from './sign-in';
import type { World } from './sign-in';

onBothDatabases((fresh) => {
  const empty = emptied(fresh);
  let world: World;
  beforeEach(async () => {
    world = await aWorld(empty);
  });
  afterEach(() => world.signIn.close());
  const cookie = (token: string) => ({ headers: { cookie: `registry-session=${token}` } });

  describe('the first run', () => {
    it('makes the first administrator of whoever brings the token, once', async () => {
      const session = await maria(world);
      expect(session).toMatchObject({ account: 'account-1', stage: 'open', by: 'set-up' });
      expect(world.accounts.opened).toEqual([{ name: 'Maria Rossi', userName: 'maria' }]);
      const again = { name: 'Eve', userName: 'eve', password: PASSWORD };
      expect(await world.signIn.setUp.begin(world.signIn.setUpToken!, again)).toEqual({ kind: 'no-such-token' });
      expect(world.accounts.opened).toHaveLength(1);
    });

    it('makes one of several who come at once', async () => {
      const both = ['anna', 'bruno', 'carla'].map((userName) =>
        world.signIn.setUp.begin(world.signIn.setUpToken!, { name: 'Somebody', userName, password: PASSWORD }),
      );
      const kinds = (await Promise.all(both)).map(({ kind }) => kind).sort();
      expect(kinds).toEqual(['no-such-token', 'no-such-token', 'signed-in']);
      expect(world.accounts.opened).toHaveLength(1);
    });

    it('keeps the token while the data are wrong', async () => {
      const begin = (more: object) =>
        world.signIn.setUp.begin(world.signIn.setUpToken!, {
          name: 'Maria',
          userName: 'maria',
          password: PASSWORD,
          ...more,
        });
      expect(await begin({ password: 'short' })).toEqual({ kind: 'bad-password', fault: 'too-short' });
      expect(await begin({ userName: 'm' })).toEqual({ kind: 'bad-user-name' });
      expect(await begin({ name: '<b>' })).toEqual({ kind: 'bad-name' });
      expect((await begin({})).kind).toBe('signed-in');
    });

    it('keeps the token where the account cannot be opened, or the log knows another administrator', async () => {
      const begin = () =>
        world.signIn.setUp.begin(world.signIn.setUpToken!, { name: 'Maria', userName: 'maria', password: PASSWORD });
      world.accounts.fails = true;
      await expect(begin()).rejects.toThrow('The log is full.');
      world.accounts.fails = false;
      world.accounts.knows = 'giulia';
      expect(await begin()).toEqual({ kind: 'administrator-exists' });
      world.accounts.knows = undefined;
      expect((await begin()).kind).toBe('signed-in');
    });

    it('offers a new token at the next start while nobody can sign in, and none afterwards', async () => {
      const second = await world.again();
      expect(second.setUpToken).not.toBe(world.signIn.setUpToken);
      expect(await world.signIn.setUp.isOffered(world.signIn.setUpToken!)).toBe(false);
      const person = { name: 'Maria', userName: 'maria', password: PASSWORD };
      expect((await second.setUp.begin(second.setUpToken!, person)).kind).toBe('signed-in');
      await second.close();
      const third = await world.again();
      expect(third.setUpToken).toBeUndefined();
      await third.close();
    });
  });

  describe('signing in with a password', () => {
    beforeEach(() => maria(world));

    it('takes the right one, however its letters and the name were typed', async () => {
      const change = await world.signIn.own.changePassword(
        { ...(await signedIn()), browser: '' },
        PASSWORD,
        'perché è così lontano'.normalize('NFD'),
      );
      expect(change.kind).toBe('changed');
      const step = await world.signIn.signingIn.withPassword(' MARIA ', 'perché è così lontano'.normalize('NFC'), HERE);
      expect(step.kind).toBe('signed-in');
    });

    it('tells a stranger from a wrong password neither by answer nor by work', async () => {
      const outcomes = [];
      for (const name of ['maria', 'nobody', 'not a name', '']) {
        const before = world.hasher.compared;
        const answer = await world.signIn.signingIn.withPassword(name, 'wrong password here', HERE);
        outcomes.push({ answer, work: world.hasher.compared - before });
      }
      expect(new Set(outcomes.map((each) => JSON.stringify(each)))).toEqual(
        new Set([JSON.stringify({ answer: { kind: 'wrong' }, work: 1 })]),
      );
    });

    it.each(['maria', 'nobody'])('makes guesses at %s wait, from however many addresses they come', async (name) => {
      const guess = (n: number) =>
        world.signIn.signingIn.withPassword(name, `guess number ${n}`, { address: `198.51.100.${n}` });
      const kinds = [];
      for (let n = 1; n <= 8; n += 1) kinds.push((await guess(n)).kind);
      expect(kinds).toEqual(['wrong', 'wrong', 'wrong', 'wrong', 'wrong', 'wait', 'wait', 'wait']);
      const compared = world.hasher.compared;
      expect(await guess(9)).toEqual({ kind: 'wait', waitUntil: world.now() + 30_000 });
      expect(world.hasher.compared).toBe(compared);
      world.later(30_000);
      expect((await guess(10)).kind).toBe('wrong');
      expect(await guess(11)).toEqual({ kind: 'wait', waitUntil: world.now() + 60_000 });
      world.later(29_000);
      expect((await guess(12)).kind).toBe('wait');
    });

    it('counts guesses made at once like guesses made in a row', async () => {
      const guesses = Array.from({ length: 40 }, (_, n) =>
        world.signIn.signingIn.withPassword('maria', `guess ${n}`, { address: `198.51.100.${n}` }),
      );
      const wrong = (await Promise.all(guesses)).filter(({ kind }) => kind === 'wrong');
      expect(wrong).toHaveLength(5);
    });

    it('makes an address wait that guesses at many names, and frees it for nobody’s own account', async () => {
      const at = (name: string, password: string) =>
        world.signIn.signingIn.withPassword(name, password, { address: '203.0.113.9' });
      for (let n = 1; n < 30; n += 1) {
        expect((await at(`name${n}`, 'guess')).kind).toBe('wrong');
        if (n % 10 === 0) expect((await at('maria', PASSWORD)).kind).toBe('signed-in');
      }
      expect((await at('name30', 'guess')).kind).toBe('wrong');
      expect((await at('name31', 'guess')).kind).toBe('wait');
      expect((await world.signIn.signingIn.withPassword('maria', PASSWORD, HERE)).kind).toBe('signed-in');
    });

    it('hashes anew when more work is asked for than at the time', async () => {
      const stronger = await world.again(new PasswordHasher({ memoryCost: 32, timeCost: 2, parallelism: 1 }));
      expect((await stronger.signingIn.withPassword('maria', PASSWORD, HERE)).kind).toBe('signed-in');
      await stronger.close();
      expect((await world.signIn.signingIn.withPassword('maria', PASSWORD, HERE)).kind).toBe('signed-in');
      const weaker = new PasswordHasher({ memoryCost: 64, timeCost: 2, parallelism: 1 });
      const [{ password_hash: hash }] = (await rows('credentials')) as [{ password_hash: string }];
      expect(hash).toContain('m=32,t=2,p=1');
      expect(weaker.isOutdated(hash)).toBe(true);
    });

    it('ends the session this browser had before', async () => {
      const before = await signedIn();
      const step = await world.signIn.signingIn.withPassword('maria', PASSWORD, HERE, before.token);
      expect(step.kind).toBe('signed-in');
      expect(await world.signIn.sessions.of(before.token, 'open')).toBeUndefined();
    });
  });

  describe('the second factor', () => {
    it('is asked for after the password, and only both sign in', async () => {
      const { secret } = await enrolled(world, await maria(world));
      world.later(MINUTE);
      const half = await firstStep();
      expect(await world.signIn.identification.identify(cookie(half.token))).toBeUndefined();
      const code = codeOf(secret, world.now());
      const step = await world.signIn.signingIn.withCode(half.token, `${code.slice(0, 3)} ${code.slice(3)}`, HERE);
      if (step.kind !== 'signed-in') throw new Error(step.kind);
      expect(step.session.token).not.toBe(half.token);
      expect(await world.signIn.identification.identify(cookie(step.session.token))).toEqual({
        account: 'account-1',
        by: 'session',
        secondFactor: true,
      });
      expect(await world.signIn.identification.identify(cookie(half.token))).toBeUndefined();
    });

    it('is not taken from a proposal of long ago', async () => {
      const session = await maria(world);
      const secret = await world.signIn.own.proposeSecondFactor(session.account);
      world.later(15 * MINUTE);
      expect(await world.signIn.own.proposedSecondFactor(session.account)).toBeUndefined();
      expect(await world.signIn.own.enrolSecondFactor(session, codeOf(secret, world.now()))).toBeUndefined();
    });

    it('takes a code once, also from two browsers at once', async () => {
      const { secret } = await enrolled(world, await maria(world));
      world.later(MINUTE);
      const halves = [await firstStep(), await firstStep(), await firstStep()];
      const code = codeOf(secret, world.now());
      const steps = await Promise.all(halves.map(({ token }) => world.signIn.signingIn.withCode(token, code, HERE)));
      expect(steps.map(({ kind }) => kind).sort()).toEqual(['signed-in', 'wrong', 'wrong']);
    });

    it('takes not the code with which it was enrolled', async () => {
      const { secret } = await enrolled(world, await maria(world));
      const half = await firstStep();
      const step = await world.signIn.signingIn.withCode(half.token, codeOf(secret, world.now()), HERE);
      expect(step.kind).toBe('wrong');
    });

    it.each([
      [-2, 'wrong'],
      [-1, 'signed-in'],
      [0, 'signed-in'],
      [1, 'signed-in'],
      [2, 'wrong'],
    ])('takes the code of a clock %i steps off: %s', async (steps, kind) => {
      const { secret } = await enrolled(world, await maria(world));
      world.later(5 * MINUTE);
      const half = await firstStep();
      const code = codeOf(secret, world.now() + steps * 30_000);
      expect((await world.signIn.signingIn.withCode(half.token, code, HERE)).kind).toBe(kind);
    });

    it('cannot be guessed: attempts wait, also through new first steps', async () => {
      await enrolled(world, await maria(world));
      const kinds = [];
      for (let n = 0; n < 7; n += 1) {
        const half = await firstStep();
        kinds.push((await world.signIn.signingIn.withCode(half.token, '000000', HERE)).kind);
      }
      expect(kinds.slice(5)).toEqual(['wait', 'wait']);
    });

    it('may be replaced by a recovery code, once', async () => {
      const { codes } = await enrolled(world, await maria(world));
      expect(codes).toHaveLength(10);
      const step = await world.signIn.signingIn.withCode((await firstStep()).token, codes[0]!.toUpperCase(), HERE);
      expect(step).toMatchObject({ kind: 'signed-in', recoveryCodesLeft: 9 });
      const again = await world.signIn.signingIn.withCode((await firstStep()).token, codes[0]!, HERE);
      expect(again.kind).toBe('wrong');
      await world.signIn.own.renewRecoveryCodes('account-1');
      const old = await world.signIn.signingIn.withCode((await firstStep()).token, codes[1]!, HERE);
      expect(old.kind).toBe('wrong');
    });

    it('must come soon after the password', async () => {
      const { secret } = await enrolled(world, await maria(world));
      const half = await firstStep();
      world.later(10 * MINUTE);
      const step = await world.signIn.signingIn.withCode(half.token, codeOf(secret, world.now()), HERE);
      expect(step.kind).toBe('ended');
    });

    it('is no longer asked for after an administrator has reset it', async () => {
      const session = await maria(world);
      const { codes } = await enrolled(world, session);
      await world.signIn.administration.resetSecondFactor('account-1');
      expect(await world.signIn.sessions.of(session.token, 'open')).toBeUndefined();
      const step = await world.signIn.signingIn.withPassword('maria', PASSWORD, HERE);
      expect(step.kind).toBe('signed-in');
      expect(await rows('recovery_codes')).toEqual([]);
      expect(codes).toHaveLength(10);
    });

    it('lies in the database as ciphertext that only its own account opens', async () => {
      const { secret } = await enrolled(world, await maria(world));
      const [row] = (await rows('credentials')) as [{ totp_secret: string }];
      expect(JSON.stringify(row)).not.toContain(secret);
      expect(world.signIn.key.open(row.totp_secret, 'totp', 'account-1')).toBe(secret);
      expect(world.signIn.key.open(row.totp_secret, 'totp', 'account-2')).toBeUndefined();
    });
  });

  describe('a session', () => {
    it('ends half an hour after the last request, and after twelve hours at any rate', async () => {
      const { token } = await maria(world);
      const alive = async (): Promise<boolean> =>
        (await world.signIn.identification.identify(cookie(token))) !== undefined;
      for (let passed = 0; passed < 12 * HOUR - 25 * MINUTE; passed += 25 * MINUTE) {
        expect(await alive()).toBe(true);
        world.later(25 * MINUTE);
      }
      world.later(25 * MINUTE);
      expect(await alive()).toBe(false);
      const second = await signedIn();
      world.later(30 * MINUTE);
      expect(await world.signIn.identification.identify(cookie(second.token))).toBeUndefined();
    });

    it('is kept as a digest alone', async () => {
      const { token } = await maria(world);
      expect(JSON.stringify(await rows('sessions'))).not.toContain(token);
    });

    it('ends everywhere', async () => {
      const one = await maria(world);
      const other = await signedIn();
      await world.signIn.sessions.endAll('account-1', other.token);
      expect(await world.signIn.sessions.of(one.token, 'open')).toBeUndefined();
      expect(await world.signIn.sessions.ofAccount('account-1')).toMatchObject([{ id: other.id }]);
      await world.signIn.sessions.endAll('account-1');
      expect(await world.signIn.sessions.ofAccount('account-1')).toEqual([]);
    });

    it('ends elsewhere when the password changes', async () => {
      const one = await maria(world);
      const other = await signedIn();
      const change = await world.signIn.own.changePassword({ ...one, browser: '' }, PASSWORD, 'tre gatti e una porta');
      expect(change.kind).toBe('changed');
      expect(await world.signIn.sessions.of(other.token, 'open')).toBeUndefined();
      expect((await world.signIn.sessions.of(one.token, 'open'))?.id).toBe(one.id);
    });

    it('of two cookies with its name counts neither', async () => {
      const { token } = await maria(world);
      const headers = { cookie: `registry-session=${token}; registry-session=planted` };
      expect(await world.signIn.identification.identify({ headers })).toBeUndefined();
    });
  });

  describe('changing the password', () => {
    const change = async (present: string, next: string) => {
      const holder = { ...(await signedIn()), browser: '' };
      return world.signIn.own.changePassword(holder, present, next);
    };
    beforeEach(() => maria(world));

    it('needs the present one, and counts wrong ones', async () => {
      const kinds = [];
      for (let n = 0; n < 6; n += 1) kinds.push((await change('not the present one', PASSWORD)).kind);
      expect(kinds).toEqual(['wrong', 'wrong', 'wrong', 'wrong', 'wrong', 'wrong']);
      const holder = { account: 'account-1', token: 'x', by: 'password', browser: '' } as const;
      for (let n = 0; n < 5; n += 1) await world.signIn.own.changePassword(holder, 'wrong', PASSWORD);
      expect((await world.signIn.own.changePassword(holder, PASSWORD, 'due lune sopra il mare')).kind).toBe('wait');
    });

    it.each([
      ['a'.repeat(PASSWORD_LENGTH.least - 1), 'too-short'],
      ['lunga '.repeat(30), 'too-long'],
      ['Password123!', 'too-common'],
      ['juventusjuventus', 'too-common'],
      ['aaaaaaaaaaaaaa', 'too-common'],
      ['qwertyuiopasdfg', 'too-common'],
      ['98765432109876', 'too-common'],
      ['ciao sono maria', 'holds-user-name'],
    ])('refuses %s: %s', async (password, fault) => {
      expect(await change(PASSWORD, password)).toEqual({ kind: 'refused', fault });
    });
  });

  describe('an API token', () => {
    const bearer = (secret: string) => ({ headers: { authorization: `Bearer ${secret}` } });
    const make = (signIn = world.signIn) => made(signIn, { name: 'script', scopes: ['read', 'record'], days: 30 });

    it('identifies with its scopes until it ends or is revoked', async () => {
      const token = await make();
      expect(token.secret).toMatch(/^srr_[\w-]{43}$/);
      const identified = { account: 'account-1', by: 'token', scopes: ['read', 'record'], token: token.id };
      expect(await world.signIn.identification.identify(bearer(token.secret))).toEqual(identified);
      world.later(29 * 24 * HOUR);
      expect(await world.signIn.identification.identify(bearer(token.secret))).toEqual(identified);
      world.later(24 * HOUR);
      expect(await world.signIn.identification.identify(bearer(token.secret))).toBeUndefined();
      const other = await make();
      await world.signIn.apiTokens.revoke('account-2', other.id);
      expect(await world.signIn.identification.identify(bearer(other.secret))).toBeDefined();
      await world.signIn.apiTokens.revoke('account-1', other.id);
      expect(await world.signIn.identification.identify(bearer(other.secret))).toBeUndefined();
    });

    it('is asked about once for a request, however many guards want to know', async () => {
      const { id, secret } = await make();
      const request = bearer(secret);
      const [first, second] = await Promise.all([1, 2].map(() => world.signIn.identification.identify(request)));
      expect(second).toBe(first);
      await world.signIn.apiTokens.revoke('account-1', id);
      expect(await world.signIn.identification.identify(request)).toBe(first);
      expect(await world.signIn.identification.identify(bearer(secret))).toBeUndefined();
    });

    it('is kept as a digest alone', async () => {
      const { secret } = await make();
      expect(JSON.stringify(await rows('api_tokens'))).not.toContain(secret.slice(4));
    });

    it('is told of before it works, is none where that is refused, and is told of when it is revoked', async () => {
      const told: unknown[] = [];
      let takes = true;
      const signIn = await world.again(undefined, {
        issued: async (account, { label, scopes }, by) => (told.push(['issued', account, label, scopes, by]), takes),
        revoked: async (account) => (told.push(['revoked', account]), true),
      });
      const { id } = await make(signIn);
      await signIn.apiTokens.revoke('account-1', id);
      await signIn.apiTokens.revoke('account-1', id);
      expect(told).toEqual([
        ['issued', 'account-1', 'script', ['read', 'record'], 'account-1'],
        ['revoked', 'account-1'],
      ]);
      await signIn.apiTokens.make('account-1', { name: 'x', scopes: [], days: 1 }, 'account-2');
      expect(told.at(-1)).toEqual(['issued', 'account-1', 'x', [], 'account-2']);
      takes = false;
      expect(await signIn.apiTokens.make('account-1', { name: 'x', scopes: [], days: 1 })).toBe('refused');
      expect(await signIn.apiTokens.ofAccount('account-1')).toHaveLength(2);
      await signIn.close();
    });

    it('that is wrong is not made up for by a session', async () => {
      const { token } = await maria(world);
      const headers = { authorization: 'Bearer srr_wrong', cookie: `registry-session=${token}` };
      expect(await world.signIn.identification.identify({ headers })).toBeUndefined();
    });
  });

  describe('an invitation', () => {
    const invite = async (account = 'account-7', userName = 'luca@example.org') => {
      const outcome = await world.signIn.administration.invite(account, userName);
      if (outcome.kind !== 'invited') throw new Error(outcome.kind);
      return outcome.token;
    };
    const accept = (token: string) => world.signIn.administration.accept(token, PASSWORD, 'Test');

    it('lets its holder choose a password, once and within a week', async () => {
      await maria(world);
      const token = await invite();
      expect(await world.signIn.administration.invitedBy(token)).toBe('luca@example.org');
      expect(await world.signIn.administration.accept(token, 'short', '')).toMatchObject({ kind: 'bad-password' });
      expect(await accept(token)).toMatchObject({ kind: 'accepted', session: { account: 'account-7' } });
      expect(await accept(token)).toEqual({ kind: 'no-such-token' });
      expect((await world.signIn.signingIn.withPassword('luca@example.org', PASSWORD, HERE)).kind).toBe('signed-in');
      const late = await invite();
      world.later(7 * 24 * HOUR);
      expect(await accept(late)).toEqual({ kind: 'no-such-token' });
    });

    it('signs nobody in who has a second factor', async () => {
      await enrolled(world, await maria(world));
      expect(await accept(await invite('account-1', 'maria'))).toEqual({ kind: 'accepted' });
    });

    it('takes nobody’s user name', async () => {
      await maria(world);
      expect(await world.signIn.administration.invite('account-7', 'MARIA')).toEqual({ kind: 'user-name-taken' });
      expect(await world.signIn.administration.invite('account-7', 'mаria')).toEqual({ kind: 'bad-user-name' });
    });

    it('ends with everything else when the account is shut out', async () => {
      const { token: session } = await maria(world);
      const { secret } = await made(world.signIn, { name: 'x', scopes: [], days: 1 });
      const token = await invite('account-1', 'maria');
      await world.signIn.administration.shutOut('account-1');
      expect(await accept(token)).toEqual({ kind: 'no-such-token' });
      expect(await world.signIn.sessions.of(session, 'open')).toBeUndefined();
      expect(await world.signIn.apiTokens.of(secret)).toBeUndefined();
    });
  });

  describe('an identity at a provider', () => {
    const issuer = 'https://id.example';
    const proof = { issuer, subject: 's-1', verifiedEmail: 'Luca@Example.org' };
    const of = (more: object = {}) => world.signIn.externalIdentities.accountOf({ ...proof, ...more });

    it('is nobody’s account until an administrator links it', async () => {
      expect(await of()).toBeUndefined();
      await world.signIn.externalIdentities.link(issuer, 's-1', 'account-7');
      expect(await of()).toBe('account-7');
      expect(await of({ subject: 's-2' })).toBeUndefined();
      expect(await of({ issuer: 'https://other.example' })).toBeUndefined();
    });

    it('is the account an administrator opened for it', async () => {
      world.accounts.identities.set('s-1', 'account-9');
      expect(await of()).toBe('account-9');
      expect(await of({ subject: 's-2' })).toBeUndefined();
    });

    it('may be awaited by its verified e-mail address, once', async () => {
      await world.signIn.externalIdentities.awaitEmail(issuer, 'luca@example.org', 'account-7');
      expect(await world.signIn.externalIdentities.accountOf({ issuer, subject: 's-1' })).toBeUndefined();
      const both = await Promise.all([of(), of({ subject: 's-2' })]);
      expect(both.filter(Boolean)).toEqual(['account-7']);
      expect(await of({ subject: 's-3' })).toBeUndefined();
    });
  });

  async function made(signIn: SignIn, wanted: Parameters<SignIn['apiTokens']['make']>[1]) {
    const token = await signIn.apiTokens.make('account-1', wanted);
    if (typeof token === 'string') throw new Error(token);
    return token;
  }

  async function signedIn() {
    const step = await world.signIn.signingIn.withPassword('maria', PASSWORD, HERE);
    if (step.kind !== 'signed-in') throw new Error(step.kind);
    return step.session;
  }

  async function firstStep() {
    const step = await world.signIn.signingIn.withPassword('maria', PASSWORD, HERE);
    if (step.kind !== 'code-needed') throw new Error(step.kind);
    return step.session;
  }

  const rows = (table: string): Promise<unknown[]> => world.rows(table);
});
