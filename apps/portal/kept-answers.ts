/** An answer may lag behind the log by so much while entries are being written. */
const KEPT_MS = 2000;
const KEPT_QUESTIONS = 1000;

/** An answer, and the log position at which it was asked for. */
export interface Kept<Answer> {
  readonly position: number;
  readonly answer: Answer;
}

/**
 * Answers that are the same for many pages and that go through all the counters of the register: kept as long as nothing is written, and for
 * two seconds while something is. The thousand questions asked last are kept, unless said otherwise.
 */
export class KeptAnswers<Answer> {
  private readonly kept = new Map<string, { position: number; at: number; answer: Promise<Kept<Answer>> }>();

  constructor(
    private readonly now: () => number = () => performance.now(),
    private readonly most = KEPT_QUESTIONS,
  ) {}

  /**
   * The answer to a question at a log position, or a little before it, but not before `atLeast`; asked anew only where none is kept. What shows
   * an answer must be tagged with the answer's position, or its readers would keep an old one for as long as nothing is written.
   */
  to(question: string, position: number, ask: () => Promise<Answer>, atLeast = 0): Promise<Kept<Answer>> {
    const kept = this.kept.get(question);
    const young = kept !== undefined && this.now() - kept.at < KEPT_MS && kept.position >= atLeast;
    const usable = young || (kept !== undefined && kept.position >= position);
    const current = usable
      ? kept
      : { position, at: this.now(), answer: ask().then((answer) => ({ position, answer })) };
    // Taken out and put in again, a question stands last; the first is the one nobody has asked for longest.
    this.kept.delete(question);
    this.kept.set(question, current);
    const [longestUnasked] = this.kept.keys();
    if (this.kept.size > this.most && longestUnasked !== undefined) this.kept.delete(longestUnasked);
    current.answer.catch(() => this.kept.delete(question));
    return current.answer;
  }
  /** Keeps the answer to a question no longer. */
  forget(question: string): void {
    this.kept.delete(question);
  }
}
