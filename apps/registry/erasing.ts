import { setTimeout as pause } from 'node:timers/promises';
import { events, streamParts } from '#domain';
import type { RecordedEvent } from '#domain';
import { START } from '#event-store';
import type { EventStore } from '#event-store';
import type { Files } from '#files';
import { SealedStore, holderOf } from '#privacy';
import type { KeyStore } from '#privacy';

const AGAIN_MS = 5_000;
const BATCH = 1_000;
/** So many other events may be read again after a crash. */
const KEEP_AFTER = 2_000;

interface Photo {
  readonly sha256?: unknown;
}

/**
 * Does what an erasure orders: throws away the photos that nobody else named, then destroys the key. Follows the log by itself, so that an order that was recorded is carried out whatever crashes; each step
 * may be repeated, and how far it came is kept with the keys.
 */
export class Erasing {
  private readonly stopping = new AbortController();
  private readonly sealed: EventStore;
  private running: Promise<void> = Promise.resolve();
  private log: string | undefined;
  private after = START;
  private kept = START;
  private trouble: string | undefined;

  constructor(
    /** The bare log: what is erased must not be in anybody's way. */
    private readonly store: EventStore,
    private readonly keys: KeyStore,
    private readonly files: Pick<Files, 'restricted'>,
    private readonly onNotice: (notice: string) => void,
  ) {
    this.sealed = new SealedStore(store, keys);
  }

  /** Carries out what was ordered before, as where an older copy of the keys was put back; only then is anything shown. */
  async start(): Promise<void> {
    await this.begin();
    for (const head = await this.store.head(); this.after < head;) {
      const batch = await this.store.readAll(this.after, BATCH);
      if (batch.length === 0) break;
      await this.take(batch);
    }
    this.running = this.follow();
  }

  async close(): Promise<void> {
    this.stopping.abort();
    await this.running;
    if (this.log !== undefined && this.kept < this.after) await this.keys.follow(this.log, this.after);
  }

  /** What keeps it from going on; undefined while all is well. */
  get failure(): string | undefined {
    return this.trouble;
  }

  /** Resolves when every order up to a position was carried out. */
  async reached(position: number): Promise<void> {
    while (this.after < position && !this.stopping.signal.aborted) await pause(10);
  }

  private async begin(): Promise<void> {
    const [first] = await this.store.readAll(START, 1);
    if (!first) return;
    this.log = first.id;
    const followed = (await this.keys.followed(first.id)) ?? START;
    // A log put back as it was earlier is followed from its start: its new entries may order something too.
    this.after = followed <= (await this.store.head()) ? followed : START;
    this.kept = this.after;
  }

  private async follow(): Promise<void> {
    const { signal } = this.stopping;
    while (!signal.aborted) {
      try {
        if (this.log === undefined) await this.begin();
        for await (const batch of this.store.subscribe(this.after, { signal, batchSize: BATCH })) {
          await this.take(batch);
          this.trouble = undefined;
        }
        return;
      } catch (error) {
        this.trouble = `Personal data could not be erased, and it will be tried again: ${error instanceof Error ? error.message : String(error)}`;
        this.onNotice(this.trouble);
        await pause(AGAIN_MS, undefined, { signal }).catch(() => undefined);
      }
    }
  }

  private async take(batch: readonly RecordedEvent[]): Promise<void> {
    const orders = batch.filter(({ type }) => events.get(type)?.definition.erases === true);
    for (const order of orders) await this.carryOut(order);
    this.log ??= batch[0]?.id;
    this.after = batch.at(-1)?.position ?? this.after;
    const due = orders.length > 0 || this.after - this.kept >= KEEP_AFTER;
    if (!due || this.log === undefined) return;
    await this.keys.follow(this.log, this.after);
    this.kept = this.after;
  }

  private async carryOut({ id, stream, data, metadata: { recordedAt } }: RecordedEvent): Promise<void> {
    const entry = (await this.store.readStream(stream)).find((each) => each.id === data.entry);
    // The rules let nobody order this; whoever wrote past them is not obeyed, and not ignored.
    if (!entry) throw new Error(`${id} in ${stream} orders an erasure in an entry that is not there.`);
    await this.removePhotos(entry);
    await this.keys.destroy(holderOf(stream, entry), { by: id, on: recordedAt });
  }

  /** Before the key is gone: only with it is known which they are. */
  private async removePhotos({ stream, revision, type }: RecordedEvent): Promise<void> {
    if (type !== 'ObservationFiled') return;
    const [open] = await this.sealed.readStream(stream, { from: revision, max: 1 });
    const own = new Set(photosOf(open));
    if (own.size === 0) return;
    for (let after = START; own.size > 0;) {
      const batch = await this.store.readAll(after, BATCH);
      if (batch.length === 0) break;
      after = batch.at(-1)!.position;
      for (const named of await this.filesNamedIn(batch, stream)) own.delete(named);
    }
    for (const sha256 of own) await this.files.restricted.remove(sha256);
  }

  /** The files that entries of other streams name: two may have sent one picture. */
  private async filesNamedIn(batch: readonly RecordedEvent[], but: string): Promise<string[]> {
    const named: string[] = [];
    for (const event of batch) {
      if (event.stream === but) continue;
      if (event.type === 'ObservationFiled' && streamParts(event.stream)?.kind === 'dialogue')
        named.push(...photosOf((await this.sealed.readStream(event.stream, { from: event.revision, max: 1 }))[0]));
      else if (event.type === 'DocumentAttached' && typeof event.data.sha256 === 'string')
        named.push(event.data.sha256);
    }
    return named;
  }
}

function photosOf(event: RecordedEvent | undefined): string[] {
  const photos = event?.data.photos;
  return Array.isArray(photos)
    ? (photos as readonly Photo[]).flatMap(({ sha256 }) => (typeof sha256 === 'string' ? [sha256] : []))
    : [];
}
