import { addressOf, civicLists, guides, languages, reportPages } from '#web';
import type { Target } from '#web';
import { listedKinds } from '#read-models';
import type { Listed, ListedKind } from '#read-models';

/** Sitemaps (sitemaps.org 0.9): an index, and parts with at most 50,000 addresses each. */

/** So many things are in one part: each has a page in every language. */
export const A_PART = Math.floor(50_000 / languages.length);

const HEAD = '<?xml version="1.0" encoding="UTF-8"?>';
const NAMESPACE = 'http://www.sitemaps.org/schemas/sitemap/0.9';

/** The part a name in an address stands for; undefined for none of ours. */
export function partFrom(name: string): { readonly kind: ListedKind; readonly number: number } | undefined {
  const [, kind, digits = ''] = /^([a-z]+)-(\d{1,4})\.xml$/.exec(name) ?? [];
  const known = listedKinds.find((each) => each === kind);
  return known && { kind: known, number: Number(digits) };
}

export function indexOf(totals: ReadonlyMap<ListedKind, number>, origin: string): string {
  const parts = [...totals].flatMap(([kind, total]) =>
    Array.from({ length: Math.ceil(total / A_PART) }, (_, number) => `${kind}-${number}.xml`),
  );
  const listed = ['pages.xml', ...parts].map((name) => `<sitemap><loc>${escaped(`${origin}/sitemaps/${name}`)}</loc></sitemap>`); // prettier-ignore
  return `${HEAD}\n<sitemapindex xmlns="${NAMESPACE}">\n${listed.join('\n')}\n</sitemapindex>\n`;
}

/** The pages that are always there. */
export function pagesOf(origin: string): string {
  const pages: readonly Target['page'][] = ['home', 'search', 'register', 'map', 'indicators', 'areas', ...reportPages, 'annual-return', ...civicLists, 'integrity', 'data'];
  const targets = [...pages.map((page) => ({ page }) as Target), ...guides.map((guide) => ({ page: 'guide' as const, guide }))];
  return urlsOf(targets.map((target) => ({ target })), origin);
} // prettier-ignore

export const partOf = (kind: ListedKind, listed: readonly Listed[], origin: string): string =>
  urlsOf(listed.map(({ id, recordedAt }) => ({ target: targetOf(kind, id), changed: recordedAt })), origin); // prettier-ignore

const targetOf = (kind: ListedKind, id: string): Target =>
  kind === 'assets' ? { page: 'asset', id } : { page: 'civic', list: kind, id };

function urlsOf(pages: readonly { readonly target: Target; readonly changed?: string }[], origin: string): string {
  const urls = pages.flatMap(({ target, changed }) =>
    languages.map((language) => {
      const changedAt = changed === undefined ? '' : `<lastmod>${escaped(changed)}</lastmod>`;
      return `<url><loc>${escaped(origin + addressOf(language, target))}</loc>${changedAt}</url>`;
    }),
  );
  return `${HEAD}\n<urlset xmlns="${NAMESPACE}">\n${urls.join('\n')}\n</urlset>\n`;
}

const NAMES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;' }; // prettier-ignore
const escaped = (text: string): string => text.replace(/[&<>"']/g, (character) => NAMES[character] ?? character);
