import { open, readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { RecordedEvent } from '#domain';
import { aggregates, streamParts } from '#domain';
import { EventStoreError, START } from '#event-store';
import type { EventStore } from '#event-store';
import type { Files } from '#files';

const STATE = 'followed.json';
const AGAIN_MS = 5_000;

/** Events that move files. */
const MOVERS = new Set([
  'ThreadModerated', 'DocumentAttached', 'EntryCorrected', 'EntryAnnulled', 'ApplicationSubmitted', 'ApplicationWithdrawn',
]); // prettier-ignore

/** So many other events may be read again after a crash. */
const KEEP_AFTER = 2_000;

/** Sealed files that no entry named within so many days are thrown away: uploads that never became applications. */
export const ORPHAN_DAYS = 30;
const DAY_MS = 86_400_000;

/** How far the log was followed, and which ciphertext belongs to which application. */
interface Followed {
  /** The first entry of the log it was followed in: another log is followed from its start. */
  readonly log?: string;
  readonly after: number;
  readonly applications: Readonly<Record<string, string>>;
}

export interface FollowOptions {
  /** The folder of the files, in which it is kept how far the log was followed. */
  readonly folder: string;
  readonly onNotice: (notice: string) => void;
  readonly clock?: () => Date;
}

/**
 * Moves files between shelves as the log says, and never otherwise: a photo or document comes to the public shelf when an entry publishes it and leaves
 * it when a later one takes that back; a ciphertext goes when its application is withdrawn. Each step may be repeated: killed at any moment,
 * it goes on where it was.
 */
export class PublishedFiles {
  private readonly stopping = new AbortController();
  private running: Promise<void> = Promise.resolve();
  private followed: Followed = { after: START, applications: {} };
  /** Position that was written down last. */
  private kept = START;

  constructor(
    private readonly store: EventStore,
    private readonly files: Files,
    private readonly options: FollowOptions,
  ) {}

  async start(): Promise<void> {
    this.followed = await this.load();
    this.kept = this.position;
    this.running = this.follow();
  }

  async close(): Promise<void> {
    this.stopping.abort();
    await this.running;
    if (this.kept !== this.position) await this.keep(this.followed);
  }

  /** Log position up to which files lie where the log says. */
  get position(): number {
    return this.followed.after;
  }

  /** Resolves when the log was followed up to a position. */
  async reached(position: number): Promise<void> {
    while (this.position < position && !this.stopping.signal.aborted) await pause(10);
  }

  /** Throws away sealed files that no application names and that are older than `ORPHAN_DAYS`; answers how many. */
  async collectOrphans(): Promise<number> {
    const before = (this.options.clock?.() ?? new Date()).getTime() - ORPHAN_DAYS * DAY_MS;
    const head = await this.store.head();
    if (this.position < head) return 0;
    const named = new Set(Object.values(this.followed.applications));
    let collected = 0;
    for await (const { sha256, since } of this.files.sealed.list()) {
      if (named.has(sha256) || since.getTime() > before) continue;
      await this.files.sealed.remove(sha256);
      collected += 1;
    }
    return collected;
  }

  private async follow(): Promise<void> {
    const { signal } = this.stopping;
    while (!signal.aborted) {
      try {
        for await (const batch of this.store.subscribe(this.position, { signal, batchSize: 500 })) {
          let applications = this.followed.applications;
          for (const event of batch) applications = await this.applied(event, applications);
          const log = this.followed.log ?? batch[0]?.id;
          const after = batch.at(-1)?.position ?? this.position;
          await this.moveOn({ ...(log !== undefined && { log }), after, applications }, batch);
        }
        return;
      } catch (error) {
        this.options.onNotice(`Files could not be put where the log says, and will be tried again: ${String(error)}`);
        await pause(AGAIN_MS, undefined, { signal }).catch(() => undefined);
      }
    }
  }

  /** How far it came is written down when something was done, and else now and then: what moves no file may be read twice. */
  private async moveOn(followed: Followed, batch: readonly RecordedEvent[]): Promise<void> {
    const due = followed.after - this.kept >= KEEP_AFTER || batch.some(({ type }) => MOVERS.has(type));
    if (due) await this.keep(followed);
    this.followed = followed;
  }

  private async applied(
    event: RecordedEvent,
    applications: Followed['applications'],
  ): Promise<Followed['applications']> {
    switch (event.type) {
      case 'ThreadModerated':
        await this.showPhotos(event);
        return applications;
      case 'DocumentAttached':
      case 'EntryCorrected':
      case 'EntryAnnulled':
        await this.showDocuments(event);
        return applications;
      case 'ApplicationSubmitted':
        return { ...applications, [event.id]: sha256In(ciphertextOf(event)) };
      case 'ApplicationWithdrawn': {
        const { [asText(event.data.application)]: ciphertext, ...others } = applications;
        if (ciphertext !== undefined && !Object.values(others).includes(ciphertext))
          await this.files.sealed.remove(ciphertext);
        return others;
      }
      default:
        return applications;
    }
  }

  /** The last moderation of a thread says which photos may be seen. */
  private async showPhotos({ stream, revision }: RecordedEvent): Promise<void> {
    const moderations = (await this.store.readStream(stream)).filter(
      (each) => each.type === 'ThreadModerated' && each.revision <= revision,
    );
    const digests = moderations.map(({ data }) => listed(data.photos).map(sha256In));
    await this.showOnly(digests.at(-1) ?? [], digests.flat());
  }

  /** A document is public as long as the dossier, with its corrections, says so. */
  private async showDocuments({ stream }: RecordedEvent): Promise<void> {
    if (streamParts(stream)?.kind !== 'asset') return;
    const recorded = await this.store.readStream(stream);
    const state = aggregates.asset.stateOf(aggregates.asset.replay(recorded));
    const shown = (state?.documents ?? []).filter(({ classification }) => classification === 'public');
    const all = recorded.filter(({ type }) => type === 'DocumentAttached').map(({ data }) => sha256In(data));
    await this.showOnly(
      shown.map(({ sha256 }) => sha256),
      all,
    );
  }

  private async showOnly(shown: readonly string[], all: readonly string[]): Promise<void> {
    for (const sha256 of new Set(all)) {
      if (!shown.includes(sha256)) await this.files.public.remove(sha256);
      else if ((await this.files.public.sizeOf(sha256)) === undefined) {
        const bytes = await this.files.restricted.read(sha256);
        // A document may be attached by its digest alone, and lie in another office's archive.
        if (bytes !== undefined) await this.files.public.put(bytes);
      }
    }
  }

  private async load(): Promise<Followed> {
    try {
      const followed = JSON.parse(await readFile(join(this.options.folder, STATE), 'utf8')) as Followed;
      const [first] = await this.store.readAll(START, 1);
      // A log that was exchanged, or put back as it was earlier.
      if (followed.log === first?.id && followed.after <= (await this.store.head())) return followed;
    } catch (error) {
      if (error instanceof EventStoreError) throw error;
    }
    // Lost, of another log, or not there yet: following from the start ends where the log says.
    return { after: START, applications: {} };
  }

  private async keep(followed: Followed): Promise<void> {
    const path = join(this.options.folder, STATE);
    const handle = await open(`${path}.next`, 'w', 0o640);
    try {
      await handle.writeFile(JSON.stringify(followed));
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(`${path}.next`, path);
    this.kept = followed.after;
  }
}

interface Named {
  readonly sha256?: unknown;
}
const sha256In = (value: unknown): string => asText((value as Named | null | undefined)?.sha256);
const asText = (value: unknown): string => (typeof value === 'string' ? value : '');
const ciphertextOf = ({ data }: RecordedEvent): unknown =>
  (data.sealed as { ciphertext?: unknown } | undefined)?.ciphertext;
const listed = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
