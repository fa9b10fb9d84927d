import { fail } from '../error';
import { signCheckpoint, verifyCheckpoint } from '../note/checkpoint';
import type { Trust, VerifiedCheckpoint } from '../note/checkpoint';
import { attachCosignature } from '../note/cosignature';
import type { NoteVerifier, SigningKey } from '../note/key';
import type { SignatureLine } from '../note/signed-note';
import { MAX_ENTRY_BYTES, encodeBundle } from '../tiles/entry-bundle';
import { CHECKPOINT, FULL_WIDTH, SIGNED_CHECKPOINT, WITNESSED_CHECKPOINT, entriesPath, tilePath } from '../tiles/path';
import { encodeTile } from '../tiles/tile';
import { TileBuilder } from '../tiles/tile-builder';
import type { BuiltTile } from '../tiles/tile-builder';
import type { TileStorage } from '../tiles/tile-storage';
import { readBundle } from '../tiles/tree-reader';
import { EMPTY_ROOT, leafHash, sameHash } from '../tree/hash';
import type { Hash } from '../tree/hash';

/** Bundles whose resources are held in memory before they are written. */
const BUNDLES_AT_ONCE = 16;

/** Writes under way at the same time; most of a write is waiting for the disk. */
const WRITES_AT_ONCE = 8;

export interface LogIdentity {
  /** Names the log, for ever; best a web address without `https://`. */
  readonly origin: string;
  /** Sign each checkpoint. More than one while a new key takes over. */
  readonly signers: readonly SigningKey[];
  /** Every key the log ever had. */
  readonly keys: Trust['keys'];
}

/**
 * The one who makes the log grow. `append` writes the entries, then the tiles over them, then the checkpoint, each durable before the next, so
 * a checkpoint never speaks of what is not there.
 *
 * A checkpoint is kept in `signed-checkpoint` before it is published in `checkpoint`: whatever a reader has ever seen, a restart knows. After a
 * crash at any write, `open` goes on from the last checkpoint signed; giving it the same entries again completes what was begun. Other
 * entries in their place are refused (`resource-conflict`): they would be another history.
 *
 * After any failure the writer stops (`writer-stopped`): what reached the disk is not known. Open a new one.
 */
export class LogWriter {
  private stopped = false;
  private turn: Promise<unknown> = Promise.resolve();

  private constructor(
    private readonly storage: TileStorage,
    private readonly identity: LogIdentity,
    private readonly builder: TileBuilder,
    /** Entries of the bundle not yet full. */
    private edge: Uint8Array[],
    private note: string,
    private checkpoint: VerifiedCheckpoint,
  ) {}

  /** Begins a log, where there is none: a signed checkpoint of nothing. Refuses a place that holds anything, for it may be a log robbed of its head. */
  static async create(storage: TileStorage, identity: LogIdentity): Promise<LogWriter> {
    if (!(await storage.isEmpty())) {
      fail('log-exists', 'there is something here already: open the log, or choose an empty place for a new one');
    }
    const note = signCheckpoint({ origin: identity.origin, size: 0, root: EMPTY_ROOT }, identity.signers);
    const writer = new LogWriter(storage, identity, TileBuilder.empty(), [], note, verifyCheckpoint(note, identity));
    await writer.publish(note);
    return writer;
  }

  /** Goes on with a log, after checking that its head is ours and its right edge leads to it. */
  static async open(storage: TileStorage, identity: LogIdentity): Promise<LogWriter> {
    const signed = await storage.read(SIGNED_CHECKPOINT);
    if (signed === undefined)
      fail('log-missing', 'no log is here, or its memory of what it signed is gone; restore it from a backup');
    const checkpoint = verifyCheckpoint(signed, identity);
    await requirePublicNotAhead(storage, identity, checkpoint);

    const builder = await TileBuilder.resume(storage, checkpoint.size);
    if (!sameHash(builder.root(), checkpoint.root)) {
      fail(
        'log-damaged',
        `the tiles do not lead to the root that was signed for ${checkpoint.size} entries; restore them from a backup`,
      );
    }
    const note = Buffer.from(signed).toString('utf8');
    const writer = new LogWriter(
      storage,
      identity,
      builder,
      await readEdge(storage, checkpoint.size),
      note,
      checkpoint,
    );
    await writer.publishAgain();
    return writer;
  }

