import { encodeBundle } from './entry-bundle';
import { FULL_WIDTH, entriesPath, hashesOnLevel, tilePath, widthOf } from './path';
import { encodeTile } from './tile';
import type { TileSource } from './tile-storage';
import { readBundle, readTile } from './tree-reader';

/**
 * Every bundle and tile of the tree of `size` entries with its path, and nothing of what the log has grown since: what was dropped because it became full is cut out of the full one. Throws TransparencyError
 * where one is missing or malformed; whether they lead to a checkpoint's root is for `checkLog`.
 */
export async function* resourcesOf(source: TileSource, size: number): AsyncGenerator<readonly [path: string, bytes: Uint8Array]> {
  for (let index = 0; index * FULL_WIDTH < size; index++)
    yield [entriesPath(index, widthOf(index, size)), encodeBundle(await readBundle(source, index, size))];
  for (let level = 0; hashesOnLevel(level, size) > 0; level++) {
    const count = hashesOnLevel(level, size);
    for (let index = 0; index * FULL_WIDTH < count; index++)
      yield [tilePath(level, index, widthOf(index, count)), encodeTile((await readTile(source, level, index, size)).hashes)];
  }
} // prettier-ignore
