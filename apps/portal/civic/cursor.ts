import type { Place, Run } from '#read-models';

const FORM = /^(after|before)~([A-Za-z0-9_-]*)~([0-9A-Z-]{1,20})$/;

/** A place in a list as it stands in an address: the value the list is sorted by in base64url, and the id. */
export const placeText = (side: 'after' | 'before', { value, id }: Place): string =>
  `${side}~${Buffer.from(value).toString('base64url')}~${id}`;

/** Where a cursor begins or ends; undefined when the text is none. */
export function placeFrom(text: string): Omit<Run, 'limit'> | undefined {
  const [, side, value = '', id = ''] = FORM.exec(text) ?? [];
  if (side === undefined) return undefined;
  const place = { value: Buffer.from(value, 'base64url').toString(), id };
  return side === 'after' ? { after: place } : { before: place };
}
