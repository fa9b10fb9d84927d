import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { accountIdFrom, dateOf, derivedUuid, italy, streamName } from '#domain';
import type { JsonObject, RecordedEvent, StreamKind } from '#domain';
import { settingsFromEnv } from '../../apps/standalone/settings';
import { startSystem } from '../../apps/standalone/system';
import type { System } from '../../apps/standalone/system';
import { Visitor } from './server';
import { PASSWORD } from './sign-in';

export const TODAY = dateOf(new Date().toISOString(), italy.timeZone);

/** Somebody with a browser, signed in with a password. */
export type SignedIn = Visitor & { readonly account: string };

/** The whole system behind its own door: real accounts, passwords and sessions; nobody stands in for anybody. */
export interface Behind {
  readonly system: System;
  /** A command on accounts, by the first administrator. */
  administer(path: string, data: JsonObject): Promise<void>;
  /** Opens an account, gives it a role, takes up the invitation with a password, and signs in with it. */
  person(user: string, affiliation: JsonObject, role: JsonObject): Promise<SignedIn>;
  /** Puts facts into the log as they are: what is asked is who may see them and add to them. */
  append(kind: StreamKind, id: string, told: readonly RecordedEvent[]): Promise<unknown>;
  close(): Promise<void>;
}

export async function behindTheDoor(agency: string): Promise<Behind> {
  const folder = await mkdtemp(join(tmpdir(), 'signed-in-'));
  const env = { REGISTRY_PORT: '0', REGISTRY_SAMPLE: 'off', REGISTRY_DATA: folder, REGISTRY_AGENCY: agency };
  const system = await startSystem(settingsFromEnv(env), env);
  const { setUp, apiTokens, administration } = system.signIn!;
  const begun = await setUp.begin((await setUp.offer()) ?? '', { name: 'Prima', userName: 'prima', password: PASSWORD }); // prettier-ignore
  if (begun.kind !== 'signed-in') throw new Error(begun.kind);
  const made = await apiTokens.make(begun.session.account, { name: 'test', scopes: ['administer'], days: 1 });
  if (typeof made === 'string') throw new Error(made);

  const administer: Behind['administer'] = async (path, data) => {
    const answer = await fetch(`${system.url}/api/v1/accounts${path}`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${made.secret}`,
        'content-type': 'application/json',
        'idempotency-key': derivedUuid(path, JSON.stringify(data)),
      },
      body: JSON.stringify({ occurredOn: TODAY, data }),
    });
    if (!answer.ok) throw new Error(await answer.text());
  };
  return {
    system,
    administer,
    person: async (user, affiliation, role) => {
      const signIn = { issuer: 'local', user };
      const account = accountIdFrom('IT', signIn);
      await administer('', { kind: 'person', displayName: user, signIn, ...affiliation });
      await administer(`/${account}/grant-role`, { reason: 'Order 1/2026', ...role });
      const invited = await administration.invite(account, user);
      if (invited.kind !== 'invited') throw new Error(invited.kind);
      const visitor = new Visitor(system.url);
      const { token } = invited;
      const choice = { token, userName: user, password: PASSWORD, repeat: PASSWORD };
      await visitor.send('/en/invitation', choice, `/en/invitation?token=${token}`);
      if (visitor.session === undefined) throw new Error(`${user} could not sign in.`);
      return Object.assign(visitor, { account });
    },
    append: (kind, id, told) =>
      system.store.append(
        streamName(kind, id),
        told.map(({ type, version, data, metadata }, place) => ({
          id: derivedUuid(id, place),
          type,
          version,
          data,
          metadata: { ...metadata, commandId: derivedUuid('command', id, place) },
        })),
        'no-stream',
      ),
    close: async () => {
      await system.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
