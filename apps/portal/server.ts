import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { adapter, hardened } from '#http';
import { ReadDatabase } from '#read-models';
import type { ReadDatabaseSettings } from '#read-models';
import { problemPage } from './pages/problem-page';
import { PortalModule } from './portal.module';
import { Reading } from './reading';
import type { PortalSettings } from './settings';

export interface Portal {
  readonly url: string;
  /** Finishes the answers under way, then closes the database. */
  close(): Promise<void>;
}

/** Opens the read database for reading alone, and listens. Throws ReadDatabaseError. */
export async function startPortal(
  { host, port, profile }: PortalSettings,
  readDatabase: ReadDatabaseSettings,
): Promise<Portal> {
  const database = await ReadDatabase.openForReading(readDatabase);
  try {
    const module = PortalModule.forRoot(new Reading(database, profile));
    const app = hardened(
      await NestFactory.create<NestFastifyApplication>(module, adapter(), {
        logger: ['error', 'warn'],
        abortOnError: false,
        bodyParser: false,
      }),
      (problem, request) => problemPage(problem, request, profile),
    );
    await app.listen(port, host);
    const close = async (): Promise<void> => {
      await app.close();
      await database.close();
    };
    return { url: await app.getUrl(), close };
  } catch (error) {
    await database.close();
    throw error;
  }
}
