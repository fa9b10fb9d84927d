// npm start: the whole system in one process.
import { join } from 'node:path';
import { launch } from './launch.mjs';
import { build, root } from './prepare.mjs';

build();
launch([join(root, 'dist/apps/standalone/main.js'), ...process.argv.slice(2)]);
