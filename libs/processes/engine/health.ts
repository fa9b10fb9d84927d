import type { EventStore } from '#event-store';
import type { ProcessDatabase } from '../database/process-database';

export interface ProcessHealth {
  readonly name: string;
  readonly version: number;
  readonly checkpoint: number;
  readonly applied: number;
  /** How far behind the end of the log, in positions. */
  readonly lag: number;
  readonly stopped?: string;
}

export interface ProcessesHealth {
  readonly ready: boolean;
  /** What an operator has to look at, each a sentence. */
  readonly reasons: readonly string[];
  /** Another program works on this database, and this one waits for its end. */
  readonly standby: boolean;
  readonly processes: readonly ProcessHealth[];
  /** How many effects there are of each outcome; `pending` ones wait to be carried out. */
  readonly effects: Readonly<Record<string, number>>;
  /** How many messages are `waiting`, `sent` and `dead`, which nobody will get unless somebody acts. */
  readonly messages: Readonly<Record<string, number>>;
}

/** Where processes and outbox stand, from the database: an engine that stands by says the same as the one that works. */
export async function healthOf(
  database: ProcessDatabase,
  store: Pick<EventStore, 'head'>,
  { standby, trouble }: { readonly standby: boolean; readonly trouble: readonly string[] },
): Promise<ProcessesHealth> {
  const head = await store.head();
  const rows = await database.query<{ name: string; version: number; checkpoint: number; applied: number; stopped_at: number | null; stopped_reason: string | null }>(
    'SELECT name, version, checkpoint, applied, stopped_at, stopped_reason FROM processes ORDER BY name',
  ); // prettier-ignore
  const counted = async (table: 'effects' | 'deliveries'): Promise<Record<string, number>> => {
    const found = await database.query<{ status: string; rows: number | string }>(
      `SELECT status, count(*) AS rows FROM ${table} GROUP BY status`,
    );
    return Object.fromEntries(found.map(({ status, rows: count }) => [status, Number(count)]));
  };
  const processes = rows.map((row): ProcessHealth => ({
    name: row.name,
    version: Number(row.version),
    checkpoint: Number(row.checkpoint),
    applied: Number(row.applied),
    lag: Math.max(0, head - Number(row.checkpoint)),
    ...(row.stopped_at !== null && { stopped: `before position ${row.stopped_at}: ${row.stopped_reason}` }),
  }));
  const messages = { waiting: 0, sent: 0, dead: 0, ...(await counted('deliveries')) };
  const effects = { pending: 0, ...(await counted('effects')) };
  const reasons = [
    ...trouble,
    ...processes.flatMap(({ name, stopped }) =>
      stopped === undefined ? [] : [`The process "${name}" stopped ${stopped}`],
    ),
    ...(messages.dead > 0
      ? [`${messages.dead} notices could not be delivered (docs/operating.md says what to do).`]
      : []),
  ];
  return { ready: reasons.length === 0, reasons, standby, processes, effects, messages };
}
