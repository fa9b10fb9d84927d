import { spawnSync } from 'node:child_process';
import { join, resolve } from 'node:path';
import Database from 'better-sqlite3';
import { italy } from '#domain';
import { physicalName, projectionsFor } from '#read-models';
import { aSystem, closed } from '../api/system';
import type { TestSystem } from '../api/system';

const root = resolve(__dirname, '../..');

/** The table of a projection as this code builds it. */
const versioned = (name: string): string =>
  physicalName(name, projectionsFor(italy).find((projection) => projection.name === name)!.version);

describe('the auditor', () => {
  let system: TestSystem;
  let asset: string;
  beforeAll(async () => {
    system = await aSystem();
    const key = (name: string) => ({ 'idempotency-key': name });
    const opened = await system.post(
      '/api/v1/assets',
      { occurredOn: '2015-03-12', data: { kind: 'company', title: 'Cantina' } },
      key('a'),
    );
    ({ asset } = (await opened.json()) as { asset: string });
    await system.post(
      `/api/v1/assets/${asset}/order-confiscation`,
      { occurredOn: '2016-05-01', data: { instance: 'first' } },
      key('b'),
    );
    await system.projecting.runner.reached(await system.store.head(), 5000);
  });
  afterAll(() => closed(system));

  /** Runs the built program, as an auditor would, beside the running registry. */
  function auditor(...args: string[]): { status: number | null; stdout: string; stderr: string } {
    const program = join(root, 'dist/apps/auditor/main.js');
    return spawnSync(process.execPath, [program, '--data', system.folder, ...args], { cwd: root, encoding: 'utf8' });
  }

  it('replays a dossier to a date', () => {
    const { stdout } = auditor('--json', 'replay', asset, '--as-of', '2015-12-31');
    expect(JSON.parse(stdout)).toMatchObject({
      asset: { phase: 'seized' },
      history: [{ type: 'AssetSeized' }],
      revisions: 2,
    });
    expect(auditor('replay', asset).stdout).toContain('Phase: confiscated-first, since 2016-05-01');
  });

  it('tells which entry changed what between two dates', () => {
    const { stdout } = auditor('--json', 'diff', asset, '--from', '2015-12-31', '--to', '2016-05-01');
    const { changes, added } = JSON.parse(stdout) as { changes: unknown[]; added: unknown[] };
    expect(changes).toContainEqual({ field: 'phase', before: 'seized', after: 'confiscated-first' });
    expect(added).toMatchObject([{ type: 'ConfiscationOrdered' }]);
    expect(auditor('diff', asset, '--from', '2017-01-01', '--to', '2018-01-01').stdout).toContain('Nothing changed.');
  });

  it('says what is wrong with a request', () => {
    expect(auditor('replay', 'IT-0')).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('no registry id') as string,
    });
    expect(auditor('replay', asset, '--as-of', '2015-02-30')).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('date that exists') as string,
    });
  });

  it('finds reports equal to the log, and every row that is not', () => {
    expect(auditor('check')).toMatchObject({
      status: 0,
      stdout: expect.stringContaining('register: 23 rows') as string,
    });
    const file = new Database(join(system.folder, 'read-models.sqlite'), { timeout: 5000 });
    file.prepare(`UPDATE ${versioned('register')} SET title = 'Villa' WHERE id = ?`).run(asset);
    file.prepare(`DELETE FROM ${versioned('timeline')} WHERE revision = 1`).run();
    file.close();
    const { status, stdout } = auditor('--json', 'check');
    expect(status).toBe(3);
    expect((JSON.parse(stdout) as { drift: unknown[] }[]).flatMap(({ drift }) => drift)).toMatchObject([
      { table: 'register', what: 'different', columns: [{ name: 'title', expected: 'Cantina', stored: 'Villa' }] },
      { table: 'timeline', what: 'missing' },
    ]);
  });
});
