import { randomBytes } from 'node:crypto';
import { chmodSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'better-sqlite3';
import { derivedUuid } from '#domain';
import { KEY_BYTES } from './aead';
import { KeysError } from './error';
import { KeyStore } from './key-store';
import type { DataKey, Destruction, Found } from './key-store';
import type { MasterKey } from './master-key';

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS masters (name TEXT PRIMARY KEY, checked BLOB NOT NULL) STRICT;
  CREATE TABLE IF NOT EXISTS keys (
    id TEXT PRIMARY KEY, holder TEXT NOT NULL UNIQUE, wrapped BLOB, master TEXT, made_at TEXT NOT NULL,
    destroyed_on TEXT, destroyed_by TEXT,
    CHECK ((wrapped IS NULL) = (destroyed_on IS NOT NULL) AND (destroyed_on IS NULL) = (destroyed_by IS NULL)
      AND (wrapped IS NULL) = (master IS NULL))
  ) STRICT;
  CREATE INDEX IF NOT EXISTS keys_by_master ON keys (master);
  CREATE TABLE IF NOT EXISTS followed (log TEXT PRIMARY KEY, position INTEGER NOT NULL) STRICT;`;

interface Row {
  readonly id: string;
  readonly wrapped: Uint8Array | null;
  readonly master: string | null;
  readonly destroyed_on: string | null;
  readonly destroyed_by: string | null;
}

/** A known text, wrapped: tells a wrong master key at the start and not at the first person's name. */
const CHECK_ID = 'check';
const CHECK = Buffer.alloc(KEY_BYTES, 'check');
const REWRAPPED_AT_ONCE = 500;

/**
 * Opens the key store in its file, made at the first start. Throws KeysError `wrong-master-key` when its keys are wrapped with another one, `rotation-unfinished` when some still
 * are.
 */
export async function openSqliteKeyStore(path: string, master: MasterKey): Promise<SqliteKeyStore> {
  const database = openFile(path);
  try {
    await checkMaster(database, path, master);
    return new SqliteKeyStore(database, master);
  } catch (error) {
    database.close();
    throw error;
  }
}

function openFile(path: string): Database.Database {
  mkdirSync(dirname(path), { recursive: true });
  const database = new Database(path);
  database.pragma('journal_mode = WAL');
  // A key given out is on disk; one destroyed is overwritten, in the file and in what is not used of it.
  database.pragma('synchronous = FULL');
  database.pragma('secure_delete = ON');
  database.pragma('busy_timeout = 5000');
  database.exec(SCHEMA);
  chmodSync(path, 0o600);
  return database;
}

async function checkMaster(database: Database.Database, path: string, master: MasterKey): Promise<void> {
  const names = database.prepare<[], string>('SELECT name FROM masters').pluck().all();
  if (names.length === 0) return addMaster(database, master);
  if (!(await isKnown(database, master))) {
    throw new KeysError(
      'wrong-master-key',
      `The keys of persons in ${path} are wrapped with another master key. Give the one they were wrapped with; its name is ${names.join(' or ')}.`,
    );
  }
  const others = database.prepare<[string], number>('SELECT count(*) FROM keys WHERE master <> ?').pluck();
  if (names.length > 1 && others.get(master.name)) {
    throw new KeysError(
      'rotation-unfinished',
      `Some keys of persons in ${path} are still wrapped with another master key than this one. Run the rotation again, with both, to its end.`,
    );
  }
}

async function isKnown(database: Database.Database, master: MasterKey): Promise<boolean> {
  const checked = database
    .prepare<[string], Uint8Array>('SELECT checked FROM masters WHERE name = ?')
    .pluck()
    .get(master.name);
  const opened = checked && (await master.unwrap(checked, CHECK_ID));
  return opened !== undefined && CHECK.equals(opened);
}

async function addMaster(database: Database.Database, master: MasterKey): Promise<void> {
  const checked = await master.wrap(CHECK, CHECK_ID);
  database.prepare('INSERT OR IGNORE INTO masters VALUES (?, ?)').run(master.name, checked);
}

/** What was freed is overwritten; now nothing older is left in the write-ahead log either. */
function truncateLog(database: Database.Database): void {
  const [result] = database.pragma('wal_checkpoint(TRUNCATE)') as { readonly busy: number }[];
  if (result?.busy !== 0)
    throw new KeysError('not-durable', 'Another program reads the keys of persons; what was destroyed may lie in the write-ahead log until it lets go. Try again.');
} // prettier-ignore

interface Waiting {
  readonly id: string;
  readonly holder: string;
  readonly wrapped: Uint8Array;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

/** The key store in a SQLite file of its own. See `openSqliteKeyStore`. */
export class SqliteKeyStore extends KeyStore {
  private readonly byId: Database.Statement<[string], Row>;
  private readonly byHolder: Database.Statement<[string], Row>;
  private readonly insert: Database.Statement<[string, string, Uint8Array, string, string]>;
  private readonly waiting: Waiting[] = [];

  constructor(
    private readonly database: Database.Database,
    private readonly master: MasterKey,
  ) {
    super();
    const columns = 'SELECT id, wrapped, master, destroyed_on, destroyed_by FROM keys';
    this.byId = database.prepare(`${columns} WHERE id = ?`);
    this.byHolder = database.prepare(`${columns} WHERE holder = ?`);
    // Of two that make a key for one holder the first wins, and the second reads it.
    this.insert = database.prepare(
      'INSERT INTO keys (id, holder, wrapped, master, made_at) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING',
    );
  }

  override async keyOf(holder: string): Promise<DataKey> {
    const row = this.byHolder.get(holder) ?? (await this.made(holder));
    const found = await this.opened(row);
    if (found.kind === 'key') return { id: row.id, key: found.key };
    throw new KeysError(
      'key-destroyed',
      `The personal data of ${holder} were erased on ${found.on} by entry ${found.by}. Nothing personal can be recorded there any more.`,
    );
  }

  override async find(keyId: string): Promise<Found | undefined> {
    const row = this.byId.get(keyId);
    return row && this.opened(row);
  }

  override async destroy(holder: string, { by, on }: Destruction): Promise<void> {
    this.database
      .prepare(
        `INSERT INTO keys (id, holder, made_at, destroyed_on, destroyed_by) VALUES (?, ?, ?, ?, ?)
         ON CONFLICT (holder) DO UPDATE SET wrapped = NULL, master = NULL, destroyed_on = excluded.destroyed_on, destroyed_by = excluded.destroyed_by
         WHERE destroyed_on IS NULL`,
      )
      .run(keyIdOf(holder), holder, on, on, by);
    // Also where it was destroyed before: a crash may have come between.
    truncateLog(this.database);
  }

  override async followed(log: string): Promise<number | undefined> {
    return this.database.prepare<[string], number>('SELECT position FROM followed WHERE log = ?').pluck().get(log);
  }

  override async follow(log: string, position: number): Promise<void> {
    this.database
      .prepare('INSERT INTO followed VALUES (?, ?) ON CONFLICT (log) DO UPDATE SET position = excluded.position')
      .run(log, position);
  }

  override async close(): Promise<void> {
    this.writeWaiting();
    this.database.close();
  }

  /** Keys that are asked for in one turn of the event loop are written together and share one disk flush, as the events do that they are for. */
  private async made(holder: string): Promise<Row> {
    const id = keyIdOf(holder);
    const wrapped = await this.master.wrap(randomBytes(KEY_BYTES), id);
    await new Promise<void>((resolve, reject) => {
      this.waiting.push({ id, holder, wrapped, resolve, reject });
      if (this.waiting.length === 1) setImmediate(() => this.writeWaiting());
    });
    return this.byHolder.get(holder)!;
  }

  private writeWaiting(): void {
    const batch = this.waiting.splice(0);
    const madeAt = new Date().toISOString();
    try {
      this.database.transaction(() => {
        for (const { id, holder, wrapped } of batch) this.insert.run(id, holder, wrapped, this.master.name, madeAt);
      })();
    } catch (error) {
      for (const { reject } of batch) reject(error);
      return;
    }
    for (const { resolve } of batch) resolve();
  }

  private async opened({ id, wrapped, master, destroyed_on: on, destroyed_by: by }: Row): Promise<Found> {
    if (on !== null && by !== null) return { kind: 'destroyed', on, by };
    const key = wrapped && (await this.master.unwrap(wrapped, id));
    if (!key) throw wrongMaster(id, master);
    return { kind: 'key', key };
  }
}

/** Which key is whose follows from the holder; the key itself is random. */
const keyIdOf = (holder: string): string => derivedUuid('data key', holder);

const wrongMaster = (id: string, master: string | null): KeysError =>
  new KeysError(
    'wrong-master-key',
    `The key ${id} cannot be unwrapped: it is damaged, or wrapped with the master key ${master ?? 'of nobody'}. Put back a backup of the key store, or give that master key.`,
  );

/**
 * Wraps every key in the file with another master key, a part at a time, and answers how many it wrapped. The registry must be stopped meanwhile. After an interruption it is run again with the
 * same two; from its end on the store opens with the new one alone. Throws KeysError `wrong-master-key` where neither is the one in use.
 */
export async function rotateMasterKey(path: string, from: MasterKey, to: MasterKey): Promise<number> {
  const database = openFile(path);
  try {
    if (!(await isKnown(database, from)) && !(await isKnown(database, to))) await checkMaster(database, path, from);
    await addMaster(database, to);
    const rewrapped = await rewrapAll(database, from, to);
    database.prepare('DELETE FROM masters WHERE name <> ?').run(to.name);
    truncateLog(database);
    return rewrapped;
  } finally {
    database.close();
  }
}

async function rewrapAll(database: Database.Database, from: MasterKey, to: MasterKey): Promise<number> {
  const some = database.prepare<[string, number], { id: string; wrapped: Uint8Array; master: string }>(
    'SELECT id, wrapped, master FROM keys WHERE master <> ? LIMIT ?',
  );
  const put = database.prepare('UPDATE keys SET wrapped = ?, master = ? WHERE id = ?');
  for (let rewrapped = 0; ;) {
    const rows = some.all(to.name, REWRAPPED_AT_ONCE);
    if (rows.length === 0) return rewrapped;
    const again: [Uint8Array, string][] = [];
    for (const { id, wrapped, master } of rows) {
      const key = await from.unwrap(wrapped, id);
      if (!key) throw wrongMaster(id, master);
      again.push([await to.wrap(key, id), id]);
    }
    database.transaction(() => again.forEach(([wrapped, id]) => put.run(wrapped, to.name, id)))();
    rewrapped += rows.length;
  }
}
