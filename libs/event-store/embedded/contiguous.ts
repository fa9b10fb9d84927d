import { CorruptLog } from '../errors';
import { connectForReading } from './connection';
import { checkLogFile } from './log-file';
import { storeError } from './sqlite-errors';

const FAULTS = [
  {
    sql: 'SELECT position FROM (SELECT position, row_number() OVER (ORDER BY position) AS place FROM events) WHERE position <> place LIMIT 1',
    says: (position: unknown) =>
      `before position ${String(position)} an event is missing, or more were counted than there are`,
  },
  {
    sql: 'SELECT stream FROM events GROUP BY stream HAVING min(revision) <> 0 OR max(revision) <> count(*) - 1 LIMIT 1',
    says: (stream: unknown) => `an event of the stream ${String(stream)} is missing`,
  },
] as const;

/**
 * Throws CorruptLog unless positions go from 1 to the end and the revisions of each stream from 0 without a gap: triggers keep them so, but not against whoever writes to the file by other means. Also throws
 * ForeignLog where the file is no log.
 */
export function requireContiguous(path: string): void {
  checkLogFile(path);
  const database = connectForReading(path);
  try {
    for (const { sql, says } of FAULTS) {
      const fault = database.prepare(sql).pluck().get();
      if (fault !== undefined)
        throw new CorruptLog(`The log ${path} has a gap: ${says(fault)}. Put back a backup that has none.`);
    }
  } catch (error) {
    throw error instanceof CorruptLog ? error : storeError(error, path);
  } finally {
    database.close();
  }
}
