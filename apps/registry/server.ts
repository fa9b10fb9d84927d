import type { SignIn } from '#access';
import type { EventStoreSettings } from '#event-store';
import { openEventStore } from '#event-store';
import { FilesController } from '#http';
import { SealedStore, openPersonKeys } from '#privacy';
import { serve } from '#process';
import type { ProcessesSettings } from '#processes';
import { Recorder } from '#recording';
import { AskModule } from './ask/ask.module';
import { Asking } from './ask/asking';
import { RegistryHealthController } from './health.controller';
import { openAgency } from './agency';
import { ProcessesHealthController } from './processes.controller';
import { Processing } from './processing';
import type { RegistryProcessSettings } from './settings';

export interface Registry {
  readonly url: string;
  /** Where people sign in here. */
  readonly signIn?: SignIn;
  /** Finishes the entries under way, then closes the log. */
  close(): Promise<void>;
}

/** Opens the log for writing, runs the process managers, and listens. Throws EventStoreError, KeysError, ProcessesError and CannotListen. */
export async function startRegistry(
  { where, files: kept, questions, pages, door, personKeys, ...settings }: RegistryProcessSettings,
  log: EventStoreSettings,
  processes?: ProcessesSettings,
): Promise<Registry> {
  const onNotice = (notice: string): void => void process.stderr.write(`${notice}\n`);
  const opened: { close(): Promise<void> }[] = [];
  const close = async (): Promise<void> => {
    for (const each of opened.splice(0).reverse()) await each.close();
  };
  try {
    const { profile, actor } = settings;
    const bare = await openEventStore(log, { onNotice });
    opened.push(bare);
    const keys = await openPersonKeys(personKeys);
    opened.push(keys);
    const store = new SealedStore(bare, keys);
    const recorder = new Recorder(store, { profile });
    const agency = await openAgency({
      store,
      sealed: { log: bare, keys },
      recorder,
      settings,
      kept,
      onNotice,
      ...(door && { door }),
    });
    opened.push(agency);
    const processing = processes && (await Processing.start(processes, bare, recorder, profile));
    if (processing) opened.push(processing);
    const { agency: asked } = actor;
    const photos = agency.files.restricted;
    const asking = new Asking({
      recorder,
      store,
      profile,
      agency: asked,
      photos,
      ...(pages !== undefined && { pages }),
    });
    const rooms = [
      ...agency.rooms,
      { module: RegistryHealthController.over(bare, processing, () => agency.erasing.failure) },
      ...(processing ? [{ module: ProcessesHealthController.over(processing) }] : []),
      ...(questions ? [{ module: AskModule.forRoot(asking) }] : []),
      { module: FilesController.module() },
    ];
    const served = await serve(rooms, where, profile);
    opened.push(served);
    return { url: served.url, ...(agency.signIn && { signIn: agency.signIn }), close };
  } catch (error) {
    await close();
    throw error;
  }
}
