import { fail } from '../error';
import { HASH_BYTES, nodeHash } from '../tree/hash';
import type { Hash } from '../tree/hash';
import { FULL_WIDTH } from './path';

/** The hashes one after the other. */
export function encodeTile(hashes: readonly Hash[]): Uint8Array {
  return Buffer.concat(hashes);
}

/** A tile's hashes and the nodes above them, up to the one that stands for the full tile. */
export class Tile {
  /** By height above the tile's own hashes; made when one of them is asked for. */
  private nodes: readonly (readonly Hash[])[] | undefined;

  private constructor(private readonly bytes: Uint8Array) {}

  /** The first `width` hashes. The bytes may be those of a wider tile of the same place, and of no other length. */
  static decode(bytes: Uint8Array, width: number, path: string): Tile {
    const stored = bytes.length / HASH_BYTES;
    if (!Number.isInteger(stored) || stored > FULL_WIDTH || stored < width || width < 1) {
      fail('tile-malformed', `${path} has ${bytes.length} bytes; ${width} hashes take ${width * HASH_BYTES}`);
    }
    return new Tile(bytes.subarray(0, width * HASH_BYTES));
  }

  /** The tile's own hashes. */
  get hashes(): readonly Hash[] {
    const width = this.bytes.length / HASH_BYTES;
    return Array.from({ length: width }, (_, at) => this.bytes.subarray(at * HASH_BYTES, (at + 1) * HASH_BYTES));
  }

  /** Whether its own hashes are these. */
  isOf(hashes: readonly Hash[]): boolean {
    return Buffer.compare(this.bytes, encodeTile(hashes)) === 0;
  }

  /** Root of 2^height of the tile's hashes, the `index`-th such; undefined where the tile is too narrow. */
  node(height: number, index: number): Hash | undefined {
    this.nodes ??= levelsOver(this.hashes);
    return this.nodes[height]?.[index];
  }
}

function levelsOver(hashes: readonly Hash[]): Hash[][] {
  const levels: Hash[][] = [];
  for (let level = [...hashes]; level.length > 0; level = parentsOf(level)) levels.push(level);
  return levels;
}

function parentsOf(level: readonly Hash[]): Hash[] {
  const parents: Hash[] = [];
  for (let at = 0; at + 1 < level.length; at += 2) {
    const [left, right] = [level[at], level[at + 1]];
    if (left && right) parents.push(nodeHash(left, right));
  }
  return parents;
}
