import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { openSignIn } from '#access';
import { assetIdFrom, italy } from '#domain';
import { START, openEmbeddedLog } from '#event-store';
import type { EventStore } from '#event-store';
import { openFiles } from '#files';
import type { Files } from '#files';
import { Notary, openIdentity } from '#notary';
import { ProcessDatabase } from '#processes';
import { Recorder } from '#recording';
import { everythingIn } from '../../libs/backup/folder';

/** What the programs of a registry hold open in a data folder, without the programs. */
export interface Registry {
  readonly data: string;
  readonly store: EventStore;
  readonly files: Files;
  /** Records so many seizures; answers the last position. */
  record(count: number): Promise<number>;
  /** Has the transparency log catch up. */
  notarise(): Promise<void>;
  readonly notary: Notary;
  close(): Promise<void>;
}

export const checkpointIn = (data: string): string => join(data, 'transparency-log', 'log', 'checkpoint');

const UNKNOWN = { byAccount: async () => undefined } as never;

/** A registry with every part a backup knows; `notarised` entries are under the checkpoint, the rest came later. */
export async function registryIn(data: string): Promise<Registry> {
  const store = openEmbeddedLog(join(data, 'events.sqlite'));
  const files = await openFiles(join(data, 'files'), 1024 ** 3);
  const processes = await ProcessDatabase.open({ kind: 'sqlite', path: join(data, 'processes.sqlite') }, new Date().toISOString()); // prettier-ignore
  const signIn = await openSignIn(
    { database: { kind: 'sqlite', path: join(data, 'access.sqlite') }, key: { file: join(data, 'access.key') } },
    { accounts: UNKNOWN, secure: false, offersSetUp: false },
  );
  const recorder = new Recorder(store, { profile: italy });
  const identity = await openIdentity({ folder: join(data, 'transparency-log'), key: { file: join(data, 'transparency-log.key') }, maxDelaySeconds: 60 }); // prettier-ignore
  const notary = new Notary(store, join(data, 'transparency-log'), identity);
  let number = Math.max(0, await store.head());
  return {
    data,
    store,
    files,
    notary,
    record: async (count) => {
      for (const end = number + count; number < end; number += 1) {
        const origin = { actor: { subject: 'rosa', agency: 'ANBSC', role: 'officer' }, source: { kind: 'api' } as const, idempotencyKey: `${number}`, correlationId: 'test' }; // prettier-ignore
        const command = { name: 'record-seizure', occurredOn: '2020-01-01', data: { kind: 'company', title: `Company ${number}`, formerHolder: `Person ${number}` } }; // prettier-ignore
        await recorder.record(`asset-${assetIdFrom('IT', 'test', String(number))}`, command, origin);
      }
      return store.head();
    },
    notarise: async () => {
      notary.start();
      expect(await notary.reached(await store.head(), 10_000)).toBe(true);
    },
    close: async () => {
      await notary.stop();
      await signIn.close();
      await processes.close();
      await store.close();
    },
  };
}

/** Every file below a folder with the SHA-256 of what is in it. */
export async function digestsIn(folder: string): Promise<Record<string, string>> {
  const digests: Record<string, string> = {};
  if (!existsSync(folder)) return digests;
  for await (const { path } of everythingIn(folder))
    digests[path] = createHash('sha256')
      .update(await readFile(join(folder, path)))
      .digest('hex');
  return digests;
}

/** The ids of all events of a data folder's log, in order. */
export async function eventsIn(data: string): Promise<string[]> {
  const store = openEmbeddedLog(join(data, 'events.sqlite'), { readOnly: true });
  try {
    return (await store.readAll(START, 1_000_000)).map(({ id }) => id);
  } finally {
    await store.close();
  }
}
