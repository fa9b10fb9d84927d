import { aggregates, current, personalIn, streamParts } from '#domain';
import type { Account, AccountId, Course, RecordedEvent } from '#domain';
import { START } from '#event-store';
import type { EventStore } from '#event-store';

/** An account among all, with what it is called. */
export interface Rostered {
  readonly id: AccountId;
  readonly account: Account;
  readonly displayName: string | undefined;
}

const BATCH = 5_000;

/**
 * Every account there is, folded from the log on the write side: nothing of it is ever in the read database. Reads on from where it was when it is asked; the first
 * time that is the whole log. Throws what the store throws.
 */
export class Roster {
  private readonly courses = new Map<AccountId, Course<Account>>();
  private readonly names = new Map<AccountId, string>();
  private position = START;
  private reading: Promise<void> | undefined;

  constructor(private readonly store: Pick<EventStore, 'readAll'>) {}

  /** The accounts as the log has them now, in the order in which they were opened. */
  async accounts(): Promise<readonly Rostered[]> {
    // Two at once would take the same events twice.
    this.reading ??= this.readOn().finally(() => (this.reading = undefined));
    await this.reading;
    return [...this.courses].flatMap(([id, { state }]) =>
      state ? [{ id, account: state, displayName: this.names.get(id) }] : [],
    );
  }

  /** What an account is called, as far as the log was read. */
  nameOf(id: AccountId): string | undefined {
    return this.names.get(id);
  }

  private async readOn(): Promise<void> {
    for (;;) {
      const batch = await this.store.readAll(this.position, BATCH);
      for (const event of batch) this.take(event);
      if (batch.length < BATCH) return;
    }
  }

  private take(event: RecordedEvent): void {
    const parts = streamParts(event.stream);
    if (parts?.kind === 'account') {
      const { empty, evolve } = aggregates.account;
      const before = this.courses.get(parts.id) ?? empty;
      if (event.revision !== before.revision + 1)
        throw new Error(
          `${event.stream} has revision ${event.revision} where ${before.revision + 1} should be: events are missing.`,
        );
      const course = evolve(before, event);
      this.courses.set(parts.id, course);
      const { displayName } = current(event).data;
      if (typeof displayName === 'string') this.names.set(parts.id, displayName);
      if (course.state && personalIn(course.personal, course.state.opening).kind === 'erased')
        this.names.delete(parts.id);
    }
    this.position = event.position;
  }
}
