import type { RecordedEvent } from '#domain';
import type { ReadDatabase, Transaction } from '../database/read-database';
import { ReadDatabaseError } from '../database/settings';
import { stateTable } from '../projection';
import type { Projection, Value } from '../projection';
import { changesOf, fold, keysIn } from './fold';
import type { Changes, Folded } from './fold';
import { physicalName } from './ledger';
import type { Progress } from './ledger';

/** A projection on its way through the log. */
export interface Traveller {
  readonly projection: Projection;
  progress: Progress;
}

/** Thrown when the checkpoint is not where this process left it: somebody else moves it too. Nothing of the batch was kept. */
export class AnotherProjector extends ReadDatabaseError {
  constructor(projection: string) {
    super(`Another process keeps the projection "${projection}" in this database. Stop one of the two.`);
    this.name = 'AnotherProjector';
  }
}

/**
 * Takes one batch into all projections of a lane: rows, states, counters and checkpoints move in one transaction or not at all. A projection
 * that cannot take an event stops before it, alone; what it had taken of the batch is kept.
 */
export async function takeBatch(
  database: ReadDatabase,
  travellers: readonly Traveller[],
  batch: readonly RecordedEvent[],
): Promise<void> {
  const moved = await database.transaction(async (transaction) => {
    const after: [Traveller, Progress][] = [];
    for (const traveller of travellers) {
      const { checkpoint, stopped } = traveller.progress;
      const events = batch.filter(({ position }) => position > checkpoint);
      if (stopped || events.length === 0) continue;
      const before = await statesOf(transaction, traveller.projection, events);
      const folded = fold(traveller.projection, before, events);
      for (const changes of changesOf(traveller.projection, before, folded.states))
        await write(transaction, traveller.projection, changes);
      const progress = advanced(traveller.progress, events, folded);
      await moveCheckpoint(transaction, traveller.progress, progress);
      after.push([traveller, progress]);
    }
    return after;
  });
  for (const [traveller, progress] of moved) traveller.progress = progress;
}

/**
 * Takes one batch into each projection on its own, all at the same time: while the database writes for one, another is folded. For versions nobody reads yet,
 * which need not show the same moment of the log. Throws what went wrong first, when all have ended.
 */
export async function takeBatchApart(
  database: ReadDatabase,
  travellers: readonly Traveller[],
  batch: readonly RecordedEvent[],
): Promise<void> {
  const ended = await Promise.allSettled(travellers.map((traveller) => takeBatch(database, [traveller], batch)));
  for (const each of ended) if (each.status === 'rejected') throw each.reason;
}

function advanced(before: Progress, events: readonly RecordedEvent[], { taken, poison }: Folded): Progress {
  return {
    ...before,
    applied: before.applied + taken,
    checkpoint: events[taken - 1]?.position ?? before.checkpoint,
    ...(poison && { stopped: { position: poison.event.position, event: poison.event.id, reason: poison.reason } }),
  };
}

async function statesOf(
  transaction: Transaction,
  projection: Projection,
  events: readonly RecordedEvent[],
): Promise<Map<string, unknown>> {
  const keys = keysIn(projection, events);
  if (keys.length === 0) return new Map();
  const table = stateTable(projection);
  const rows = await transaction.select(table, physicalName(table.name, projection.version), keys);
  const [key] = table.key;
  return new Map(
    rows.map((row) => [String(row[key!]), projection.stateIn ? row : (JSON.parse(String(row.state)) as unknown)]),
  );
}

/** Writes a part of what a batch changed. */
export async function write(transaction: Transaction, projection: Projection, changes: Changes): Promise<void> {
  const { version } = projection;
  if (!projection.stateIn) {
    const table = stateTable(projection);
    const states = changes.states.map(([key, state]) => ({ key, state: JSON.stringify(state) }));
    await transaction.upsert(table, physicalName(table.name, version), states);
  }
  for (const [view, rows] of changes.removals)
    if (rows.length > 0) await transaction.remove(view, physicalName(view.name, version), rows);
  for (const [view, rows] of changes.upserts)
    if (rows.length > 0) await transaction.upsert(view, physicalName(view.name, version), rows);
  for (const [{ table, sums }, differences] of changes.tallied)
    if (differences.length > 0) await transaction.add(table, physicalName(table.name, version), differences, sums);
}

/** Compare and set: whoever else moved the checkpoint meanwhile has already written these rows. */
export async function moveCheckpoint(transaction: Transaction, before: Progress, after: Progress): Promise<void> {
  const { name, version } = before;
  const [row] = await transaction.query<{
    checkpoint: number;
    gathered_to: number | null;
    gathered_taken: number | null;
  }>(
    `SELECT checkpoint, gathered_to, gathered_taken FROM projections WHERE name = ? AND version = ? ${transaction.forUpdate}`,
    [name, version],
  );
  const unmoved =
    row !== undefined &&
    Number(row.checkpoint) === before.checkpoint &&
    Number(row.gathered_to) === (before.gathered?.to ?? 0) &&
    Number(row.gathered_taken) === (before.gathered?.taken ?? 0);
  if (!unmoved) throw new AnotherProjector(name);
  const values: Readonly<Record<string, Value>> = {
    checkpoint: after.checkpoint,
    applied: after.applied,
    stopped_at: after.stopped?.position ?? null,
    stopped_event: after.stopped?.event ?? null,
    stopped_reason: after.stopped?.reason ?? null,
    gathered_to: after.gathered?.to ?? null,
    gathered_parts: after.gathered?.parts ?? null,
    gathered_taken: after.gathered?.taken ?? null,
  };
  const columns = Object.keys(values).map((column) => `${column} = ?`);
  await transaction.query(`UPDATE projections SET ${columns.join(', ')} WHERE name = ? AND version = ?`, [
    ...Object.values(values),
    name,
    version,
  ]);
}
