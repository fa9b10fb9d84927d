import type { AdmittedAppend } from '../admission';
import { StoreUnavailable } from '../errors';
import type { Appended } from '../event-store';

/** What became of one append of a batch: it may fail without the others failing. */
export type Outcome = Appended | Error;

/** Writes a batch durably and says what became of each append; when it throws, nothing of the batch was written. */
export type WriteBatch = (batch: readonly AdmittedAppend[]) => readonly Outcome[];

/** So many events share one commit at most: enough to hide the disk, few enough to answer soon. */
const MAX_EVENTS = 1024;

interface Waiting {
  readonly append: AdmittedAppend;
  readonly resolve: (appended: Appended) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Group commit: appends that arrive in one turn of the event loop are written together and share one disk flush. Whoever was answered may
 * append again at once and is in the next batch.
 */
export class GroupCommit {
  private waiting: Waiting[] = [];
  private scheduled = false;
  private closed = false;

  constructor(private readonly write: WriteBatch) {}

  add(append: AdmittedAppend): Promise<Appended> {
    if (this.closed) return Promise.reject(new StoreUnavailable('The event store is closed; nothing was written.'));
    return new Promise((resolve, reject) => {
      this.waiting.push({ append, resolve, reject });
      this.schedule();
    });
  }

  /** Writes what is waiting; everything added later is refused. */
  close(): void {
    this.closed = true;
    while (this.waiting.length > 0) this.writeNext();
  }

  private schedule(): void {
    if (this.scheduled) return;
    this.scheduled = true;
    setImmediate(() => {
      this.scheduled = false;
      if (this.waiting.length > 0) this.writeNext();
      if (this.waiting.length > 0) this.schedule();
    });
  }

  private writeNext(): void {
    const batch = this.takeBatch();
    let outcomes: readonly Outcome[];
    try {
      outcomes = this.write(batch.map(({ append }) => append));
    } catch (error) {
      for (const { reject } of batch) reject(error);
      return;
    }
    for (const [place, { resolve, reject }] of batch.entries()) {
      const outcome = outcomes[place];
      if (outcome === undefined || outcome instanceof Error) reject(outcome);
      else resolve(outcome);
    }
  }

  private takeBatch(): Waiting[] {
    let events = 0;
    const end = this.waiting.findIndex(({ append }, place) => {
      events += append.events.length;
      return place > 0 && events > MAX_EVENTS;
    });
    return this.waiting.splice(0, end === -1 ? this.waiting.length : end);
  }
}
