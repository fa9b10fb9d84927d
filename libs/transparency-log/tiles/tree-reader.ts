import { fail } from '../error';
import type { Hash } from '../tree/hash';
import { consistencyProof, inclusionProof, rootOf } from '../tree/prove';
import type { NodeReader } from '../tree/prove';
import { isCount } from '../tree/size';
import { decodeBundle } from './entry-bundle';
import { FULL_WIDTH, TILE_HEIGHT, entriesPath, hashesOnLevel, tilePath, widthOf } from './path';
import { Tile } from './tile';
import type { TileSource } from './tile-storage';

/** A tile with its nodes takes about 60 kB; a proof needs two on each level. */
const TILES_KEPT = 64;

/** Tiles that were read before, by their path, which says how much of a tile it is: readers of other sizes of the same log may share them. */
export class KeptTiles {
  private readonly tiles = new Map<string, Promise<Tile>>();

  /** The tile under a path; read where it is not kept. */
  tile(path: string, read: () => Promise<Tile>): Promise<Tile> {
    const tile = this.tiles.get(path) ?? read();
    this.tiles.delete(path);
    this.tiles.set(path, tile);
    tile.catch(() => this.tiles.delete(path));
    for (const oldest of this.tiles.keys()) {
      if (this.tiles.size <= TILES_KEPT) break;
      this.tiles.delete(oldest);
    }
    return tile;
  }
}

/**
 * Reads proofs, roots and entries out of the tiles of a log of `size` entries; that size must have had a checkpoint. It vouches for nothing:
 * a proof made here is worth what its verification against a checkpoint says.
 */
export class TreeReader {
  constructor(
    private readonly source: TileSource,
    readonly size: number,
    private readonly kept = new KeptTiles(),
  ) {
    if (!isCount(size)) fail('size-malformed', `${String(size)} is no tree size: whole numbers from 0`);
  }

  async root(size = this.size): Promise<Hash> {
    this.requireSize(size);
    return rootOf(size, this.node);
  }

  /** See `verifyInclusion`. */
  async inclusionProof(index: number, size = this.size): Promise<Hash[]> {
    this.requireSize(size);
    return inclusionProof(index, size, this.node);
  }

  /** See `verifyConsistency`. */
  async consistencyProof(older: number, newer = this.size): Promise<Hash[]> {
    this.requireSize(newer);
    return consistencyProof(older, newer, this.node);
  }

  /** The logged bytes of one entry. */
  async entry(index: number): Promise<Uint8Array> {
    if (!isCount(index)) fail('index-malformed', `${String(index)} is no index: whole numbers from 0`);
    if (index >= this.size) fail('index-beyond-tree', `entry ${index} is not in a tree of ${this.size} entries`);
    const entries = await readBundle(this.source, Math.floor(index / FULL_WIDTH), this.size);
    return entries[index % FULL_WIDTH] ?? fail('bundle-malformed', `no entry ${index}`);
  }

  private readonly node: NodeReader = async (height, index) => {
    const level = Math.floor(height / TILE_HEIGHT);
    const above = height % TILE_HEIGHT;
    const first = index * 2 ** above;
    const tileIndex = Math.floor(first / FULL_WIDTH);
    const tile = await this.tile(level, tileIndex);
    const hash = tile.node(above, (first - tileIndex * FULL_WIDTH) / 2 ** above);
    return hash ?? fail('tile-malformed', `${tilePath(level, tileIndex)} is too narrow for a tree of ${this.size}`);
  };

  private tile(level: number, index: number): Promise<Tile> {
    const path = tilePath(level, index, widthOf(index, hashesOnLevel(level, this.size)));
    return this.kept.tile(path, () => readTile(this.source, level, index, this.size));
  }

  private requireSize(size: number): void {
    if (!isCount(size)) fail('size-malformed', `${String(size)} is no tree size: whole numbers from 0`);
    if (size > this.size) fail('index-beyond-tree', `this reader knows the tree of ${this.size}, not that of ${size}`);
  }
}

/** The tile as a tree of `size` entries has it. */
export async function readTile(source: TileSource, level: number, index: number, size: number): Promise<Tile> {
  const width = widthOf(index, hashesOnLevel(level, size));
  const path = tilePath(level, index, width);
  const bytes = await readPartialOrFull(source, path, tilePath(level, index));
  return Tile.decode(bytes ?? fail('tile-missing', `${path} is missing`), width, path);
}

/** The bundle as a tree of `size` entries has it. */
export async function readBundle(source: TileSource, index: number, size: number): Promise<Uint8Array[]> {
  const width = widthOf(index, size);
  const path = entriesPath(index, width);
  const bytes = await readPartialOrFull(source, path, entriesPath(index));
  return decodeBundle(bytes ?? fail('bundle-missing', `${path} is missing`), width, path);
}

/** A log may drop a partial resource once the full one is there. */
async function readPartialOrFull(source: TileSource, path: string, full: string): Promise<Uint8Array | undefined> {
  return (await source.read(path)) ?? (path === full ? undefined : await source.read(full));
}
