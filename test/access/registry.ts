import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AccountsFromSetUp, Roster } from '#access';
import type { Identified, IncomingRequest } from '#access';
import type { AccountId, JsonObject } from '#domain';
import { dateOf, italy } from '#domain';
import { settingsFromEnv } from '../../apps/standalone/settings';
import type { Settings } from '../../apps/standalone/settings';
import { startSystem } from '../../apps/standalone/system';
import type { System } from '../../apps/standalone/system';

/** A running registry where people sign in: by a header that names their proof, since proving is the business of others. */
export interface TestRegistry extends System {
  readonly folder: string;
  readonly roster: Roster;
  /** The account of the first run, and a proof of it. */
  readonly administrator: Person;
  /** Makes a proof of this identity; it is sent as a program's token or a browser's session would be. */
  proofOf(identified: Identified): Person;
  /** Opens an account with these roles, by the command API; the roles of an administrator. */
  person(data: JsonObject, ...roles: readonly JsonObject[]): Promise<Person>;
  /** Takes the use of an account away for the time being. */
  suspend(person: Person): Promise<void>;
  /** Sends JSON, or the fields of a form. */
  send(method: 'GET' | 'POST', path: string, by?: Person, body?: unknown, headers?: Record<string, string>): Promise<Response>;
  close(): Promise<void>;
} // prettier-ignore

export interface Person {
  readonly account: AccountId;
  readonly proof: string;
}

export const newKey = () => ({ 'idempotency-key': randomUUID() });
export const TODAY = dateOf(new Date().toISOString(), italy.timeZone);

/** Proofs are good at every registry of a test: two of them may stand on one log. */
const known = new Map<string, Identified>();

export async function aRegistry(
  more: Pick<Settings, 'doorkeepers'> = {},
  variables: Readonly<Record<string, string>> = {},
): Promise<TestRegistry> {
  const folder = await mkdtemp(join(tmpdir(), 'access-'));
  const env = { REGISTRY_PORT: '0', REGISTRY_SAMPLE: 'off', REGISTRY_DATA: folder, ...variables };
  const identification = {
    identify: ({ headers }: IncomingRequest): Promise<Identified | undefined> =>
      Promise.resolve(known.get(String(headers.authorization))),
  };
  const system = await startSystem({ ...settingsFromEnv(env), identification, ...more }, env);
  const { recorder, store } = system;
  const roster = new Roster(store);
  const proofOf = (identified: Identified): Person => {
    const proof = `Bearer ${randomUUID()}`;
    known.set(proof, identified);
    return { account: identified.account, proof };
  };
  const setUp = new AccountsFromSetUp({ recorder, roster, profile: italy, agency: 'ANBSC' });
  const first = await setUp.openFirstAdministrator({ name: 'Prima Amministratrice', userName: 'prima' });
  if (first === undefined) throw new Error('The set-up opened no account.');
  const administrator = proofOf({ account: first, by: 'session' });
  const send: TestRegistry['send'] = (method, path, by, body, headers = {}) =>
    fetch(`${system.url}${path}`, {
      method,
      headers: {
        ...(by && { authorization: by.proof }),
        ...(body !== undefined && !(body instanceof URLSearchParams) && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && { body: body instanceof URLSearchParams ? body : JSON.stringify(body) }),
      redirect: 'manual',
    });
  const command = async (path: string, data: JsonObject): Promise<{ account: string }> => {
    const answer = await send('POST', path, administrator, { occurredOn: TODAY, data }, newKey());
    if (answer.status !== 201) throw new Error(await answer.text());
    return (await answer.json()) as { account: string };
  };
  return {
    ...system,
    folder,
    roster,
    administrator,
    proofOf,
    person: async (data, ...roles) => {
      const user = `user-${randomUUID()}`;
      const opened = await command('/api/v1/accounts', {
        kind: 'person',
        displayName: user,
        signIn: { issuer: 'local', user },
        ...data,
      });
      const { account } = opened;
      for (const role of roles)
        await command(`/api/v1/accounts/${account}/grant-role`, { reason: 'Order of service 12/2026', ...role });
      return proofOf({ account, by: 'session' });
    },
    suspend: async ({ account }) => {
      await command(`/api/v1/accounts/${account}/suspend-account`, { reason: 'Absence' });
    },
    send,
    close: async () => {
      await system.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
