/** Tells those who follow the log that it may have grown. */
export class Growth {
  private readonly waiting = new Set<() => void>();

  /** Wakes everybody who waits. */
  happened(): void {
    for (const wake of [...this.waiting]) wake();
  }

  /** Resolves at the next growth, when the signal aborts, or after so many milliseconds: a reason to look again, not a promise of events. */
  next(signal: AbortSignal, atMostMs?: number): Promise<void> {
    return new Promise((resolve) => {
      const wake = () => {
        clearTimeout(timer);
        signal.removeEventListener('abort', wake);
        this.waiting.delete(wake);
        resolve();
      };
      const timer = atMostMs === undefined ? undefined : setTimeout(wake, atMostMs);
      signal.addEventListener('abort', wake);
      this.waiting.add(wake);
      if (signal.aborted) wake();
    });
  }
}
