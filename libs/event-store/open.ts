import { join, resolve } from 'node:path';
import { openEmbeddedLog } from './embedded/embedded-event-store';
import { Misconfigured } from './errors';
import type { EventStore } from './event-store';
import { openEventStoreDbLog } from './eventstoredb/eventstoredb-event-store';
import type { OnNotice } from './eventstoredb/eventstoredb-event-store';

/** Which log to open; nothing above the port knows more of it. */
export type EventStoreSettings =
  | { readonly kind: 'embedded'; readonly path: string }
  | { readonly kind: 'eventstoredb'; readonly connectionString: string };

/** Reads EVENT_STORE, EVENT_STORE_PATH and EVENTSTOREDB_URL; throws Misconfigured naming the variable that is wrong. */
export function eventStoreSettingsFromEnv(
  env: Readonly<Record<string, string | undefined>>,
  dataFolder: string,
): EventStoreSettings {
  const kind = env.EVENT_STORE ?? 'embedded';
  if (kind === 'embedded') return { kind, path: resolve(env.EVENT_STORE_PATH ?? join(dataFolder, 'events.sqlite')) };
  if (kind !== 'eventstoredb') {
    throw new Misconfigured(`EVENT_STORE is "${kind}"; use "embedded" or "eventstoredb".`);
  }
  const connectionString = env.EVENTSTOREDB_URL;
  if (connectionString) return { kind, connectionString };
  throw new Misconfigured('EVENTSTOREDB_URL must be given, for instance esdb://log-1:2113,log-2:2113,log-3:2113.');
}

/** Opens the log. Read-only opening leaves an embedded log to the process that writes it. Throws what the adapters throw. */
export async function openEventStore(
  settings: EventStoreSettings,
  options: { readonly readOnly?: boolean; readonly onNotice?: OnNotice } = {},
): Promise<EventStore> {
  const { readOnly = false, onNotice } = options;
  if (settings.kind === 'embedded') return openEmbeddedLog(settings.path, { readOnly });
  return openEventStoreDbLog(settings.connectionString, { ...(onNotice && { onNotice }) });
}
