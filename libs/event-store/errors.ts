import type { ExpectedRevision } from './event-store';

/** Codes are stable: callers switch on them, never on messages. */
export type EventStoreErrorCode =
  | 'wrong-expected-revision'
  | 'corrupted-retry'
  | 'event-refused'
  | 'store-full'
  | 'store-unavailable'
  | 'store-locked'
  | 'foreign-log'
  | 'corrupt-log'
  | 'misconfigured';

/** What every event store throws, and nothing else. */
export class EventStoreError extends Error {
  constructor(
    readonly code: EventStoreErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = new.target.name;
  }
}

/** Someone else wrote first. `actual` is what the stream's end really is. */
export class WrongExpectedRevision extends EventStoreError {
  constructor(
    readonly stream: string,
    readonly expected: ExpectedRevision,
    readonly actual: ExpectedRevision,
  ) {
    super('wrong-expected-revision', `${stream}: expected ${expected}, found ${actual}`);
  }
}

/** A retry whose first event is in the log while a later one differs: two different appends under one id. */
export class CorruptedRetry extends EventStoreError {
  constructor(readonly stream: string) {
    super('corrupted-retry', `${stream}: this append repeats an earlier one only in part; its ids were reused`);
  }
}

/** The event itself cannot be stored: not JSON, too large, a malformed id. Nothing was written. */
export class EventRefused extends EventStoreError {
  constructor(message: string) {
    super('event-refused', message);
  }
}

/** No room left. Nothing was written; appends succeed again once there is room. */
export class StoreFull extends EventStoreError {
  constructor(message: string, options?: ErrorOptions) {
    super('store-full', message, options);
  }
}

/** The store cannot be reached, or did not say in time whether it wrote: the same append may be repeated safely. */
export class StoreUnavailable extends EventStoreError {
  constructor(message: string, options?: ErrorOptions) {
    super('store-unavailable', message, options);
  }
}

/** Another process writes to this log. */
export class StoreLocked extends EventStoreError {
  constructor(message: string) {
    super('store-locked', message);
  }
}

/** The file or server holds something that is not our log, or a log of a newer version. */
export class ForeignLog extends EventStoreError {
  constructor(message: string) {
    super('foreign-log', message);
  }
}

/** The log is ours but damaged: what stands at this place is not what was written. Reading stops there rather than skip it. */
export class CorruptLog extends EventStoreError {
  constructor(message: string, options?: ErrorOptions) {
    super('corrupt-log', message, options);
  }
}

/** A setting cannot work: the message names it and what is allowed. */
export class Misconfigured extends EventStoreError {
  constructor(message: string) {
    super('misconfigured', message);
  }
}
