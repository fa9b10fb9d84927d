import { existsSync } from 'node:fs';
import type { RecordedEvent } from '#domain';
import { isAssetId } from '#domain';
import type { EventStore } from '#event-store';
import { eventStoreSettingsFromEnv, openEventStore } from '#event-store';
import { SealedStore, openPersonKeys, personKeysSettingsFromEnv } from '#privacy';

export { wholeLog } from '#event-store';

/** What an auditor gave that cannot be right; the message says what to do. */
export class WrongRequest extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'WrongRequest';
  }
}

/** Opens the log for reading only: beside the process that writes, and never able to write itself. */
export function openLog(folder: string): Promise<EventStore> {
  return openEventStore(eventStoreSettingsFromEnv(process.env, folder), { readOnly: true });
}

/**
 * The log as the agency sees it, with what was said of persons, where the keys of persons are at hand; else as it lies there: then it is seen that something was said, and not what. Whoever gives no keys proves
 * the same.
 */
export async function openWithKeys(folder: string): Promise<EventStore> {
  const log = await openLog(folder);
  const settings = personKeysSettingsFromEnv(process.env, folder);
  if (!existsSync(settings.path) || ('file' in settings.master && !existsSync(settings.master.file))) return log;
  const keys = await openPersonKeys(settings);
  return new (class extends SealedStore {
    override async close(): Promise<void> {
      await super.close();
      await keys.close();
    }
  })(log, keys);
}

/** The events of an asset's dossier. Throws WrongRequest when there are none. */
export async function eventsOf(store: EventStore, asset: string): Promise<RecordedEvent[]> {
  if (!isAssetId(asset))
    throw new WrongRequest(`"${asset}" is no registry id. Check it: its last character guards against mistyping.`);
  const events = await store.readStream(`asset-${asset}`);
  if (events.length === 0) throw new WrongRequest(`The log holds nothing about ${asset}.`);
  return events;
}
