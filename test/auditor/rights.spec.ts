import { spawnSync } from 'node:child_process';
import { join, resolve } from 'node:path';
import type { Rights } from '../../apps/auditor/rights';
import { TODAY, aRegistry } from '../access/registry';
import type { Person, TestRegistry } from '../access/registry';

const root = resolve(__dirname, '../..');

/** Who could do what is asked of the log itself, beside the running registry and without trusting it. */
describe('the auditor asks for rights', () => {
  let registry: TestRegistry;
  let auditor: Person;
  beforeAll(async () => {
    registry = await aRegistry();
    auditor = await registry.person({ agency: 'CORTE-CONTI' }, { role: 'auditor', until: '2999-12-31' });
    await registry.person({ agency: 'ANBSC' }, { role: 'officer', agency: 'ANBSC', areas: ['082'] });
    const path = `/api/v1/restricted/accounts/${registry.administrator.account}?purpose=Audit%207`;
    expect((await registry.send('GET', path, auditor)).status).toBe(200);
  });
  afterAll(() => registry.close());

  function run(...args: string[]): string {
    const program = join(root, 'dist/apps/auditor/main.js');
    const { stdout, stderr } = spawnSync(process.execPath, [program, '--data', registry.folder, ...args], {
      cwd: root,
      encoding: 'utf8',
    });
    return stdout + stderr;
  }

  it('and sees who holds which, and who gave it', () => {
    const rights = JSON.parse(run('--json', 'rights')) as Rights[];
    const held = rights.map(({ roles: [first] }) => [first?.role, first?.by, first?.areas]);
    const { account } = registry.administrator;
    expect(held).toEqual([
      ['administrator', 'set-up', undefined],
      ['auditor', account, undefined],
      ['officer', account, ['082']],
    ]);
    expect(run('rights', '--on', TODAY)).toMatch(
      /Prima Amministratrice +ANBSC +open +administrator +— .*set-up[^]*ANBSC 082/,
    );
    expect(JSON.parse(run('--json', 'rights', '--on', '2020-01-01'))).toEqual([]);
  });

  it('and sees who read what, and what for', () => {
    const { account } = registry.administrator;
    for (const about of [[], [auditor.account], [account], [`account-${account}`]])
      expect(run('readings', ...about)).toContain(`${auditor.account}  auditor  account-${account}  Audit 7`);
    expect(run('readings', 'IT-4GQ2X9PK3M-7')).toBe('Nobody.\n');
  });
});
