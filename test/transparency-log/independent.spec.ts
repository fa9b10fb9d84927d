import fc from 'fast-check';
import { spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import {
  FilesystemTileStorage,
  TreeReader,
  canonicalJson,
  cosignature,
  leafHash,
  verifierOf,
  verifyConsistency,
  verifyInclusion,
} from '#transparency-log';
import type { Hash } from '#transparency-log';
import { ORIGIN, entriesUpTo, identity, keyOf, logKey, logOf, withBitFlipped } from './logs';

// The product's proofs and checkpoints are judged by a program that shares nothing with it: independent_check.py, in another language, from the
// specifications. Where there is no python3 these tests are skipped, and say so.

const python = ['python3', 'python'].find(
  (name) => spawnSync(name, ['-c', 'import sys; sys.exit(sys.version_info < (3, 8))']).status === 0,
);
const describeWithPython = python === undefined ? describe.skip : describe;

interface Verdict {
  readonly ok: boolean;
  readonly why?: string;
  readonly text?: string;
  readonly size?: number;
  readonly tiles?: number;
  readonly signed?: readonly string[];
}

function ask(requests: readonly object[]): Verdict[] {
  const input = requests.map((request) => `${JSON.stringify(request)}\n`).join('');
  const script = resolve(__dirname, 'independent_check.py');
  const { status, stdout, stderr } = spawnSync(python ?? '', [script], { input, encoding: 'utf8', maxBuffer: 1 << 28 });
  if (status !== 0) throw new Error(`the independent checker failed: ${stderr}`);
  return stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Verdict);
}

const base64 = (hash: Hash): string => Buffer.from(hash).toString('base64');

if (python === undefined) {
  it.skip('SKIPPED, no python3 on this machine: a second implementation agrees', () => undefined);
}

describeWithPython('a second implementation, in another language', () => {
  const sizes = [1, 2, 255, 256, 257, 700];
  const entries = entriesUpTo(700);
  const witness = keyOf('witness.example/w1', 'w');
  const witnessKey = verifierOf(witness, 'cosignature');
  const request = () => ({
    do: 'log',
    folder,
    origin: ORIGIN,
    keys: [verifierOf(logKey, 'note').text],
    witnesses: [witnessKey.text],
  });
  let folder: string;
  let reader: TreeReader;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'independent-'));
    const writer = await logOf(await FilesystemTileStorage.open(folder), ...sizes);
    await writer.addCosignature(cosignature(witness, writer.head.text, 1_700_000_000), [witnessKey]);
    reader = new TreeReader(FilesystemTileStorage.reader(folder), 700);
  });
  afterAll(() => rm(folder, { recursive: true }));

  it('finds the same root and tiles in the bundles, and both signatures good', () => {
    const [verdict] = ask([request()]);
    expect(verdict).toMatchObject({ ok: true, size: 700, tiles: 4 });
    expect(verdict?.signed).toEqual([verifierOf(identity.signers[0] ?? logKey, 'note').text, witnessKey.text]);
  });

  it.each(['checkpoint', 'tile/0/001', 'tile/1/000.p/2', 'tile/entries/002.p/188'])(
    'finds a flipped bit in %s',
    async (path) => {
      const file = join(folder, path);
      const bytes = await readFile(file);
      try {
        await writeFile(file, withBitFlipped(bytes, 8 * (bytes.length - 5)));
        expect(ask([request()])).toMatchObject([{ ok: false }]);
      } finally {
        await writeFile(file, bytes);
      }
    },
  );

  it('accepts and refuses the very proofs the product accepts and refuses', async () => {
    const pairs = fc.sample(fc.tuple(fc.integer({ min: 1, max: 700 }), fc.nat(), fc.nat()), {
      numRuns: 120,
      seed: 6962,
    });
    const requests: object[] = [];
    const ours: boolean[] = [];
    const judge = (request: object, verify: () => void): void => {
      requests.push(request);
      ours.push(holds(verify));
    };
    for (const [newer, some, flip] of pairs) {
      const index = some % newer;
      const older = index + 1;
      const [root, oldRoot] = [await reader.root(newer), await reader.root(older)];
      const leaf = leafHash(entries[index] ?? new Uint8Array());
      const inclusion = await reader.inclusionProof(index, newer);
      const consistency = await reader.consistencyProof(older, newer);
      for (const proof of [inclusion, spoilt(inclusion, flip)]) {
        judge(
          { do: 'inclusion', index, size: newer, leaf: base64(leaf), root: base64(root), proof: proof.map(base64) },
          () => verifyInclusion(index, leaf, proof, { size: newer, root }),
        );
      }
      for (const proof of [consistency, spoilt(consistency, flip)]) {
        judge(
          {
            do: 'consistency',
            older,
            newer,
            old_root: base64(oldRoot),
            new_root: base64(root),
            proof: proof.map(base64),
          },
          () => verifyConsistency({ size: older, root: oldRoot }, { size: newer, root }, proof),
        );
      }
    }
    expect(ask(requests).map(({ ok }) => ok)).toEqual(ours);
    expect(ours.filter((good) => good).length).toBeGreaterThanOrEqual(240);
    expect(ours.filter((good) => !good).length).toBeGreaterThan(200);
  });

  it('writes the same canonical JSON', () => {
    const integers = fc.integer({ min: -(2 ** 53) + 1, max: 2 ** 53 - 1 });
    const values = fc.letrec<{ value: unknown }>((tie) => ({
      value: fc.oneof(
        { maxDepth: 3 },
        fc.string({ unit: 'binary' }),
        integers,
        fc.boolean(),
        fc.constant(null),
        fc.array(tie('value'), { maxLength: 4 }),
        fc.dictionary(fc.string({ unit: 'binary', maxLength: 3 }), tie('value'), { maxKeys: 5, noNullPrototype: true }),
      ),
    })).value;
    const some = fc.sample(values, { numRuns: 300, seed: 8785 });
    const verdicts = ask(some.map((value) => ({ do: 'canonical', json: JSON.stringify(value) })));
    expect(verdicts.map(({ text }) => text)).toEqual(some.map(canonicalJson));
  });
});

/** A proof with a bit flipped, cut short, or with one hash too many. */
function spoilt(proof: readonly Hash[], flip: number): readonly Hash[] {
  const [first, ...rest] = proof;
  if (first === undefined || flip % 3 === 0) return [...proof, new Uint8Array(32)];
  return flip % 3 === 1 ? rest : [withBitFlipped(first, flip % 256), ...rest];
}

function holds(verify: () => void): boolean {
  try {
    verify();
    return true;
  } catch {
    return false;
  }
}
