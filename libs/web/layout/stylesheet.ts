import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fontFaces } from './typeface';

/** The parts of the greater stylesheets, in the order in which they are put together. */
const parts = [
  'tokens', 'base', 'frame', 'forms', 'areas', 'register', 'search', 'asset', 'timeline', 'charts', 'chapters', 'reports', 'civic', 'embed', 'office', 'button', 'access', 'direction', 'print',
]; // prettier-ignore
/** What only those need who sign in: a tenth of all that a first look at a public page would load. */
const ofDesk = ['office', 'access'];

const folder = join(__dirname, '..', 'assets');

/** A stylesheet. Its path changes with its content, so that it may be kept for ever. */
export interface Stylesheet {
  readonly path: string;
  readonly type: string;
  readonly body: string;
}

function sheetOf(name: string, body: string): Stylesheet {
  const hash = createHash('sha256').update(body).digest('base64url').slice(0, 12);
  return { path: `/assets/${name}.${hash}.css`, type: 'text/css; charset=utf-8', body };
}

/** Comments, and the space by which our formatter sets the rules apart, are for us and not sent. */
const rulesOf = (chosen: readonly string[]): string =>
  chosen
    .map((part) => readFileSync(join(folder, `${part}.css`), 'utf8'))
    .join('\n')
    .replace(/\/\*[^]*?\*\//g, '')
    .replace(/\n\s+/g, '\n')
    .replace(/^([\w-]+): /gm, '$1:')
    .replace(/(?<=[{};,])\n| (?=\{\n)/g, '')
    .replace(/;\}/g, '}');

const greaterSheet = (name: string, chosen: readonly string[]): Stylesheet =>
  sheetOf(name, `${fontFaces}\n${rulesOf(chosen)}`);

/** The stylesheet of the public pages. */
export const stylesheet = greaterSheet('style', parts.filter((part) => !ofDesk.includes(part))); // prettier-ignore

/** The same with what the back office and the pages for signing in need beside it. */
export const deskStylesheet = greaterSheet('desk', parts);

/** The site's mark, for the browser's tab. */
export const mark = {
  path: '/assets/mark.svg',
  type: 'image/svg+xml',
  body: readFileSync(join(folder, 'mark.svg'), 'utf8'),
} as const;

/** What one page alone needs beside its stylesheet, and no other reader waits for. */
export const pageStylesheets = {
  home: sheetOf('front', rulesOf(['home'])),
  map: sheetOf('map', rulesOf(['map'])),
} as const;

/** Every stylesheet there is. */
export const stylesheets: readonly Stylesheet[] = [stylesheet, deskStylesheet, ...Object.values(pageStylesheets)];
