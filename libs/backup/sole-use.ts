import Database from 'better-sqlite3';
import { BackupError, codeOf } from './error';

/** The right to work on a folder alone; the operating system ends it with its holder, however that ends. */
export interface SoleUse {
  release(): void;
}

/** Takes the right, through a file at `path`, which stays. Throws BackupError while somebody else has it. */
export function takeSoleUse(path: string, what: string): SoleUse {
  let database: Database.Database;
  try {
    database = new Database(path, { timeout: 0 });
  } catch (error) {
    throw new BackupError(`${path} cannot be made. Name a folder that this user can write to.`, { cause: error });
  }
  try {
    database.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    database.close();
    if (!String(codeOf(error)).startsWith('SQLITE_BUSY')) throw error;
    throw new BackupError(`Another program is busy with ${what}. Wait until it has ended.`);
  }
  return { release: () => void database.close() };
}
