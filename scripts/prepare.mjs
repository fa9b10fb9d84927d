// What a fresh clone needs before anything can run. Plain Node: nothing is installed yet when this runs.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));
const installed = join(root, 'node_modules', '.installed-for');
const built = join(root, 'dist', '.built-from');
const busy = join(root, '.preparing');

/** Installs what the lockfile says unless that is there already. */
export function install() {
  checkNode();
  const wanted = digest([join(root, 'package-lock.json')]) + process.version;
  if (read(installed) === wanted) return;
  alone(() => {
    if (read(installed) === wanted) return;
    console.error('Installing dependencies …');
    // Not `npm ci`: it refuses a lockfile without the binaries of platforms that a registry mirror does not carry.
    run('npm', ['install', '--no-save', '--no-audit', '--no-fund', '--loglevel=error']);
    writeFileSync(installed, wanted);
  });
}

/** Installs, and compiles the sources unless they are compiled already. */
export function build() {
  install();
  const sources = [
    'apps',
    'libs',
    'bench',
    'package.json',
    'tsconfig.json',
    'tsconfig.build.json',
    'nest-cli.json',
    'scripts/bundle.mjs',
  ];
  const wanted = digest(sources.flatMap((source) => filesOf(join(root, source))));
  if (read(built) === wanted) return;
  alone(() => {
    if (read(built) === wanted) return;
    console.error('Building …');
    rmSync(join(root, 'dist'), { recursive: true, force: true });
    run(process.execPath, [join(root, 'node_modules/@nestjs/cli/bin/nest.js'), 'build']);
    run(process.execPath, [join(root, 'scripts/bundle.mjs')]);
    writeFileSync(built, wanted);
  });
}

function checkNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if ((major === 20 && minor >= 19) || (major === 22 && minor >= 12) || major > 22) return;
  console.error(`Node.js ${process.versions.node} is too old. Install Node.js 20.19 or newer (or 22.12 or newer).`);
  process.exit(1);
}

function run(command, args) {
  const { status, error } = spawnSync(command, args, {
    cwd: root,
    stdio: ['ignore', 2, 2],
    shell: process.platform === 'win32',
  });
  if (status === 0) return;
  console.error(error ? error.message : `${command} ${args.join(' ')} failed; its messages are above.`);
  rmSync(busy, { recursive: true, force: true });
  process.exit(1);
}

/** Two commands started together must not install or build into each other. */
function alone(task) {
  const deadline = Date.now() + 15 * 60_000;
  for (;;) {
    try {
      mkdirSync(busy);
      break;
    } catch {
      if (!holderLives() || Date.now() > deadline) rmSync(busy, { recursive: true, force: true });
      else Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 250);
    }
  }
  writeFileSync(join(busy, 'pid'), String(process.pid));
  try {
    task();
  } finally {
    rmSync(busy, { recursive: true, force: true });
  }
}

function holderLives() {
  const pid = Number(read(join(busy, 'pid')));
  if (!pid) return Date.now() - statSync(busy, { throwIfNoEntry: false })?.mtimeMs < 5_000;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

function filesOf(path) {
  if (!existsSync(path)) return [];
  if (statSync(path).isFile()) return [path];
  return readdirSync(path, { withFileTypes: true })
    .filter(({ name }) => name !== 'node_modules' && name !== 'results')
    .flatMap(({ name }) => filesOf(join(path, name)))
    .filter((file) => !/\.spec\.tsx?$/.test(file))
    .sort();
}

function digest(files) {
  const hash = createHash('sha256');
  for (const file of files) hash.update(`${file.slice(root.length)}\n`).update(readFileSync(file));
  return hash.digest('hex');
}

function read(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
