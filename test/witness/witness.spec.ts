import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  Witness,
  consistencyProof,
  formatAddCheckpoint,
  leafHash,
  nodeHash,
  parseAddCheckpoint,
  parseLine,
  signCheckpoint,
  verifierOf,
  verifyCheckpoint,
  attachCosignature,
  EMPTY_ROOT,
  rootOf,
} from '#transparency-log';
import type { Hash, NodeReader } from '#transparency-log';
import { WitnessFile } from '../../apps/auditor/witness/memory';
import { startProgram } from '../child-process';
import type { Child } from '../child-process';
import { ORIGIN, faultOf, identity, keyOf, logKey } from '../transparency-log/logs';

/** A log of entries `<story> 0`, `<story> 1`…; two stories with a common beginning are a fork. */
function storyOf(entry: (index: number) => string) {
  const node: NodeReader = (height, index) =>
    height === 0
      ? Promise.resolve(leafHash(Buffer.from(entry(index))))
      : Promise.all([node(height - 1, 2 * index), node(height - 1, 2 * index + 1)]).then(([left, right]) =>
          nodeHash(left, right),
        );
  const root = (size: number) => (size === 0 ? Promise.resolve(EMPTY_ROOT) : rootOf(size, node));
  return {
    note: async (size: number, key = logKey) => signCheckpoint({ origin: key.name, size, root: await root(size) }, [key]),
    request: async (oldSize: number, size: number, key = logKey) =>
      formatAddCheckpoint({
        oldSize,
        proof: oldSize === 0 ? [] : await consistencyProof(oldSize, size, node),
        note: signCheckpoint({ origin: key.name, size, root: await root(size) }, [key]),
      }),
  };
} // prettier-ignore

const honest = storyOf((index) => `entry ${index}`);
const forged = storyOf((index) => (index === 4 ? 'another' : `entry ${index}`));
const key = keyOf('witness.example/w1', 'w');
const verifier = verifierOf(key, 'cosignature');

