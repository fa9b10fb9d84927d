import { fail } from '../error';
import { CompactRange } from '../tree/compact-range';
import type { Hash } from '../tree/hash';
import { completeSubtrees } from '../tree/size';
import { FULL_WIDTH, TILE_HEIGHT, hashesOnLevel } from './path';
import type { Tile } from './tile';
import { readTile } from './tree-reader';
import type { TileSource } from './tile-storage';

/** A tile that has become full, or, at the end of a batch, one at the right edge. */
export interface BuiltTile {
  readonly level: number;
  readonly index: number;
  readonly hashes: readonly Hash[];
}

/** Grows a tree leaf by leaf and gives the tiles it makes. Its memory is the right edge: at most 256 hashes for each level. */
export class TileBuilder {
  private constructor(
    private readonly range: CompactRange,
    /** By level, the hashes of the tile not yet full. */
    private readonly edges: Hash[][],
  ) {}

  static empty(): TileBuilder {
    return new TileBuilder(CompactRange.empty(), []);
  }

  /**
   * Goes on after `size` entries of a log that has `of`, out of its tiles. Compare the root with a checkpoint's before trusting it.
   */
  static async resume(source: TileSource, size: number, of = size): Promise<TileBuilder> {
    const edges: Hash[][] = [];
    const tiles: (Tile | undefined)[] = [];
    for (let level = 0; hashesOnLevel(level, size) > 0; level++) {
      const count = hashesOnLevel(level, size);
      const begun = count % FULL_WIDTH;
      const tile = begun === 0 ? undefined : await readTile(source, level, Math.floor(count / FULL_WIDTH), of);
      tiles.push(tile);
      edges.push(tile?.hashes.slice(0, begun) ?? []);
    }
    const roots = completeSubtrees(size).map(({ height, index }) => {
      const level = Math.floor(height / TILE_HEIGHT);
      const above = height % TILE_HEIGHT;
      const root = tiles[level]?.node(above, index % (FULL_WIDTH / 2 ** above));
      return root ?? fail('tile-malformed', `the tiles of level ${level} end before entry ${size}`);
    });
    return new TileBuilder(CompactRange.of(size, roots), edges);
  }

  get size(): number {
    return this.range.size;
  }

  root(): Hash {
    return this.range.root();
  }

  /** Calls `full` for each tile this leaf completes. */
  append(leaf: Hash, full: (tile: BuiltTile) => void): void {
    this.range.append(leaf, (height, hash) => {
      if (height % TILE_HEIGHT !== 0) return;
      const level = height / TILE_HEIGHT;
      const edge = (this.edges[level] ??= []);
      edge.push(hash);
      if (edge.length < FULL_WIDTH) return;
      // The range counts the leaf once all its nodes are told, so this tile's last leaf is the one at `size`.
      full({ level, index: Math.floor(this.range.size / FULL_WIDTH ** (level + 1)), hashes: edge });
      this.edges[level] = [];
    });
  }

  /** The tiles at the right edge that are begun and not full. */
  partials(): BuiltTile[] {
    return this.edges.flatMap((edge, level) =>
      edge.length === 0
        ? []
        : [{ level, index: Math.floor(hashesOnLevel(level, this.size) / FULL_WIDTH), hashes: [...edge] }],
    );
  }
}
