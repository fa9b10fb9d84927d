import { randomBytes } from 'node:crypto';
import { mkdtemp, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { FolderShelf, digestOf } from '#files';
import type { FileFault } from '#files';
import { startProgram } from '../child-process';

const limits = { file: 1000, shelf: 3000 };

async function faultOf(act: Promise<unknown>): Promise<FileFault | 'none'> {
  try {
    await act;
    return 'none';
  } catch (error) {
    return (error as { code: FileFault }).code;
  }
}

describe('a shelf in a folder', () => {
  let folder: string;
  let shelf: FolderShelf;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'shelf-'));
    shelf = await FolderShelf.open(folder, limits);
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  const pathOf = (sha256: string) => join(folder, sha256.slice(0, 2), sha256.slice(2, 4), sha256);

  it('gives back what was put, by its SHA-256', async () => {
    const { sha256, size } = await shelf.put(Buffer.from('abc'));
    expect([sha256, size]).toEqual(['ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad', 3]);
    expect((await shelf.read(sha256))?.toString()).toBe('abc');
    expect(await shelf.sizeOf(sha256)).toBe(3);
    expect((await FolderShelf.reader(folder).read(sha256))?.toString()).toBe('abc');
    expect(await readFile(pathOf(sha256), 'utf8')).toBe('abc');
  });

  it('has nothing under another name', async () => {
    expect(await shelf.read('0'.repeat(64))).toBeUndefined();
    expect(await shelf.sizeOf('0'.repeat(64))).toBeUndefined();
    expect(await FolderShelf.reader(join(folder, 'nowhere')).read('0'.repeat(64))).toBeUndefined();
  });

  it.each(['', '../../etc/passwd', 'A'.repeat(64), `${'0'.repeat(63)}/`, `../${'0'.repeat(61)}`])(
    'makes no path of %j',
    async (name) => {
      for (const act of [shelf.read(name), shelf.sizeOf(name), shelf.remove(name)])
        expect(await faultOf(act)).toBe('digest-malformed');
    },
  );

  it('takes no file beyond its limit, none that is empty, and not more than the shelf holds', async () => {
    expect(await faultOf(shelf.put(new Uint8Array(1001)))).toBe('file-too-large');
    expect(await faultOf(shelf.put(new Uint8Array()))).toBe('file-empty');
    const outcomes = await Promise.all(Array.from({ length: 8 }, () => faultOf(shelf.put(randomBytes(1000)))));
    expect(outcomes.filter((outcome) => outcome === 'none')).toHaveLength(3);
    expect(outcomes.filter((outcome) => outcome === 'shelf-full')).toHaveLength(5);
    const again = await FolderShelf.open(folder, limits);
    expect(await faultOf(again.put(randomBytes(1)))).toBe('shelf-full');
    for await (const { sha256 } of again.list()) await again.remove(sha256);
    expect(await faultOf(again.put(randomBytes(1000)))).toBe('none');
  });

  it('keeps the same file once, whoever puts it at the same time, and does not count it twice', async () => {
    const bytes = randomBytes(1000);
    const put = await Promise.all(Array.from({ length: 3 }, () => shelf.put(bytes)));
    expect(new Set(put.map(({ sha256 }) => sha256)).size).toBe(1);
    expect(await faultOf(shelf.put(randomBytes(1000)))).toBe('none');
    expect(await faultOf(shelf.put(randomBytes(1000)))).toBe('none');
  });

  it('never overwrites', async () => {
    const { sha256 } = await shelf.put(Buffer.from('abc'));
    const before = await stat(pathOf(sha256));
    await shelf.put(Buffer.from('abc'));
    const after = await stat(pathOf(sha256));
    expect([after.ino, after.birthtimeMs]).toEqual([before.ino, before.birthtimeMs]);
  });

  it('gives no file that is not what its name says, and takes none in its place', async () => {
    const { sha256 } = await shelf.put(Buffer.from('abc'));
    await writeFile(pathOf(sha256), 'abd');
    expect(await faultOf(shelf.read(sha256))).toBe('file-damaged');
    expect(await faultOf(shelf.put(Buffer.from('abc')))).toBe('file-damaged');
  });

  it('lists what it has, and takes away', async () => {
    const kept = await shelf.put(Buffer.from('abc'));
    const gone = await shelf.put(Buffer.from('def'));
    await shelf.remove(gone.sha256);
    await shelf.remove(gone.sha256);
    await writeFile(join(folder, 'stray'), 'not ours');
    const listed = [];
    for await (const { sha256, size } of shelf.list()) listed.push({ sha256, size });
    expect(listed).toEqual([kept]);
  });
});

describe('a process that puts files', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'shelf-kill-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  /** What a reader finds, without the store's help. */
  async function namedFiles(): Promise<string[]> {
    const names = await readdir(folder, { recursive: true });
    return names.map((name) => name.slice(-64)).filter((name) => /^[0-9a-f]{64}$/.test(name));
  }

  it('killed at any moment, leaves every acknowledged file and no half one', async () => {
    const acknowledged: string[] = [];
    for (let round = 0; round < 8; round += 1) {
      const child = startProgram('test/files/put-forever.ts', [folder]);
      await child.line(/^ready/);
      await pause(20 + round * 13);
      await child.kill();
      acknowledged.push(...child.lines.filter((line) => /^[0-9a-f]{64}$/.test(line)));
      const named = await namedFiles();
      for (const name of named)
        expect(digestOf(await readFile(join(folder, name.slice(0, 2), name.slice(2, 4), name)))).toBe(name);
      expect(named).toEqual(expect.arrayContaining(acknowledged));
    }
    expect(acknowledged.length).toBeGreaterThan(8);
    expect((await readdir(join(folder, '.unfinished'))).length).toBeLessThanOrEqual(1);
    await FolderShelf.open(folder, limits);
    expect(await readdir(join(folder, '.unfinished'))).toEqual([]);
  }, 120_000);

  it('says that there is no room where a file may not grow so far, and leaves nothing behind', async () => {
    // The shell's blocks are 512 bytes; SIGXFSZ is ignored by Node, which then gets EFBIG as from a full disk it would ENOSPC.
    const child = startProgram('test/files/put-forever.ts', [folder], {
      shell: 'ulimit -f 200',
      env: { FILE_BYTES: String(512 * 1024) },
    });
    const { output } = await child.exit;
    expect(output).toMatch(/failed disk-full$/);
    expect(await namedFiles()).toEqual([]);
    expect(await readdir(join(folder, '.unfinished'))).toEqual([]);
  }, 60_000);
});
