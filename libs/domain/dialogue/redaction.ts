import type { FiledPhoto, PublishedPhoto } from './photos';

/** What stands in a published text where something was left out. */
export const OMISSION = '[…]';

/**
 * Whether a text is the original, word for word, but for passages replaced by the mark: a moderator may take away and never put words into somebody's mouth.
 * Blanks beside the mark do not count.
 */
export function onlyShortened(published: string, original: string): boolean {
  const pieces = published.split(OMISSION).map((piece) => piece.trim());
  const [first = '', ...others] = pieces;
  const last = others.pop();
  if (last === undefined) return published === original;
  if (!original.startsWith(first)) return false;
  let place = first.length;
  for (const piece of others) {
    const found = original.indexOf(piece, place);
    if (found < 0) return false;
    place = found + piece.length;
  }
  return original.endsWith(last) && original.length - last.length >= place;
}

/** Whether each published photo is one that was handed in, or a copy of one, once; its words may be shortened like any other. */
export function onlyFiledPhotos(published: readonly PublishedPhoto[], filed: readonly FiledPhoto[]): boolean {
  const originals = published.map((photo) => {
    const digest = photo.redactionOf ?? photo.sha256;
    const original = filed.find(({ sha256 }) => sha256 === digest);
    const same = photo.redactionOf !== undefined || photo.mediaType === original?.mediaType;
    return original && same && onlyShortened(photo.alternative, original.alternative) ? digest : undefined;
  });
  return !originals.includes(undefined) && new Set(originals).size === originals.length;
}

/** Whether the photos are those handed in, all of them and unchanged. */
export function unchangedPhotos(published: readonly PublishedPhoto[], filed: readonly FiledPhoto[]): boolean {
  const same = (one: PublishedPhoto, other: FiledPhoto): boolean =>
    one.sha256 === other.sha256 &&
    one.mediaType === other.mediaType &&
    one.alternative === other.alternative &&
    one.redactionOf === undefined;
  return published.length === filed.length && published.every((photo, place) => same(photo, filed[place]!));
}
