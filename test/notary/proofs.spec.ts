import { spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { assetIdFrom } from '#domain';
import { leafOf } from '#notary';
import { LeafIndex, ReadDatabase } from '#read-models';
import { leafHash, parseProofFile } from '#transparency-log';
import { startProgram } from '../child-process';
import { aSystem, closed } from '../api/system';
import type { TestSystem } from '../api/system';

interface Timeline {
  readonly timeline: readonly { readonly id: string; readonly type: string; readonly revision: number }[];
}

/** Opens a dossier with an entry behind it, and waits until both are proven. */
async function anAsset(system: TestSystem, code: string): Promise<string> {
  const send = async (path: string, occurredOn: string, data: object): Promise<{ asset: string; position: number }> => {
    const answer = await system.post(`/api/v1/assets${path}`, { occurredOn, data }, { 'idempotency-key': code + path });
    expect(answer.status).toBe(201);
    return (await answer.json()) as { asset: string; position: number };
  };
  const { asset } = await send('', '2015-03-12', { kind: 'company', title: `Cantina ${code}`, formerHolder: 'Mario Rossi' }); // prettier-ignore
  await send(`/${asset}/order-confiscation`, '2016-05-01', { instance: 'first' });
  await proven(system);
  return asset;
}

async function proven(system: TestSystem): Promise<void> {
  const head = await system.store.head();
  await system.projecting.runner.reached(head, 10_000);
  expect(await system.notarising!.notary.reached(head, 10_000)).toBe(true);
  await system.notarising!.indexed(10_000);
}

const entriesOf = async (system: TestSystem, asset: string): Promise<Timeline['timeline']> =>
  ((await (await system.get(`/api/v1/assets/${asset}/timeline`)).json()) as Timeline).timeline;

/** What a page tells to be typed. */
const commandsOf = (page: string): string[] =>
  [...page.matchAll(/<pre class="command">([\s\S]*?)<\/pre>/g)].map(([, text = '']) =>
    text.replaceAll('&quot;', '"').replaceAll('&#39;', "'").replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&'),
  ); // prettier-ignore

/** The program as the guide of auditors has it. */
const guideProgram = async (): Promise<string> =>
  `${/```python\n([\s\S]*?)\n```/.exec(await readFile(resolve(__dirname, '../../docs/auditing.md'), 'utf8'))![1]!}\n`;

const ABLE =
  spawnSync('python3', ['--version']).status === 0 &&
  /^OpenSSL [3-9]/.test(spawnSync('openssl', ['version'], { encoding: 'utf8' }).stdout);

describe('the proof of one entry', () => {
  let system: TestSystem;
  let asset: string;
  let folder: string;
  beforeAll(async () => {
    system = await aSystem();
    for (let number = 0; number < 300; number += 1)
      await system.recorder.record(
        `asset-${assetIdFrom('IT', 'test', String(number))}`,
        { name: 'record-seizure', occurredOn: '2020-01-01', data: { kind: 'company', title: `Company ${number}` } },
        { actor: { subject: 'rosa', agency: 'ANBSC', role: 'officer' }, source: { kind: 'api' }, idempotencyKey: `${number}`, correlationId: 'test' },
      ); // prettier-ignore
    asset = await anAsset(system, 'a');
    folder = await mkdtemp(join(tmpdir(), 'proof-'));
  }, 60_000);
  afterAll(async () => {
    await closed(system);
    await rm(folder, { recursive: true });
  });

  it('is handed out for every entry, and is what the log holds', async () => {
    const stored = await system.log.readStream(`asset-${asset}`);
    const everything = await system.store.readAll(-1, 1000);
    for (const event of stored) {
      const file = await (await system.get(`/api/v1/entries/${event.id}/proof`)).text();
      const leaf = Buffer.from(await (await system.get(`/api/v1/entries/${event.id}/leaf`)).arrayBuffer());
      const { index, extra } = parseProofFile(file);
      expect(leaf).toEqual(Buffer.from(leafOf(event)));
      expect(Buffer.from(extra!)).toEqual(leaf);
      expect(everything[index]?.id).toBe(event.id);
      expect(file).not.toContain('Mario');
    }
  });

  it('is found good by the program and by another one that shares nothing with ours, and bad when a byte is changed', async () => {
    const [entry] = await entriesOf(system, asset);
    const text = await (await system.get(`/api/v1/entries/${entry!.id}/proof`)).text();
    const file = join(folder, 'entry.tlog-proof');
    await writeFile(join(folder, 'keys'), await (await system.get('/log/keys')).text());
    await writeFile(file, text);
    const auditor = () => startProgram('apps/auditor/main.ts', ['proof', file, '--keys', join(folder, 'keys')]).exit;
    expect(await auditor()).toMatchObject({ code: 0, output: expect.stringContaining('exactly this was logged') as string });
    const { index, proof, checkpoint, extra } = parseProofFile(text);
    const [, size = '', root = ''] = checkpoint.split('\n');
    const request = (leaf: Uint8Array) => JSON.stringify({
      do: 'inclusion', index, size: Number(size), root, leaf: Buffer.from(leafHash(leaf)).toString('base64'), proof: proof.map((hash) => Buffer.from(hash).toString('base64')),
    }); // prettier-ignore
    const script = resolve(__dirname, '../transparency-log/independent_check.py');
    const other = Uint8Array.from(extra!);
    other[40]! ^= 1;
    const { stdout } = spawnSync('python3', [script], { input: `${request(extra!)}\n${request(other)}\n`, encoding: 'utf8' });
    expect(stdout.trim().split('\n').map((line) => (JSON.parse(line) as { ok: boolean }).ok)).toEqual([true, false]);
    const forged = Buffer.from(extra!).toString('utf8').replace('Cantina', 'Officina');
    await writeFile(file, text.replace(/^extra .*$/m, `extra ${Buffer.from(forged).toString('base64')}`));
    expect(await auditor()).toMatchObject({ code: 4, output: expect.stringContaining('root-mismatch') as string });
  }, 60_000); // prettier-ignore

  it.each([['en', 'integrity/entries', 'assets'], ['it', 'integrita/annotazioni', 'beni']])('has a page in %s whose commands work as they stand', async (language, path, assets) => {
    const [, entry] = await entriesOf(system, asset);
    const dossier = await (await system.get(`/${language}/${assets}/${asset}`, { accept: 'text/html' })).text();
    expect(dossier).toContain(`href="/${language}/${path}/${entry!.id}"`);
    const answer = await system.get(`/${language}/${path}/${entry!.id}`, { accept: 'text/html' });
    expect([answer.status, answer.headers.get('content-language')]).toEqual([200, language]);
    const [fetched, own, program, kept, run] = commandsOf(await answer.text());
    expect(await inShell(fetched!, folder)).toBe(0);
    expect(own).toBe('npm run auditor -- proof entry.tlog-proof --keys keys');
    const args = own!.split(' ').slice(4).map((word) => (word.startsWith('--') || word === 'proof' ? word : join(folder, word)));
    expect(await startProgram('apps/auditor/main.ts', args).exit).toMatchObject({ code: 0 });
    expect([await inShell(program!, folder), await inShell(kept!, folder)]).toEqual([0, 0]);
    expect(await readFile(join(folder, 'verify.py'), 'utf8')).toBe(await guideProgram());
    expect(await readFile(join(folder, 'kept'), 'utf8')).toContain(await readFile(join(folder, 'entry.tlog-proof'), 'utf8').then((text) => text.slice(text.indexOf('\n\n') + 2)));
    expect(run).toBe(`python3 verify.py entry.tlog-proof entry.json keys kept ${system.url}/log`);
    if (!ABLE) return void process.emitWarning('Python 3 or OpenSSL 3 is missing: the commands of the page were not run');
    expect(await inShell(run!, folder)).toBe(0);
    const earlier = (await (await system.get('/api/v1/integrity')).json()) as { history: { day: string }[] };
    expect(await inShell(`curl ${system.url}/log/checkpoints/${earlier.history[0]!.day} -o kept`, folder)).toBe(0);
    expect(await inShell(run!, folder)).toBe(0);
    const changed = async (name: string, change: (text: string) => string): Promise<number | null> => {
      const file = join(folder, name);
      const text = await readFile(file, 'utf8');
      await writeFile(file, change(text));
      const code = await inShell(run!, folder);
      await writeFile(file, text);
      return code;
    };
    expect(await changed('entry.json', (text) => JSON.stringify(JSON.parse(text), undefined, 2))).toBe(0);
    expect(await changed('entry.json', (text) => text.replace('"first"', '"appeal"'))).toBe(4);
    expect(await changed('entry.tlog-proof', (text) => text.replace(/^index (\d+)$/m, (_, index: string) => `index ${Number(index) - 1}`))).toBe(4);
    expect(await changed('entry.tlog-proof', (text) => text.replace(/(— \S+ \S{20})(.)/, (_, before: string, letter: string) => before + (letter === 'A' ? 'B' : 'A')))).toBe(4);
  }, 60_000); // prettier-ignore

  it('says what is wrong with a request for one', async () => {
    for (const id of ['x', '11111111-1111-5111-8111-111111111111', '%00']) {
      const answer = await system.get(`/api/v1/entries/${id}/proof`);
      expect([id, answer.status]).toEqual([id, 404]);
      expect(await answer.text()).toContain('has no entry');
    }
    expect((await system.get('/en/integrity/entries/x', { accept: 'text/html' })).status).toBe(404);
  });

  it('is told of with the state of the log, and with the states of earlier days, each held against it', async () => {
    const log = join(system.folder, 'transparency-log');
    const today = new Date().toISOString().slice(0, 10);
    const kept = await (await system.get(`/log/checkpoints/${today}`)).text();
    await writeFile(join(log, 'checkpoints', '2026-01-02'), kept);
    // Signed by the right key, of another history.
    await writeFile(join(log, 'checkpoints', '2026-01-01'), kept.replace(/^[A-Za-z0-9+/]{43}=$/m, `${'A'.repeat(43)}=`));
    await anAsset(system, 'b');
    const integrity = (await (await system.get('/api/v1/integrity')).json()) as Record<string, unknown>;
    const [, size] = kept.split('\n');
    expect(integrity).toMatchObject({
      size: await system.store.count(),
      waitingSince: null,
      delaySeconds: 0,
      history: [
        { day: today, size: await system.store.count(), grown: true },
        { day: '2026-01-02', size: Number(size), grown: true },
        { day: '2026-01-01', grown: false },
      ],
    });
    const page = await (await system.get('/en/integrity', { accept: 'text/html' })).text();
    expect(page).toContain('NO: history was changed');
    expect(page).toContain('href="/log/checkpoints/2026-01-02"');
    for (const day of ['2026-01-03', '..', '%2e%2e', 'x']) expect((await system.get(`/log/checkpoints/${day}`)).status).toBe(404);
  }, 30_000); // prettier-ignore
});

/** Beside the server in this very process, which must go on answering. */
async function inShell(command: string, folder: string): Promise<number | null> {
  const { spawn } = await import('node:child_process');
  return new Promise((done) => spawn('sh', ['-ec', command], { cwd: folder, stdio: 'ignore' }).on('close', done));
}

describe('the places of entries in the log', () => {
  const running = new Set<TestSystem>();
  const started = async (env: Record<string, string> = {}): Promise<TestSystem> => {
    const system = await aSystem(env);
    running.add(system);
    return system;
  };
  const ended = async (system: TestSystem): Promise<void> => {
    running.delete(system);
    await system.close();
  };
  afterEach(async () => {
    for (const system of running) await closed(system);
    running.clear();
  });

  it('are made anew when the read database is lost, and when they are of another log', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'places-'));
    const first = await started({ REGISTRY_DATA: folder });
    const asset = await anAsset(first, 'a');
    const [, entry] = await entriesOf(first, asset);
    const proof = async (system: TestSystem) => (await system.get(`/api/v1/entries/${entry!.id}/proof`)).text();
    const before = await proof(first);
    await ended(first);
    await rm(join(folder, 'read-models.sqlite'));
    const second = await started({ REGISTRY_DATA: folder });
    await proven(second);
    expect(await proof(second)).toBe(before);
    await ended(second);
    const database = await ReadDatabase.openForWriting({ kind: 'sqlite', path: join(folder, 'read-models.sqlite') });
    await new LeafIndex(database).add([{ event: entry!.id, leaf: 7000 }]);
    await database.close();
    const third = await started({ REGISTRY_DATA: folder });
    await proven(third);
    expect(await proof(third)).toBe(before);
  }, 60_000);

  it('are never believed: one that leads to another entry gives nothing out', async () => {
    const system = await started();
    const asset = await anAsset(system, 'a');
    const [, entry] = await entriesOf(system, asset);
    const database = await ReadDatabase.openForWriting({ kind: 'sqlite', path: join(system.folder, 'read-models.sqlite') }); // prettier-ignore
    const index = new LeafIndex(database);
    await index.clear();
    await index.add([{ event: entry!.id, leaf: 0 }]);
    await database.close();
    expect((await system.get(`/api/v1/entries/${entry!.id}/proof`)).status).toBe(503);
  }, 30_000);

  it('are proven again once a tile is put right that was damaged when it was read', async () => {
    const system = await started();
    const asset = await anAsset(system, 'a');
    const [entry] = await entriesOf(system, asset);
    const proof = () => system.get(`/api/v1/entries/${entry!.id}/proof`);
    const size = await system.store.count();
    const tile = join(system.folder, 'transparency-log', 'log', 'tile', '0', '000.p', String(size));
    const good = await readFile(tile);
    await writeFile(tile, Buffer.alloc(good.length));
    expect((await proof()).status).toBe(500);
    await writeFile(tile, good);
    expect((await proof()).status).toBe(200);
  }, 30_000);

  it('keep an entry waiting that is under no checkpoint yet, and say so', async () => {
    const system = await started();
    await anAsset(system, 'a');
    await system.notarising!.close();
    const opened = await system.post('/api/v1/assets', { occurredOn: '2015-03-12', data: { kind: 'company' } }, { 'idempotency-key': 'late' }); // prettier-ignore
    const { asset, position } = (await opened.json()) as { asset: string; position: number };
    await system.projecting.runner.reached(position, 5000);
    const [entry] = await entriesOf(system, asset);
    const answer = await system.get(`/api/v1/entries/${entry!.id}/proof`);
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '10']);
    expect(await answer.text()).toContain('not under a signed checkpoint yet');
    expect(await (await system.get('/api/v1/integrity')).json()).toMatchObject({ waitingSince: expect.any(String) as string }); // prettier-ignore
  }, 30_000);
});
