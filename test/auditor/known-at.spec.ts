import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { dateOf, idFrom, italy } from '#domain';
import type { JsonObject } from '#domain';
import { aSystem, closed } from '../api/system';
import type { TestSystem } from '../api/system';
import { startProgram } from '../child-process';

const SECRET = 'Zaccaria Trovabile';
const TEXT = 'My neighbour at the third gate keeps a yellow tractor there.';
const SHOWN = 'My neighbour at […] keeps a […] tractor there.';

/** Yesterday by every clock. */
const yesterday = new Date(Date.now() - 86_400_000).toISOString().slice(0, 10);
const today = new Date().toISOString().slice(0, 10);

describe('npm run auditor -- known-at', () => {
  let system: TestSystem;
  let now = `${yesterday}T09:00:00.000Z`;
  let thread: string;
  let sent = 0;
  const post = async (path: string, data: JsonObject): Promise<Record<string, string>> => {
    sent += 1;
    const answer = await system.post(path, { occurredOn: dateOf(now, italy.timeZone), data }, { 'idempotency-key': `known-${sent}` });
    const said = (await answer.json()) as Record<string, string>;
    expect([path, answer.status, answer.status === 201 ? '' : said]).toEqual([path, 201, '']);
    await system.projecting.runner.reached(await system.store.head(), 10_000);
    return said;
  }; // prettier-ignore
  const run = (...args: string[]) => startProgram('apps/auditor/main.ts', ['--data', system.folder, ...args]).exit;
  const text = async (path: string): Promise<string> => (await system.get(path)).text();

  beforeAll(async () => {
    system = await aSystem({ PROCESSES_RUN: 'off' }, () => now);
    await post('/api/v1/assets', { kind: 'company', title: 'Known yesterday' });
    thread = idFrom('dialogue', 'IT', 'test', 'known');
    const asked = { kind: 'question', report: 'register', addressedTo: 'local', text: TEXT, askerName: SECRET, askerContact: 'z.trovabile@example.org' }; // prettier-ignore
    const origin = { actor: { subject: 'visitor', agency: 'public', role: 'visitor' }, source: { kind: 'form' } as const, idempotencyKey: 'ask', correlationId: 'ask' }; // prettier-ignore
    const recorded = await system.recorder.record(`dialogue-${thread}`, { name: 'ask-question', occurredOn: dateOf(now, italy.timeZone), data: asked }, origin); // prettier-ignore
    expect(recorded).toMatchObject({ kind: 'recorded' });
    await post(`/api/v1/dialogues/${thread}/moderate-thread`, { outcome: 'partly-redacted', reason: 'personal-data', text: SHOWN }); // prettier-ignore
    now = new Date().toISOString();
    await post('/api/v1/assets', { kind: 'movable', title: 'Known today' });
    const [entry] = await system.store.readStream(`dialogue-${thread}`);
    await post(`/api/v1/dialogues/${thread}/erase-personal-data`, { entry: entry!.id, erasureGround: 'consent-withdrawn', reason: 'Asked by whoever wrote it' }); // prettier-ignore
    await system.erasing.reached(await system.store.head());
  }, 240_000);
  afterAll(() => closed(system));

  it('says of how much it will be, makes the day while the registry runs, and lists it', async () => {
    expect(await run('known-at')).toMatchObject({
      code: 0,
      output: expect.stringMatching(/^No day is kept in /) as string,
    });
    const made = await run('known-at', yesterday);
    expect(made).toMatchObject({ code: 0 });
    expect(made.output).toMatch(new RegExp(`^${yesterday}: \\d+ entries by its end; about 1 MB`, 'm'));
    expect(made.output).toMatch(new RegExp(`^${yesterday}: \\d+ entries, up to position \\d+; \\d MB`, 'm'));
    const listed = await run('--json', 'known-at');
    expect(JSON.parse(listed.output)).toMatchObject([{ day: yesterday, entries: expect.any(Number) as number }]);
  }, 240_000);

  it('lets every report of the running registry be asked for it', async () => {
    const changes = await text(`/api/v1/changes?knownAt=${yesterday}`);
    expect([changes.includes('Known yesterday'), changes.includes('Known today')]).toEqual([true, false]);
    expect(JSON.parse(await text(`/api/v1/indicators?knownAt=${yesterday}`))).toMatchObject({ total: 1 });
    expect(JSON.parse(await text('/api/v1/indicators'))).toMatchObject({ total: 2 });
    expect((await system.get(`/api/v1/money?knownAt=${today}`)).status).toBe(200);
  });

  it('brings back nothing that was erased since', async () => {
    const page = `/en/dialogue/${thread}?knownAt=${yesterday}`;
    expect(await text(page)).toContain('keeps a […] tractor');
    for (const path of [page, `/api/v1/dialogues/${thread}?knownAt=${yesterday}`, `/api/v1/dialogues.csv?knownAt=${yesterday}`, `/api/v1/changes?knownAt=${yesterday}`]) {
      const said = await text(path);
      for (const word of [SECRET, 'yellow', 'third gate', 'trovabile']) expect([path, said.includes(word)]).toEqual([path, false]);
    }
  }); // prettier-ignore

  it('refuses a day that is not over, and what is no day, in one sentence', async () => {
    expect(await run('known-at', today)).toMatchObject({
      code: 1,
      errors: expect.stringContaining('is not over') as string,
    });
    expect(await run('known-at', '2026-02-30')).toMatchObject({ code: 1, errors: expect.stringMatching(/^"2026-02-30" is no day/) as string }); // prettier-ignore
  }, 240_000);

  it('forgets a day', async () => {
    expect(await run('known-at', '--remove', yesterday)).toMatchObject({
      code: 0,
      output: `${yesterday}: forgotten`,
    });
    expect(existsSync(join(system.folder, 'known-days', `${yesterday}.sqlite`))).toBe(false);
    expect((await system.get(`/api/v1/indicators?knownAt=${yesterday}`)).status).toBe(404);
  }, 240_000);
});
