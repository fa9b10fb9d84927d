import { START } from '#event-store';
import type { ReadDatabase } from '../database/read-database';
import { physicalName, readLedger } from '../engine/ledger';
import type { Progress } from '../engine/ledger';

/** No version of the projection is live yet: it is being built for the first time. */
export class NotBuiltYet extends Error {
  constructor(projection: string) {
    super(`The read model "${projection}" is being built. Try again in a moment.`);
    this.name = 'NotBuiltYet';
  }
}

/** The tables of a projection's live version, and how far they have come: the position every answer is true for. */
export async function live(
  database: ReadDatabase,
  projection: string,
): Promise<{ readonly position: number; readonly table: (name: string) => string }> {
  const found = (await ledgerOf(database)).find(({ name, live: isLive }) => name === projection && isLive);
  if (!found) throw new NotBuiltYet(projection);
  return { position: found.checkpoint, table: (name) => physicalName(name, found.version) };
}

/** The position all live projections have reached: the version of everything a reader can see. */
export async function positionOf(database: ReadDatabase): Promise<number> {
  const positions = (await ledgerOf(database)).filter(({ live: isLive }) => isLive).map(({ checkpoint }) => checkpoint);
  return positions.length === 0 ? START : Math.min(...positions);
}

/** What the ledger said, and in which state of the database: each answer asks for it a dozen times. */
const ledgers = new WeakMap<ReadDatabase, { readonly version: number; readonly ledger: readonly Progress[] }>();

/** The ledger as it is now. */
async function ledgerOf(database: ReadDatabase): Promise<readonly Progress[]> {
  const version = database.version();
  if (version === undefined) return readOrEmpty(database);
  const known = ledgers.get(database);
  if (known?.version === version) return known.ledger;
  const ledger = await readOrEmpty(database);
  ledgers.set(database, { version, ledger });
  return ledger;
}

/** The ledger; empty where no projector has made one yet. */
async function readOrEmpty(database: ReadDatabase): Promise<Progress[]> {
  try {
    return await readLedger(database);
  } catch (error) {
    if (
      error instanceof Error &&
      /no such table: projections|relation "projections" does not exist/.test(error.message)
    ) {
      return [];
    }
    throw error;
  }
}
