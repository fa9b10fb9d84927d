import { TreeReader, checkLog, encodeBundle } from '#transparency-log';
import type { CheckProgress, TreeHead } from '#transparency-log';
import { entriesUpTo, faultOfAsync, logOf, withBitFlipped } from './logs';
import { MemoryTileStorage } from './memory-storage';

describe('the walk over a whole log', () => {
  const size = 1000;
  const entries = entriesUpTo(size);
  const whole = new MemoryTileStorage();
  let storage: MemoryTileStorage;
  let head: TreeHead;

  beforeAll(async () => {
    head = (await logOf(whole, 300, size)).head;
  });
  beforeEach(() => {
    storage = whole.copy();
  });

  it('finds nothing in an honest log, and shows each entry once', async () => {
    const seen: Uint8Array[] = [];
    const result = await checkLog(storage, head, { onEntry: (entry, index) => void (seen[index] = entry) });
    expect(result).toEqual({ entries: size, findings: [] });
    expect(seen).toEqual(entries);
  });

  it('reports how far it is and can go on from there, at any place', async () => {
    const stops: CheckProgress[] = [];
    await checkLog(storage, head, { onProgress: (progress) => void stops.push(progress) });
    expect(stops.map(({ entries: at }) => at)).toEqual([256, 512, 768, 1000]);
    for (const { head: since } of stops) {
      const seen: number[] = [];
      const result = await checkLog(storage, head, { since, onEntry: (_entry, index) => void seen.push(index) });
      expect(result.findings).toEqual([]);
      expect(seen).toHaveLength(size - since.size);
    }
    const reader = new TreeReader(storage, size);
    for (const at of [0, 1, 299, 300, 301, 767]) {
      expect((await checkLog(storage, head, { since: { size: at, root: await reader.root(at) } })).findings).toEqual(
        [],
      );
    }
  });

  it('refuses to go on from a history that is no longer there', async () => {
    const root = withBitFlipped(await new TreeReader(storage, size).root(300), 0);
    expect(await faultOfAsync(() => checkLog(storage, head, { since: { size: 300, root } }))).toBe('old-root-mismatch');
    expect(await faultOfAsync(() => checkLog(storage, { size: 200, root }, { since: { size: 300, root } }))).toBe(
      'tree-shrank',
    );
  });

  it('names the entry that was changed', async () => {
    const forged = [...entries.slice(256, 512)];
    forged[77] = Buffer.from('forged');
    storage.paths.set('tile/entries/001', encodeBundle(forged));
    const { findings } = await checkLog(storage, head);
    expect(findings[0]).toMatchObject({ code: 'tile-differs', path: 'tile/0/001', index: 333 });
    expect(findings.map(({ code }) => code)).toContain('root-differs');
  });

  it('finds an entry changed together with its tiles, by the root that was signed', async () => {
    const forged = [...entries];
    forged[5] = Buffer.from('forged');
    const other = new MemoryTileStorage();
    const writer = await logOf(other);
    await writer.append(forged);
    expect((await checkLog(other, head)).findings.map(({ code }) => code)).toEqual(['root-differs']);
  });

  it.each(['tile/0/002', 'tile/0/003.p/232', 'tile/1/000.p/3'])(
    'finds a bit flipped in %s, though the entries are whole',
    async (path) => {
      storage.paths.set(path, withBitFlipped(storage.paths.get(path) ?? new Uint8Array(), 600));
      expect((await checkLog(storage, head)).findings).toMatchObject([{ code: 'tile-differs', path }]);
    },
  );

  it('goes on past a bundle that is gone or cut off, by its tile', async () => {
    storage.paths.delete('tile/entries/001');
    storage.paths.set('tile/entries/002', (storage.paths.get('tile/entries/002') ?? new Uint8Array()).subarray(1));
    expect(await checkLog(storage, head)).toMatchObject({
      entries: size,
      findings: [
        { code: 'bundle-missing', path: 'tile/entries/001' },
        { code: 'bundle-malformed', path: 'tile/entries/002' },
      ],
    });
  });

  it('stops where neither entries nor tile are left', async () => {
    storage.paths.delete('tile/entries/001');
    storage.paths.delete('tile/0/001');
    const { entries: checked, findings } = await checkLog(storage, head);
    expect([checked, findings.map(({ code }) => code)]).toEqual([256, ['bundle-missing', 'tile-missing']]);
  });

  it('ends when it has found enough, or is told to', async () => {
    for (const index of ['000', '001', '002']) storage.paths.delete(`tile/entries/${index}`);
    expect((await checkLog(storage, head, { maxFindings: 2 })).findings).toHaveLength(2);
    await expect(checkLog(storage, head, { signal: AbortSignal.abort() })).rejects.toThrow('aborted');
  });
});
