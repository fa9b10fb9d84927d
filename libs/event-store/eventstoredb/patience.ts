import { setTimeout as after } from 'node:timers/promises';

/** How long to wait for what, in milliseconds. */
export interface Patience {
  /** For one answer of the server. */
  readonly answerMs: number;
  /** For an append or a read to succeed, with all its retries. */
  readonly giveUpMs: number;
  /** For the server to be there at the start. */
  readonly startMs: number;
  /** Before the first retry; each further pause is twice as long, up to the longest. */
  readonly firstPauseMs: number;
  readonly longestPauseMs: number;
}

export const DEFAULT_PATIENCE: Patience = {
  answerMs: 10_000,
  giveUpMs: 30_000,
  startMs: 60_000,
  firstPauseMs: 50,
  longestPauseMs: 5_000,
};

/** The server did not answer in time. It may do so later, unheard. */
export class NoAnswer extends Error {
  constructor(milliseconds: number) {
    super(`no answer within ${milliseconds} ms`);
    this.name = 'NoAnswer';
  }
}

/** The promise's outcome, or NoAnswer after so many milliseconds. */
export async function within<T>(milliseconds: number, promise: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new NoAnswer(milliseconds)), milliseconds);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** Pauses between retries, longer and longer, and uneven so that many clients do not return at the same moment. */
export class Pauses {
  private next: number;

  constructor(private readonly patience: Patience) {
    this.next = patience.firstPauseMs;
  }

  /** Waits; at once over when the signal aborts. */
  async take(signal: AbortSignal): Promise<void> {
    const pause = this.next * (0.5 + Math.random() / 2);
    this.next = Math.min(this.next * 2, this.patience.longestPauseMs);
    await after(pause, undefined, { signal }).catch(() => undefined);
  }

  /** After a success: the next pause is short again. */
  reset(): void {
    this.next = this.patience.firstPauseMs;
  }
}
