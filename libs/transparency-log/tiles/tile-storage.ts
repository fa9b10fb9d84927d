/**
 * Where a log's resources are read from: a folder, a web server, a copy on a memory stick. What it gives is never trusted, only what a
 * verified checkpoint and the hashes vouch for.
 */
export abstract class TileSource {
  /** The resource of that path, or undefined when there is none. */
  abstract read(path: string): Promise<Uint8Array | undefined>;
}

/**
 * Where the log itself keeps its resources. What a method wrote is durable when it resolves, and after a crash each resource is there whole
 * or not at all. One writer at a time.
 */
export abstract class TileStorage extends TileSource {
  /** Whether nothing of a log is here. */
  abstract isEmpty(): Promise<boolean>;

  /**
   * Writes a tile or bundle, which never changes again. The same content once more is a no-op, since a crash may make the log repeat
   * itself; other content throws `resource-conflict` and changes nothing.
   */
  abstract writeOnce(path: string, bytes: Uint8Array): Promise<void>;

  /** Writes a checkpoint over the one before. */
  abstract replace(path: string, bytes: Uint8Array): Promise<void>;

  /** Frees the partial tiles or bundles of a full one, which holds all they held. May do nothing. */
  abstract dropPartials(fullPath: string): Promise<void>;
}
