import Database from 'better-sqlite3';
import { join } from 'node:path';
import type { JsonObject, ReturnFigures } from '#domain';
import { aSystem, closed } from '../api/system';
import type { TestSystem } from '../api/system';
import { startProgram } from '../child-process';
import { textOf } from '../web/text-of';

interface Answer {
  readonly underWay: { readonly stage: string; readonly entry: string; readonly reason: string | null } | null;
  readonly published: { readonly digest: string; readonly figures: ReturnFigures; readonly reason: string | null } | null;
  readonly now: ReturnFigures;
} // prettier-ignore

/** From the seizure to the published return, to the late entry, to the changed figure: over HTTP, with the auditor's own command. */
describe('the published annual return', () => {
  let system: TestSystem;
  let sent = 0;
  beforeAll(async () => {
    system = await aSystem({}, () => `2026-11-02T09:${String(10 + (sent % 50))}:00.000Z`);
    for (const [kind, on] of [['company', '2024-02-01'], ['movable', '2024-05-01'], ['crypto', '2025-01-01']] as const)
      await send('/api/v1/assets', on, { kind, title: `Asset ${kind}`, estimatedValue: { minor: 500_00, currency: 'EUR' } });
  }, 60_000); // prettier-ignore
  afterAll(() => closed(system));

  async function send(path: string, occurredOn: string, data: JsonObject, status = 201): Promise<Record<string, string>> {
    sent += 1;
    const answer = await system.post(path, { occurredOn, data }, { 'idempotency-key': `return-${sent}` });
    const body = (await answer.json()) as Record<string, string>;
    expect([path, answer.status, answer.status === status ? '' : body]).toEqual([path, status, '']);
    await system.projecting.runner.reached(await system.store.head(), 10_000);
    return body;
  } // prettier-ignore
  const the2024 = async (): Promise<Answer> =>
    (await (await system.get('/api/v1/annual-returns/2024')).json()) as Answer;
  const seizures = ({ figures }: ReturnFigures) => figures.find(({ item }) => item === 'seizures');
  const page = async (): Promise<string> => textOf(await (await system.get('/en/annual-return/2024')).text());

  /** Nobody signs in here, so that whoever sits at this machine is the only officer: the second person writes through the recorder. */
  async function publish(id: string, preparation: string): Promise<void> {
    const origin = {
      actor: { subject: 'approver-4', agency: 'local', role: 'approver' },
      source: { kind: 'form' } as const,
      idempotencyKey: `publish-${preparation}`,
      correlationId: 'test',
    };
    const command = { name: 'publish-return', occurredOn: '2026-11-02', data: { preparation } };
    const recorded = await system.recorder.record(`return-${id}`, command, origin);
    expect(recorded).toMatchObject({ kind: 'recorded' });
    await system.projecting.runner.reached(await system.store.head(), 10_000);
  }
  /** The entry with the figures that were asked for, once the registry has written them down. */
  async function counted(): Promise<string> {
    for (;;) {
      await system.projecting.runner.reached(await system.store.head(), 10_000);
      const { underWay } = await the2024();
      if (underWay?.stage === 'prepared') return underWay.entry;
    }
  }
  const verify = (...more: string[]) =>
    startProgram('apps/auditor/main.ts', ['--data', system.folder, 'return', 'verify', '2024', ...more]).exit;

  let id: string;
  it('is prepared by one person with figures that nobody sent, and published by another', async () => {
    await send('/api/v1/annual-returns', '2026-11-02', { year: '2024', figures: { scheme: 1, figures: [] } }, 400);
    const asked = await send('/api/v1/annual-returns', '2026-11-02', { year: '2024' });
    id = asked.return!;
    expect(id).toMatch(/^IT-R-/);
    const preparation = await counted();
    expect(preparation).not.toBe(asked.entry);
    expect(await the2024()).toMatchObject({ published: null, underWay: { stage: 'prepared', reason: null } });
    expect(await page()).toContain('prepared and not published yet');
    await send(`/api/v1/annual-returns/${id}/publish-return`, '2026-11-02', { preparation }, 409);
    expect(await verify('--prepared')).toMatchObject({ code: 0, errors: '' });
    await publish(id, preparation);
    expect((await the2024()).underWay).toBeNull();
    expect(await (await system.get('/api/v1/annual-return-count')).json()).toEqual({ underWay: null });
    const { published, now } = await the2024();
    expect(seizures(published!.figures)).toMatchObject({ entries: 2, assets: 2, money: [{ minor: '100000', currency: 'EUR' }] });
    expect(published!.figures).toEqual(now);
    expect(await (await system.get(`/api/v1/annual-returns/${id}`)).json()).toEqual(await (await system.get('/api/v1/annual-returns/2024')).json());
    expect(await page()).toContain(published!.digest);
    expect(await page()).toContain('Nothing has moved since.');
  }, 30_000); // prettier-ignore

  it('is what the log says, as anybody who holds the log can tell', async () => {
    const { code, output, errors } = await verify();
    expect([code, errors]).toEqual([0, '']);
    expect(output).toContain('Figures and hash are what the log says.');
    expect(output).toContain((await the2024()).published!.digest);
  }, 30_000);

  it('stays as it was when a late entry comes in, and says by how much it has moved', async () => {
    const before = (await the2024()).published;
    await send('/api/v1/assets', '2024-12-31', { kind: 'company', title: 'Late', estimatedValue: { minor: 100_00, currency: 'EUR' } });
    const { published, now } = await the2024();
    expect(published).toEqual(before);
    expect(seizures(now)).toMatchObject({ entries: 3 });
    const text = await page();
    expect(text).toMatch(/Seizures\s+2(: Seizures)?\s+2\s+€1,000\s+\+1; \+€100/);
    expect(text).toContain('2 lines are known otherwise today.');
    expect((await verify()).code).toBe(0);
  }, 30_000); // prettier-ignore

  it('is published anew with a reason, and keeps the hash it had before', async () => {
    const before = (await the2024()).published!;
    await send(`/api/v1/annual-returns/${id}/revise-return`, '2026-11-02', { reason: 'A late seizure.' });
    const revised = await counted();
    expect(await the2024()).toMatchObject({ published: before, underWay: { reason: 'A late seizure.' } });
    expect(await page()).toContain('those that were published last');
    await publish(id, revised);
    const { published } = await the2024();
    expect(published).toMatchObject({ reason: 'A late seizure.', earlier: [{ digest: before.digest }] });
    expect(seizures(published!.figures)?.entries).toBe(3);
    const text = await page();
    for (const said of ['A late seizure.', before.digest, published!.digest]) expect(text).toContain(said);
    expect((await verify()).code).toBe(0);
  }, 30_000); // prettier-ignore

  it('is found out when a figure was changed in the log, with or without its hash', async () => {
    const file = new Database(join(system.folder, 'events.sqlite'));
    for (const name of ['events_follow_each_other', 'events_are_never_changed', 'events_are_never_deleted'])
      file.exec(`DROP TRIGGER ${name}`);
    file.exec(`UPDATE events SET data = replace(data, '"item":"seizures","part":null,"entries":3', '"item":"seizures","part":null,"entries":7')`);
    file.close();
    const { code, output } = await verify();
    expect(code).toBe(4);
    expect(output).toContain('the hash that was published is not that of the figures');
    expect(output).toContain('seizures: the log says -4 entries than what was published');
  }, 30_000); // prettier-ignore

  it('refuses a year that nobody published', async () => {
    const { code, errors } = await startProgram('apps/auditor/main.ts', ['--data', system.folder, 'return', 'verify', '2023']).exit; // prettier-ignore
    expect([code, errors]).toEqual([1, 'The log holds no published annual return of 2023.\n']);
  }, 30_000);
});
