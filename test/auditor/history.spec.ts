import type { JsonObject } from '#domain';
import { aSystem, closed } from '../api/system';
import type { TestSystem } from '../api/system';
import { startProgram } from '../child-process';

/** Two axes: the inspection of 2016 is written down in 2027, after the confiscation of 2017; the date of the confiscation is corrected in 2028. */
describe('the history of an asset, on both axes of time', () => {
  let system: TestSystem;
  let asset: string;
  const ids: string[] = [];
  let now = '2026-11-02T09:00:00.000Z';
  beforeAll(async () => {
    system = await aSystem({}, () => now);
    const send = async (path: string, occurredOn: string, data: JsonObject): Promise<void> => {
      const answer = await system.post(`/api/v1/assets${path}`, { occurredOn, data }, { 'idempotency-key': `history-${ids.length}` }); // prettier-ignore
      expect([path, answer.status]).toEqual([path, 201]);
      asset = ((await answer.json()) as { asset: string }).asset;
      ids.push((await system.store.readStream(`asset-${asset}`)).at(-1)!.id);
    };
    await send('', '2015-03-12', { kind: 'company', title: 'Cantina', formerHolder: 'Mario Rossi', act: { title: 'Decreto', number: '12/2015', date: '2015-03-01', authority: 'Tribunale di Palermo' } }); // prettier-ignore
    await send(`/${asset}/order-confiscation`, '2017-05-01', { instance: 'first' });
    now = '2027-02-01T09:00:00.000Z';
    await send(`/${asset}/record-problem`, '2016-06-01', { kind: 'occupied', blocking: true });
    now = '2028-02-01T09:00:00.000Z';
    await send(`/${asset}/correct-entry`, '2028-02-01', { entry: ids[1]!, field: 'occurredOn', value: '2017-06-01', reason: 'A slip' }); // prettier-ignore
    expect(await system.notarising!.notary.reached(await system.store.head(), 10_000)).toBe(true);
  });
  afterAll(() => closed(system));

  const auditor = (...args: string[]) => startProgram('apps/auditor/main.ts', ['--data', system.folder, ...args]).exit;
  const json = async (...args: string[]): Promise<unknown> => {
    const { code, output, errors } = await auditor('--json', ...args);
    expect([code, errors]).toEqual([0, '']);
    return JSON.parse(output);
  };
  const log = () => ['--log', `${system.url}/log`];

  it('is told as it was written down, by the store and by the public log alike, without what is not public', async () => {
    const history = await json('history', asset);
    expect(history).toMatchObject([
      { number: 1, type: 'AssetSeized', occurredOn: '2015-03-12', recordedAt: '2026-11-02T09:00:00.000Z', act: 'Decreto, 12/2015, 2015-03-01, Tribunale di Palermo' },
      { number: 2, type: 'ConfiscationOrdered', occurredOn: '2017-05-01' },
      { number: 3, type: 'ProblemRecorded', occurredOn: '2016-06-01', recordedAt: '2027-02-01T09:00:00.000Z' },
      { number: 4, type: 'EntryCorrected', names: ids[1] },
    ]);
    expect(await json('history', asset, ...log())).toEqual(history);
    const { output } = await auditor('history', asset, ...log());
    expect(output).toContain('Tribunale di Palermo');
    expect(output).not.toContain('Mario');
  }, 30_000); // prettier-ignore

  it('differs between two days of the world by what had happened, each field by the entry that changed it', async () => {
    const range = ['--from', '2016-01-01', '--to', '2018-01-01'];
    const found = (await json('diff', asset, ...range)) as { changes: { field: string }[]; causes: Record<string, string[]>; added: { id: string }[] }; // prettier-ignore
    expect(found.changes).toContainEqual({ field: 'phase', before: 'seized', after: 'confiscated-first' });
    expect(found.causes.phase).toEqual([ids[1]]);
    expect(found.causes.problems).toEqual([ids[2]]);
    expect(found.added.map(({ id }) => id).sort()).toEqual([ids[1], ids[2]].sort());
    expect(Object.keys(found.causes)).toEqual(expect.arrayContaining(found.changes.map(({ field }) => field)));
    // Who recorded it is not public.
    expect(await json('diff', asset, ...range, ...log())).toMatchObject({ causes: found.causes });
  }, 30_000);

  it('differs between two days of knowledge by what was learnt', async () => {
    const found = await json('diff', asset, '--known-from', '2026-12-31', '--known-to', '2027-12-31');
    expect(found).toMatchObject({ added: [{ id: ids[2] }], causes: { problems: [ids[2]] } });
    const later = await json('diff', asset, '--known', '--from', '2027-12-31', '--to', '2028-12-31');
    expect(later).toMatchObject({ altered: [{ after: { id: ids[1], occurredOn: '2017-06-01' } }], causes: { phaseSince: [ids[3]] } }); // prettier-ignore
  }, 30_000);

  it('differs on both axes at once: what we believed then of a day then, and believe now of a later one', async () => {
    const found = await json('diff', asset, '--from', '2016-07-01', '--to', '2017-05-15', '--known-from', '2026-12-31', '--known-to', '2028-12-31'); // prettier-ignore
    // The confiscation, corrected to June, had not happened by mid May: the problem alone has come in, and by having been learnt.
    expect(found).toMatchObject({ added: [{ id: ids[2] }], removed: [], causes: { problems: [ids[2]] } });
    expect(found).not.toHaveProperty('causes.phase');
    const { output } = await auditor('diff', asset, '--from', '2016-07-01', '--to', '2017-05-15', '--known-from', '2026-12-31', '--known-to', '2028-12-31'); // prettier-ignore
    expect(output).toContain('what had happened by 2017-05-15, as it was known at the end of 2028-12-31');
    expect(output).toContain(`+ ProblemRecorded, 2016-06-01, recorded 2027-02-01T09:00:00.000Z (${ids[2]})`);
  }, 30_000);

  it.each([
    [['--from', '2016-01-01'], 'Give both --from and --to'],
    [['--known-to', '2016-01-01'], 'Give both --known-from and --known-to'],
    [[], 'Give --from and --to'],
    [['--from', '2018-01-01', '--to', '2016-01-01'], 'Exchange them'],
    [['--from', '2018-02-30', '--to', '2018-03-01'], 'a date that exists'],
  ])('asks for what is missing in %j', async (args, words) => {
    expect(await auditor('diff', asset, ...args)).toMatchObject({ code: 1, errors: expect.stringContaining(words) as string }); // prettier-ignore
  }); // prettier-ignore
});
