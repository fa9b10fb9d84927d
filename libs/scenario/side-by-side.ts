/** So many tales at a time. One that waits for a clock makes room for another, and comes back before any that has not begun. */
export class SideBySide {
  private readonly returning: (() => void)[] = [];
  private readonly coming: (() => void)[] = [];

  constructor(private free: number) {}

  /** Tells all of them. The first that fails is thrown, and none is begun after it. */
  async tell<Item>(items: readonly Item[], task: (item: Item) => Promise<void>): Promise<void> {
    let failed = false;
    await Promise.all(
      items.map(async (item) => {
        await this.enter(this.coming);
        try {
          if (!failed) await task(item);
        } catch (error) {
          failed = true;
          throw error;
        } finally {
          this.leave();
        }
      }),
    );
  }

  /** Waits outside. */
  async outside<Awaited>(wait: () => Promise<Awaited>): Promise<Awaited> {
    this.leave();
    try {
      return await wait();
    } finally {
      await this.enter(this.returning);
    }
  }

  private async enter(queue: (() => void)[]): Promise<void> {
    if (this.free > 0) this.free -= 1;
    else await new Promise<void>((admit) => queue.push(admit));
  }

  /** Hands the place on, or keeps it free where nobody wants it. */
  private leave(): void {
    const next = this.returning.shift() ?? this.coming.shift();
    if (next) next();
    else this.free += 1;
  }
}
