import { createPublicKey, verify } from 'node:crypto';
import { spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import {
  FilesystemTileStorage, LogWriter, TransparencyError, TreeReader, canonicalBytes, formatProofFile, leafHash, parseCheckpoint, parseProofFile, signCheckpoint, verifierOf, verifyConsistency, verifyInclusion,
} from '#transparency-log'; // prettier-ignore
import { ORIGIN, identity, keyOf, logKey } from './logs';

// The program published for whoever believes none of ours, taken out of the guide. Every verdict is node:crypto's too, always; Python's where it is installed with OpenSSL 3, else those tests are skipped, and say so.

const able =
  spawnSync('python3', ['-c', 'import sys; sys.exit(sys.version_info < (3, 8))']).status === 0 &&
  /^OpenSSL [3-9]/.test(spawnSync('openssl', ['version'], { encoding: 'utf8' }).stdout);
const itWithPython = able ? it : it.skip;

const SIZES = [1, 37, 256, 300, 513, 700];
const entryAt = (at: number) => ({
  id: `entry ${at}`, type: 'SeizureRecorded', data: { title: `Cantina à l’été ${at} \u{1f347}\u007f"\\`, place: { lat: 38.115687 + at, lon: -13.5, share: 1e-5, area: 3e20 }, rooms: at, 'ﬀ': null, '\u{10000}': [true] },
}); // prettier-ignore

/** What the expert has in hand. */
interface Files {
  readonly proof: string;
  readonly entry: string;
  readonly keys: string;
  readonly kept: string;
}

type Verdict = 'nothing wrong' | 'wrong';

describe('the program that checks an entry without any of ours', () => {
  const checkpoints = new Map<number, string>();
  let folder: string;
  let files: Files;
  let forgeries: Readonly<Record<string, Partial<Files>>>;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'outside-'));
    const log = join(folder, 'log');
    await mkdir(log);
    const writer = await LogWriter.create(await FilesystemTileStorage.open(log), identity);
    for (const size of SIZES) {
      const from = writer.head.size;
      await writer.append(Array.from({ length: size - from }, (_, at) => canonicalBytes(entryAt(from + at))));
      checkpoints.set(size, await readFile(join(log, 'checkpoint'), 'utf8'));
    }
    const guide = await readFile(resolve(__dirname, '../../docs/auditing.md'), 'utf8');
    await writeFile(join(folder, 'verify.py'), /```python\n([\s\S]*?)\n```/.exec(guide)![1]!);
    files = await handed(299, 700, 513);
    forgeries = forged(files);
  });
  afterAll(() => rm(folder, { recursive: true }));

  async function handed(index: number, size: number, kept: number): Promise<Files> {
    const proof = await new TreeReader(FilesystemTileStorage.reader(join(folder, 'log')), size).inclusionProof(index);
    return {
      proof: formatProofFile({ index, proof, checkpoint: checkpoints.get(size)!, extra: canonicalBytes(entryAt(index)) }),
      entry: JSON.stringify(entryAt(index), undefined, 2),
      keys: `# the log's keys\n${verifierOf(logKey, 'note').text}\n`,
      kept: checkpoints.get(kept)!,
    };
  } // prettier-ignore

  async function byPython(given: Files, { offline = false } = {}): Promise<Verdict> {
    for (const [name, text] of Object.entries(given)) await writeFile(join(folder, name), text as string);
    const more = offline ? [] : ['kept', pathToFileURL(join(folder, 'log')).href];
    const { status, stdout, stderr } = spawnSync('python3', ['verify.py', 'proof', 'entry', 'keys', ...more], { cwd: folder, encoding: 'utf8' });
    if (status === 0 && stdout.endsWith('Found nothing wrong\n')) return 'nothing wrong';
    if (status === 4 && /^NO: /m.test(stdout)) return 'wrong';
    throw new Error(`it could not be checked: ${stdout} ${stderr}`);
  } // prettier-ignore

  async function byNode({ proof: file, entry, keys, kept }: Files): Promise<Verdict> {
    try {
      const { index, proof, checkpoint: note } = parseProofFile(file);
      const [state, earlier] = [signedState(note, keys), signedState(kept, keys)];
      if (!state || !earlier) return 'wrong';
      verifyInclusion(index, leafHash(canonicalBytes(JSON.parse(entry) as object)), proof, state);
      const [older, newer] = state.size < earlier.size ? [state, earlier] : [earlier, state];
      const reader = new TreeReader(FilesystemTileStorage.reader(join(folder, 'log')), newer.size);
      verifyConsistency(older, newer, await reader.consistencyProof(older.size));
      return 'nothing wrong';
    } catch (error) {
      if (error instanceof TransparencyError) return 'wrong';
      throw error;
    }
  }

  it('is the one on the page of an entry', async () => {
    const source = await readFile(resolve(__dirname, '../../libs/web/integrity/verify-program.ts'), 'utf8');
    expect(source).toContain(`String.raw\`${await readFile(join(folder, 'verify.py'), 'utf8')}\`;`);
  });

  it('finds nothing wrong with what was signed, by node:crypto', async () => {
    for (const [size, kept] of everyPair()) expect([size, kept, await byNode(await handed(Math.floor(size / 2), size, kept))]).toEqual([size, kept, 'nothing wrong']);
  }); // prettier-ignore

  // Where a state is not the latest, parts of tiles it ended in have gone since: the full ones take their place.
  itWithPython('finds nothing wrong with what was signed, whichever state is the older', async () => {
    for (const [size, kept] of everyPair()) expect([size, kept, await byPython(await handed(Math.floor(size / 2), size, kept))]).toEqual([size, kept, 'nothing wrong']);
    expect(await byPython(files, { offline: true })).toBe('nothing wrong');
  }, 60_000); // prettier-ignore

  it('finds every forgery, by node:crypto', async () => {
    for (const [what, change] of Object.entries(forgeries))
      expect([what, await byNode({ ...files, ...change })]).toEqual([what, 'wrong']);
  });

  itWithPython('finds every forgery', async () => {
    for (const [what, change] of Object.entries(forgeries))
      expect([what, await byPython({ ...files, ...change })]).toEqual([what, 'wrong']);
  }, 60_000); // prettier-ignore
});

