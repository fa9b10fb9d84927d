import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fontFaces } from './typeface';

/** The parts of the one stylesheet, in the order in which they are put together. */
const parts = [
  'tokens', 'base', 'frame', 'forms', 'home', 'register', 'search', 'map', 'asset', 'timeline', 'charts', 'chapters', 'reports', 'civic', 'embed', 'office', 'access', 'direction', 'print',
]; // prettier-ignore

const folder = join(__dirname, '..', 'assets');
/** Comments and indents are for us, and not sent. */
const body = [fontFaces, ...parts.map((part) => readFileSync(join(folder, `${part}.css`), 'utf8'))]
  .join('\n')
  .replace(/\/\*[^]*?\*\//g, '')
  .replace(/\n\s+/g, '\n');
const hash = createHash('sha256').update(body).digest('base64url').slice(0, 12);

/** The site's stylesheet. Its path changes with its content, so that it may be kept for ever. */
export const stylesheet = { path: `/assets/style.${hash}.css`, type: 'text/css; charset=utf-8', body } as const;

/** The site's mark, for the browser's tab. */
export const mark = {
  path: '/assets/mark.svg',
  type: 'image/svg+xml',
  body: readFileSync(join(folder, 'mark.svg'), 'utf8'),
} as const;
