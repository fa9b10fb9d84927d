import type { ProcessDatabase } from './process-database';

/** What was undone because the log does not know of it. */
export interface RolledBack {
  /** Processes that had read beyond the end of the log: they are built anew from its start. */
  readonly processes: number;
  /** Commands that were recorded beyond the end of the log: they wait to be sent again. */
  readonly commands: number;
}

/**
 * Brings a database of the processes in step with a log that ends at `position`, for instance one that was restored from an earlier moment. Left as it is, it would pass over what is recorded next, and never
 * record again what it believes to be recorded. What was told stays told. Repeatable; changes nothing where the database is not ahead.
 */
export function rollBackTo(database: ProcessDatabase, position: number): Promise<RolledBack> {
  return database.transaction(async (query) => {
    const ahead = await query<{ name: string }>('SELECT name FROM processes WHERE checkpoint > ?', [position]);
    for (const { name } of ahead) {
      await query('DELETE FROM process_states WHERE process = ?', [name]);
      await query('DELETE FROM processes WHERE name = ?', [name]);
    }
    const recorded = await query<{ id: string; detail: string | null }>(
      "SELECT id, detail FROM effects WHERE kind = 'command' AND status IN ('recorded', 'repeated')",
    );
    const lost = recorded.filter(({ detail }) => Number(/position (\d+)$/.exec(detail ?? '')?.[1]) > position);
    for (const { id } of lost) await query("UPDATE effects SET status = 'pending', detail = NULL WHERE id = ?", [id]);
    return { processes: ahead.length, commands: lost.length };
  });
}