const everyPair = () => SIZES.flatMap((size) => SIZES.map((kept) => [size, kept] as const));

/** One thing changed in each, by somebody who has everything but the key; at the end by the log itself. */
function forged({ proof, entry, keys, kept }: Files): Readonly<Record<string, Partial<Files>>> {
  const [head = '', note = ''] = proof.split(/\n\n(.*)/s);
  const lines = head.split('\n');
  const anotherKey = keyOf(ORIGIN, 'z');
  const state = parseCheckpoint(kept.slice(0, kept.indexOf('\n\n') + 1));
  const flipped = (text: string) => `${text.startsWith('A') ? 'B' : 'A'}${text.slice(1)}`;
  const resigned = (key: typeof logKey) => signCheckpoint({ ...state, root: Uint8Array.from(state.root, (byte) => byte ^ 1) }, [key]);
  const withoutLast = lines.slice(0, -1).join('\n');
  return {
    'a letter of the entry': { entry: entry.replace('Cantina', 'Cantine') },
    'a number of the entry': { entry: entry.replace('"rooms": 299', '"rooms": 298') },
    'a digit of a coordinate': { entry: entry.replace('337.115687', '337.115688') },
    'a field more': { entry: entry.replace('{', '{"x": 1,') },
    'a hash of the proof': { proof: proof.replace(lines.at(-1)!, flipped(lines.at(-1)!)) },
    'a hash less': { proof: `${withoutLast}\n\n${note}` },
    'a hash more': { proof: `${head}\n${lines.at(-1)!}\n\n${note}` },
    'another place': { proof: proof.replace('index 299', 'index 298') },
    'no such place': { proof: proof.replace('index 299', 'index 700') },
    'the signature': { proof: proof.replace(/(— \S+ \S{20})(.)/, (_, before: string, letter: string) => before + flipped(letter)) },
    'the signed size': { proof: proof.replace('\n700\n', '\n701\n') },
    'the signature of the kept state': { kept: kept.replace(/(— \S+ \S{20})(.)/, (_, before: string, letter: string) => before + flipped(letter)) },
    'a key of somebody else in the list': { keys: verifierOf(anotherKey, 'note').text },
    'another id of the key': { keys: keys.replace(/\+([0-9a-f])/, (_, digit: string) => `+${digit === '0' ? '1' : '0'}`) },
    'a key that was retired before': { keys: keys.replace(/\n$/, ' until 699\n') },
    'a kept state that somebody else signed': { kept: resigned(anotherKey) },
    'another history signed with the right key': { kept: resigned(logKey) },
  };
} // prettier-ignore

/** A signed state, the signature verified by node:crypto and nothing of ours; undefined where it is of no key of the list. */
function signedState(note: string, list: string) {
  const text = note.slice(0, note.lastIndexOf('\n\n') + 1);
  const state = parseCheckpoint(text);
  const [, blob = ''] = /^— \S+ (\S+)$/m.exec(note) ?? [];
  const [key = '', , until = 'Infinity'] = list.trim().split('\n').at(-1)!.split(' ');
  const [, id = '', material = ''] = /^[^+]+\+([^+]+)\+(.+)$/.exec(key) ?? [];
  const spki = Buffer.concat([Buffer.from('302a300506032b6570032100', 'hex'), Buffer.from(material, 'base64').subarray(1)]);
  const signature = Buffer.from(blob, 'base64');
  const good =
    signature.subarray(0, 4).toString('hex') === id &&
    state.size <= Number(until) &&
    verify(null, Buffer.from(text), createPublicKey({ key: spki, format: 'der', type: 'spki' }), signature.subarray(4));
  return good ? state : undefined;
} // prettier-ignore
