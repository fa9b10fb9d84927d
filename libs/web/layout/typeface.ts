import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Language } from '../language/languages';
import made from '../assets/fonts/ranges.json';

type Letters = keyof typeof made.ranges;

/** A file of the site's typeface: some letters in one weight. Its path changes with its content, so that it may be kept for ever. */
export interface FontFile {
  readonly path: string;
  readonly type: 'font/woff2';
  readonly body: Buffer;
  readonly letters: Letters;
  readonly weight: number;
}

const folder = join(__dirname, '..', 'assets', 'fonts');

/** What scripts/fonts.py has made. */
export const fontFiles: readonly FontFile[] = (Object.keys(made.ranges) as Letters[]).flatMap((letters) =>
  made.weights.map((weight): FontFile => {
    const body = readFileSync(join(folder, `${letters}-${weight}.woff2`));
    const hash = createHash('sha256').update(body).digest('base64url').slice(0, 12);
    return { path: `/assets/fonts/${letters}-${weight}.${hash}.woff2`, type: 'font/woff2', body, letters, weight };
  }),
);

/**
 * The rules that name the files. A browser loads those whose letters a page has; one that does not come within a tenth of a second is kept for the next
 * page (`optional`), so that no page moves under its reader.
 */
export const fontFaces = fontFiles
  .map(
    ({ path, letters, weight }) =>
      `@font-face{font-family:'${made.family}';font-weight:${weight === 600 ? '600 700' : weight};font-display:optional;src:url(${path}) format('woff2');unicode-range:${made.ranges[letters]}}`,
  )
  .join('\n');

/** What every page in a language is sure to need: asked for together with the stylesheet, it is there for the first look. */
export const fontsFor = (language: Language): readonly FontFile[] =>
  fontFiles.filter(({ letters }) => letters === 'latin' || (letters === 'arabic' && language === 'ar'));
