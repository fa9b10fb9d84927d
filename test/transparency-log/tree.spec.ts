import fc from 'fast-check';
import {
  CompactRange,
  EMPTY_ROOT,
  MAX_ENTRY_BYTES,
  TreeReader,
  TransparencyError,
  leafHash,
  verifyConsistency,
  verifyInclusion,
} from '#transparency-log';
import type { Hash, TreeHead } from '#transparency-log';
import { entriesUpTo, faultOf, faultOfAsync, logOf, withBitFlipped } from './logs';
import { MemoryTileStorage } from './memory-storage';
import { auditPath, consistency, treeHash } from './reference';
import probes from './vectors/proof-probes.json';

const bytes = (hex: string): Uint8Array => Buffer.from(hex, 'hex');
const hex = (hash: Uint8Array): string => Buffer.from(hash).toString('hex');

/** The tree of eight leaves that the certificate-transparency reference and all its descendants test with. */
const leaves = ['', '00', '10', '2021', '3031', '40414243', '5051525354555657', '606162636465666768696a6b6c6d6e6f'].map(
  bytes,
);
const roots = [
  'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
];
const head = (size: number): TreeHead => ({ size, root: bytes(roots[size] ?? '') });

const leaf = (index: number): Hash => leafHash(leaves[index] ?? new Uint8Array());

describe('the published tree of eight leaves', () => {
  let reader: TreeReader;
  beforeAll(async () => {
    const storage = new MemoryTileStorage();
    const writer = await logOf(storage);
    await writer.append(leaves);
    reader = new TreeReader(storage, 8);
  });

  it('has the published root at every size', async () => {
    const range = CompactRange.empty();
    for (const [size, root] of roots.entries()) {
      expect(hex(range.root())).toBe(root);
      expect(hex(await reader.root(size))).toBe(root);
      range.append(leaf(size));
    }
  });

  it.each([
    [0, 1, []],
    [0, 8, ['96a296d2', '5f083f0a', '6b47aaf2']],
    [5, 8, ['bc1a0643', 'ca854ea1', 'd37ee418']],
    [2, 3, ['fac54203']],
    [1, 5, ['6e340b9c', '5f083f0a', 'bc1a0643']],
  ])('has the published proof of leaf %d in %d', async (index, size, beginnings) => {
    const proof = await reader.inclusionProof(index, size);
    expect(proof.map((hash) => hex(hash).slice(0, 8))).toEqual(beginnings);
    verifyInclusion(index, leaf(index), proof, head(size));
  });

  it.each([
    [1, 1, []],
    [1, 8, ['96a296d2', '5f083f0a', '6b47aaf2']],
    [6, 8, ['0ebc5d34', 'ca854ea1', 'd37ee418']],
    [2, 5, ['5f083f0a', 'bc1a0643']],
  ])('has the published proof from %d to %d', async (older, newer, beginnings) => {
    const proof = await reader.consistencyProof(older, newer);
    expect(proof.map((hash) => hex(hash).slice(0, 8))).toEqual(beginnings);
    verifyConsistency(head(older), head(newer), proof);
  });
});

/** The verdicts of another implementation on honest and on crooked proofs; see `source` in the file. */
describe('the probes of transparency-dev/merkle', () => {
  const decoded = (texts: readonly string[]): Uint8Array[] => texts.map((text) => Buffer.from(text, 'base64'));
  const accepted = (call: () => void): boolean => {
    try {
      call();
      return true;
    } catch (error) {
      if (error instanceof TransparencyError) return false;
      throw error;
    }
  };

  it.each(probes.inclusion)('inclusion $desc', ({ leafIdx, treeSize, root, leafHash: hash, proof, wantErr }) => {
    const [rootBytes = EMPTY_ROOT, leafBytes = EMPTY_ROOT] = decoded([root, hash]);
    const call = () => verifyInclusion(leafIdx, leafBytes, decoded(proof), { size: treeSize, root: rootBytes });
    expect(accepted(call)).toBe(!wantErr);
  });

  it.each(probes.consistency)('consistency $desc', ({ size1, size2, root1, root2, proof, wantErr }) => {
    const [older = EMPTY_ROOT, newer = EMPTY_ROOT] = decoded([root1, root2]);
    const call = () => verifyConsistency({ size: size1, root: older }, { size: size2, root: newer }, decoded(proof));
    // One probe has roots of 12 bytes, which that implementation passes through; here a hash has 32.
    const wellFormed = older.length === 32 && newer.length === 32;
    expect(accepted(call)).toBe(!wantErr && wellFormed);
  });
});