describe('a witness', () => {
  let folder: string;
  let memory: WitnessFile;
  let witness: Witness;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'witness-'));
    memory = WitnessFile.open(join(folder, 'cosigned.sqlite'));
    witness = new Witness(key, [identity], memory, () => 1_700_000_000_999);
  });
  afterEach(async () => {
    memory.close();
    await rm(folder, { recursive: true });
  });
  const asked = async (story: typeof honest, oldSize: number, size: number) =>
    witness.addCheckpoint(await story.request(oldSize, size));

  it('cosigns a log from its beginning, as it grows, and again when nothing was added', async () => {
    for (const [oldSize, size] of [
      [0, 0],
      [0, 3],
      [3, 8],
      [8, 8],
      [8, 21],
    ] as const) {
      const answer = await asked(honest, oldSize, size);
      expect(answer).toMatchObject({ status: 200, size });
      const line = parseLine((answer as { cosignature: string }).cosignature.trimEnd());
      const note = attachCosignature(await honest.note(size), line, [verifier]);
      expect(verifyCheckpoint(note, { ...identity, witnesses: [verifier], quorum: 1 }).cosignatures).toMatchObject([{ time: 1_700_000_000 }]); // prettier-ignore
    }
    expect(memory.report()).toMatchObject([{ origin: ORIGIN, size: 21, contradictions: [] }]);
  });

  it.each([
    ['a fork of the same size', forged, 8, 8, { status: 409, size: 8, forked: true }, 1],
    ['a fork that is longer', forged, 8, 12, { status: 422, code: 'root-mismatch' }, 1],
    ['an older checkpoint', honest, 5, 7, { status: 409, size: 8, forked: false }, 0],
    ['an old size that is not the one cosigned', honest, 0, 12, { status: 409, size: 8 }, 0],
    ['a smaller old size', honest, 7, 12, { status: 409, size: 8 }, 0],
  ] as const)('does not cosign %s, and remembers what it did cosign', async (_, story, oldSize, size, answer, kept) => {
    await asked(honest, 0, 8);
    expect(await asked(story, oldSize, size)).toMatchObject(answer);
    expect(memory.report()).toMatchObject([{ size: 8, note: await honest.note(8) }]);
    expect(memory.report()[0]!.contradictions).toHaveLength(kept);
    expect(await asked(honest, 8, 12)).toMatchObject({ status: 200 });
  });

  it('does not believe a proof that is too short, too long or of another tree', async () => {
    await asked(honest, 0, 8);
    const { proof, note } = parseAddCheckpoint(await honest.request(8, 12));
    const other: Hash = leafHash(Buffer.from('other'));
    for (const wrong of [[], proof.slice(1), [...proof, other], proof.map(() => other)])
      expect(witness.addCheckpoint(formatAddCheckpoint({ oldSize: 8, proof: wrong, note }))).toMatchObject({ status: 422 }); // prettier-ignore
    for (let more = 0; more < 40; more += 1) await asked(forged, 8, 12 + more);
    expect(memory.report()[0]!.contradictions).toHaveLength(20);
  });

  it('answers each other mistake as the specification says', async () => {
    const stranger = keyOf(ORIGIN, 's');
    const unknown = keyOf('elsewhere.example/log', 'u');
    const retired = new Witness(key, [{ ...identity, keys: [{ ...identity.keys[0]!, retiredAtSize: 5 }] }], memory);
    const request = await honest.request(0, 8);
    const tampered = request.replace('\n8\n', '\n9\n');
    expect(witness.addCheckpoint(await honest.request(0, 8, unknown))).toMatchObject({ status: 404, code: 'log-unknown' }); // prettier-ignore
    expect(witness.addCheckpoint(await honest.request(0, 8, stranger))).toMatchObject({ status: 403, code: 'note-unverified' }); // prettier-ignore
    expect(witness.addCheckpoint(tampered)).toMatchObject({ status: 403, code: 'note-signature-invalid' });
    expect(retired.addCheckpoint(request)).toMatchObject({ status: 403, code: 'checkpoint-key-retired' });
    expect(witness.addCheckpoint(request.replace('old 0', 'old 9'))).toMatchObject({ status: 400 });
    for (const body of ['', 'old 0\n', 'old 0\n\n', 'old 00\n\nx\n', 'old -1\n\nx', request.replace('old', 'Old'), request.replace('old 0\n', 'old 0\nnonsense\n'), request.replace('old 0\n', `old 0\nAAAA\n`), `old 0\n${'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n'.repeat(64)}\n`, request.slice(0, -20)])
      expect([body, witness.addCheckpoint(body)]).toEqual([body, expect.objectContaining({ status: 400 })]);
    expect(memory.report()).toEqual([]);
    expect(faultOf(() => parseAddCheckpoint('old 1 \n\n'))).toBe('request-malformed');
  }); // prettier-ignore

  it('shares its memory with a second process without cosigning two histories', async () => {
    const second = WitnessFile.open(join(folder, 'cosigned.sqlite'));
    const twin = new Witness(key, [identity], second);
    await asked(honest, 0, 8);
    expect(twin.addCheckpoint(await forged.request(0, 8))).toMatchObject({ status: 409, forked: true });
    expect(twin.addCheckpoint(await honest.request(8, 9))).toMatchObject({ status: 200 });
    expect(await asked(forged, 8, 9)).toMatchObject({ status: 409 });
    second.close();
  });
});

