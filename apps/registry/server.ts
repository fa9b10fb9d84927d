import type { EventStoreSettings } from '#event-store';
import { openEventStore } from '#event-store';
import { serve } from '#process';
import { Recorder } from '#recording';
import { RegistryHealthController } from './health.controller';
import { openAgency } from './agency';
import type { RegistryProcessSettings } from './settings';

export interface Registry {
  readonly url: string;
  /** Finishes the entries under way, then closes the log. */
  close(): Promise<void>;
}

/** Opens the log for writing, and listens. Throws EventStoreError and CannotListen. */
export async function startRegistry(
  { where, profile, actor, files: kept }: RegistryProcessSettings,
  log: EventStoreSettings,
): Promise<Registry> {
  const onNotice = (notice: string): void => void process.stderr.write(`${notice}\n`);
  const store = await openEventStore(log, { onNotice });
  try {
    const agency = await openAgency({
      store,
      recorder: new Recorder(store, { profile }),
      profile,
      actor,
      kept,
      onNotice,
    });
    const health = RegistryHealthController.over(store);
    const served = await serve([...agency.rooms, { module: health }], where, profile);
    const close = async (): Promise<void> => {
      await served.close();
      await agency.close();
      await store.close();
    };
    return { url: served.url, close };
  } catch (error) {
    await store.close();
    throw error;
  }
}
