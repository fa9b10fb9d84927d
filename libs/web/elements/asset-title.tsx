import type { Words } from '../language/words';
import { Original } from './original';

interface Described {
  readonly kind: string;
  readonly category?: string | null;
  readonly subcategory?: string | null;
  readonly title?: string | null;
}

/**
 * What an asset is called: by its title, or by what the source or the registry says it is. What a source says more of a company is its trade,
 * which is no name for it.
 */
export function assetName(described: Described, words: Words): string {
  const { category, kind } = described;
  return namedBySource(described) ?? (category ? words.code('category', category) : words.code('kind', kind));
}

const namedBySource = ({ title, subcategory, kind }: Described): string | undefined =>
  title || (kind === 'company' ? undefined : subcategory) || undefined;

/** The name, marked as the source's own words where it is. */
export function AssetName({ described, words }: { readonly described: Described; readonly words: Words }) {
  const name = assetName(described, words);
  return namedBySource(described) === undefined ? <>{name}</> : <Original>{name}</Original>;
}

/** The place from the smallest area to the largest, each once. */
export function placeName({ municipality, province, region }: Placed): string {
  const parts = [municipality, province, region].filter((part): part is string => Boolean(part));
  return parts.filter((part, place) => parts.indexOf(part) === place).join(', ');
}

interface Placed {
  readonly municipality?: string | null;
  readonly province?: string | null;
  readonly region?: string | null;
}
