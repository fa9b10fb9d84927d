// npm test: every test; npm test -- PATH runs those under PATH.
import { join } from 'node:path';
import { launch } from './launch.mjs';
import { build, root } from './prepare.mjs';

build();
launch([join(root, 'node_modules/jest/bin/jest.js'), ...process.argv.slice(2)]);
