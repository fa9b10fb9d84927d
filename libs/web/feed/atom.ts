/** A feed of what was written down (Atom, RFC 4287). */
export interface Feed {
  /** An IRI that never changes, wherever the feed lies (§4.2.6). */
  readonly id: string;
  readonly language: string;
  readonly title: string;
  /** Who publishes it. */
  readonly author: string;
  /** Absolute addresses: of the feed, and of the page it belongs to. */
  readonly self: string;
  readonly page: string;
  readonly entries: readonly FeedEntry[];
}

export interface FeedEntry {
  readonly id: string;
  readonly title: string;
  /** Plain text. */
  readonly content: string;
  readonly author: string;
  readonly link: string;
  /** RFC 3339. An entry is never changed, so it is also when it was published. */
  readonly updated: string;
}

/** The time of a feed in which nothing is yet. */
const NEVER = '1970-01-01T00:00:00Z';

/** The feed as XML. Everything put into it is escaped. */
export function atomOf({ id, language, title, author, self, page, entries }: Feed): string {
  const updated = entries.reduce((latest, entry) => (entry.updated > latest ? entry.updated : latest), NEVER);
  return [
    '<?xml version="1.0" encoding="utf-8"?>',
    `<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="${escaped(language)}">`,
    element('id', id),
    element('title', title),
    element('updated', updated),
    `<author>${element('name', author)}</author>`,
    `<link rel="self" type="application/atom+xml" href="${escaped(self)}"/>`,
    `<link rel="alternate" type="text/html" href="${escaped(page)}"/>`,
    ...entries.map(entryOf),
    '</feed>\n',
  ].join('\n');
}

const entryOf = ({ id, title, content, author, link, updated }: FeedEntry): string =>
  [
    '<entry>',
    element('id', id),
    element('title', title),
    element('updated', updated),
    element('published', updated),
    `<author>${element('name', author)}</author>`,
    `<link rel="alternate" type="text/html" href="${escaped(link)}"/>`,
    `<content type="text">${escaped(content)}</content>`,
    '</entry>',
  ].join('\n');

const element = (name: string, text: string): string => `<${name}>${escaped(text)}</${name}>`;

/** Characters that XML 1.0 (§2.2) does not allow at all, halves of surrogate pairs included. */
const FORBIDDEN = new RegExp(
  String.raw`[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]|[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]`,
  'g',
);
const NAMES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

const escaped = (text: string): string =>
  text.replace(FORBIDDEN, '\uFFFD').replace(/[&<>"']/g, (character) => NAMES[character] ?? character);
