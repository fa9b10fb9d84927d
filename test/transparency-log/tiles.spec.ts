import fc from 'fast-check';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  FilesystemTileStorage,
  Tile,
  decodeBundle,
  encodeBundle,
  encodeTile,
  entriesPath,
  leafHash,
  parsePath,
  tilePath,
} from '#transparency-log';
import { entriesUpTo, faultOf, faultOfAsync, logOf } from './logs';
import { MemoryTileStorage } from './memory-storage';
import { treeHash } from './reference';

describe('paths of a tiled log', () => {
  it.each([
    [tilePath(0, 0), 'tile/0/000'],
    [tilePath(1, 1_234_067), 'tile/1/x001/x234/067'],
    [tilePath(63, 999, 255), 'tile/63/999.p/255'],
    [tilePath(2, 1000, 1), 'tile/2/x001/000.p/1'],
    [entriesPath(273, 112), 'tile/entries/273.p/112'],
    [entriesPath(Number.MAX_SAFE_INTEGER), 'tile/entries/x009/x007/x199/x254/x740/991'],
  ])('%s', (path, expected) => {
    expect(path).toBe(expected);
    expect(parsePath(path)).toBeDefined();
  });

  it('are read back as they were written', () => {
    const index = fc.nat({ max: Number.MAX_SAFE_INTEGER });
    const width = fc.integer({ min: 1, max: 256 });
    fc.assert(
      fc.property(fc.nat({ max: 63 }), index, width, (level, at, wide) => {
        expect(parsePath(tilePath(level, at, wide))).toEqual({ kind: 'tile', level, index: at, width: wide });
        expect(parsePath(entriesPath(at, wide))).toEqual({ kind: 'entries', index: at, width: wide });
      }),
    );
  });

  it.each([
    'tile/0/0',
    'tile/0/0000',
    'tile/00/000',
    'tile/64/000',
    'tile/0/x000/001',
    'tile/0/x001',
    'tile/0/001/002',
    'tile/0/000.p/0',
    'tile/0/000.p/256',
    'tile/0/000.p/01',
    'tile/0/000.p/-1',
    'tile/entries/000.p/',
    'tile/entries/x009/x007/x199/x254/x740/992',
    'tile/data/000',
    'tile/0/../0/000',
    'tile/0/000\n',
    '/tile/0/000',
    '../checkpoint',
    'checkpoint/',
    'signed-checkpoint',
    '',
  ])('refuses %j', (path) => {
    expect(parsePath(path)).toBeUndefined();
  });

  it('are not made for what cannot be', () => {
    for (const call of [
      () => tilePath(-1, 0),
      () => tilePath(64, 0),
      () => tilePath(0, -1),
      () => entriesPath(0, 0),
      () => entriesPath(0, 257),
    ]) {
      expect(faultOf(call)).toBe('path-malformed');
    }
  });
});

describe('the tiles of a tree', () => {
  // The example of the specification.
  it('of 70,000 entries are those of the specification', async () => {
    const storage = new MemoryTileStorage();
    await logOf(storage, 70_000);
    const count = (level: string, full: boolean) =>
      [...storage.paths.keys()].filter((path) => path.startsWith(`tile/${level}/`) && path.includes('.p/') !== full)
        .length;
    expect([count('0', true), count('1', true), count('2', true)]).toEqual([273, 1, 0]);
    for (const path of ['tile/0/273.p/112', 'tile/1/001.p/17', 'tile/2/000.p/1', 'tile/entries/273.p/112']) {
      expect(storage.paths.has(path)).toBe(true);
    }
    expect([count('0', false), count('1', false), count('2', false)]).toEqual([1, 1, 1]);
  });

  it('of 256 entries are a full one and a partial one of width 1 above it', async () => {
    const storage = new MemoryTileStorage();
    await logOf(storage, 256);
    expect([...storage.paths.keys()].filter((path) => path.startsWith('tile/')).sort()).toEqual([
      'tile/0/000',
      'tile/1/000.p/1',
      'tile/entries/000',
    ]);
    expect(Buffer.from(storage.paths.get('tile/1/000.p/1') ?? []).equals(treeHash(entriesUpTo(256)))).toBe(true);
  });

  it('keep the partial tile of each checkpoint until the full one is there', async () => {
    const storage = new MemoryTileStorage();
    const writer = await logOf(storage, 3, 200);
    expect([storage.paths.has('tile/0/000.p/3'), storage.paths.has('tile/entries/000.p/200')]).toEqual([true, true]);
    await writer.append(entriesUpTo(256, 200));
    expect([...storage.paths.keys()].filter((path) => /(0|entries)\/000\.p/.test(path))).toEqual([]);
  });

  it('hold whole hashes only, and as many as asked for', () => {
    const hashes = entriesUpTo(5).map((entry) => leafHash(entry));
    const bytes = encodeTile(hashes);
    expect(Tile.decode(bytes, 3, 'p').hashes).toHaveLength(3);
    expect(Tile.decode(bytes, 4, 'p').node(2, 0)).toEqual(treeHash(entriesUpTo(4)));
    expect(Tile.decode(bytes, 5, 'p').node(2, 1)).toBeUndefined();
    for (const [wrong, width] of [
      [bytes.subarray(1), 5],
      [bytes, 6],
      [bytes, 0],
      [new Uint8Array(257 * 32), 256],
      [new Uint8Array(), 1],
    ] as const) {
      expect(faultOf(() => Tile.decode(wrong, width, 'p'))).toBe('tile-malformed');
    }
  });
});

