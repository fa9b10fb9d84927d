import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { RequestFailed, failed, requestProblem } from '#http';
import { checkpointFileOf, daysKeptIn, keysFileIn, tilesFolderIn } from '#notary';
import { leafPlaceOf } from '#read-models';
import type { ReadDatabase } from '#read-models';
import {
  CHECKPOINT, FilesystemTileStorage, KeptTiles, TransparencyError, TreeReader, formatProofFile, leafHash, leafSubject, parseLogKeys, verifyCheckpoint, verifyConsistency, verifyInclusion,
} from '#transparency-log'; // prettier-ignore
import type { LogKey, Trust, VerifiedCheckpoint } from '#transparency-log';
import type { EarlierStateLine } from '#web';

/** The latest state of the log, signature verified. */
export interface LatestState {
  readonly head: VerifiedCheckpoint;
  /** The signed note, word for word. */
  readonly note: string;
  /** When it was published, an instant. */
  readonly publishedAt: string;
  readonly keys: readonly LogKey[];
}

/** An entry with the proof that it is in the log. */
export interface ProvenEntry {
  readonly index: number;
  /** The logged bytes: canonical JSON. */
  readonly leaf: Uint8Array;
  readonly latest: LatestState;
  /** The proof as a file (C2SP tlog-proof), with the leaf as its extra data. */
  readonly file: string;
}

const DAYS_SHOWN = 30;
/** So long what every page says of the signed state may be behind it: two looks at the disk for each would be a tenth of its cost. */
const LOOK_AGAIN_MS = 100;

/** The transparency log as it lies in its folder, where one is kept. What is handed out of it was verified before. */
export class PublishedLog {
  private known: { readonly as: string; readonly state: LatestState } | undefined;
  private looked: { readonly at: number; readonly found: Promise<LatestState | undefined> } | undefined;
  private begun = false;
  private lookedForBegun = -Infinity;
  private earlier: { readonly of: string; readonly states: readonly EarlierStateLine[] } | undefined;
  /** A tile serves many proofs. That it was exchanged meanwhile is noticed: every proof is verified before it is given out. */
  private tiles = new KeptTiles();

  constructor(readonly folder: string | undefined) {}

  /** Whether a log has been begun here. */
  async isKept(): Promise<boolean> {
    if (this.folder === undefined) return false;
    if (this.begun || performance.now() - this.lookedForBegun < LOOK_AGAIN_MS) return this.begun;
    this.lookedForBegun = performance.now();
    this.begun = await stat(join(tilesFolderIn(this.folder), CHECKPOINT)).then(() => true, () => false); // prettier-ignore
    return this.begun;
  }

  /** As `latest`, or as it was a tenth of a second ago: for what every page says of it. */
  lately(): Promise<LatestState | undefined> {
    const now = performance.now();
    if (this.looked && now - this.looked.at < LOOK_AGAIN_MS) return this.looked.found;
    const found = this.latest();
    this.looked = { at: now, found };
    return found;
  }

  /** Where there is one and its signature is good. Verified once, until other files lie there. */
  async latest(): Promise<LatestState | undefined> {
    if (this.folder === undefined) return undefined;
    const [keysFile, path] = [keysFileIn(this.folder), join(tilesFolderIn(this.folder), CHECKPOINT)];
    try {
      const [keysAre, noteIs] = await Promise.all([stat(keysFile, { bigint: true }), stat(path, { bigint: true })]);
      const as = [keysAre, noteIs].map(({ ino, size, mtimeNs }) => [ino, size, mtimeNs].join('.')).join(' ');
      if (this.known?.as === as) return this.known.state;
      const keys = parseLogKeys(await readFile(keysFile, 'utf8'));
      const note = await readFile(path, 'utf8');
      const head = verifyCheckpoint(note, trustIn(keys));
      const state = { head, note, publishedAt: noteIs.mtime.toISOString(), keys };
      this.known = { as, state };
      return state;
    } catch {
      // Not begun yet, or being moved: health says what is wrong, a page that cannot be read would say nothing.
      return undefined;
    }
  }

  /** The checkpoints kept of the latest days, the latest first, each held against the log as it is. */
  async history(latest: LatestState): Promise<readonly EarlierStateLine[]> {
    const { folder } = this;
    if (folder === undefined) return [];
    if (this.earlier?.of === latest.note) return this.earlier.states;
    const reader = new TreeReader(FilesystemTileStorage.reader(tilesFolderIn(folder)), latest.head.size);
    const states: EarlierStateLine[] = [];
    for (const day of (await daysKeptIn(folder)).slice(0, DAYS_SHOWN)) {
      try {
        const older = verifyCheckpoint(await readFile(checkpointFileOf(folder, day)!, 'utf8'), trustIn(latest.keys));
        // Published while this answer is being made.
        if (older.size > latest.head.size && day === new Date().toISOString().slice(0, 10)) continue;
        states.push({ day, size: older.size, root: base64(older.root), grown: await hasGrown(older, latest.head, reader) });
      } catch (error) {
        if (!(error instanceof TransparencyError)) throw error;
        states.push({ day, size: 0, root: '', grown: false });
      }
    }
    this.earlier = { of: latest.note, states };
    return states;
  } // prettier-ignore

  /** Throws RequestFailed: `not-found` where the log has no such entry, `unavailable` where it has none yet. `known` says whether the register has it. */
  async entry(id: string, database: ReadDatabase, known: (id: string) => Promise<boolean>): Promise<ProvenEntry> {
    const latest = await this.latest();
    if (this.folder === undefined || latest === undefined) throw noLog();
    const index = UUID.test(id) ? await leafPlaceOf(database, id) : undefined;
    if (index === undefined || index >= latest.head.size) throw (await known(id)) ? notYet(id) : unknown(id);
    const source = FilesystemTileStorage.reader(tilesFolderIn(this.folder));
    const proven = async (): Promise<ProvenEntry> => {
      const reader = new TreeReader(source, latest.head.size, this.tiles);
      const leaf = await reader.entry(index);
      if (leafSubject(leaf).id !== id) throw notYet(id);
      const proof = await reader.inclusionProof(index);
      verifyInclusion(index, leafHash(leaf), proof, latest.head);
      return { index, leaf, latest, file: formatProofFile({ index, proof, checkpoint: latest.note, extra: leaf }) };
    };
    try {
      return await proven();
    } catch (error) {
      if (!(error instanceof TransparencyError)) throw error;
      // The kept tiles may be of a folder that was put right, or moved, meanwhile.
      this.tiles = new KeptTiles();
      return proven();
    }
  }
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

const trustIn = (keys: readonly LogKey[]): Trust => ({ origin: keys[0]?.verifier.name ?? '', keys });

export const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');

async function hasGrown(older: VerifiedCheckpoint, head: VerifiedCheckpoint, reader: TreeReader): Promise<boolean> {
  if (older.size > head.size) return false;
  try {
    verifyConsistency(older, head, await reader.consistencyProof(older.size));
    return true;
  } catch (error) {
    if (error instanceof TransparencyError) return false;
    throw error;
  }
}

const noLog = (): RequestFailed => failed('not-found', 'No transparency log is kept here, so nothing can be proven.');

const unknown = (id: string): RequestFailed =>
  failed('not-found', `The transparency log has no entry "${id}". The ids of entries are in the timeline of an asset.`);

const notYet = (id: string): RequestFailed =>
  new RequestFailed(
    requestProblem('unavailable', `Entry ${id} is not under a signed checkpoint yet. Try again in a minute.`),
    { 'retry-after': '10' },
  );
