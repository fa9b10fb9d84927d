import { TransparencyError, fail } from '../error';
import type { ResourceFault } from '../error';
import { FULL_WIDTH, entriesPath, hashesOnLevel, tilePath, widthOf } from '../tiles/path';
import { TileBuilder } from '../tiles/tile-builder';
import type { BuiltTile } from '../tiles/tile-builder';
import type { TileSource } from '../tiles/tile-storage';
import { readBundle, readTile } from '../tiles/tree-reader';
import { leafHash, sameHash } from '../tree/hash';
import type { Hash } from '../tree/hash';
import type { TreeHead } from '../tree/verify';

/** Something in a log that does not agree with its checkpoint. */
export interface Finding {
  readonly code: 'root-differs' | 'tile-differs' | ResourceFault;
  /** The resource concerned; undefined where it is the tree as a whole. */
  readonly path?: string;
  /** The first entry concerned, where the finding can tell. */
  readonly index?: number;
  /** A sentence for a person. */
  readonly message: string;
}

export interface CheckProgress {
  /** Entries checked so far, counted from the log's beginning. */
  readonly entries: number;
  readonly of: number;
  /** The tree up to here. Keep it to go on later; what follows is checked against it. */
  readonly head: TreeHead;
}

export interface CheckOptions {
  /** A head that was checked before, or of a checkpoint one holds: the check goes on after it, and the log must lead to its root. */
  readonly since?: TreeHead;
  /** Gets each entry with its index, in order. */
  readonly onEntry?: (entry: Uint8Array, index: number) => void | Promise<void>;
  /** Called after each bundle. */
  readonly onProgress?: (progress: CheckProgress) => void | Promise<void>;
  /** The check ends when it has found so much. */
  readonly maxFindings?: number;
  readonly signal?: AbortSignal;
}

export interface CheckResult {
  readonly entries: number;
  /** Empty for a log that is whole. */
  readonly findings: readonly Finding[];
}

/**
 * Walks over every entry and tile of a log and compares them with a head that was verified. Memory does not grow with the log: two bundles, and
 * 256 hashes for each level. Where entries and tiles disagree, the head says which is right at the end; both are told.
 */
export async function checkLog(source: TileSource, head: TreeHead, options: CheckOptions = {}): Promise<CheckResult> {
  const { since, maxFindings = 100 } = options;
  const findings: Finding[] = [];
  const builder = await startingPoint(source, since, head.size);
  const bundles = new Ahead(source, head.size);
  while (builder.size < head.size && findings.length < maxFindings) {
    options.signal?.throwIfAborted();
    const index = Math.floor(builder.size / FULL_WIDTH);
    const path = entriesPath(index, widthOf(index, head.size));
    const entries = await found(findings, path, () => bundles.read(index));
    const leaves = entries?.map(leafHash) ?? (await leavesOf(source, index, head.size, findings));
    // Without entries and without their tile, nothing after them can be counted.
    if (leaves === undefined) return { entries: builder.size, findings };
    const full: BuiltTile[] = [];
    for (let at = builder.size % FULL_WIDTH; at < leaves.length; at++) {
      const [leaf, entry] = [leaves[at], entries?.[at]];
      const pending = entry && options.onEntry?.(entry, builder.size);
      if (pending) await pending;
      if (leaf) builder.append(leaf, (tile) => full.push(tile));
    }
    await compareTiles(source, full, head.size, findings);
    await options.onProgress?.({
      entries: builder.size,
      of: head.size,
      head: { size: builder.size, root: builder.root() },
    });
  }
  if (builder.size === head.size) {
    await compareTiles(source, builder.partials(), head.size, findings);
    if (!sameHash(builder.root(), head.root)) {
      findings.push({
        code: 'root-differs',
        message: `the ${head.size} entries do not hash to the root that was signed`,
      });
    }
  }
  return { entries: builder.size, findings };
}

/** Reads bundles one after the other, the next one while the one before it is being checked. */
class Ahead {
  private readonly begun = new Map<number, Promise<Uint8Array[]>>();

  constructor(
    private readonly source: TileSource,
    private readonly size: number,
  ) {}

  read(index: number): Promise<Uint8Array[]> {
    const bundle = this.begun.get(index) ?? readBundle(this.source, index, this.size);
    this.begun.clear();
    if (widthOf(index + 1, this.size) > 0) {
      const next = readBundle(this.source, index + 1, this.size);
      // What is wrong with it is said when it is its turn.
      next.catch(() => undefined);
      this.begun.set(index + 1, next);
    }
    return bundle;
  }
}

async function startingPoint(source: TileSource, since: TreeHead | undefined, size: number): Promise<TileBuilder> {
  if (since === undefined) return TileBuilder.empty();
  if (since.size > size) fail('tree-shrank', `the log has ${size} entries; it had ${since.size}`);
  const builder = await TileBuilder.resume(source, since.size, size);
  if (!sameHash(builder.root(), since.root)) {
    fail(
      'old-root-mismatch',
      `the first ${since.size} entries are not those of the checkpoint to go on from: history was changed`,
    );
  }
  return builder;
}

/** The hashes of entries whose bundle cannot be read, so that the rest of the log can be checked all the same. */
async function leavesOf(
  source: TileSource,
  index: number,
  size: number,
  findings: Finding[],
): Promise<readonly Hash[] | undefined> {
  const path = tilePath(0, index, widthOf(index, size));
  return (await found(findings, path, () => readTile(source, 0, index, size)))?.hashes;
}

async function compareTiles(
  source: TileSource,
  built: readonly BuiltTile[],
  size: number,
  findings: Finding[],
): Promise<void> {
  for (const { level, index, hashes } of built) {
    const path = tilePath(level, index, widthOf(index, hashesOnLevel(level, size)));
    const tile = await found(findings, path, () => readTile(source, level, index, size));
    const at = tile === undefined || tile.isOf(hashes) ? -1 : firstDifference(hashes, tile.hashes);
    if (at < 0) continue;
    const span = FULL_WIDTH ** level;
    const entry = (index * FULL_WIDTH + at) * span;
    findings.push({
      code: 'tile-differs',
      path,
      index: entry,
      message:
        level === 0
          ? `entry ${entry} is not the one this tile was made of`
          : `the entries from ${entry} on are not those this tile was made of`,
    });
  }
}

function firstDifference(some: readonly Hash[], others: readonly Hash[]): number {
  return some.findIndex((hash, at) => {
    const other = others[at];
    return other === undefined || !sameHash(hash, other);
  });
}

/** What a read gives; a missing or malformed resource becomes a finding. Trouble of the source itself goes on up. */
async function found<T>(findings: Finding[], path: string, read: () => Promise<T>): Promise<T | undefined> {
  try {
    return await read();
  } catch (error) {
    if (!(error instanceof TransparencyError) || !isResourceFault(error.code)) throw error;
    findings.push({ code: error.code, path, message: error.message });
    return undefined;
  }
}

function isResourceFault(code: TransparencyError['code']): code is ResourceFault {
  return (
    code === 'tile-missing' || code === 'tile-malformed' || code === 'bundle-missing' || code === 'bundle-malformed'
  );
}
