import type { Words } from '../language/words';

interface Described {
  readonly kind: string;
  readonly category?: string | null;
  readonly subcategory?: string | null;
  readonly title?: string | null;
}

/** What an asset is called: by its title, or by what the source or the registry says it is. */
export function assetName({ title, subcategory, category, kind }: Described, words: Words): string {
  if (title) return title;
  const named = category ? words.code('category', category) : words.code('kind', kind);
  // What a source says more of a company is its trade, which is no name for it.
  return subcategory && kind === 'company' ? `${named}, ${subcategory}` : subcategory || named;
}

interface Placed {
  readonly municipality?: string | null;
  readonly province?: string | null;
  readonly region?: string | null;
}

/** The place from the smallest area to the largest, each once. */
export function placeName({ municipality, province, region }: Placed): string {
  const parts = [municipality, province, region].filter((part): part is string => Boolean(part));
  return parts.filter((part, place) => parts.indexOf(part) === place).join(', ');
}
