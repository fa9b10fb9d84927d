import type { ProcessDatabase } from './process-database';

/** What was undone because the log does not know of it. */
export interface RolledBack {
  /** Processes that had read beyond the end of the log: they are built anew from its start. */
  readonly processes: number;
  /** Effects that wait again: commands recorded beyond the end of the log, and what was settled by something that may lie there. */
  readonly effects: number;
}

/**
 * Brings a database of the processes in step with a log that ends at `position`, for instance one that was put back as it was earlier. Left as it is, it would pass over what is recorded next, and never record
 * again what it believes to be recorded. What waits again is carried out only if the plan still holds it, under its own id, so that nothing is recorded twice; what was told stays told. Repeatable; changes
 * nothing where the database is not ahead.
 */
export function rollBackTo(database: ProcessDatabase, position: number): Promise<RolledBack> {
  return database.transaction(async (query) => {
    const ahead = await query<{ name: string }>('SELECT name FROM processes WHERE checkpoint > ?', [position]);
    const recorded = await query<{ id: string; detail: string | null }>(
      "SELECT id, detail FROM effects WHERE kind = 'command' AND status IN ('recorded', 'repeated')",
    );
    const again = recorded.filter(({ detail }) => Number(/position (\d+)$/.exec(detail ?? '')?.[1]) > position);
    for (const { name } of ahead) {
      await query('DELETE FROM process_states WHERE process = ?', [name]);
      await query('DELETE FROM processes WHERE name = ?', [name]);
      const settled = "SELECT id, detail FROM effects WHERE process = ? AND status IN ('overtaken', 'refused')";
      again.push(...(await query<{ id: string; detail: string | null }>(settled, [name])));
    }
    for (const { id } of again) await query("UPDATE effects SET status = 'pending', detail = NULL WHERE id = ?", [id]);
    return { processes: ahead.length, effects: again.length };
  });
}
