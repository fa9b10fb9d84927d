import { isAssetId } from '#domain';
import type { AssetId } from '#domain';

/** Where a page of the register begins or ends. */
export type Cursor = { readonly after: AssetId } | { readonly before: AssetId };

const FORM = /^(after|before)~(.+)$/;

/** A cursor as it stands in an address. */
export const cursorText = (cursor: Cursor): string =>
  'after' in cursor ? `after~${cursor.after}` : `before~${cursor.before}`;

/** The cursor a text stands for; undefined when it is none. */
export function cursorFrom(text: string): Cursor | undefined {
  const [, side, id = ''] = FORM.exec(text) ?? [];
  if (!isAssetId(id)) return undefined;
  return side === 'after' ? { after: id } : { before: id };
}
