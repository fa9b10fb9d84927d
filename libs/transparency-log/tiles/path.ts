import { fail } from '../error';
import { isCount } from '../tree/size';

/** Hashes in a full tile, entries in a full bundle. */
export const FULL_WIDTH = 256;

/** A tile spans this many levels of the tree. */
export const TILE_HEIGHT = 8;

const MAX_LEVEL = 63;

/** The signed head of the log; the one public resource that changes. */
export const CHECKPOINT = 'checkpoint';

/** The log's own memory of the last checkpoint it signed, written before the public one. See `LogWriter`. */
export const SIGNED_CHECKPOINT = 'signed-checkpoint';

/** The last checkpoint that witnesses cosigned; beside the formats' own resources, for under load `checkpoint` runs ahead of the witnesses. */
export const WITNESSED_CHECKPOINT = 'witnessed-checkpoint';

/** A resource of a tiled log. `width` counts hashes or entries, 1 to 256; less than 256 makes it a partial one. */
export type Resource =
  | { readonly kind: 'checkpoint' | 'witnessed-checkpoint' }
  | { readonly kind: 'tile'; readonly level: number; readonly index: number; readonly width: number }
  | { readonly kind: 'entries'; readonly index: number; readonly width: number };

/** `tile/<level>/<index>[.p/<width>]` (C2SP tlog-tiles). */
export function tilePath(level: number, index: number, width = FULL_WIDTH): string {
  if (!isCount(level) || level > MAX_LEVEL)
    fail('path-malformed', `${String(level)} is no tile level: 0 to ${MAX_LEVEL}`);
  return `tile/${level}/${place(index, width)}`;
}

/** `tile/entries/<index>[.p/<width>]`. */
export function entriesPath(index: number, width = FULL_WIDTH): string {
  return `tile/entries/${place(index, width)}`;
}

/**
 * What a path names, or undefined when it names no public resource of a log. Exactly one path names each resource, so whatever passes here
 * holds no `..`, no second spelling and nothing a cache could be tricked with.
 */
export function parsePath(path: string): Resource | undefined {
  if (path === CHECKPOINT || path === WITNESSED_CHECKPOINT) return { kind: path };
  const found = /^tile\/(entries|[0-9]{1,2})\/((?:x[0-9]{3}\/){0,5}[0-9]{3})(?:\.p\/([0-9]{1,3}))?$/.exec(path);
  if (!found) return undefined;
  const [, level = '', groups = '', partial] = found;
  const index = Number(groups.replaceAll(/[x/]/g, ''));
  const width = partial === undefined ? FULL_WIDTH : Number(partial);
  if (!isCount(index) || width < 1 || width > FULL_WIDTH || Number(level) > MAX_LEVEL) return undefined;
  const entries = level === 'entries';
  const same = entries ? entriesPath(index, width) : tilePath(Number(level), index, width);
  if (same !== path) return undefined;
  return entries ? { kind: 'entries', index, width } : { kind: 'tile', level: Number(level), index, width };
}

/** The width a tile or bundle has in a tree with `count` hashes on its level; 0 when it does not exist there. */
export function widthOf(index: number, count: number): number {
  return Math.max(0, Math.min(FULL_WIDTH, count - index * FULL_WIDTH));
}

/** How many hashes a tree of this size has on a level of tiles. */
export function hashesOnLevel(level: number, size: number): number {
  return Math.floor(size / FULL_WIDTH ** level);
}

/** The index in groups of three digits, all but the last marked with an `x`. */
function place(index: number, width: number): string {
  if (!isCount(index)) fail('path-malformed', `${String(index)} is no tile index: whole numbers from 0`);
  if (!Number.isInteger(width) || width < 1 || width > FULL_WIDTH) {
    fail('path-malformed', `${String(width)} is no width of a tile: 1 to ${FULL_WIDTH}`);
  }
  const digits = String(index);
  const padded = digits.padStart(Math.ceil(digits.length / 3) * 3, '0');
  const groups = padded.match(/.{3}/g) ?? [];
  const last = groups.pop() ?? '';
  const whole = [...groups.map((group) => `x${group}`), last].join('/');
  return width === FULL_WIDTH ? whole : `${whole}.p/${width}`;
}
