import { spawnSync } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { JsonObject } from '#domain';
import { leafOf } from '#notary';
import {
  FilesystemTileStorage,
  LogWriter,
  canonicalBytes,
  leafHash,
  parseProofFile,
  signingKeyFromPkcs8,
  verifierOf,
} from '#transparency-log';
import { archived, partsOf } from '../../apps/auditor/evidence/archive';
import type { Part } from '../../apps/auditor/evidence/archive';
import { sha256 } from '../../apps/auditor/evidence/contents';
import { createBundle } from '../../apps/auditor/evidence/create';
import { verifyBundle } from '../../apps/auditor/evidence/verify-bundle';
import { aSystem, closed } from '../api/system';
import type { TestSystem } from '../api/system';
import { startProgram } from '../child-process';

describe('a bundle of evidence', () => {
  let system: TestSystem;
  let folder: string;
  let log: string;
  let asset: string;
  let bundle: Buffer;
  let sent = 0;
  /** The trusted keys, a checkpoint of before the last entries, the bundle. */
  const at = (name: string) => join(folder, name);

  const logged = async (): Promise<void> => {
    expect(await system.notarising!.notary.reached(await system.store.head(), 10_000)).toBe(true);
  };
  const send = async (path: string, occurredOn: string, data: JsonObject): Promise<string> => {
    const answer = await system.post(`/api/v1/assets${path}`, { occurredOn, data }, { 'idempotency-key': `bundle-${(sent += 1)}` }); // prettier-ignore
    expect([path, answer.status]).toEqual([path, 201]);
    return ((await answer.json()) as { asset: string }).asset;
  };

  beforeAll(async () => {
    system = await aSystem();
    log = `${system.url}/log`;
    folder = await mkdtemp(join(tmpdir(), 'bundle-'));
    asset = await send('', '2015-03-12', { kind: 'company', title: 'Cantina <b>Sociale</b>', formerHolder: 'Mario Rossi', act: { title: 'Decreto', number: '12/2015', date: '2015-03-01', authority: 'Tribunale di Palermo' } }); // prettier-ignore
    for (let number = 0; number < 40; number += 1) await send('', '2015-03-12', { kind: 'company', title: `Another ${number}` });
    await send(`/${asset}/order-confiscation`, '2016-05-01', { instance: 'first' });
    await logged();
    await writeFile(at('kept'), await (await fetch(`${log}/checkpoint`)).text());
    await writeFile(at('keys'), await (await fetch(`${log}/keys`)).text());
    for (let number = 40; number < 300; number += 1) await send('', '2015-03-12', { kind: 'company', title: `Another ${number}` });
    await send(`/${asset}/record-inspection`, '2016-06-01', { condition: 'good', readyForDestination: false });
    await logged();
    bundle = (await createBundle({ asset, log, since: at('kept') })).bytes;
    await writeFile(at('bundle'), bundle);
  }, 60_000); // prettier-ignore
  afterAll(async () => {
    await closed(system);
    await rm(folder, { recursive: true });
  });

  const verified = async (bytes: Uint8Array, more: object = { keys: at('keys') }) => {
    await writeFile(at('altered'), bytes);
    return verifyBundle({ file: at('altered'), ...more });
  };
  const codes = async (bytes: Uint8Array, more?: object) =>
    (await verified(bytes, more)).findings.map(({ code }) => code);

  /** What somebody would do who knows how bundles are made: checksums and the list of contents fit again. */
  function forged(change: (parts: Map<string, string>) => void): Buffer {
    const parts = new Map(partsOf(bundle).parts.map(({ name, bytes }) => [name, Buffer.from(bytes).toString('utf8')]));
    const contents = JSON.parse(parts.get('contents.json')!) as JsonObject;
    parts.delete('contents.json');
    change(parts);
    const all: Part[] = [...parts].map(([name, text]) => ({ name, bytes: Buffer.from(text, 'utf8') }));
    const list = canonicalBytes({ ...contents, parts: Object.fromEntries(all.map(({ name, bytes }) => [name, sha256(bytes)])) });
    return archived([{ name: 'contents.json', bytes: list }, ...all]);
  } // prettier-ignore
  const inPart = (name: string, from: string | RegExp, to: string) => (parts: Map<string, string>) => {
    const before = parts.get(name)!;
    parts.set(name, before.replace(from, to));
    expect(parts.get(name)).not.toBe(before);
  };

  it('is made from the published log by a program, verified offline by the same one, and never written over', async () => {
    const auditor = (...args: string[]) => startProgram('apps/auditor/main.ts', args).exit;
    const made = await auditor('bundle', 'create', '--asset', asset, '--log', log, '--since', at('kept'), '--out', at('made.zip'));
    expect(made).toMatchObject({ code: 0, output: expect.stringContaining('3 entries, all that a log of 303 entries has') as string });
    expect(await readFile(at('made.zip'))).toEqual(bundle);
    const good = await auditor('bundle', 'verify', at('made.zip'), '--keys', at('keys'), '--since', at('kept'));
    expect(good).toMatchObject({ code: 0, output: expect.stringContaining('nothing wrong') as string });
    expect(good.output).toContain('the checkpoint of 42 entries you kept is the log');
    expect(await auditor('bundle', 'create', '--asset', asset, '--log', log, '--out', at('made.zip'))).toMatchObject({ code: 1, errors: expect.stringContaining('is there') as string });
    const bytes = Buffer.from(bundle);
    bytes[bytes.indexOf('"title":"Cantina') + 10]! ^= 1;
    await writeFile(at('altered'), bytes);
    expect(await auditor('bundle', 'verify', at('altered'), '--keys', at('keys'))).toMatchObject({ code: 4, output: expect.stringContaining('part-altered: entries/00001.json') as string });
  }, 60_000); // prettier-ignore

  it('is opened by any program for archives, and its proofs are found good by one that shares nothing with ours', () => {
    const listed = spawnSync('python3', ['-c', 'import sys, zipfile; z = zipfile.ZipFile(sys.argv[1]); print(z.testzip(), *z.namelist(), sep="\\n")', at('bundle')], { encoding: 'utf8' }); // prettier-ignore
    expect(listed.stdout.trim().split('\n')).toEqual([
      'None', 'contents.json', 'leggimi.txt', 'rapporto.html', 'readme.txt', 'report.html', 'checkpoint', 'keys', 'kept/checkpoint', 'kept/consistency',
      ...[1, 2, 3].flatMap((number) => [`entries/0000${number}.json`, `entries/0000${number}.tlog-proof`]),
    ]); // prettier-ignore
    const parts = new Map(partsOf(bundle).parts.map(({ name, bytes }) => [name, bytes]));
    const text = (name: string) => Buffer.from(parts.get(name)!).toString('utf8');
    const [, size, root] = text('checkpoint').split('\n');
    const [, older, oldRoot] = text('kept/checkpoint').split('\n');
    const requests: object[] = [1, 2, 3].map((number) => {
      const { index, proof } = parseProofFile(text(`entries/0000${number}.tlog-proof`));
      const leaf = Buffer.from(leafHash(parts.get(`entries/0000${number}.json`)!)).toString('base64');
      return { do: 'inclusion', index, size: Number(size), root, leaf, proof: proof.map((hash) => Buffer.from(hash).toString('base64')) };
    }); // prettier-ignore
    requests.push({ do: 'consistency', older: Number(older), newer: Number(size), old_root: oldRoot, new_root: root, proof: text('kept/consistency').trim().split('\n') }); // prettier-ignore
    const script = resolve(__dirname, '../transparency-log/independent_check.py');
    const { stdout } = spawnSync('python3', [script], { input: requests.map((each) => JSON.stringify(each)).join('\n'), encoding: 'utf8' }); // prettier-ignore
    expect(stdout.trim().split('\n').map((line) => (JSON.parse(line) as { ok: boolean }).ok)).toEqual([true, true, true, true]); // prettier-ignore
  });

  it('has a report in two languages that needs nothing, escapes what people wrote, and says what the file does not show', () => {
    const text = (name: string) => Buffer.from(partsOf(bundle).parts.find((part) => part.name === name)!.bytes).toString('utf8'); // prettier-ignore
    const [english, italian] = [text('report.html'), text('rapporto.html')];
    for (const words of ['Evidence about asset', 'Decreto', '12/2015', 'What it does not show', 'not public; bound by the fingerprint', '12 March 2015'])
      expect(english).toContain(words);
    for (const words of ['<html lang="it">', 'Prove sul bene', '12 marzo 2015', 'Che cosa non dimostra', 'Il bene è stato sequestrato.'])
      expect(italian).toContain(words);
    for (const report of [english, italian]) {
      expect(report).not.toMatch(/<script|<link|<img|src=|url\(|<b>Sociale/);
      expect(report).not.toContain('Mario');
      expect(report).toContain('Cantina &lt;b>Sociale&lt;/b>');
    }
  }); // prettier-ignore

  it('shows a changed byte wherever it is', async () => {
    const unnoticed: number[] = [];
    for (let place = 0; place < bundle.length; place += 31) {
      const bytes = Buffer.from(bundle);
      bytes[place]! ^= 1 << place % 8;
      const { findings } = await verified(bytes);
      if (findings.length === 0) unnoticed.push(place);
    }
    expect(unnoticed).toEqual([]);
    for (const bytes of [bundle.subarray(0, -1), bundle.subarray(0, bundle.length / 2), Buffer.concat([bundle, Buffer.from('x')]), Buffer.alloc(0), Buffer.from('PK')])
      expect(await codes(bytes)).not.toEqual([]);
  }, 120_000); // prettier-ignore

  it.each<[string, (parts: Map<string, string>) => void, string, string]>([
    ['an entry is edited', inPart('entries/00001.json', 'Cantina', 'Officina'), 'root-mismatch', 'entries/00001.json'],
    ['an entry is back-dated', inPart('entries/00002.json', '"occurredOn":"2016-05-01"', '"occurredOn":"2014-05-01"'), 'root-mismatch', 'entries/00002.json'],
    ['the report says something else', inPart('report.html', 'Tribunale di Palermo', 'Tribunale di Trapani'), 'report-altered', 'report.html'],
    ['the report says less', inPart('rapporto.html', /<h2>Che cosa non dimostra.*?<\/ul>/, ''), 'report-altered', 'rapporto.html'],
    ['an entry is taken out of the middle', (parts) => ['json', 'tlog-proof'].forEach((end) => parts.delete(`entries/00002.${end}`)), 'entry-missing', 'entry 3'],
    ['two entries are exchanged', (parts) => ['json', 'tlog-proof'].forEach((end) => { const [a, b] = [1, 2].map((number) => parts.get(`entries/0000${number}.${end}`)!); parts.set(`entries/00001.${end}`, b!); parts.set(`entries/00002.${end}`, a!); }), 'entry-missing', 'entry 2'],
    ['a proof is of another place', inPart('entries/00002.tlog-proof', /index \d+/, 'index 7'), 'root-mismatch', 'entries/00002.json'],
    ['a proof is taken out', (parts) => parts.delete('entries/00002.tlog-proof'), 'part-missing', 'entries/00002.json'],
    ['a proof has something added', inPart('entries/00002.tlog-proof', 'index', 'extra eA==\nindex'), 'part-altered', 'entries/00002.tlog-proof'],
    ['the root is another', inPart('checkpoint', /^[A-Za-z0-9+/]{43}=$/m, `${'A'.repeat(43)}=`), 'note-signature-invalid', 'checkpoint'],
    ['the earlier state is another', inPart('kept/consistency', /^..../, 'AAAA'), 'old-root-mismatch', 'kept/consistency'],
    ['something is put in', (parts) => parts.set('annex.html', 'He did it.'), 'part-added', 'annex.html'],
    ['the key list has a remark added', inPart('keys', /$/, '# trust me\n'), 'report', ''],
  ])('is found out where %s and checksums and contents are made to fit', async (_, change, code, words) => {
    const { findings, notes } = await verified(forged(change));
    if (code === 'report') return expect(notes.join()).toContain('not the one you gave');
    expect(findings.map((finding) => finding.code)).toContain(code);
    expect(findings.map(({ message }) => message).join('\n')).toContain(words);
  }); // prettier-ignore

  it('cannot hide by itself that the last entry was left out; with the log it is found', async () => {
    const { parts } = partsOf(bundle);
    const shorter = join(folder, 'shorter');
    const other = await createBundle({ asset, log });
    expect(parts.length).toBe(partsOf(other.bytes).parts.length + 2);
    const cut = forged((all) => {
      for (const name of ['entries/00003.json', 'entries/00003.tlog-proof', 'kept/checkpoint', 'kept/consistency'])
        all.delete(name);
    });
    // The report still tells of three entries: only a report written anew would hide it.
    expect(await codes(cut)).toContain('report-altered');
    await writeFile(shorter, cut);
    const looked = await verifyBundle({ file: shorter, keys: at('keys'), log });
    expect(looked.findings.map(({ code }) => code)).toContain('entry-missing');
    await send(`/${asset}/record-inspection`, '2016-07-01', { condition: 'poor', readyForDestination: false });
    await logged();
    expect((await verifyBundle({ file: at('bundle'), keys: at('keys'), log })).looked).toMatchObject({ later: 1 });
    expect((await verifyBundle({ file: at('bundle'), keys: at('keys'), log })).findings).toEqual([]);
  }, 30_000);

  it('proves nothing under keys of its own: a whole history of theirs, well signed, is refused', async () => {
    const pem = generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
    const key = signingKeyFromPkcs8('localhost/log', pem);
    const theirs = join(folder, 'theirs');
    const storage = await FilesystemTileStorage.open(join(theirs, 'log'));
    const writer = await LogWriter.create(storage, { origin: 'localhost/log', signers: [key], keys: [{ verifier: verifierOf(key, 'note') }] }); // prettier-ignore
    const events = await system.log.readAll(-1, 1000);
    await writer.append(events.map((event) => leafOf(event.stream.endsWith(asset) ? { ...event, data: { ...event.data, title: 'Mine' } } : event))); // prettier-ignore
    await writeFile(join(theirs, 'keys'), verifierOf(key, 'note').text);
    const { bytes } = await createBundle({ asset, log: theirs });
    const believed = await verified(bytes, {});
    expect([believed.ownKeys, believed.findings]).toEqual([true, []]);
    expect(await codes(bytes)).toEqual(['note-unverified']);
  }, 30_000);

  it('is held against a checkpoint that was kept, or says that it cannot be', async () => {
    await send('', '2015-03-12', { kind: 'company', title: 'Later' });
    await logged();
    await writeFile(at('latest'), await (await fetch(`${log}/checkpoint`)).text());
    expect((await verified(bundle, { keys: at('keys'), since: at('kept') })).grownOutOfKept).toBe(42);
    const { findings } = await verified(bundle, { keys: at('keys'), since: at('latest') });
    expect(findings.map(({ code }) => code)).toEqual(['kept-not-shown']);
  });

  it('is not compared where another release wrote its report, and says so', async () => {
    const { findings, notes } = await verified(
      forgedContents((contents) => ({ ...contents, edition: '0123456789abcdef' })),
    );
    expect([findings, notes.join()]).toEqual([[], expect.stringContaining('another release') as string]);
    expect(await codes(forgedContents((contents) => ({ ...contents, scanned: 9000 })))).toEqual(['part-altered']);
  });
  function forgedContents(change: (contents: JsonObject) => JsonObject): Buffer {
    const [contents, ...others] = partsOf(bundle).parts;
    const changed = change(JSON.parse(Buffer.from(contents!.bytes).toString('utf8')) as JsonObject);
    return archived([{ name: 'contents.json', bytes: canonicalBytes(changed) }, ...others]);
  }

  it('is not made of a log that is not what was signed, nor of nothing', async () => {
    await expect(createBundle({ asset: 'IT-X', log })).rejects.toThrow(/no registry id/);
    await expect(createBundle({ asset, log: `${system.url}/nothing` })).rejects.toThrow(/There are no keys/);
    const place = join(system.folder, 'transparency-log');
    const copy = join(folder, 'copy');
    spawnSync('cp', ['-r', place, copy]);
    const path = join(copy, 'log', 'tile', 'entries', '000');
    const bytes = await readFile(path);
    bytes.write('X', bytes.indexOf('Another 7"'));
    await writeFile(path, bytes);
    expect((await createBundle({ asset, log: copy })).findings.map(({ code }) => code)).toContain('root-differs');
  });
});
