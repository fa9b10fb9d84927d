import { START } from '#event-store';
import type { ReadDatabase, Transaction } from '../database/read-database';
import { ReadDatabaseError } from '../database/settings';
import { tablesOf } from '../projection';
import type { Projection } from '../projection';

/** How far one version of a projection has come. */
export interface Progress {
  readonly name: string;
  readonly version: number;
  /** Readers see this version; otherwise it is being built beside the one they see. */
  readonly live: boolean;
  /** Position of the last event taken. */
  readonly checkpoint: number;
  /** How many events were taken. */
  readonly applied: number;
  /** While it is built from the gathered log: the checkpoint is the start until all parts are taken (see gathering.ts). */
  readonly gathered?: Gathered;
  /** Where and why it stopped, if it did. */
  readonly stopped?: { readonly position: number; readonly event: string; readonly reason: string };
}

/** How far a version has come that takes the log stream by stream. */
export interface Gathered {
  /** The parts hold the log up to this position. */
  readonly to: number;
  readonly parts: number;
  /** So many parts were taken, in their order. */
  readonly taken: number;
}

/** About how far a projection has come in the log, for showing. */
export const placeOf = ({ checkpoint, gathered }: Progress): number =>
  gathered ? Math.floor((gathered.to * gathered.taken) / gathered.parts) : checkpoint;

type ProgressRow = {
  name: string;
  version: number;
  live: number;
  checkpoint: number;
  applied: number;
  stopped_at: number | null;
  stopped_event: string | null;
  stopped_reason: string | null;
  gathered_to: number | null;
  gathered_parts: number | null;
  gathered_taken: number | null;
};

/** Tables of a version; each version has its own, so that one can be built while another is read. */
export const physicalName = (table: string, version: number): string => `${table}_v${version}`;

export async function readLedger(database: Pick<ReadDatabase, 'query'>): Promise<Progress[]> {
  const rows = await database.query<ProgressRow>('SELECT * FROM projections ORDER BY name, version');
  return rows.map((row) => ({
    name: row.name,
    version: row.version,
    live: row.live === 1,
    checkpoint: Number(row.checkpoint),
    applied: Number(row.applied),
    ...(row.stopped_at !== null && {
      stopped: { position: Number(row.stopped_at), event: row.stopped_event ?? '', reason: row.stopped_reason ?? '' },
    }),
    ...(row.gathered_to !== null && {
      gathered: {
        to: Number(row.gathered_to),
        parts: Number(row.gathered_parts),
        taken: Number(row.gathered_taken),
      },
    }),
  }));
}

/**
 * Makes the ledger fit the code: new versions get empty tables to be built in, versions nobody reads or builds any more lose theirs.
 * Throws ReadDatabaseError when the database is ahead of the code.
 */
export async function prepareLedger(database: ReadDatabase, projections: readonly Projection[]): Promise<void> {
  for (const projection of projections) {
    await database.transaction(async (transaction) => {
      const versions = (await readLedger(transaction)).filter(({ name }) => name === projection.name);
      const newer = versions.find(({ version }) => version > projection.version);
      if (newer) {
        throw new ReadDatabaseError(
          `The read models hold version ${newer.version} of "${projection.name}"; this code knows up to ${projection.version}. Run the newer version, or name an empty database: all in it follows from the log.`,
        );
      }
      const live = versions.find((version) => version.live);
      for (const { version } of versions) {
        if (version !== projection.version && version !== live?.version)
          await drop(transaction, database, projection, version);
      }
      if (!versions.some(({ version }) => version === projection.version))
        await create(transaction, database, projection);
    });
  }
}

/** Forgets what was built of a projection's current version, so that it is built again from the start of the log. */
export async function rebuildFromStart(database: ReadDatabase, projection: Projection): Promise<void> {
  await database.transaction(async (transaction) => {
    await drop(transaction, database, projection, projection.version);
    await create(transaction, database, projection);
  });
}

async function create(transaction: Transaction, { dialect }: ReadDatabase, projection: Projection): Promise<void> {
  for (const table of tablesOf(projection)) {
    for (const sql of dialect.createTable(table, physicalName(table.name, projection.version)))
      await transaction.query(sql);
  }
  await transaction.query('INSERT INTO projections (name, version, live, checkpoint, applied) VALUES (?, ?, 0, ?, 0)', [
    projection.name,
    projection.version,
    START,
  ]);
}

async function drop(
  transaction: Transaction,
  { dialect }: ReadDatabase,
  projection: Projection,
  version: number,
): Promise<void> {
  for (const table of tablesOf(projection)) {
    for (const sql of dialect.dropTable(table, physicalName(table.name, version))) await transaction.query(sql);
  }
  await transaction.query('DELETE FROM projections WHERE name = ? AND version = ?', [projection.name, version]);
}

/** Makes a built version the one readers see, with its indexes. The one before keeps its tables until the next start, for those who still read it. */
export async function goLive(database: ReadDatabase, projection: Projection): Promise<void> {
  await database.transaction(async (transaction) => {
    for (const table of tablesOf(projection)) {
      for (const sql of database.dialect.createIndexes(table, physicalName(table.name, projection.version))) {
        await transaction.query(sql);
      }
    }
    await transaction.query('UPDATE projections SET live = CASE WHEN version = ? THEN 1 ELSE 0 END WHERE name = ?', [
      projection.version,
      projection.name,
    ]);
  });
}
