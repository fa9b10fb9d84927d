import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSignIn } from '#access';
import type { Accounts, FirstPerson, SignIn } from '#access';
import { openEmbeddedLog } from '#event-store';
import type { EventStore } from '#event-store';
import { aFact, someMetadata } from '../event-store/facts';
import { CountingHasher, PASSWORD } from './sign-in';

/** Keeps the first administrator's account as an event, under an id that follows from the user name. */
class AccountsInLog implements Accounts {
  constructor(private readonly store: EventStore) {}

  async openFirstAdministrator({ userName }: FirstPerson): Promise<string> {
    const digest = createHash('sha256').update(userName).digest('hex');
    const account = digest.slice(0, 12);
    const id = `${digest.slice(0, 8)}-${digest.slice(8, 12)}-4${digest.slice(13, 16)}-8${digest.slice(17, 20)}-${account}`;
    const actor = { subject: 'set-up', agency: 'local', role: 'set-up' };
    const opened = aFact({ id, type: 'AccountOpened', data: { userName }, metadata: someMetadata({ actor }) });
    // The same id at the same place is the same event: a repeat writes nothing.
    await this.store.append(`account-${account}`, [opened], 'no-stream');
    return account;
  }
}

describe('the first administrator in a real log', () => {
  let folder: string;
  let store: EventStore;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'accounts-'));
    store = openEmbeddedLog(join(folder, 'events.sqlite'));
  });
  afterEach(async () => {
    await store.close();
    await rm(folder, { recursive: true });
  });

  const open = (name: string): Promise<SignIn> =>
    openSignIn(
      { database: { kind: 'sqlite', path: join(folder, name) }, key: { hex: '5'.repeat(64) } },
      { accounts: new AccountsInLog(store), secure: false, hasher: new CountingHasher() },
    );
  const setUp = async (signIn: SignIn) => {
    const outcome = await signIn.setUp.begin(signIn.setUpToken!, {
      name: 'Maria',
      userName: ' Maria ',
      password: PASSWORD,
    });
    return outcome.kind === 'signed-in' ? outcome.session.account : outcome.kind;
  };

  it('is one event, and the same account when the access database was lost', async () => {
    const first = await open('access.sqlite');
    const account = await setUp(first);
    await first.close();
    expect(await store.readStream(`account-${account}`)).toMatchObject([
      { type: 'AccountOpened', data: { userName: 'maria' } },
    ]);
    const anew = await open('made-anew.sqlite');
    expect(await setUp(anew)).toBe(account);
    await anew.close();
    expect(await store.count()).toBe(1);
  });

  it('takes the token again when the log could not be written', async () => {
    const signIn = await open('access.sqlite');
    await store.close();
    await expect(setUp(signIn)).rejects.toThrow();
    expect(await signIn.setUp.isOffered(signIn.setUpToken!)).toBe(true);
    await signIn.close();
  });
});
