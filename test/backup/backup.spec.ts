import Database from 'better-sqlite3';
import { existsSync } from 'node:fs';
import {
  appendFile,
  cp,
  mkdir,
  mkdtemp,
  readFile,
  readdir,
  rm,
  stat,
  symlink,
  truncate,
  unlink,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { BackupError, MANIFEST, UNFINISHED, planOf, readManifest, writtenManifest } from '#backup';
import type { Manifest } from '#backup';
import { digestOf } from '#files';
import { ProcessDatabase } from '#processes';
import { TransparencyError } from '#transparency-log';
import { backUp, backedUpText } from '../../apps/auditor/backup';
import { NotWhatWasSigned, restore } from '../../apps/auditor/restore';
import type { RestoreOptions } from '../../apps/auditor/restore';
import { startProgram } from '../child-process';
import { checkpointIn, digestsIn, eventsIn, registryIn } from './data-folder';
import type { Registry } from './data-folder'; // prettier-ignore

const RESTRICTED = Buffer.from('a photo');
const SEALED = Buffer.from('a ciphertext');

describe('a backup of the embedded registry', () => {
  let home: string;
  /** A registry that goes on; 300 entries are under the checkpoint, 20 came later. */
  let registry: Registry;
  /** An honest backup of it, never touched. */
  let honest: string;
  let backup: string;
  let to: string;
  beforeAll(async () => {
    home = await mkdtemp(join(tmpdir(), 'backup-'));
    registry = await registryIn(join(home, 'data'));
    await registry.record(300);
    await registry.notarise();
    await registry.notary.stop();
    await registry.record(20);
    await registry.files.restricted.put(RESTRICTED);
    await registry.files.sealed.put(SEALED);
    honest = join(home, 'honest');
    await backUp({}, { data: registry.data, folder: honest, withKeys: true });
  }, 60_000);
  afterAll(async () => {
    await registry.close();
    await rm(home, { recursive: true });
  });
  let number = 0;
  beforeEach(async () => {
    number += 1;
    backup = join(home, `backup-${number}`);
    to = join(home, `restored-${number}`);
    await cp(honest, backup, { recursive: true });
  });

  const restored = (over: Partial<RestoreOptions> = {}) => restore({}, { backup, data: to, ...over });
  /** Why it was refused; nothing may be in place then. */
  async function refusal(over: Partial<RestoreOptions> = {}): Promise<string> {
    const why = await restored(over).then(
      () => 'not refused',
      (error: unknown) => {
        if (!(error instanceof BackupError) && !(error instanceof NotWhatWasSigned)) throw error;
        return error.message;
      },
    );
    await expect(stat(to)).rejects.toThrow('ENOENT');
    return why;
  }
  const manifestOf = async (): Promise<Manifest> => readManifest(await readFile(join(backup, MANIFEST), 'utf8'));
  /** As somebody would who knows how manifests are made. */
  async function forgedManifest(path: string): Promise<void> {
    const manifest = await manifestOf();
    const bytes = await readFile(join(backup, path));
    const files = manifest.files.map((file) => (file.path === path ? { path, size: bytes.length, sha256: digestOf(bytes) } : file)); // prettier-ignore
    await writeFile(join(backup, MANIFEST), writtenManifest({ ...manifest, files }));
  }

  it('brings everything back as it was, and the keys', async () => {
    await expect(restored()).resolves.toMatchObject({ logged: 300, position: 320, missingKeys: [] });
    const names = (await readdir(to)).sort();
    expect(await eventsIn(to)).toEqual(await eventsIn(registry.data));
    const [was, is] = [await digestsIn(registry.data), await digestsIn(to)];
    const same = Object.keys(was).filter((path) => /^(files\/(restricted|sealed)|transparency-log\/|.*\.key$)/.test(path));
    expect(same.length).toBeGreaterThan(8);
    expect(same.map((path) => [path, is[path]])).toEqual(same.map((path) => [path, was[path]]));
    expect(names).toEqual(['access.key', 'access.sqlite', 'events.sqlite', 'files', 'processes.sqlite', 'restores.ndjson', 'transparency-log', 'transparency-log.key']);
    expect((await stat(join(to, 'access.key'))).mode & 0o077).toBe(0);
    expect((await stat(join(to, 'transparency-log.key'))).mode & 0o077).toBe(0);
  }); // prettier-ignore

  it('goes on as a registry, with a log that grew out of the one that was signed', async () => {
    await restored();
    const again = await registryIn(to);
    await again.record(5);
    await again.notarise();
    await again.close();
    expect(again.notary.progress()).toMatchObject({ size: 325 });
    const verify = ['--data', to, 'verify', '--since', checkpointIn(registry.data)];
    const { code, output } = await startProgram('apps/auditor/main.ts', verify).exit;
    expect([code, output]).toEqual([0, expect.stringContaining('out of the 300 entries')]);
  }, 30_000);

  it('holds no secret key unless asked, and is for its user alone', async () => {
    const folder = join(home, 'without-keys');
    const done = await backUp({}, { data: registry.data, folder, withKeys: false });
    expect(backedUpText(done)).toContain('not in the backup');
    expect(Object.keys(await digestsIn(folder)).filter((path) => path.endsWith('.key'))).toEqual([]);
    for (const path of Object.keys(await digestsIn(folder)))
      expect([path, (await stat(join(folder, path))).mode & 0o077]).toEqual([path, 0]);
    await expect(restored({ backup: folder })).resolves.toMatchObject({
      missingKeys: ['transparency-log.key', 'access.key'],
    });
  });

  it('is refused with the name of the file when any byte of any file was changed', async () => {
    const { files } = await manifestOf();
    for (const { path, size } of files) {
      const file = join(backup, path);
      const bytes = await readFile(file);
      const at = Math.floor(Math.random() * size);
      await writeFile(file, Buffer.from(bytes.map((byte, place) => (place === at ? byte ^ 0x10 : byte))));
      expect([path, at, await refusal()]).toEqual([path, at, expect.stringContaining(`${path} in the backup is not what was written`)]); // prettier-ignore
      await writeFile(file, bytes);
    }
    expect(await readdir(home)).not.toContain(`restored-${number}`);
    await restored();
  }, 60_000);

  it('is refused when a byte of the manifest was changed', async () => {
    const text = await readFile(join(backup, MANIFEST));
    for (let round = 0; round < 200; round += 1) {
      const at = Math.floor(Math.random() * text.length);
      const changed = Buffer.from(text.map((byte, place) => (place === at ? byte ^ (1 << (round % 8)) : byte)));
      expect(() => readManifest(changed.toString('utf8'))).toThrow('is damaged');
    }
    await writeFile(join(backup, MANIFEST), text.subarray(0, text.length - 10));
    expect(await refusal()).toContain('damaged');
  });

  it.each([
    ['cut off', async (folder: string) => truncate(join(folder, 'events.sqlite'), 8192), /events\.sqlite in the backup has 8192 bytes instead of \d+: it was cut off/],
    ['added to', async (folder: string) => appendFile(join(folder, 'transparency-log', 'keys'), 'x'), /keys in the backup has \d+ bytes instead of \d+: it was added to/],
    ['missing', async (folder: string) => unlink(join(folder, 'processes.sqlite')), /processes\.sqlite is missing from the backup/],
    ['extra', async (folder: string) => writeFile(join(folder, 'files', 'more'), 'x'), /files\/more lies in the backup and is not in its manifest/],
    ['a link', async (folder: string) => { await unlink(join(folder, 'access.sqlite')); await symlink('/etc/hostname', join(folder, 'access.sqlite')); }, /access\.sqlite in the backup is no file/],
    ['without a manifest', async (folder: string) => unlink(join(folder, MANIFEST)), /holds no backup: it has no manifest/],
    ['interrupted', async (folder: string) => { await unlink(join(folder, MANIFEST)); await writeFile(join(folder, UNFINISHED), ''); }, /holds no backup: one was begun there and not finished/],
  ] as const)('is refused when something is %s', async (_, harm, words) => {
    await harm(backup);
    expect(await refusal()).toMatch(words);
  }); // prettier-ignore

  it('is refused when its manifest leads out of the folder', async () => {
    const { files, ...manifest } = await manifestOf();
    for (const path of ['../outside', '/etc/outside', 'files/../../outside', '.hidden', 'a//b', 'a\\b', ''])
      expect(() => readManifest(writtenManifest({ ...manifest, files: [...files, { path, size: 1, sha256: '0'.repeat(64) }] }))).toThrow('is damaged'); // prettier-ignore
  });

  it('is refused when an event was changed before it was taken, or its manifest forged', async () => {
    const log = new Database(join(backup, 'events.sqlite'));
    log.exec('DROP TRIGGER events_are_never_changed');
    log.exec(`UPDATE events SET data = json_set(data, '$.title', 'Firm') WHERE position = 7`);
    log.close();
    await forgedManifest('events.sqlite');
    expect(await refusal()).toMatch(/not what was signed:\n {2}event-altered: .*data\.title/);
  });

  it('is refused when an event is missing that is under no checkpoint yet', async () => {
    const log = new Database(join(backup, 'events.sqlite'));
    log.exec('DROP TRIGGER events_are_never_deleted');
    log.exec('DELETE FROM events WHERE position = 310');
    log.close();
    await forgedManifest('events.sqlite');
    await expect(restored()).rejects.toThrow(/has a gap: before position 311 an event is missing/);
  });

  it('is refused when its log is shorter than what was signed', async () => {
    const log = new Database(join(backup, 'events.sqlite'));
    log.exec('DROP TRIGGER events_are_never_deleted');
    log.exec('DELETE FROM events WHERE position > 280');
    const event = log.prepare('SELECT id FROM events WHERE position = 280').pluck().get() as string;
    log.close();
    await forgedManifest('events.sqlite');
    await writeFile(
      join(backup, MANIFEST),
      writtenManifest({ ...(await manifestOf()), log: { position: 280, event } }),
    );
    expect(await refusal()).toMatch(/event-missing: .*is gone from the store/);
  });

  it('is put over nothing, and into no backup', async () => {
    await mkdir(to);
    await writeFile(join(to, 'mine'), 'x');
    await expect(restored()).rejects.toThrow('is not empty, and a backup is never put over anything');
    expect(await readdir(to)).toEqual(['mine']);
    const taken = (folder: string) => backUp({}, { data: registry.data, folder, withKeys: false });
    await expect(taken(backup)).rejects.toThrow('holds a backup already');
    await expect(taken(to)).rejects.toThrow('is not empty, and no backup was begun there');
    await expect(taken(join(registry.data, 'files', 'sealed', 'backup'))).rejects.toThrow('which is to be copied');
    await rm(join(to, 'mine'));
    await restored();
  });

  it('says so where there is nothing to back up, or it lies elsewhere', async () => {
    const folder = join(home, 'nothing');
    await expect(backUp({}, { data: join(home, 'nowhere'), folder, withKeys: false })).rejects.toThrow('nothing to back up');
    await expect(backUp({ EVENT_STORE: 'eventstoredb', EVENTSTOREDB_URL: 'esdb://localhost:2113' }, { data: registry.data, folder, withKeys: false })).rejects.toThrow('docs/operating.md');
    const url = 'postgres://user:secret@localhost:5432/processes';
    const done = await backUp({ PROCESS_DATABASE: 'postgres', PROCESS_DATABASE_URL: url }, { data: registry.data, folder: join(home, 'partly'), withKeys: false });
    expect(done.leftOut).toEqual([expect.stringContaining('process managers lies in PostgreSQL')]);
    expect(backedUpText(done)).not.toContain('secret');
  }); // prettier-ignore

  it('leaves a file out that is damaged where it lies, and says so', async () => {
    const { sha256 } = await registry.files.restricted.put(Buffer.from('to be damaged'));
    const path = join(registry.data, 'files', 'restricted', sha256.slice(0, 2), sha256.slice(2, 4), sha256);
    await writeFile(path, 'other');
    const folder = join(home, 'damaged');
    const { code, output } = await startProgram('apps/auditor/main.ts', ['--data', registry.data, 'backup', folder]).exit; // prettier-ignore
    await rm(path);
    expect([code, output]).toEqual([
      3,
      expect.stringContaining(`the file ${sha256} is not what its name says`.slice(4)),
    ]);
    await expect(restored({ backup: folder })).resolves.toMatchObject({
      leftOut: [expect.stringContaining(sha256)],
    });
  }, 30_000);

  describe('held against a checkpoint from outside', () => {
    let outside: string;
    /** The published log as it went on after the backup. */
    async function grownBy(count: number): Promise<void> {
      const data = join(home, `world-${number}`);
      await rm(data, { recursive: true, force: true });
      await restored({ data });
      const world = await registryIn(data);
      await world.record(count);
      await world.notarise();
      await world.close();
      outside = checkpointIn(data);
    }

    it('of the same time or earlier, it is the log that was signed', async () => {
      await expect(restored({ checkpoint: checkpointIn(registry.data) })).resolves.toMatchObject({ outside: 300 });
    });

    it('of later, but not later than its events, it leads to the very same root', async () => {
      await grownBy(0);
      const done = await restored({ checkpoint: outside });
      expect(done).toMatchObject({ logged: 300, outside: 320 });
      expect(done.rollback).toBeUndefined();
    });

    it('of later, with other events in that place, it is refused', async () => {
      await grownBy(0);
      const log = new Database(join(backup, 'events.sqlite'));
      log.exec('DROP TRIGGER events_are_never_changed');
      log.exec(`UPDATE events SET data = json_set(data, '$.title', 'Firm') WHERE position = 310`);
      log.close();
      await forgedManifest('events.sqlite');
      expect(await refusal({ checkpoint: outside })).toMatch(/do not lead to the checkpoint of 320 entries/);
    });

    it('of later than its events, it is refused, or put in place with a reason that is kept for good', async () => {
      await grownBy(7);
      expect(await refusal({ checkpoint: outside })).toMatch(
        /behind the checkpoint: it holds 320 events, and 327 were signed. 7 entries/,
      );
      await expect(restored({ checkpoint: outside, acknowledgeRollback: '  ' })).rejects.toThrow('Say why');
      const reason = 'Fire in the machine room, no newer copy';
      await expect(restored({ checkpoint: outside, acknowledgeRollback: reason })).resolves.toMatchObject({
        rollback: { lostAtLeast: 7 },
      });
      const [line] = (await readFile(join(to, 'restores.ndjson'), 'utf8')).trim().split('\n');
      expect(JSON.parse(line!)).toMatchObject({ log: { position: 320 }, outside: 327, rollback: { reason, lostAtLeast: 7 } }); // prettier-ignore
      // The next backup, and whoever restores it, still tells of it.
      await backUp({}, { data: to, folder: `${backup}-next`, withKeys: false });
      await restored({ backup: `${backup}-next`, data: `${to}-next` });
      const lines = (await readFile(join(`${to}-next`, 'restores.ndjson'), 'utf8')).trim().split('\n');
      expect(lines).toEqual([line, expect.stringContaining('restoredAt')]);
    });

    it('says which exit a script gets', async () => {
      await grownBy(7);
      const command = ['--data', to, 'restore', backup, '--checkpoint', outside];
      const { code, errors } = await startProgram('apps/auditor/main.ts', command).exit;
      expect([code, errors]).toEqual([4, expect.stringMatching(/behind the checkpoint[^]*Nothing was put in place/)]);
      await writeFile(outside, 'no checkpoint');
      const wrong = await startProgram('apps/auditor/main.ts', command).exit;
      expect([wrong.code, wrong.errors]).toEqual([1, expect.stringContaining('is no checkpoint of this log')]);
    }, 30_000);
  });

  it('brings the process managers in step with a log they were ahead of', async () => {
    const path = join(backup, 'processes.sqlite');
    const before = await ProcessDatabase.open({ kind: 'sqlite', path }, '2026-01-01T00:00:00.000Z');
    const progress = (name: string, position: number) => before.query('INSERT INTO processes (name, version, checkpoint, applied, clock) VALUES (?, 1, ?, 1, ?)', [name, position, '2026-01-01T00:00:00.000Z']);
    await progress('ahead', 321);
    await progress('level', 320);
    await before.query(`INSERT INTO process_states (process, key, state) VALUES ('ahead', 'k', '{}'), ('level', 'k', '{}')`);
    const effect = (id: string, kind: string, status: string, detail: string) => before.query('INSERT INTO effects (id, process, key, kind, what, at, status, detail) VALUES (?, ?, ?, ?, ?, ?, ?, ?)', [id, 'ahead', 'k', kind, 'terminate-agreement', '2026-01-01T00:00:00.000Z', status, detail]);
    await effect('lost', 'command', 'recorded', 'revision 9, position 321');
    await effect('there', 'command', 'recorded', 'revision 8, position 320');
    await effect('told', 'notice', 'released', '');
    await effect('overtaken', 'command', 'overtaken', 'When it could be sent it was no longer so.');
    await before.close();
    await forgedManifest('processes.sqlite');
    await expect(restored()).resolves.toMatchObject({ processes: { processes: 1, effects: 2 } });
    const after = await ProcessDatabase.open({ kind: 'sqlite', path: join(to, 'processes.sqlite') }, '2026-01-01T00:00:00.000Z');
    expect(await after.query('SELECT name FROM processes')).toEqual([{ name: 'level' }]);
    expect(await after.query('SELECT process FROM process_states')).toEqual([{ process: 'level' }]);
    expect(await after.query('SELECT id, status FROM effects ORDER BY id')).toEqual([{ id: 'lost', status: 'pending' }, { id: 'overtaken', status: 'pending' }, { id: 'there', status: 'recorded' }, { id: 'told', status: 'released' }]);
    await after.close();
  }); // prettier-ignore

  it('ends the sessions it brings back', async () => {
    const access = new Database(join(backup, 'access.sqlite'));
    access.exec(
      "INSERT INTO sessions (digest, id, account, stage, signed_in_by, browser, made_at, seen_at, idle_ends_at, ends_at) VALUES ('d', 'i', 'a', 'open', 'password', '', 1, 1, 9e15, 9e15)",
    );
    access.close();
    await forgedManifest('access.sqlite');
    await expect(restored()).resolves.toMatchObject({ sessions: 1 });
    const after = new Database(join(to, 'access.sqlite'), { readonly: true });
    expect(after.prepare('SELECT count(*) FROM sessions').pluck().get()).toBe(0);
    after.close();
  });

  it('is refused when none of the keys that are trusted signed it', async () => {
    const other = await registryIn(join(home, `other-${number}`));
    await other.close();
    await expect(restored({ keys: join(other.data, 'transparency-log', 'keys') })).rejects.toThrow(TransparencyError);
    await expect(stat(to)).rejects.toThrow('ENOENT');
    await restored({ keys: join(registry.data, 'transparency-log', 'keys') });
  });

  it('begins anew after an interruption, and keeps nothing of what it has no use for', async () => {
    await unlink(join(backup, MANIFEST));
    await writeFile(join(backup, UNFINISHED), '');
    await truncate(join(backup, 'events.sqlite'), 100);
    await mkdir(join(backup, 'transparency-log', 'log', 'tile', '7'), { recursive: true });
    await writeFile(join(backup, 'transparency-log', 'log', 'tile', '7', 'x'), 'x');
    const photo = digestOf(RESTRICTED);
    await writeFile(join(backup, 'files', 'restricted', photo.slice(0, 2), photo.slice(2, 4), photo), 'half');
    await backUp({}, { data: registry.data, folder: backup, withKeys: true });
    expect(Object.keys(await digestsIn(backup))).toEqual(Object.keys(await digestsIn(honest)));
    await restored();
    expect(await eventsIn(to)).toHaveLength(320);
  });

  it('is none where the disk has no room, and is begun again where it has', async () => {
    const folder = join(home, 'no-room');
    const program = 'apps/auditor/main.ts';
    const small = await startProgram(program, ['--data', registry.data, 'backup', folder], { shell: 'ulimit -f 64' })
      .exit;
    expect([small.code, small.errors]).toEqual([1, expect.stringMatching(/Make room on the disk/)]);
    expect(small.errors).not.toMatch(/^ {4}at /m);
    const none = await startProgram(program, ['--data', to, 'restore', folder]).exit;
    expect([none.code, none.errors]).toEqual([1, expect.stringContaining('holds no backup: one was begun there')]);
    await backUp({}, { data: registry.data, folder, withKeys: true });
    const tight = await startProgram(program, ['--data', to, 'restore', folder], { shell: 'ulimit -f 64' }).exit;
    expect(tight.code).toBe(1);
    expect(tight.errors).not.toMatch(/^ {4}at /m);
    await restored({ backup: folder });
  }, 60_000);

  it('may be one of an empty registry, also without a transparency log', async () => {
    const empty = await registryIn(join(home, 'empty'));
    const taken = (folder: string) => backUp({}, { data: empty.data, folder: join(home, folder), withKeys: true });
    // A log that has a key and no checkpoint yet, and one that has.
    await taken('of-empty');
    await expect(restored({ backup: join(home, 'of-empty') })).resolves.toMatchObject({ position: null, logged: null });
    await empty.notarise();
    while (!existsSync(checkpointIn(empty.data))) await pause(10);
    await taken('of-begun');
    await empty.close();
    await rm(to, { recursive: true });
    await expect(restored({ backup: join(home, 'of-begun') })).resolves.toMatchObject({ position: null, logged: 0 });
    await backUp({ TRANSPARENCY_LOG: 'off' }, { data: registry.data, folder: `${backup}-off`, withKeys: false });
    const off = { backup: `${backup}-off`, data: `${to}-off` };
    await expect(restored({ ...off, checkpoint: checkpointIn(registry.data) })).rejects.toThrow(
      'holds no transparency log',
    );
    await expect(restored(off)).resolves.toMatchObject({ position: 320, logged: null });
  });

  it('is not taken of a transparency log that lost its memory or its keys', async () => {
    const data = join(home, `robbed-${number}`);
    await restored({ data });
    const folder = `${backup}-robbed`;
    await unlink(join(data, 'transparency-log', 'log', 'signed-checkpoint'));
    await expect(backUp({}, { data, folder, withKeys: false })).rejects.toThrow(
      'has lost its memory of what it signed',
    );
    await cp(checkpointIn(data), join(data, 'transparency-log', 'log', 'signed-checkpoint'));
    await unlink(join(data, 'transparency-log', 'keys'));
    await expect(backUp({}, { data, folder, withKeys: false })).rejects.toThrow('has lost its list of keys');
  });

  it('is taken, and brought back, by one program at a time', async () => {
    await unlink(join(backup, MANIFEST));
    const busy = new Database(join(backup, UNFINISHED));
    busy.exec('BEGIN EXCLUSIVE');
    await expect(backUp({}, { data: registry.data, folder: backup, withKeys: true })).rejects.toThrow('Another program is busy');
    busy.close();
    const restoring = new Database(`${to}.restoring.lock`);
    restoring.exec('BEGIN EXCLUSIVE');
    await expect(restored({ backup: honest })).rejects.toThrow('Another program is busy');
    restoring.close();
    await restored({ backup: honest });
  }); // prettier-ignore
});

describe('the order of a backup', () => {
  const places = { log: 'l', processes: 'p', access: 'a', personKeys: 'k', transparencyLog: 't', files: 'f', keys: { 'access.key': 'k' }, restores: 'r' }; // prettier-ignore
  const paths = planOf(places, true).map(({ path }) => path);
  const events = paths.indexOf('events.sqlite');

  it('copies what may not be ahead of the events before them, and what may not be behind after', () => {
    expect(paths.indexOf('processes.sqlite')).toBeLessThan(events);
    expect(paths.indexOf('transparency-log')).toBeLessThan(events);
    expect(paths.indexOf('access.sqlite')).toBeGreaterThan(events);
    expect(paths.indexOf('person-keys.sqlite')).toBeGreaterThan(events);
    for (const shelf of ['files/restricted', 'files/sealed']) {
      expect(paths.indexOf(shelf)).toBeLessThan(events);
      expect(paths.lastIndexOf(shelf)).toBeGreaterThan(events);
    }
  });

  it('takes keys where they are asked for', () => {
    expect(planOf(places, false).map(({ path }) => path)).not.toContain('access.key');
    expect(paths).toContain('access.key');
  });
});
