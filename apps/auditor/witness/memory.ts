import Database from 'better-sqlite3';
import { WitnessMemory } from '#transparency-log';
import type { Remembered, WitnessStep } from '#transparency-log';
import { WrongRequest } from '../log';

/** Notes that contradict what was cosigned, kept of each log: anybody may send some, and a few prove enough. */
const MOST_CONTRADICTIONS = 20;

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS identity (only INTEGER PRIMARY KEY CHECK (only = 1), key TEXT NOT NULL) STRICT;
  CREATE TABLE IF NOT EXISTS cosigned (origin TEXT PRIMARY KEY, size INTEGER NOT NULL, root BLOB NOT NULL, note TEXT NOT NULL) STRICT;
  CREATE TABLE IF NOT EXISTS contradictions (origin TEXT NOT NULL, note TEXT NOT NULL, PRIMARY KEY (origin, note)) STRICT;
  CREATE TRIGGER IF NOT EXISTS a_tree_never_shrinks BEFORE UPDATE ON cosigned WHEN NEW.size < OLD.size BEGIN SELECT RAISE(ABORT, 'a witness never goes back'); END;
`;

/** The memory of a witness in one SQLite file. A step is one transaction that has the file to itself: neither a second program nor a kill at any moment makes a witness cosign two histories. */
export class WitnessFile extends WitnessMemory {
  private constructor(private readonly database: Database.Database) {
    super();
  }

  /** Makes the file where there is none. Throws WrongRequest. */
  static open(path: string): WitnessFile {
    let database: Database.Database | undefined;
    try {
      database = new Database(path, { timeout: 5000 });
      // EXTRA: the folder too is forced to disk, so that power loss takes back nothing that was answered.
      database.pragma('journal_mode = DELETE');
      database.pragma('synchronous = EXTRA');
      database.exec(SCHEMA);
      return new WitnessFile(database);
    } catch (error) {
      database?.close();
      throw new WrongRequest(`${path} cannot be used as the memory of a witness: ${error instanceof Error ? error.message : String(error)}. Bring it back from a backup, or begin a new witness in another folder.`);
    }
  } // prettier-ignore

  /** The public key of the witness whose memory this is; undefined for one that has not cosigned yet. */
  get key(): string | undefined {
    return this.database.prepare<[], string>('SELECT key FROM identity').pluck().get();
  }

  belongTo(key: string): void {
    this.database.prepare('INSERT INTO identity VALUES (1, ?)').run(key);
  }

  inTurn<Result>(origin: string, step: (last: Remembered | undefined) => WitnessStep<Result>): Result {
    const turn = this.database.transaction((): Result => {
      const last = this.database.prepare<[string], Remembered>('SELECT size, root, note FROM cosigned WHERE origin = ?').get(origin); // prettier-ignore
      const { result, keep, contradiction } = step(last);
      if (keep) this.database.prepare('INSERT INTO cosigned VALUES (?, ?, ?, ?) ON CONFLICT (origin) DO UPDATE SET size = excluded.size, root = excluded.root, note = excluded.note').run(origin, keep.size, Buffer.from(keep.root), keep.note); // prettier-ignore
      if (contradiction !== undefined) this.keepContradiction(origin, contradiction);
      return result;
    });
    return turn.immediate();
  }

  /** What was cosigned last of each log, and the notes that contradict it. */
  report(): { readonly origin: string; readonly size: number; readonly note: string; readonly contradictions: readonly string[] }[] {
    const cosigned = this.database.prepare<[], { origin: string; size: number; note: string }>('SELECT origin, size, note FROM cosigned ORDER BY origin').all(); // prettier-ignore
    const against = this.database.prepare<[string], string>('SELECT note FROM contradictions WHERE origin = ?').pluck();
    return cosigned.map((each) => ({ ...each, contradictions: against.all(each.origin) }));
  } // prettier-ignore

  close(): void {
    this.database.close();
  }

  private keepContradiction(origin: string, note: string): void {
    const count = this.database.prepare<[string], number>('SELECT count(*) FROM contradictions WHERE origin = ?').pluck().get(origin); // prettier-ignore
    if ((count ?? 0) < MOST_CONTRADICTIONS)
      this.database.prepare('INSERT OR IGNORE INTO contradictions VALUES (?, ?)').run(origin, note);
  }
}
