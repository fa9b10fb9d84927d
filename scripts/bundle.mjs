// node scripts/bundle.mjs: the one script of our pages, out of TypeScript into dist. The same sources give the same bytes.
import { buildSync } from 'esbuild';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));

buildSync({
  entryPoints: [join(root, 'libs/sealing/browser/apply.ts')],
  outfile: join(root, 'dist/libs/sealing/browser/apply.bundle.js'),
  absWorkingDir: root,
  bundle: true,
  minify: true,
  format: 'iife',
  // Browsers that know X25519 know this; the others are told so by the page.
  target: 'es2022',
  charset: 'utf8',
  legalComments: 'none',
  logLevel: 'warning',
});
