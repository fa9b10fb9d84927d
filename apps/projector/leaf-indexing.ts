import { setTimeout as pause } from 'node:timers/promises';
import { tilesFolderIn } from '#notary';
import type { LeafIndex } from '#read-models';
import { FULL_WIDTH, FilesystemTileStorage, leafSubject, readBundle } from '#transparency-log';

/** Bundles whose entries are noted down at once. */
const BUNDLES = 16;
const TRY_AGAIN_MS = 1000;

/**
 * Notes down in the read database where each event stands in the transparency log, behind the notary. It reads the log alone: nothing has to be handed over, and what was missed is caught up with at the
 * next call. What an older log left there is forgotten.
 */
export class LeafIndexing {
  private running: Promise<void> | undefined;
  private readonly stopping = new AbortController();
  private asked = false;
  private known = false;
  /** Entries whose place is noted down. */
  private noted = 0;

  constructor(
    private readonly index: LeafIndex,
    private readonly folder: string,
    /** Entries under the published checkpoint. */
    private readonly size: () => number,
    private readonly onNotice: (notice: string) => void,
  ) {}

  /** Catches up with the log, once for however many calls meanwhile. */
  wake(): void {
    this.asked = true;
    this.running ??= this.follow();
  }

  /** Resolves to true once the first `size` entries are noted down; to false when time runs out. */
  async reached(size: number, timeoutMs: number): Promise<boolean> {
    for (const until = Date.now() + timeoutMs; Date.now() < until; await pause(10)) if (this.noted >= size) return true;
    return this.noted >= size;
  }

  /** Finishes what is under way. */
  async close(): Promise<void> {
    this.stopping.abort();
    await this.running;
  }

  /** A database that is away is waited for: the log goes on without it. */
  private async follow(): Promise<void> {
    for (let failing = false; this.asked && !this.stopping.signal.aborted;) {
      this.asked = false;
      try {
        await this.catchUp();
        failing = false;
      } catch (error) {
        const message = error instanceof Error ? error.message : String(error);
        if (!failing) this.onNotice(`Places in the transparency log cannot be noted down; trying again: ${message}`);
        failing = true;
        this.asked = true;
        await pause(TRY_AGAIN_MS, undefined, { signal: this.stopping.signal }).catch(() => undefined);
      }
    }
    this.running = undefined;
  }

  private async catchUp(): Promise<void> {
    const source = FilesystemTileStorage.reader(tilesFolderIn(this.folder));
    let next = await this.begin(source);
    this.noted = next;
    while (next < this.size() && !this.stopping.signal.aborted) {
      const size = this.size();
      const places: { event: string; leaf: number }[] = [];
      for (let bundles = 0; bundles < BUNDLES && next < size; bundles += 1) {
        const first = next - (next % FULL_WIDTH);
        const entries = await readBundle(source, first / FULL_WIDTH, size);
        for (const entry of entries.slice(next - first)) places.push({ event: leafSubject(entry).id, leaf: next++ });
      }
      await this.index.add(places);
      this.noted = next;
    }
  }

  /** The place to go on at. */
  private async begin(source: FilesystemTileStorage): Promise<number> {
    const last = await this.index.last();
    if (last === undefined) return 0;
    if (this.known || (await isOf(source, last, this.size()))) {
      this.known = true;
      return last.leaf + 1;
    }
    this.onNotice('The places of entries noted down are of another transparency log; they are made anew.');
    await this.index.clear();
    return 0;
  }
}

/** Whether the event stands there in this log. */
async function isOf(source: FilesystemTileStorage, { event, leaf }: { event: string; leaf: number }, size: number): Promise<boolean> {
  if (leaf >= size) return false;
  const entries = await readBundle(source, Math.floor(leaf / FULL_WIDTH), size);
  const entry = entries[leaf % FULL_WIDTH];
  return entry !== undefined && leafSubject(entry).id === event;
} // prettier-ignore
