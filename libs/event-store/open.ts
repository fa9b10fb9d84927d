import { join, resolve } from 'node:path';
import { openEmbeddedLog } from './embedded/embedded-event-store';
import { Misconfigured } from './errors';
import type { EventStore } from './event-store';
import { parseConnectionString } from './eventstoredb/connection-string';
import { openEventStoreDbLog } from './eventstoredb/eventstoredb-event-store';
import type { OnNotice } from './eventstoredb/eventstoredb-event-store';

/** Which log to open; nothing above the port knows more of it. */
export type EventStoreSettings =
  | {
      readonly kind: 'embedded';
      readonly path: string;
      /** The file may grow so far, so that the disk keeps room for other things. */
      readonly maxBytes?: number;
    }
  | { readonly kind: 'eventstoredb'; readonly connectionString: string };

/** Name of the log's file in the data folder, unless EVENT_STORE_PATH says otherwise. */
const FILE = 'events.sqlite';

/**
 * The settings the environment gives: `EVENT_STORE` (`embedded`, the default, or `eventstoredb`), `EVENT_STORE_PATH` and `EVENT_STORE_MAX_BYTES` for
 * the first and `EVENTSTOREDB_URL` for the second. Throws Misconfigured, naming the variable and what is allowed.
 */
export function eventStoreSettingsFromEnv(
  env: Readonly<Record<string, string | undefined>>,
  dataFolder: string,
): EventStoreSettings {
  const { EVENT_STORE: kind = 'embedded', EVENT_STORE_PATH: path, EVENTSTOREDB_URL: url } = env;
  switch (kind) {
    case 'embedded':
      if (path === '') throw new Misconfigured('EVENT_STORE_PATH is empty. Name a file, or leave the variable out.');
      return { kind, path: resolve(path ?? join(dataFolder, FILE)), ...maxBytesFrom(env.EVENT_STORE_MAX_BYTES) };
    case 'eventstoredb':
      if (!url) {
        throw new Misconfigured(
          'EVENT_STORE is "eventstoredb", and EVENTSTOREDB_URL is missing. Set it, for instance to esdb://log-1:2113,log-2:2113,log-3:2113.',
        );
      }
      parseConnectionString(url);
      return { kind, connectionString: url };
    default:
      throw new Misconfigured(`EVENT_STORE is "${kind}". Allowed are "embedded" and "eventstoredb".`);
  }
}

function maxBytesFrom(text: string | undefined): { readonly maxBytes?: number } {
  if (text === undefined) return {};
  if (!/^\d{5,15}$/.test(text)) {
    throw new Misconfigured(
      `EVENT_STORE_MAX_BYTES is "${text}". Give the size the log may grow to as a number of bytes from 65536, or leave it out.`,
    );
  }
  return { maxBytes: Number(text) };
}

/**
 * Opens the log; read-only opening leaves an embedded one to the process that writes it. `onNotice` is told, in sentences for the operator,
 * what the store waits for. Throws Misconfigured, StoreLocked, ForeignLog, or StoreUnavailable when the server is not there after a while.
 */
export async function openEventStore(
  settings: EventStoreSettings,
  options: { readonly readOnly?: boolean; readonly onNotice?: OnNotice } = {},
): Promise<EventStore> {
  const { readOnly = false, onNotice } = options;
  switch (settings.kind) {
    case 'embedded':
      return openEmbeddedLog(settings.path, {
        readOnly,
        ...(settings.maxBytes !== undefined && { maxBytes: settings.maxBytes }),
      });
    case 'eventstoredb':
      return openEventStoreDbLog(settings.connectionString, onNotice ? { onNotice } : {});
  }
}
