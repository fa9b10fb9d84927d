import type { EventStoreSettings } from '#event-store';
import { openEventStore } from '#event-store';
import { serve } from '#process';
import { Recorder } from '#recording';
import { AskModule } from './ask/ask.module';
import { Asking } from './ask/asking';
import { SiteFilesController } from './ask/site-files.controller';
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
  { where, profile, actor, questions, pages }: RegistryProcessSettings,
  log: EventStoreSettings,
): Promise<Registry> {
  const store = await openEventStore(log, { onNotice: (notice) => process.stderr.write(`${notice}\n`) });
  try {
    const recorder = new Recorder(store, { profile });
    const module = RegistryModule.forRoot(recorder, { profile, actor });
    const asking = new Asking({
      recorder,
      store,
      profile,
      agency: actor.agency,
      ...(pages !== undefined && { pages }),
    });
    const form = [{ module: AskModule.forRoot(asking) }, { module: SiteFilesController.module() }];
    const health = RegistryHealthController.over(store);
    const served = await serve(
      [{ module, api: registryApi }, { module: health }, ...(questions ? form : [])],
      where,
      profile,
    );
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
