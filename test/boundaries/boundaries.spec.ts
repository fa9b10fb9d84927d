import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

const root = resolve(__dirname, '../..');

/** One deliberately wrong import for each rule, as `file: what it imports`. */
const wrong: Record<string, readonly [file: string, imported: string]> = {
  'domain-stays-in-its-room': ['libs/domain/wrong.ts', '#event-store'],
  'event-store-stays-in-its-room': ['libs/event-store/wrong.ts', '#recording'],
  'transparency-log-stays-in-its-room': ['libs/transparency-log/wrong.ts', '#domain'],
  'sealing-stays-in-its-room': ['libs/sealing/wrong.ts', '#domain'],
  'files-stays-in-its-room': ['libs/files/wrong.ts', '#domain'],
  'privacy-stays-in-its-room': ['libs/privacy/wrong.ts', '#recording'],
  'notary-stays-in-its-room': ['libs/notary/wrong.ts', '#read-models'],
  'backup-stays-in-its-room': ['libs/backup/wrong.ts', '#processes'],
  'read-models-stays-in-its-room': ['libs/read-models/wrong.ts', '#recording'],
  'recording-stays-in-its-room': ['libs/recording/wrong.ts', '#read-models'],
  'scenario-stays-in-its-room': ['libs/scenario/wrong.ts', '#event-store'],
  'processes-stays-in-its-room': ['libs/processes/wrong.ts', '#read-models'],
  'access-stays-in-its-room': ['libs/access/wrong.ts', '#http'],
  'intake-stays-in-its-room': ['libs/intake/wrong.ts', '#read-models'],
  'web-stays-in-its-room': ['libs/web/wrong.ts', '#event-store'],
  'http-stays-in-its-room': ['libs/http/wrong.ts', '#read-models'],
  'process-stays-in-its-room': ['libs/process/wrong.ts', '#recording'],
  'domain-knows-no-framework': ['libs/domain/nest.ts', '@nestjs/common'],
  'only-the-store-talks-to-stores': ['apps/portal/store.ts', '@eventstore/db-client'],
  'library-by-its-door': ['apps/portal/inside.ts', '../../libs/domain/refusal'],
  'apps-do-not-know-each-other': ['apps/portal/app.ts', '../registry/entry'],
  'product-knows-no-test': ['apps/portal/test.ts', '../../test/some'],
  'no-circles': ['libs/web/circle-back.ts', './circle'],
};

interface Report {
  readonly summary: { readonly violations: readonly { from: string; to: string; rule: { name: string } }[] };
}

function cruise(folder: string): Report['summary']['violations'] {
  const cli = join(root, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');
  const args = [cli, '--config', '.dependency-cruiser.cjs', '--output-type', 'json', 'apps', 'libs'];
  const output = execFileSync(process.execPath, args, { cwd: folder, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
  return (JSON.parse(output) as Report).summary.violations;
}

function houseOfWrongImports(): string {
  const folder = mkdtempSync(join(tmpdir(), 'boundaries-'));
  for (const file of ['package.json', 'tsconfig.json', '.dependency-cruiser.cjs'])
    cpSync(join(root, file), join(folder, file));
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  const put = (file: string, content: string): void => {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), content);
  };
  for (const room of readdirSync(join(root, 'libs'))) put(`libs/${room}/index.ts`, 'export const here = 1;\n');
  put('libs/domain/refusal.ts', 'export const here = 1;\n');
  put('apps/registry/entry.ts', 'export const here = 1;\n');
  put('test/some.ts', 'export const here = 1;\n');
  put('libs/web/circle.ts', "export * from './circle-back';\n");
  for (const [file, imported] of Object.values(wrong))
    put(file, `import * as other from '${imported}';\nexport const used = other;\n`);
  return folder;
}

describe('the rooms of the house', () => {
  let folder: string;
  let violations: Report['summary']['violations'];

  beforeAll(() => {
    folder = houseOfWrongImports();
    violations = cruise(folder);
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it.each(Object.entries(wrong))('%s is broken by %s', (rule, [file]) => {
    expect(violations).toContainEqual(
      expect.objectContaining({ from: file, rule: expect.objectContaining({ name: rule }) as unknown }),
    );
  });

  it('has a wrong import for every library', () => {
    const rooms = readdirSync(join(root, 'libs'));
    expect(rooms.filter((room) => !(`${room}-stays-in-its-room` in wrong))).toEqual([]);
  });

  it('keeps its own rules', () => {
    expect(cruise(root)).toEqual([]);
  });
});
