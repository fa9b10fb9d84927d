import type { EventStore } from '#event-store';
import { openFiles } from '#files';
import type { Room } from '#process';
import type { Recorder } from '#recording';
import { LocalOfficer } from './back-office/access';
import { BackOfficeModule } from './back-office/back-office.module';
import type { OfficeReports } from './back-office/reports';
import { registryApi } from './description';
import { filesRoom } from './files.module';
import { withNamedFiles } from './named-files';
import { PublishedFiles } from './published-files';
import { RegistryModule } from './registry.module';
import { sealedRoom } from './sealed/sealed.module';
import type { RegistrySettings } from './settings';

const DAY_MS = 86_400_000;

export interface AgencyParts {
  readonly store: EventStore;
  readonly recorder: Recorder;
  readonly settings: RegistrySettings;
  /** Where files lie, and what those of a class may take together, in bytes. */
  readonly kept: { readonly folder: string; readonly quota: number };
  /** What time it is; by the clock of this machine unless said. */
  readonly clock?: () => string;
  /** What the back office knows from the read models, where they are at hand. */
  readonly reports?: OfficeReports;
  readonly onNotice: (notice: string) => void;
}

/** The agency side over a log: its rooms, and what goes on between requests. */
export interface Agency {
  readonly rooms: readonly Room[];
  readonly published: PublishedFiles;
  close(): Promise<void>;
}

/** Opens the shelves, follows the log with them, and puts the rooms of the agency together. */
export async function openAgency(parts: AgencyParts): Promise<Agency> {
  const { store, recorder, settings, kept, reports, onNotice, clock = () => new Date().toISOString() } = parts;
  const files = await openFiles(kept.folder, kept.quota);
  const published = new PublishedFiles(store, files, { folder: kept.folder, onNotice });
  await published.start();
  const collecting = setInterval(() => {
    published.collectOrphans().catch((error: unknown) => onNotice(`Orphans could not be collected: ${String(error)}`));
  }, DAY_MS).unref();
  const recording: Pick<Recorder, 'record' | 'situation'> = {
    record: withNamedFiles((...entry) => recorder.record(...entry), files),
    situation: (kind, id) => recorder.situation(kind, id),
  };
  return {
    rooms: [
      { module: RegistryModule.forRoot(recording, settings, store), api: registryApi },
      {
        module: BackOfficeModule.forRoot({
          recorder,
          store,
          profile: settings.profile,
          access: new LocalOfficer(settings.actor),
          ...(reports && { reports }),
        }),
      },
      filesRoom(files),
      sealedRoom({ store, files, settings, clock }),
    ],
    published,
    close: async () => {
      clearInterval(collecting);
      await published.close();
    },
  };
}
