// node scripts/bundle.mjs: the scripts of our pages, out of TypeScript into dist. The same sources give the same bytes.
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

// Leaflet's licence (BSD-2-Clause) asks that its notice stays.
buildSync({
  entryPoints: [join(root, 'libs/web/map/browser/map.ts'), join(root, 'libs/web/map/browser/map.css')],
  outdir: join(root, 'dist/libs/web/map/browser'),
  entryNames: '[name].bundle',
  absWorkingDir: root,
  bundle: true,
  minify: true,
  format: 'iife',
  target: ['es2022', 'chrome110', 'firefox115', 'safari16'],
  loader: { '.png': 'dataurl' },
  charset: 'utf8',
  legalComments: 'inline',
  logLevel: 'warning',
});