  /** The last checkpoint signed. */
  get head(): VerifiedCheckpoint {
    return this.checkpoint;
  }

  /** The last checkpoint as a signed note, without cosignatures. */
  get signedNote(): string {
    return this.note;
  }

  /**
   * Logs the entries in this order and resolves once a checkpoint over them is durable and published. Callers are served one after the other.
   * Throws `entry-too-large` before anything is written.
   */
  async append(entries: readonly Uint8Array[]): Promise<VerifiedCheckpoint> {
    const large = entries.find((entry) => entry.length > MAX_ENTRY_BYTES);
    if (large)
      fail(
        'entry-too-large',
        `an entry has at most ${MAX_ENTRY_BYTES} bytes, not ${large.length}: log a digest of it instead`,
      );
    return this.inTurn(() => this.appendNow(entries));
  }

  /** Publishes the current checkpoint with one more cosignature. Throws when it is of another text or of an unknown witness. */
  addCosignature(line: SignatureLine, witnesses: readonly NoteVerifier[]): Promise<void> {
    return this.harmlessly(async () => {
      const published = (await this.storage.read(CHECKPOINT)) ?? Buffer.from(this.note);
      verifyCheckpoint(published, this.identity);
      await this.storage.replace(CHECKPOINT, Buffer.from(attachCosignature(published, line, witnesses)));
    });
  }

  /**
   * Publishes a checkpoint of this log, the current one or an earlier, with what witnesses cosigned of it: as `witnessed-checkpoint`, and on `checkpoint` where that is still the same. Throws when a line
   * is of another text or of an unknown witness.
   */
  publishWitnessed(note: string, lines: readonly SignatureLine[], witnesses: readonly NoteVerifier[]): Promise<void> {
    return this.harmlessly(async () => {
      const { text } = verifyCheckpoint(note, this.identity);
      const cosigned = (before: string): string =>
        lines.reduce((whole, line) => attachCosignature(whole, line, witnesses), before);
      await this.storage.replace(WITNESSED_CHECKPOINT, Buffer.from(cosigned(note)));
      if (text !== this.checkpoint.text) return;
      const published = Buffer.from((await this.storage.read(CHECKPOINT)) ?? this.note).toString('utf8');
      await this.storage.replace(CHECKPOINT, Buffer.from(cosigned(published)));
    });
  }

  /** In turn, and whatever becomes of it, the log goes on: either of two cosigned notes of one text may be published. */
  private async harmlessly(work: () => Promise<void>): Promise<void> {
    const failure = await this.inTurn(() => work().then(() => undefined, (error: unknown) => ({ error }))); // prettier-ignore
    if (failure) throw failure.error;
  }

  private async appendNow(entries: readonly Uint8Array[]): Promise<VerifiedCheckpoint> {
    if (entries.length === 0) return this.checkpoint;
    const filled: string[] = [];
    const step = BUNDLES_AT_ONCE * FULL_WIDTH;
    for (let at = 0; at < entries.length; at += step)
      filled.push(...(await this.integrate(entries.slice(at, at + step))));
    await this.writePartials();

    const note = signCheckpoint(
      { origin: this.identity.origin, size: this.builder.size, root: this.builder.root() },
      this.identity.signers,
    );
    const checkpoint = verifyCheckpoint(note, this.identity);
    await this.requireStillOurs();
    await this.publish(note);
    this.note = note;
    this.checkpoint = checkpoint;
    for (const path of filled) await this.storage.dropPartials(path);
    return checkpoint;
  }

