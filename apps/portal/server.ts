import { FolderShelf } from '#files';
import { serve } from '#process';
import type { Room } from '#process';
import { ReadDatabase } from '#read-models';
import type { ReadDatabaseSettings } from '#read-models';
import { portalApi } from './api/description';
import { PortalHealthController } from './health.controller';
import { PortalModule } from './portal.module';
import { PublicFilesController } from './public-files.controller';
import { Reading } from './reading';
import type { PortalSettings } from './settings';
import { warmUp } from './warm-up';
import { TransparencyLogController } from './transparency-log.controller';

export interface Portal {
  readonly url: string;
  /** Finishes the answers under way, then closes the database. */
  close(): Promise<void>;
}

/** Opens the read database for reading alone, and listens. Throws ReadDatabaseError and CannotListen. */
export async function startPortal(
  {
    where,
    profile,
    asking,
    mapTiles,
    files = 'data/files/public',
    transparencyLog = 'data/transparency-log',
    terms,
    workbookRows,
  }: Omit<PortalSettings, 'dataFolder' | 'files' | 'transparencyLog' | 'terms' | 'processes'> &
    Partial<Pick<PortalSettings, 'files' | 'transparencyLog' | 'terms'>> & { readonly workbookRows?: number },
  readDatabase: ReadDatabaseSettings,
): Promise<Portal> {
  const database = await ReadDatabase.openForReading(readDatabase);
  try {
    const reading = new Reading(database, profile, undefined, asking, undefined, workbookRows);
    const rooms: Room[] = [
      {
        module: PortalModule.forRoot(reading, transparencyLog, terms, mapTiles),
        api: portalApi,
        warm: (ask) => warmUp(database, ask),
      },
      { module: PublicFilesController.over(FolderShelf.reader(files)) },
      { module: TransparencyLogController.over(transparencyLog) },
      { module: PortalHealthController.over(reading) },
    ];
    const served = await serve(rooms, where, profile);
    const close = async (): Promise<void> => {
      await served.close();
      await database.close();
    };
    return { url: served.url, close };
  } catch (error) {
    await database.close();
    throw error;
  }
}
