// npm run bench [-- NAME ... --events N --assets N]: builds, installs the peers it is measured against, measures.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { launch } from './launch.mjs';
import { build, root } from './prepare.mjs';

build();
for (const peer of ['sqlite', 'postgresql']) {
  const folder = join(root, 'bench/peers', peer);
  if (existsSync(join(folder, 'node_modules'))) continue;
  console.error(`Installing the peer emmett-${peer} …`);
  // Peer ranges of pre-releases that do not matter here would refuse each other otherwise.
  const args = [
    'install',
    '--no-save',
    '--no-package-lock',
    '--no-audit',
    '--no-fund',
    '--legacy-peer-deps',
    '--loglevel=error',
  ];
  const { status } = spawnSync('npm', args, {
    cwd: folder,
    stdio: ['ignore', 2, 2],
    shell: process.platform === 'win32',
  });
  if (status !== 0) console.error(`emmett-${peer} cannot be installed here; its rows will be missing.`);
}
launch([join(root, 'dist/bench/main.js'), ...process.argv.slice(2)]);