describe('auditor witness', () => {
  let home: string;
  let keys: string;
  beforeAll(async () => {
    home = await mkdtemp(join(tmpdir(), 'witness-'));
    keys = join(home, 'keys');
    await writeFile(keys, identity.keys[0]!.verifier.text);
  });
  afterAll(() => rm(home, { recursive: true }));

  const started = (folder: string, ...more: string[]): Child =>
    startProgram('apps/auditor/main.ts', ['witness', '--folder', join(home, folder), '--log', keys, '--listen', '127.0.0.1:0', ...more]); // prettier-ignore
  const addressOf = async (child: Child) => (await child.line(/^Listens/)).replace(/^Listens\s+/, '');
  const post = async (url: string, body: string) => {
    const answer = await fetch(`${url}/add-checkpoint`, { method: 'POST', body });
    return { status: answer.status, type: answer.headers.get('content-type'), text: await answer.text() };
  };

  it('serves over HTTP, with a key for this user alone, and keeps name, key and memory together', async () => {
    expect(await started('first').exit).toMatchObject({ code: 1, errors: expect.stringContaining('--name') as string });
    const child = started('first', '--name', 'witness.example/w1');
    const url = await addressOf(child);
    const own = (await child.line(/^Witness/)).replace(/^Witness\s+/, '');
    expect((await stat(join(home, 'first', 'key.pem'))).mode & 0o777).toBe(0o600);
    expect(await post(url, await honest.request(0, 8))).toMatchObject({ status: 200, text: expect.stringMatching(/^— witness\.example\/w1 .+\n$/) as string }); // prettier-ignore
    expect(await post(url, await honest.request(0, 9))).toEqual({ status: 409, type: 'text/x.tlog.size', text: '8\n' });
    expect(await post(url, await forged.request(8, 9))).toMatchObject({ status: 422 });
    expect(await post(url, await forged.request(8, 8))).toMatchObject({ status: 409, text: '8\n' });
    await child.complaint(/ALARM forked/);
    expect(await post(url, 'x'.repeat(300_000)).catch(() => ({ status: 413 }))).toMatchObject({ status: 413 });
    expect((await fetch(`${url}/add-checkpoint`)).status).toBe(405);
    expect((await fetch(`${url}/anything`, { method: 'POST' })).status).toBe(404);
    expect((await child.stop()).code).toBe(0);

    const again = started('first');
    expect(await again.line(/^Witness/)).toContain(own);
    expect(await again.line(/^Cosigned/)).toMatch(/8 entries; 2 checkpoints that contradict/);
    await again.stop();
    expect(await started('first', '--name', 'other').exit).toMatchObject({ code: 1, errors: expect.stringContaining('keeps its name') as string }); // prettier-ignore
    await rm(join(home, 'first', 'cosigned.sqlite'));
    expect(await started('first').exit).toMatchObject({ code: 1, errors: expect.stringContaining('begin a new witness') as string }); // prettier-ignore
  }, 60_000);

  const ROUNDS = Number(process.env.KILL_ROUNDS ?? 4);
  it(`never cosigns two histories, though it is killed while it is asked for both (${ROUNDS} times)`, async () => {
    const cosigned: { story: string; size: number }[] = [];
    let size = 4;
    for (let round = 0; round < ROUNDS; round += 1) {
      const child = started('killed', '--name', 'witness.example/w2');
      const url = await addressOf(child);
      const before = cosigned.length;
      const grow = async (name: string, story: typeof honest): Promise<void> => {
        for (;;) {
          const next = size + 1 + Math.floor(Math.random() * 3);
          const { status, text } = await post(url, await story.request(size, next)).catch(() => ({ status: 0, text: '' })); // prettier-ignore
          if (status === 0) return;
          if (status === 200) cosigned.push({ story: name, size: next });
          if (status === 200) size = Math.max(size, next);
          if (status === 409) size = Number(text);
        }
      };
      const growing = [grow('honest', honest), grow('forged', forged)];
      // However slow the disk is: one cosignature at least, then death at any moment of the next ones.
      while (cosigned.length === before) await new Promise((resolve) => setTimeout(resolve, 5));
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 100));
      await child.kill();
      await Promise.all(growing);
    }
    // Whichever of the two was first beyond the entry where they part.
    expect(new Set(cosigned.filter((each) => each.size > 4).map(({ story }) => story)).size).toBe(1);
    const sizes = cosigned.map((each) => each.size);
    expect(sizes.length).toBeGreaterThanOrEqual(ROUNDS);
    const memory = WitnessFile.open(join(home, 'killed', 'cosigned.sqlite'));
    // It may have died between remembering and answering, never the other way round.
    expect(memory.report()[0]!.size).toBeGreaterThanOrEqual(Math.max(...sizes));
    memory.close();
    expect((await readFile(join(home, 'killed', 'key.pem'), 'utf8')).startsWith('-----BEGIN')).toBe(true);
  }, 60_000 + ROUNDS * 30_000); // prettier-ignore
});