  /** Grows the tree and writes what became full: bundles first. Answers the paths of it. */
  private async integrate(entries: readonly Uint8Array[]): Promise<string[]> {
    const bundles: [path: string, bytes: Uint8Array][] = [];
    const tiles: BuiltTile[] = [];
    for (const entry of entries) {
      this.edge.push(entry);
      this.builder.append(leafHash(entry), (tile) => tiles.push(tile));
      if (this.edge.length < FULL_WIDTH) continue;
      bundles.push([entriesPath(this.builder.size / FULL_WIDTH - 1), encodeBundle(this.edge)]);
      this.edge = [];
    }
    await this.writeAll(bundles);
    const written = tiles.map(asResource);
    await this.writeAll(written);
    return [...bundles, ...written].map(([path]) => path);
  }

  private async writePartials(): Promise<void> {
    if (this.edge.length > 0) {
      const path = entriesPath(Math.floor(this.builder.size / FULL_WIDTH), this.edge.length);
      await this.storage.writeOnce(path, encodeBundle(this.edge));
    }
    await this.writeAll(this.builder.partials().map(asResource));
  }

  private async writeAll(resources: readonly (readonly [path: string, bytes: Uint8Array])[]): Promise<void> {
    for (let at = 0; at < resources.length; at += WRITES_AT_ONCE) {
      const some = resources.slice(at, at + WRITES_AT_ONCE);
      const outcomes = await Promise.allSettled(some.map(([path, bytes]) => this.storage.writeOnce(path, bytes)));
      for (const outcome of outcomes) if (outcome.status === 'rejected') throw outcome.reason;
    }
  }

  private async publish(note: string): Promise<void> {
    const bytes = Buffer.from(note);
    await this.storage.replace(SIGNED_CHECKPOINT, bytes);
    await this.storage.replace(CHECKPOINT, bytes);
  }

  /** After a crash between the two writes of a checkpoint. One that is published already keeps its cosignatures. */
  private async publishAgain(): Promise<void> {
    const published = await this.storage.read(CHECKPOINT);
    if (published !== undefined && verifyCheckpoint(published, this.identity).size === this.checkpoint.size) return;
    await this.storage.replace(CHECKPOINT, Buffer.from(this.note));
  }

  /** A second writer on the same storage would go unnoticed otherwise until the tiles differ. */
  private async requireStillOurs(): Promise<void> {
    const signed = await this.storage.read(SIGNED_CHECKPOINT);
    if (signed === undefined || Buffer.compare(signed, Buffer.from(this.note)) !== 0) {
      fail('log-moved', 'another process has signed a checkpoint of this log meanwhile; let one alone write to it');
    }
  }

  private inTurn<T>(work: () => Promise<T>): Promise<T> {
    const result = this.turn.then(async () => {
      if (this.stopped)
        fail('writer-stopped', 'an earlier write failed and what reached the disk is not known; open the log anew');
      try {
        return await work();
      } catch (error) {
        this.stopped = true;
        throw error;
      }
    });
    this.turn = result.catch(() => undefined);
    return result;
  }
}

const asResource = ({ level, index, hashes }: BuiltTile): [path: string, bytes: Uint8Array] => [
  tilePath(level, index, hashes.length),
  encodeTile(hashes),
];

/** Someone put an older memory under a newer public face: going on would sign a second history. */
async function requirePublicNotAhead(
  storage: TileStorage,
  identity: LogIdentity,
  signed: VerifiedCheckpoint,
): Promise<void> {
  const published = await storage.read(CHECKPOINT);
  if (published === undefined) return;
  const { size, root }: { size: number; root: Hash } = verifyCheckpoint(published, identity);
  if (size > signed.size || (size === signed.size && !sameHash(root, signed.root))) {
    fail(
      'log-rolled-back',
      `a checkpoint of ${size} entries is published, but the log remembers one of ${signed.size}: an older copy was put in its place`,
    );
  }
}

async function readEdge(storage: TileStorage, size: number): Promise<Uint8Array[]> {
  if (size % FULL_WIDTH === 0) return [];
  return readBundle(storage, Math.floor(size / FULL_WIDTH), size);
}
