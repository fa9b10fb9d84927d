import { AccessDatabase } from './database/access-database';
import { sessions } from './database/entities';
import type { AccessDatabaseSettings } from './settings';

/** Ends every session, as in a database that was restored: one that was signed out of since would live again. Everybody signs in anew. Answers how many. Throws AccessError. */
export async function endAllSessions(settings: AccessDatabaseSettings): Promise<number> {
  const database = await AccessDatabase.open(settings);
  try {
    const ended = await database.rows(sessions).count();
    await database.rows(sessions).clear();
    return ended;
  } finally {
    await database.close();
  }
}
