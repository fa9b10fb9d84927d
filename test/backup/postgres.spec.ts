import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSignIn } from '#access';
import { italy } from '#domain';
import { ProcessDatabase, ProcessEngine, processesFor } from '#processes';
import { NumberedAccounts } from '../access/sign-in';
import { letterBox } from '../process-managers/cuts';
import { aWorld, assigned, at, house, registered } from '../process-managers/story';
import type { World } from '../process-managers/story';
import { inDatabase, postgresTools, startWholePostgres } from './postgres-tools';
import type { WholePostgres } from './postgres-tools';

/** Every row of every table of ours, in an order of its own. */
const everythingIn = (url: string): Promise<Record<string, unknown[]>> =>
  inDatabase(url, async (client) => {
    const { rows } = await client.query<{ table: string }>(
      `SELECT quote_ident(schemaname) || '.' || quote_ident(tablename) AS table FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema') ORDER BY 1`,
    );
    const found: Record<string, unknown[]> = {};
    for (const { table } of rows)
      found[table] = (await client.query<{ row: string }>(`SELECT t::text AS row FROM ${table} t ORDER BY 1`)).rows;
    return found;
  });

const tools = postgresTools();
// Said where it is not done: the server that the tests bring along comes without pg_dump.
(tools === undefined ? describe.skip : describe)('the databases in PostgreSQL, dumped and brought back as docs/operating.md says', () => {
  let folder: string;
  let postgres: WholePostgres;
  let world: World;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'dumps-'));
    postgres = await startWholePostgres(tools!);
    world = await aWorld();
  }, 120_000);
  afterAll(async () => {
    await world.close();
    await postgres.stop();
    await rm(folder, { recursive: true, force: true });
  });

  it('that of the processes, dumped before the log, goes on with what was recorded meanwhile: nothing twice, nothing left out', async () => {
    const url = await postgres.freshDatabase('processes');
    const box = letterBox();
    const told = () => new Set(box.messages.map(({ id }) => id)).size;
    const engineOn = async (address: string): Promise<ProcessEngine> =>
      new ProcessEngine({
        store: world.store,
        recorder: world.recorder,
        database: await ProcessDatabase.open({ kind: 'postgres', url: address }, world.now),
        processes: processesFor(italy, 'RPCT'),
        profile: italy,
        transport: box,
        book: { lines: [], otherwise: { to: 'officers@localhost', language: 'it' } },
        letterhead: { from: 'registry@localhost' },
        clock: () => world.now,
        graceMs: 0,
      });
    const ends = async () => (await world.log()).filter(({ type }) => type === 'AgreementTerminated').length;
    await registered(world);
    await assigned(world, house, '2026-06-30');
    const engine = await engineOn(url);
    world.now = at('2026-06-02');
    await engine.round();
    await engine.deliver();
    const before = told();
    await postgres.dump(url, join(folder, 'processes.dump'));
    const dumped = await everythingIn(url);

    // The registry goes on while the rest is backed up: the log that is restored knows more than the dump.
    world.now = at('2026-07-02');
    await engine.round();
    await engine.deliver();
    await engine.stop();
    expect([await ends(), told() > before]).toEqual([1, true]);
    const after = told();

    const back = await postgres.freshDatabase('processes_back');
    await postgres.restore(join(folder, 'processes.dump'), back);
    expect(await everythingIn(back)).toEqual(dumped);
    expect(Object.values(dumped).flat().length).toBeGreaterThan(5);
    const again = await engineOn(back);
    await again.round();
    await again.deliver();
    await again.stop();
    // What was sent after the dump goes out once more, under the same id.
    expect([await ends(), told()]).toEqual([1, after]);
  }, 120_000);

  it('that of sign-in, with its key kept elsewhere', async () => {
    const url = await postgres.freshDatabase('access');
    const options = { accounts: new NumberedAccounts(), secure: false };
    const opened = (address: string) => openSignIn({ database: { kind: 'postgres', url: address }, key: { hex: '5'.repeat(64) } }, options);
    await (await opened(url)).close();
    expect(Object.values(await everythingIn(url)).flat().length).toBeGreaterThan(0);
    await postgres.dump(url, join(folder, 'access.dump'));
    const back = await postgres.freshDatabase('access_back');
    await postgres.restore(join(folder, 'access.dump'), back);
    expect(await everythingIn(back)).toEqual(await everythingIn(url));
    expect(Object.keys(await everythingIn(back))).toContain('access.credentials');
    await (await opened(back)).close();
  }, 120_000);
}); // prettier-ignore