describe('trees of any size', () => {
  const most = 70_000;
  const small = 600;
  const entries = entriesUpTo(most);
  let reader: TreeReader;
  const rootsOf: Hash[] = [];

  beforeAll(async () => {
    const storage = new MemoryTileStorage();
    await logOf(storage, small, most);
    reader = new TreeReader(storage, most);
    const range = CompactRange.empty();
    for (const entry of entries) {
      rootsOf.push(range.root());
      range.append(leafHash(entry));
    }
    rootsOf.push(range.root());
  });

  const treeOf = (size: number): TreeHead => ({ size, root: rootsOf[size] ?? EMPTY_ROOT });
  const sizes = fc.oneof(
    fc.integer({ min: 1, max: small }),
    fc.integer({ min: 1, max: most }),
    fc.constantFrom(255, 256, 257, 65_535, 65_536, 65_537),
  );
  const pair = fc
    .tuple(sizes, sizes)
    .map(([one, other]): [number, number] => (one < other ? [one, other] : [other, one]));

  it('have the root of the RFC', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: small }), async (size) => {
        const root = hex(treeHash(entries.slice(0, size)));
        expect(hex(treeOf(size).root)).toBe(root);
        expect(hex(await reader.root(size))).toBe(root);
      }),
    );
  });

  it('have the proofs of the RFC', async () => {
    const smallPair = fc
      .tuple(fc.integer({ min: 1, max: small }), fc.nat())
      .map(([size, some]): [number, number] => [some % size, size]);
    await fc.assert(
      fc.asyncProperty(smallPair, async ([index, size]) => {
        const some = entries.slice(0, size);
        expect((await reader.inclusionProof(index, size)).map(hex)).toEqual(auditPath(index, some).map(hex));
        expect((await reader.consistencyProof(index + 1, size)).map(hex)).toEqual(
          consistency(index + 1, some).map(hex),
        );
      }),
      { numRuns: 40 },
    );
  });

  it('prove every entry and every older tree', async () => {
    await fc.assert(
      fc.asyncProperty(pair, fc.nat(), async ([older, newer], some) => {
        const index = some % newer;
        verifyInclusion(
          index,
          leafHash(entries[index] ?? new Uint8Array()),
          await reader.inclusionProof(index, newer),
          treeOf(newer),
        );
        verifyConsistency(treeOf(older), treeOf(newer), await reader.consistencyProof(older, newer));
      }),
      { numRuns: 300 },
    );
  });

  it('prove nothing once any bit is flipped', async () => {
    await fc.assert(
      fc.asyncProperty(pair, fc.nat(), fc.nat(), async ([older, newer], some, flip) => {
        const index = some % newer;
        const hash = leafHash(entries[index] ?? new Uint8Array());
        const inclusion = await reader.inclusionProof(index, newer);
        refuseFlipped([hash, treeOf(newer).root, ...inclusion], flip, ([first = hash, root = hash, ...rest]) =>
          verifyInclusion(index, first, rest, { size: newer, root }),
        );
        if (older === newer) return;
        const proof = await reader.consistencyProof(older, newer);
        refuseFlipped([treeOf(older).root, treeOf(newer).root, ...proof], flip, ([one = hash, other = hash, ...rest]) =>
          verifyConsistency({ size: older, root: one }, { size: newer, root: other }, rest),
        );
      }),
      { numRuns: 300 },
    );
  });

  function refuseFlipped(hashes: readonly Hash[], flip: number, verify: (hashes: readonly Hash[]) => void): void {
    const bit = flip % (hashes.length * 256);
    verify(hashes);
    const flipped = hashes.map((each, at) => (at === Math.floor(bit / 256) ? withBitFlipped(each, bit % 256) : each));
    expect(() => verify(flipped)).toThrow(TransparencyError);
  }

  it('prove no other place, no shorter and no longer proof', async () => {
    await fc.assert(
      fc.asyncProperty(sizes, fc.nat(), fc.nat(), async (size, some, other) => {
        const index = some % size;
        const hash = leafHash(entries[index] ?? new Uint8Array());
        const proof = await reader.inclusionProof(index, size);
        const wrong = other % size;
        // Entries of equal bytes in symmetric trees apart, a proof belongs to one place.
        if (wrong !== index) expect(() => verifyInclusion(wrong, hash, proof, treeOf(size))).toThrow(TransparencyError);
        expect(faultOf(() => verifyInclusion(index, hash, [...proof, hash], treeOf(size)))).toBe('proof-too-long');
        if (proof.length > 0)
          expect(faultOf(() => verifyInclusion(index, hash, proof.slice(1), treeOf(size)))).toBe('proof-too-short');
      }),
    );
  });
});

