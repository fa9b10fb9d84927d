import type { Instant, RecordedEvent } from '#domain';
import { START } from '#event-store';
import { insert } from '../database/process-database';
import type { ProcessDatabase, Query } from '../database/process-database';
import { ProcessesError } from '../database/settings';
import type { Effect, Process } from '../process';
import { travel } from './travel';
import type { Kept, Travel } from './travel';

/** How far a process has come. */
export interface Progress {
  readonly name: string;
  readonly version: number;
  /** Position of the last event taken. */
  readonly checkpoint: number;
  readonly applied: number;
  /** The latest instant it has lived through. */
  readonly clock: Instant;
  readonly stopped?: { readonly position: number; readonly event: string; readonly reason: string };
}

/** Thrown when the checkpoint is not where this process left it: somebody else moves it too. Nothing of the batch was kept. */
export class AnotherEngine extends ProcessesError {
  constructor(name: string) {
    super(`Another program runs the process "${name}" in this database. Stop one of the two.`);
  }
}

/** Before every instant a log can hold. */
const EVER = '0000-01-01T00:00:00.000Z';

interface ProgressRow {
  readonly name: string;
  readonly version: number;
  readonly checkpoint: number | string;
  readonly applied: number | string;
  readonly clock: string;
  readonly stopped_at: number | string | null;
  readonly stopped_event: string | null;
  readonly stopped_reason: string | null;
}

async function readProgress(query: Query, name: string): Promise<Progress | undefined> {
  const [row] = await query<ProgressRow>('SELECT * FROM processes WHERE name = ?', [name]);
  return (
    row && {
      name,
      version: Number(row.version),
      checkpoint: Number(row.checkpoint),
      applied: Number(row.applied),
      clock: row.clock,
      ...(row.stopped_at !== null && {
        stopped: { position: Number(row.stopped_at), event: row.stopped_event ?? '', reason: row.stopped_reason ?? '' },
      }),
    }
  );
}

/**
 * Where a process goes on: at its checkpoint, or, in a version the database does not know, at the start of the log with no states. The effects stay, and what was
 * carried out is not carried out again. Throws ProcessesError when the database is ahead of the code.
 */
export function prepare(database: ProcessDatabase, { name, version }: Process): Promise<Progress> {
  return database.transaction(async (query) => {
    const known = await readProgress(query, name);
    if (known && known.version > version)
      throw new ProcessesError(
        `The database of the processes holds version ${known.version} of "${name}"; this code knows up to ${version}. Run the newer version.`,
      );
    if (known?.version === version) {
      // A stopped process is tried again: perhaps this is the code that can take the event.
      const { stopped: _, ...progress } = known;
      return progress;
    }
    await query('DELETE FROM process_states WHERE process = ?', [name]);
    await query('DELETE FROM processes WHERE name = ?', [name]);
    const fresh: Progress = { name, version, checkpoint: START, applied: 0, clock: EVER };
    await query('INSERT INTO processes (name, version, checkpoint, applied, clock) VALUES (?, ?, ?, ?, ?)', [
      name,
      version,
      START,
      0,
      EVER,
    ]);
    return fresh;
  });
}

/**
 * Lives through a batch and up to an instant: states, effects and checkpoint move in one transaction or not at all. A process that cannot take an event stops before
 * it, alone; what it had taken is kept.
 */
export async function advance(
  query: Query,
  process: Process,
  progress: Progress,
  batch: readonly RecordedEvent[],
  until: Instant,
): Promise<Progress> {
  const events = batch.filter(({ position }) => position > progress.checkpoint);
  const before = await statesFor(query, process, events, until);
  const travelled = travel(process, before, progress.clock, events, until);
  const after = arrived(progress, events, travelled);
  // Time alone that changes nothing is not worth a write.
  if (events.length === 0 && travelled.kept.size === 0) return progress;
  await write(query, process.name, travelled);
  await moveCheckpoint(query, progress, after);
  return after;
}

function arrived(before: Progress, events: readonly RecordedEvent[], { taken, clock, poison }: Travel): Progress {
  return {
    ...before,
    applied: before.applied + taken,
    checkpoint: events[taken - 1]?.position ?? before.checkpoint,
    clock,
    ...(poison && { stopped: { position: poison.event.position, event: poison.event.id, reason: poison.reason } }),
  };
}

interface StateRow {
  readonly key: string;
  readonly state: string;
  readonly wake_at: string | null;
}

async function statesFor(
  query: Query,
  { name, keysOf }: Process,
  events: readonly RecordedEvent[],
  until: Instant,
): Promise<Map<string, Kept>> {
  const horizon = events.reduce(
    (latest, { metadata }) => (metadata.recordedAt > latest ? metadata.recordedAt : latest),
    until,
  );
  const keys = [...new Set(events.flatMap((event) => [...keysOf(event)]))];
  const rows = await query<StateRow>(
    'SELECT key, state, wake_at FROM process_states WHERE process = ? AND wake_at <= ?',
    [name, horizon],
  );
  for (let from = 0; from < keys.length; from += 500) {
    const some = keys.slice(from, from + 500);
    const places = some.map(() => '?').join(', ');
    rows.push(
      ...(await query<StateRow>(
        `SELECT key, state, wake_at FROM process_states WHERE process = ? AND key IN (${places})`,
        [name, ...some],
      )),
    );
  }
  return new Map(rows.map(({ key, state, wake_at: wakeAt }) => [key, { state: JSON.parse(state) as unknown, wakeAt }]));
}

async function write(query: Query, name: string, { kept, effects }: Travel): Promise<void> {
  await insert(
    query,
    'process_states',
    ['process', 'key', 'state', 'wake_at'],
    [...kept].map(([key, { state, wakeAt }]) => [name, key, JSON.stringify(state), wakeAt]),
    'ON CONFLICT (process, key) DO UPDATE SET state = excluded.state, wake_at = excluded.wake_at',
  );
  await insert(
    query,
    'effects',
    ['id', 'process', 'key', 'kind', 'what', 'at', 'status', 'payload'],
    [...effects.values()].map(({ key, effect }) => [
      effect.id,
      name,
      key,
      effect.kind,
      whatOf(effect),
      effect.at,
      'pending',
      payloadOf(effect),
    ]),
    'ON CONFLICT (id) DO NOTHING',
  );
}

const whatOf = (effect: Effect): string => (effect.kind === 'notice' ? effect.notice : effect.command);
const payloadOf = (effect: Effect): string =>
  JSON.stringify(
    effect.kind === 'notice'
      ? { about: effect.about, facts: effect.facts }
      : { stream: effect.stream, occurredOn: effect.occurredOn },
  );

async function moveCheckpoint(query: Query, before: Progress, after: Progress): Promise<void> {
  const { stopped } = after;
  // Both dialects answer with the row only where it was where this process left it.
  const moved = await query(
    'UPDATE processes SET checkpoint = ?, applied = ?, clock = ?, stopped_at = ?, stopped_event = ?, stopped_reason = ? WHERE name = ? AND version = ? AND checkpoint = ? AND clock = ? RETURNING name',
    [
      after.checkpoint, after.applied, after.clock, stopped?.position ?? null, stopped?.event ?? null, stopped?.reason ?? null,
      before.name, before.version, before.checkpoint, before.clock,
    ],
  ); // prettier-ignore
  const rows = (Array.isArray(moved[0]) ? moved[0] : moved) as unknown[];
  if (rows.length !== 1) throw new AnotherEngine(before.name);
}
