import { randomUUID } from 'node:crypto';
import { cp, mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { JsonObject } from '#domain';
import { FolderShelf } from '#files';
import type { Problem } from '#http';
import { sealFile } from '#sealing';
import { aSystem } from '../api/system';
import type { TestSystem } from '../api/system';
import { startProgram } from '../child-process';
import type { Exit } from '../child-process';
import { filesWith } from './data-folder';

const DRAFTING = '2026-05-01T08:00:00.000Z';
const DEADLINE = '2026-06-30T12:00:00+02:00';
const LAST_MILLISECOND = '2026-06-30T09:59:59.999Z';
const AT_DEADLINE = '2026-06-30T10:00:00.000Z';
const CANARY = 'Un laboratorio di quartiere per Canarina Segreta';

interface Evidence {
  readonly applications: readonly {
    readonly application: string;
    readonly organisation: string;
    readonly ciphertext: string;
  }[];
  readonly custodians: readonly string[];
}

/** A call through all its hands, with the programs these use: drafter, holders of the key, publisher, applicants, auditor. Steps follow one another. */
describe('a call with sealed applications', () => {
  let home: string;
  let system: TestSystem;
  let now = DRAFTING;
  let call: string;
  let organisations: string[];

  beforeAll(async () => {
    home = await mkdtemp(join(tmpdir(), 'sealed-call-'));
    system = await aSystem({ REGISTRY_DATA: join(home, 'data'), REGISTRY_OFFICER: 'drafter' }, () => now);
  });
  afterAll(async () => {
    await system.close();
    await rm(home, { recursive: true, force: true });
  });

  /** The server is stopped and started again, with somebody else signed in: it keeps nothing in memory. */
  const signedInAs = async (officer: string): Promise<void> => {
    await system.close();
    system = await aSystem({ REGISTRY_DATA: join(home, 'data'), REGISTRY_OFFICER: officer }, () => now);
  };
  const sent = (path: string, data: JsonObject, occurredOn = now.slice(0, 10)) =>
    system.post(`/api/v1/${path}`, { occurredOn, data }, { 'idempotency-key': randomUUID() });
  const idIn = async (answer: Response, kind: string): Promise<string> => {
    expect(answer.status).toBe(201);
    return ((await answer.json()) as Record<string, string>)[kind]!;
  };
  const refusal = async (answer: Response) => {
    const { type, detail, facts } = (await answer.json()) as Problem;
    return { status: answer.status, type: type.replace('/problems/', ''), detail, facts };
  };
  const cli = (...args: string[]): Promise<Exit> => startProgram('apps/sealing/main.ts', args).exit;
  const done = async (...args: string[]): Promise<string> => {
    const { code, output, errors } = await cli(...args);
    expect([code, errors.replace(/.*(Experimental|--trace-warnings).*\n/g, '')]).toEqual([0, '']);
    return output;
  };
  const at = (name: string) => join(home, name);
  const sealingAddress = () => `${system.url}/api/v1/calls/${call}/sealing`;

  it('is drafted, and cannot be published without a key', async () => {
    const asset = await idIn(await sent('assets', { kind: 'real-estate' }, '2015-03-12'), 'asset');
    organisations = [];
    for (const name of ['Terra', 'Mare', 'Sole', 'Vento'])
      organisations.push(
        await idIn(
          await sent('organisations', { kind: 'academia', name: `University ${name}` }, '2020-03-01'),
          'organisation',
        ),
      );
    const draft = {
      assets: [asset],
      object: 'A villa for social work',
      summary: 'We look for an organisation that opens the villa to the neighbourhood.',
      criteria: [{ code: 'impact', words: 'What it does for people.', maximum: 30, weight: 60 }],
      tieBreak: 'draw',
      deadline: DEADLINE,
    };
    call = await idIn(await sent('calls', draft), 'call');
    await signedInAs('publisher');
    for (const organisation of organisations)
      expect((await sent(`organisations/${organisation}/verify-organisation`, { checks: ['identity'] })).status).toBe(
        201,
      );
    expect(await refusal(await sent(`calls/${call}/publish-call`, {}))).toMatchObject({
      status: 409,
      type: 'call-without-key',
    });
  });

  it('has its key dealt at a ceremony, without a private key in what is published', async () => {
    for (const [name, words] of [
      ['rosa', 'quattro parole di Rosa'],
      ['vito', 'quattro parole di Vito'],
      ['ines', 'quattro parole di Ines'],
    ])
      await writeFile(at(`${name}.passphrase`), `${words}\n`);
    const rosasKey = await done('evaluator-key', '--out', at('rosa.key'), '--passphrase-file', at('rosa.passphrase'));
    expect(rosasKey).toMatch(/^seal1\.public-key\.[\w-]{43}$/);
    const output = await done(
      'ceremony', '--call', call, '--threshold', '2', '--out', at('ceremony'),
      '--holder', `Comune:rosa:local:${rosasKey}`, 'Prefettura:vito:local', 'Università:ines:local',
      '--passphrase-file', at('vito.passphrase'), at('ines.passphrase'),
    ); // prettier-ignore
    await writeFile(at('digest'), /^(?:[0-9a-f]{4} ?){16}$/m.exec(output)![0]);
    expect((await readdir(at('ceremony'))).sort()).toEqual([
      'deal.json',
      'key-2.json',
      'key-3.json',
      'share-1.json',
      'share-2.json',
      'share-3.json',
    ]);
    for (const name of await readdir(at('ceremony')))
      expect(await readFile(join(at('ceremony'), name), 'utf8')).not.toMatch(/private-key|seal1\.share/);
    const again = await cli(
      'ceremony',
      '--call',
      call,
      '--threshold',
      '2',
      '--out',
      at('ceremony'),
      '--holder',
      `Comune:rosa:local:${rosasKey}`,
    );
    expect([again.code, again.errors]).toEqual([1, expect.stringContaining('exists')]);
    const deal = JSON.parse(await readFile(join(at('ceremony'), 'deal.json'), 'utf8')) as JsonObject;
    expect((await sent(`calls/${call}/deal-call-key`, deal)).status).toBe(201);
  }, 60_000);

  const keyOf = (name: string, number: number) =>
    ['--share', join(at('ceremony'), `share-${number}.json`), '--key', number === 1 ? at('rosa.key') : join(at('ceremony'), `key-${number}.json`), '--passphrase-file', at(`${name}.passphrase`)]; // prettier-ignore

  it('has its key confirmed by every holder before it is published', async () => {
    const digest = await readFile(at('digest'), 'utf8');
    const wrong = await cli('confirm', ...keyOf('rosa', 1), '--url', system.url, '--digest', 'ab'.repeat(32));
    expect([wrong.code, wrong.errors]).toEqual([1, expect.stringContaining('Confirm nothing')]);
    const stranger = await cli('confirm', ...keyOf('rosa', 1), '--url', system.url, '--digest', digest);
    expect([stranger.code, stranger.errors]).toEqual([1, expect.stringContaining('held by another person')]);
    const badWords = await cli('open-share', ...keyOf('vito', 1));
    expect([badWords.code, badWords.errors]).toEqual([1, expect.stringContaining('The passphrase is not the one')]);
    for (const [place, name] of ['rosa', 'vito', 'ines'].entries()) {
      expect(await refusal(await sent(`calls/${call}/publish-call`, {}))).toMatchObject({ type: 'call-key-unconfirmed' }); // prettier-ignore
      await signedInAs(name);
      expect(await done('confirm', ...keyOf(name, place + 1), '--url', system.url, '--digest', digest)).toMatch(
        /Confirmed/,
      );
    }
    await signedInAs('publisher');
    expect((await sent(`calls/${call}/publish-call`, {})).status).toBe(201);
  }, 60_000);

  const folderOf = (name: string) => at(`application-${name}`);
  const written = async (name: string): Promise<string> => {
    await mkdir(folderOf(name));
    await writeFile(join(folderOf(name), 'answers.json'), JSON.stringify({ plan: `${CANARY} ${name}` }));
    await writeFile(join(folderOf(name), 'Bilancio.pdf.gz'), gzipSync(`${CANARY} allegato di ${name}`));
    return folderOf(name);
  };
  const submitting = async (organisation: string, text: string, call_ = call) => {
    const sealing = (await (await fetch(sealingAddress())).json()) as { keys: { publicKey: string } };
    const content = { answers: { plan: text }, attachments: [] };
    const { bytes, digest } = sealFile({ call: call_, organisation, publicKey: sealing.keys.publicKey, content });
    const query = new URLSearchParams({ organisation, digest });
    const key = randomUUID();
    return () =>
      fetch(`${system.url}/api/v1/calls/${call}/sealed-applications?${query.toString()}`, {
        method: 'POST',
        headers: { 'content-type': 'application/octet-stream', 'idempotency-key': key },
        body: Buffer.from(bytes),
      });
  };

  /** The one that was taken in the last millisecond, to be sent again, and what was answered. */
  let inTheLastMillisecond: () => Promise<Response>;
  let receipt: unknown;

  it('takes an application sealed on the applicant’s machine, once', async () => {
    const [terra] = organisations;
    const seal = ['seal', await written('terra'), '--call', sealingAddress(), '--organisation', terra!];
    const exchanged = await cli(...seal, '--out', at('no'), '--digest', 'ab'.repeat(32));
    expect([exchanged.code, exchanged.errors]).toEqual([1, expect.stringContaining('Do not seal to them')]);
    expect(await done(...seal, '--out', at('sealed-terra'), '--digest', await readFile(at('digest'), 'utf8'))).toMatch(
      /4148 bytes/,
    );
    expect(await done('submit', at('sealed-terra'), '--url', system.url)).toMatch(
      /Handed in at 2026-05-01T08:00:00.000Z/,
    );
    // The answer was lost, so it is sent again.
    expect(await done('submit', at('sealed-terra'), '--url', system.url)).toMatch(
      /Handed in at 2026-05-01T08:00:00.000Z/,
    );
    const second = await submitting(terra!, 'another');
    expect(await refusal(await second())).toMatchObject({ status: 409, type: 'already-applied' });
  }, 60_000);

  it('takes no entry without its ciphertext, and no ciphertext that nobody could open', async () => {
    const sealed = { scheme: 'seal1', ciphertext: { sha256: 'cd'.repeat(32), size: 4148 }, digest: 'ab'.repeat(32) };
    const missing = await sent(`calls/${call}/submit-application`, { organisation: organisations[1]!, sealed });
    expect(await refusal(missing)).toMatchObject({ status: 409, type: 'file-missing' });
    const nonsense = await fetch(`${system.url}/api/v1/calls/${call}/ciphertexts`, {
      method: 'POST',
      headers: { 'content-type': 'application/octet-stream' },
      body: Buffer.from('nonsense'),
    });
    expect(await refusal(nonsense)).toMatchObject({ status: 422, type: 'file-refused' });
  });

  it('takes applications in the last millisecond, one for each organisation, and none at the deadline', async () => {
    const attempts = await Promise.all(
      organisations.slice(1, 3).flatMap((each) => [1, 2, 3, 4].map((n) => submitting(each, `${CANARY} ${n}`))),
    );
    const late = await Promise.all([1, 2, 3, 4].map((n) => submitting(organisations[3]!, `late ${n}`)));
    now = LAST_MILLISECOND;
    const answers = await Promise.all(attempts.map((attempt) => attempt()));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 201, 409, 409, 409, 409, 409, 409]);
    const taken = answers.findIndex(({ status }) => status === 201);
    inTheLastMillisecond = attempts[taken]!;
    receipt = await answers[taken]!.json();
    expect(await refusal(await sent(`calls/${call}/close-call`, {}))).toMatchObject({
      type: 'call-deadline-not-reached',
    });
    now = AT_DEADLINE;
    for (const answer of await Promise.all(late.map((attempt) => attempt())))
      expect(await refusal(answer)).toMatchObject({ status: 409, type: 'call-deadline-passed' });
  }, 60_000);

  it('is read by nobody before the key is released: nothing of it stands anywhere in the data folder', async () => {
    const data = join(home, 'data');
    await logged();
    expect(await filesWith(data, CANARY)).toEqual([]);
    // The search finds it where it stands.
    expect(await filesWith(folderOf('terra'), CANARY)).toHaveLength(2);
    expect(await refusal(await system.get(`/api/v1/calls/${call}/opening`))).toMatchObject({
      status: 409,
      type: 'shares-missing',
    });
    const [{ ciphertext } = { ciphertext: '' }] = (await system.store.readStream(`call-${call}`))
      .filter(({ type }) => type === 'ApplicationSubmitted')
      .map(({ id, data: { sealed } }) => ({
        id,
        ciphertext: (sealed as { ciphertext: { sha256: string } }).ciphertext.sha256,
      }));
    expect((await system.get(`/api/v1/calls/${call}/ciphertexts/${ciphertext}`)).status).toBe(409);
    expect((await system.get(`/api/v1/files/${ciphertext}`)).status).toBe(404);
    expect((await system.get(`/files/${ciphertext}`)).status).toBe(404);
  });

  const evidenceAddress = () => `${system.url}/api/v1/calls/${call}/opening`;
  /** The transparency log has everything, and its files stand still. */
  const logged = async () =>
    expect(await system.notarising!.notary.reached(await system.store.head(), 10_000)).toBe(true);
  const open = () => system.post(`/api/v1/calls/${call}/opening`, '{}', { 'idempotency-key': randomUUID() });
  it('is opened by as many holders as it asks for, and not by fewer', async () => {
    await signedInAs('rosa');
    const early = await cli('open-share', ...keyOf('rosa', 1), '--url', system.url);
    expect([early.code, early.errors]).toEqual([1, expect.stringContaining('The call is published')]);
    expect((await sent(`calls/${call}/close-call`, {})).status).toBe(201);
    const others = (await done('open-share', ...keyOf('vito', 2))).trim();
    const false_ = await sent(`calls/${call}/release-share`, { custodian: 1, openedShare: others });
    expect(await refusal(false_)).toMatchObject({
      type: 'share-false',
      detail: expect.stringContaining('holder 1 (Comune)') as string,
    });
    expect(await done('open-share', ...keyOf('rosa', 1), '--url', system.url)).toMatch(/Given: share 1/);
    expect(await refusal(await open())).toMatchObject({
      status: 409,
      type: 'shares-missing',
      facts: { given: 1, needed: 2, missing: 1 },
    });
    await logged();
    expect(await filesWith(join(home, 'data'), CANARY)).toEqual([]);
    await signedInAs('ines');
    expect(await done('open-share', ...keyOf('ines', 3), '--url', system.url)).toMatch(/Given: share 3/);
    await signedInAs('drafter');
    const answer = await open();
    expect(answer.status).toBe(201);
    // Who may record the opening need not be one who may read what came to light.
    expect(Object.keys((await answer.json()) as object).sort()).toEqual(['call', 'entry', 'position', 'revision']);
    const { custodians, applications } = (await (await fetch(evidenceAddress())).json()) as Evidence;
    expect(custodians).toEqual(['Comune', 'Prefettura', 'Università']);
    expect(applications.map(({ organisation }) => organisation).sort()).toEqual(organisations.slice(0, 3).sort());
  }, 60_000);

  it('gives whoever sends again what was taken in time the receipt of then, days after the call was opened', async () => {
    const before = now;
    now = '2026-07-05T10:00:00.000Z';
    await signedInAs('publisher');
    const again = await inTheLastMillisecond();
    expect([again.status, await again.json()]).toEqual([200, receipt]);
    expect(await done('submit', at('sealed-terra'), '--url', system.url)).toMatch(
      /Handed in at 2026-05-01T08:00:00.000Z/,
    );
    const tooLate = await submitting(organisations[3]!, 'too late');
    expect(await refusal(await tooLate())).toMatchObject({
      status: 400,
      type: 'malformed-request',
      detail: expect.stringContaining('nothing can be handed in') as string,
    });
    now = before;
    await signedInAs('drafter');
  }, 60_000);

  it('is then read by officers', async () => {
    const { applications } = (await (await fetch(evidenceAddress())).json()) as Evidence;
    const { application } = applications.find(({ organisation }) => organisation === organisations[0])!;
    const content: unknown = await (await system.get(`/api/v1/calls/${call}/applications/${application}`)).json();
    const packed = await readFile(join(folderOf('terra'), 'Bilancio.pdf.gz'));
    expect(content).toEqual({
      answers: { plan: `${CANARY} terra` },
      attachments: [{ name: 'Bilancio.pdf.gz', size: packed.length }],
    });
    const attachment = await system.get(`/api/v1/calls/${call}/applications/${application}/attachments/1`);
    expect(Buffer.from(await attachment.arrayBuffer())).toEqual(packed);
    expect(attachment.headers.get('content-disposition')).toBe("attachment; filename*=UTF-8''Bilancio.pdf.gz");
  });

  it('is opened once more by an auditor, to the same, over HTTP and offline', async () => {
    const evidence = (await (await fetch(evidenceAddress())).json()) as Evidence;
    const { application } = evidence.applications.find(({ organisation }) => organisation === organisations[0])!;
    const digest = await readFile(at('digest'), 'utf8');
    expect(await done('open', evidenceAddress(), '--digest', digest, '--out', at('opened'))).toMatch(
      /3 of 3 applications read/,
    );
    expect(await readdir(join(at('opened'), application))).toEqual(['Bilancio.pdf.gz', 'answers.json']);
    expect(await readFile(join(at('opened'), application, 'Bilancio.pdf.gz'))).toEqual(
      await readFile(join(folderOf('terra'), 'Bilancio.pdf.gz')),
    );

    await writeFile(at('evidence.json'), JSON.stringify(evidence));
    await mkdir(at('ciphertexts'));
    const shelf = FolderShelf.reader(join(home, 'data', 'files', 'sealed'));
    for (const { ciphertext } of evidence.applications)
      await writeFile(join(at('ciphertexts'), ciphertext), (await shelf.read(ciphertext))!);
    const offline = ['open', at('evidence.json'), '--ciphertexts', at('ciphertexts')];
    expect(await done(...offline)).toMatch(/3 of 3 applications read/);
    const exchanged = await cli(...offline, '--digest', 'ab'.repeat(32));
    expect([exchanged.code, exchanged.errors]).toEqual([1, expect.stringContaining('the keys were exchanged')]);
  }, 60_000);

  it('shows an auditor who changed what', async () => {
    const evidence = JSON.parse(await readFile(at('evidence.json'), 'utf8')) as Evidence & {
      shares: { custodian: number; share: string }[];
    };
    const [first] = evidence.applications;
    await cp(at('ciphertexts'), at('changed'), { recursive: true });
    const path = join(at('changed'), first!.ciphertext);
    const bytes = await readFile(path);
    bytes[500] = (bytes[500] ?? 0) ^ 1;
    await writeFile(path, bytes);
    const changed = await cli('open', at('evidence.json'), '--ciphertexts', at('changed'));
    expect([changed.code, changed.output]).toEqual([
      3,
      expect.stringContaining(`${first!.application} of ${first!.organisation}: the ciphertext was changed`),
    ]);

    const [one, ...rest] = evidence.shares;
    const lie = { ...one!, share: one!.share.replace(/..$/, 'AA') };
    await writeFile(at('lie.json'), JSON.stringify({ ...evidence, shares: [lie, ...rest] }));
    const named = await cli('open', at('lie.json'), '--ciphertexts', at('ciphertexts'));
    expect([named.code, named.errors]).toEqual([1, expect.stringMatching(/Holders: 1 \(Comune\)/)]);
    await writeFile(at('few.json'), JSON.stringify({ ...evidence, shares: rest }));
    const few = await cli('open', at('few.json'), '--ciphertexts', at('ciphertexts'));
    expect([few.code, few.errors]).toEqual([1, expect.stringContaining('1 more are needed')]);
  }, 60_000);
});