describe('a proof that is wrong is told by name', () => {
  const inTree = (size: number) => head(size);
  const proofOf5 = [
    'bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b',
    'ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0',
    roots[4] ?? '',
  ].map(bytes);
  const from6 = [
    '0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a',
    'ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0',
    roots[4] ?? '',
  ].map(bytes);
  const short = new Uint8Array(31);

  it.each([
    ['index-malformed', () => verifyInclusion(-1, leaf(5), proofOf5, inTree(8))],
    ['index-malformed', () => verifyInclusion(1.5, leaf(5), proofOf5, inTree(8))],
    ['index-malformed', () => verifyInclusion(2 ** 53, leaf(5), proofOf5, inTree(8))],
    ['index-beyond-tree', () => verifyInclusion(8, leaf(5), proofOf5, inTree(8))],
    ['index-beyond-tree', () => verifyInclusion(0, leaf(0), [], inTree(0))],
    ['size-malformed', () => verifyInclusion(5, leaf(5), proofOf5, { ...inTree(8), size: NaN })],
    ['hash-malformed', () => verifyInclusion(5, short, proofOf5, inTree(8))],
    ['hash-malformed', () => verifyInclusion(5, leaf(5), [short, ...proofOf5.slice(1)], inTree(8))],
    ['hash-malformed', () => verifyInclusion(5, leaf(5), proofOf5, { size: 8, root: short })],
    ['proof-too-short', () => verifyInclusion(5, leaf(5), proofOf5.slice(0, 2), inTree(8))],
    ['proof-too-long', () => verifyInclusion(5, leaf(5), [...proofOf5, leaf(1)], inTree(8))],
    [
      'proof-too-long',
      () =>
        verifyInclusion(
          5,
          leaf(5),
          Array.from({ length: 65 }, () => leaf(1)),
          inTree(8),
        ),
    ],
    ['root-mismatch', () => verifyInclusion(5, leaf(4), proofOf5, inTree(8))],
    ['root-mismatch', () => verifyInclusion(4, leaf(5), proofOf5, inTree(8))],
    ['empty-root-wrong', () => verifyConsistency({ size: 0, root: leaf(0) }, inTree(8), [])],
    ['tree-shrank', () => verifyConsistency(inTree(8), inTree(6), from6)],
    ['proof-needless', () => verifyConsistency(inTree(0), inTree(8), from6)],
    ['proof-needless', () => verifyConsistency(inTree(8), inTree(8), [leaf(0)])],
    ['root-mismatch', () => verifyConsistency(inTree(8), { size: 8, root: leaf(0) }, [])],
    ['proof-too-short', () => verifyConsistency(inTree(6), inTree(8), [])],
    ['proof-too-short', () => verifyConsistency(inTree(4), inTree(8), [])],
    ['proof-too-short', () => verifyConsistency(inTree(6), inTree(8), from6.slice(0, 2))],
    ['proof-too-long', () => verifyConsistency(inTree(6), inTree(8), [...from6, leaf(0)])],
    ['old-root-mismatch', () => verifyConsistency({ size: 6, root: leaf(0) }, inTree(8), from6)],
    ['root-mismatch', () => verifyConsistency(inTree(6), { size: 8, root: leaf(0) }, from6)],
  ])('%s: %s', (code, call) => {
    expect(faultOf(call)).toBe(code);
  });

  it('from nothing everything follows, without a proof', () => {
    expect(() => verifyConsistency(inTree(0), inTree(8), [])).not.toThrow();
  });

  it('none is made for what is not there', async () => {
    const storage = new MemoryTileStorage();
    await logOf(storage, 300);
    const reader = new TreeReader(storage, 300);
    expect(await faultOfAsync(() => reader.inclusionProof(300))).toBe('index-beyond-tree');
    expect(await faultOfAsync(() => reader.inclusionProof(1, 301))).toBe('index-beyond-tree');
    expect(await faultOfAsync(() => reader.consistencyProof(9, 8))).toBe('tree-shrank');
    expect(await faultOfAsync(() => reader.entry(300))).toBe('index-beyond-tree');
    storage.paths.delete('tile/0/000');
    expect(await faultOfAsync(() => new TreeReader(storage, 300).inclusionProof(1))).toBe('tile-missing');
    storage.paths.set('tile/0/000', new Uint8Array(100));
    expect(await faultOfAsync(() => new TreeReader(storage, 300).inclusionProof(1))).toBe('tile-malformed');
  });
});

it('hashes a leaf of any length the same way', () => {
  for (const length of [0, 1, MAX_ENTRY_BYTES - 1, MAX_ENTRY_BYTES, MAX_ENTRY_BYTES + 1]) {
    const entry = Buffer.alloc(length, 'x');
    expect(hex(leafHash(entry))).toBe(hex(treeHash([entry])));
  }
});
