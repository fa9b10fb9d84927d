/**
 * Text as the log keeps it: what a person sees is what is written. Two texts that look the same are the same, nothing is hidden in one, and
 * none changes how the text around it is read (Unicode Technical Report 36 §2 and 3, Unicode Standard Annex 15).
 */

/** What keeps a text from being plain. */
export type TextFlaw =
  /** A character that cannot be seen, or that turns the direction of others; or half a character. */
  | { readonly kind: 'invisible'; readonly codePoint: string }
  /** Not in Unicode's composed form (NFC): the same word could be written in two ways. */
  | { readonly kind: 'decomposed' }
  | { readonly kind: 'blank-ends' };

/** Whether a text is one line, or may have line breaks (U+000A) and tabs. */
export type Lines = 'one' | 'many';

/** Text that has none of it, as most has. */
const ORDINARY = /^(?:[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?)?$/;

// Controls and lone surrogates; soft hyphen; Arabic letter mark and Mongolian separator; zero-width and direction marks; line and paragraph
// separators, embeddings, overrides, isolates; invisible operators; the byte order mark; interlinear annotations; tags.
const HIDDEN =
  '\\p{Cc}\\p{Cs}\\u00ad\\u061c\\u180e\\u200b-\\u200f\\u2028-\\u202e\\u2060-\\u206f\\ufeff\\ufff9-\\ufffb\\u{e0000}-\\u{e007f}';
const hidden = {
  one: new RegExp(`[${HIDDEN}]`, 'u'),
  many: new RegExp(`(?![\\n\\t])[${HIDDEN}]`, 'u'),
} as const;

const everyHidden = { one: new RegExp(hidden.one, 'gu'), many: new RegExp(hidden.many, 'gu') } as const;

/** The first thing that keeps a text from being plain; undefined for plain text, and for none at all. */
export function textFlaw(text: string, lines: Lines): TextFlaw | undefined {
  if (ORDINARY.test(text)) return undefined;
  const [found] = hidden[lines].exec(text) ?? [];
  if (found !== undefined) return { kind: 'invisible', codePoint: nameOf(found) };
  if (text.normalize('NFC') !== text) return { kind: 'decomposed' };
  return /^\s|\s$/u.test(text) ? { kind: 'blank-ends' } : undefined;
}

const nameOf = (character: string): string =>
  `U+${character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}`;

/** What a person reads about a flaw, and what to do. */
export function flawInWords(flaw: TextFlaw): string {
  switch (flaw.kind) {
    case 'invisible':
      return `Holds ${flaw.codePoint}, a character that cannot be seen or that changes how others are read. Delete it.`;
    case 'decomposed':
      return 'Is not in the composed form of Unicode (NFC): an accent stands apart from its letter. Type such letters anew.';
    case 'blank-ends':
      return 'Begins or ends with a blank, or is blank. Delete the blanks at its ends.';
  }
}

/** The text without its flaws, for what comes from files and forms; blanks, tabs and line breaks become one blank each where there is one line. */
export function tidied(text: string, lines: Lines): string {
  if (ORDINARY.test(text) && !text.includes('  ')) return text;
  const broken = text.replace(/\r\n?|[\u2028\u2029]/gu, '\n');
  const spaced = lines === 'one' ? broken.replace(/[^\S\ufeff]/gu, ' ') : broken;
  const seen = spaced.replace(everyHidden[lines], '').normalize('NFC').trim();
  return lines === 'one' ? seen.replace(/ +/g, ' ') : seen;
}
