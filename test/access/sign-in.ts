import Database from 'better-sqlite3';
import { TOTP } from 'otpauth';
import { Client } from 'pg';
import { PasswordHasher, openSignIn } from '#access';
import type { Accounts, FirstPerson, SignIn, SignInSettings, TokenRegister } from '#access';
import type { FreshDatabase } from '../read-models/databases';

export const PASSWORD = 'un cavallo blu legge piano';
export const HERE = { address: '192.0.2.1', browser: 'Test' };
export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;

/** Hashes for little, and counts how often it compares. */
export class CountingHasher extends PasswordHasher {
  compared = 0;

  constructor(cost = { memoryCost: 16, timeCost: 1, parallelism: 1 }) {
    super(cost);
  }

  protected override matches(stored: string, password: string): Promise<boolean> {
    this.compared += 1;
    return super.matches(stored, password);
  }
}

/** Gives accounts numbers, in the order in which they are opened. */
export class NumberedAccounts implements Accounts {
  readonly opened: { readonly name: string; readonly userName: string }[] = [];

  /** Cannot open any at the moment. */
  fails = false;
  /** Knows an administrator of this user name, and opens no other. */
  knows: string | undefined;

  /** Accounts opened for somebody at a provider, by subject. */
  readonly identities = new Map<string, string>();

  async ofIdentity(_issuer: string, subject: string): Promise<string | undefined> {
    return this.identities.get(subject);
  }

  async openFirstAdministrator(person: FirstPerson): Promise<string | undefined> {
    if (this.fails) throw new Error('The log is full.');
    if (this.knows !== undefined && this.knows !== person.userName) return undefined;
    this.opened.push(person);
    return `account-${this.opened.length}`;
  }
}

export interface World {
  readonly signIn: SignIn;
  readonly hasher: CountingHasher;
  readonly accounts: NumberedAccounts;
  /** Lets time pass. */
  later(milliseconds: number): void;
  readonly now: () => number;
  /** The same database, opened again as after a new start. */
  again(hasher?: PasswordHasher, tokenRegister?: TokenRegister): Promise<SignIn>;
  /** What lies in a table, as whoever stole the database would see it. */
  rows(table: string): Promise<unknown[]>;
}

/** Sign-in over an empty database, with a clock that stands still until told otherwise. */
export async function aWorld(fresh: FreshDatabase): Promise<World> {
  const settings: SignInSettings = { database: await fresh(), key: { hex: '5'.repeat(64) } };
  let time = Date.UTC(2026, 0, 15, 9, 0, 0);
  const clock = (): number => time;
  const hasher = new CountingHasher();
  const accounts = new NumberedAccounts();
  const open = (other: PasswordHasher = hasher, tokenRegister?: TokenRegister): Promise<SignIn> =>
    openSignIn(settings, { accounts, secure: false, clock, hasher: other, ...(tokenRegister && { tokenRegister }) });
  return {
    signIn: await open(),
    hasher,
    accounts,
    later: (milliseconds) => (time += milliseconds),
    now: clock,
    again: open,
    rows: (table) => stolen(settings.database, table),
  };
}

/** The same database for every example of a file, emptied each time: a new one for each makes PostgreSQL slow to stop. */
export function emptied(fresh: FreshDatabase): FreshDatabase {
  let settings: Awaited<ReturnType<FreshDatabase>> | undefined;
  return async () => {
    settings ??= await fresh();
    if (settings.kind !== 'postgres') return fresh();
    const client = new Client({ connectionString: settings.url });
    await client.connect();
    await client.query('DROP SCHEMA IF EXISTS access CASCADE');
    await client.end();
    return settings;
  };
}

async function stolen(settings: SignInSettings['database'], table: string): Promise<unknown[]> {
  if (settings.kind === 'sqlite') {
    const database = new Database(settings.path, { readonly: true });
    try {
      return database.prepare(`SELECT * FROM ${table}`).all();
    } finally {
      database.close();
    }
  }
  const client = new Client({ connectionString: settings.url });
  await client.connect();
  try {
    return (await client.query<object>(`SELECT * FROM access.${table}`)).rows;
  } finally {
    await client.end();
  }
}

/** The first administrator, `maria`, signed in. */
export async function maria({ signIn }: World) {
  const person = { name: 'Maria Rossi', userName: 'maria', password: PASSWORD };
  const outcome = await signIn.setUp.begin(signIn.setUpToken ?? '', person);
  if (outcome.kind !== 'signed-in') throw new Error(`The set-up ended with ${outcome.kind}.`);
  return outcome.session;
}

export const codeOf = (secret: string, at: number): string => new TOTP({ secret }).generate({ timestamp: at });

/** Gives an account a second factor; answers its secret and its recovery codes. */
export async function enrolled({ signIn, now }: World, session: Awaited<ReturnType<typeof maria>>) {
  const secret = await signIn.own.proposeSecondFactor(session.account);
  const codes = await signIn.own.enrolSecondFactor(session, codeOf(secret, now()));
  if (!codes) throw new Error('The second factor was not taken.');
  return { secret, codes };
}
