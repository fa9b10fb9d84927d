/**
 * The most recently used situations of one kind of stream. What is in it may be behind the log when another process writes too: every append names its
 * expected revision and refusals are decided on a fresh read, so a stale one costs a retry and never a wrong decision.
 */
export class SituationCache<Situation> {
  private readonly situations = new Map<string, Situation>();

  constructor(private readonly size: number) {}

  get(stream: string): Situation | undefined {
    const situation = this.situations.get(stream);
    if (situation !== undefined) {
      // A Map keeps the order of insertion: the first key is the one unused for longest.
      this.situations.delete(stream);
      this.situations.set(stream, situation);
    }
    return situation;
  }

  put(stream: string, situation: Situation): void {
    this.situations.delete(stream);
    this.situations.set(stream, situation);
    if (this.situations.size > this.size) this.situations.delete(this.situations.keys().next().value ?? stream);
  }

  forget(stream: string): void {
    this.situations.delete(stream);
  }
}