describe('entry bundles', () => {
  it('give back what was put in', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 600 }), { minLength: 1, maxLength: 256 }), (entries) => {
        const read = decodeBundle(encodeBundle(entries), entries.length, 'p');
        expect(read.map((entry) => Buffer.from(entry).toString('hex'))).toEqual(
          entries.map((entry) => Buffer.from(entry).toString('hex')),
        );
      }),
      { numRuns: 50 },
    );
  });

  it('write the length in two bytes, the greater first', () => {
    expect(
      Buffer.from(encodeBundle([Buffer.from('ab'), new Uint8Array(), Buffer.alloc(258, 1)]))
        .subarray(0, 8)
        .toString('hex'),
    ).toBe('0002616200000102');
  });

  it('refuse bytes that are cut off, too many or too few', () => {
    const bytes = encodeBundle(entriesUpTo(4));
    expect(faultOf(() => decodeBundle(bytes.subarray(0, -1), 4, 'p'))).toBe('bundle-malformed');
    expect(faultOf(() => decodeBundle(Buffer.concat([bytes, Uint8Array.of(0)]), 4, 'p'))).toBe('bundle-malformed');
    expect(faultOf(() => decodeBundle(bytes, 5, 'p'))).toBe('bundle-malformed');
    expect(faultOf(() => decodeBundle(Buffer.alloc(2 * 257), 256, 'p'))).toBe('bundle-malformed');
    expect(faultOf(() => encodeBundle([Buffer.alloc(65_536)]))).toBe('entry-too-large');
  });
});

describe('a log in a folder', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tiles-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('has the very files a web server publishes', async () => {
    const storage = await FilesystemTileStorage.open(folder);
    await logOf(storage, 3, 300);
    const memory = new MemoryTileStorage();
    await logOf(memory, 3, 300);
    const files = (await readdir(folder, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile());
    expect(files).toHaveLength(memory.paths.size);
    for (const [path, bytes] of memory.paths) expect(await storage.read(path)).toEqual(Buffer.from(bytes));
    expect(await readdir(join(folder, '.unfinished'))).toEqual([]);
  });

  it('never changes what was written once', async () => {
    const storage = await FilesystemTileStorage.open(folder);
    await storage.writeOnce('tile/0/x001/000', Buffer.from('one'));
    await storage.writeOnce('tile/0/x001/000', Buffer.from('one'));
    expect(await faultOfAsync(() => storage.writeOnce('tile/0/x001/000', Buffer.from('two')))).toBe(
      'resource-conflict',
    );
    expect(await storage.read('tile/0/x001/000')).toEqual(Buffer.from('one'));
  });

  it('clears what a crash left unfinished, and does not take it for a log', async () => {
    await mkdir(join(folder, '.unfinished'));
    await writeFile(join(folder, '.unfinished', 'half'), 'ha');
    const storage = await FilesystemTileStorage.open(folder);
    expect(await storage.isEmpty()).toBe(true);
    expect(await readdir(join(folder, '.unfinished'))).toEqual([]);
  });

  it('leads nowhere else', async () => {
    const storage = FilesystemTileStorage.reader(folder);
    for (const path of ['../secret', 'tile/0/../../../secret', '.unfinished/x', 'tile/0/000.p/../x']) {
      expect(await faultOfAsync(() => storage.read(path))).toBe('path-malformed');
    }
    expect(await storage.read('tile/0/000')).toBeUndefined();
  });
});
