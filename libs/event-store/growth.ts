/** Tells those who follow the log that it may have grown. */
export class Growth {
  private readonly waiting = new Set<() => void>();

  /** Wakes everybody who waits. */
  happened(): void {
    for (const wake of [...this.waiting]) wake();
  }

  /** Resolves to true at the next growth or when the signal aborts, to false after so many milliseconds without either. */
  next(signal: AbortSignal, atMostMs?: number): Promise<boolean> {
    return new Promise((resolve) => {
      const settle = (grown: boolean) => {
        clearTimeout(timer);
        signal.removeEventListener('abort', wake);
        this.waiting.delete(wake);
        resolve(grown);
      };
      const wake = () => settle(true);
      const timer = atMostMs === undefined ? undefined : setTimeout(settle, atMostMs, false);
      signal.addEventListener('abort', wake);
      this.waiting.add(wake);
      if (signal.aborted) wake();
    });
  }
}
