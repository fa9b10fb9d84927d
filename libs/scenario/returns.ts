import type { PromptBook } from './prompt-book';
import type { Tale } from './tale';

/** What the annual returns need of the registry beside commands: it counts their figures by itself. */
export interface ReturnDesk {
  readonly book: PromptBook;
  /** The years of which there is a return, but the one that is running. */
  pastYears(): Promise<readonly string[]>;
  /** The entry with the figures of a year that were asked for, once the registry has counted them. */
  figuresOf(year: string): Promise<string>;
}

/** An officer asks for the return of a year, and an approver publishes it; where `reason` says why, the same again. */
export async function returned(tale: Tale, year: string, desk: ReturnDesk, reason: string | undefined): Promise<void> {
  const { id } = await tale.open('return', 'officer', 'prepare-return', { year });
  await published(tale, id, year, desk, 'first');
  if (reason === undefined) return;
  await tale.add('return', id, 'officer', 'revise-return', { reason });
  await published(tale, id, year, desk, 'revised');
}

/** Which entry was published is kept: once it is, nobody tells any more which one waited. */
async function published(tale: Tale, id: string, year: string, desk: ReturnDesk, which: string): Promise<void> {
  const preparation = await desk.book.keep(`${id} ${which} figures`, () => desk.figuresOf(year));
  await tale.add('return', id, 'approver', 'publish-return', { preparation });
}
