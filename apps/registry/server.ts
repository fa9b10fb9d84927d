import type { EventStoreSettings } from '#event-store';
import { openEventStore } from '#event-store';
import { serve } from '#process';
import { Recorder } from '#recording';
import { LocalOfficer } from './back-office/access';
import { BackOfficeModule } from './back-office/back-office.module';
import { RegistryHealthController } from './health.controller';
import { registryApi } from './description';
import { RegistryModule } from './registry.module';
import type { RegistryProcessSettings } from './settings';

export interface Registry {
  readonly url: string;
  /** Finishes the entries under way, then closes the log. */
  close(): Promise<void>;
}

/** Opens the log for writing, and listens. Throws EventStoreError and CannotListen. */
export async function startRegistry(
  { where, profile, actor }: RegistryProcessSettings,
  log: EventStoreSettings,
): Promise<Registry> {
  const store = await openEventStore(log, { onNotice: (notice) => process.stderr.write(`${notice}\n`) });
  try {
    const recorder = new Recorder(store, { profile });
    const module = RegistryModule.forRoot(recorder, { profile, actor });
    const office = BackOfficeModule.forRoot({ recorder, store, profile, access: new LocalOfficer(actor) });
    const health = RegistryHealthController.over(store);
    const served = await serve([{ module, api: registryApi }, { module: office }, { module: health }], where, profile);
    const close = async (): Promise<void> => {
      await served.close();
      await store.close();
    };
    return { url: served.url, close };
  } catch (error) {
    await store.close();
    throw error;
  }
}
