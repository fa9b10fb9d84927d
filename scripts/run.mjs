// node scripts/run.mjs <program under dist> [arguments]: builds if needed and runs it, in the folder it was called from.
import { join } from 'node:path';
import { launch } from './launch.mjs';
import { build, root } from './prepare.mjs';

const [program, ...args] = process.argv.slice(2);
build();
launch(['--enable-source-maps', join(root, 'dist', program), ...args]);
