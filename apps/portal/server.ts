import { FolderShelf } from '#files';
import { serve } from '#process';
import type { Room } from '#process';
import { ReadDatabase } from '#read-models';
import type { ReadDatabaseSettings } from '#read-models';
import { portalApi } from './api/description';
import { PortalHealthController } from './health.controller';
import { portalWithKnownDays } from './known-days/open-known-days';
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
    knownDays = 'data/known-days',
    terms,
    workbookRows,
    clock,
  }: Omit<PortalSettings, 'dataFolder' | 'files' | 'transparencyLog' | 'knownDays' | 'terms' | 'processes'> &
    Partial<Pick<PortalSettings, 'files' | 'transparencyLog' | 'knownDays' | 'terms'>> & {
      readonly workbookRows?: number;
      readonly clock?: () => Date;
    },
  readDatabase: ReadDatabaseSettings,
): Promise<Portal> {
  const database = await ReadDatabase.openForReading(readDatabase);
  try {
    const readingOver = (read: ReadDatabase, time?: () => Date): Reading =>
      new Reading(read, profile, time, asking, undefined, workbookRows);
    const parts = [transparencyLog, terms, mapTiles] as const;
    const portal = portalWithKnownDays(knownDays, database, readingOver, [...parts], {
      trustedProxies: where.trustedProxies,
      ...(clock && { clock }),
    });
    const rooms: Room[] = [
      { ...portal.room, api: portalApi, warm: (ask) => warmUp(database, ask) },
      { module: PublicFilesController.over(FolderShelf.reader(files)) },
      { module: TransparencyLogController.over(transparencyLog) },
      { module: PortalHealthController.over(readingOver(database)) },
    ];
    const served = await serve(rooms, where, profile);
    const close = async (): Promise<void> => {
      await served.close();
      await portal.close();
      await database.close();
    };
    return { url: served.url, close };
  } catch (error) {
    await database.close();
    throw error;
  }
}
