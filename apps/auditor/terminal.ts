import type { Command } from 'commander';
import { InvalidArgumentError } from 'commander';
import { isLegalDate } from '#domain';
import type { EventStore } from '#event-store';
import { transparencyLogFolderFrom } from '#notary';
import { TransparencyError } from '#transparency-log';
import { openLog } from './log';

/** Exit codes: it could not be done; stored reports or files are not what they should be; a log or a store is not what was signed. */
export const FATAL = 1;
export const DRIFT = 3;
export const FORGED = 4;

/** What the commands have in common: where the data lie, how they speak, and how they end. */
export class Terminal {
  constructor(private readonly program: Pick<Command, 'opts'>) {}

  get data(): string {
    return this.program.opts<{ readonly data: string }>().data;
  }

  get json(): boolean {
    return this.program.opts<{ readonly json?: true }>().json === true;
  }

  /** The folder of this registry's own transparency log. */
  get ownLog(): string {
    return transparencyLogFolderFrom(process.env, this.data);
  }

  readonly say = (text: string): void => void process.stdout.write(`${text}\n`);

  /** An answer: as JSON where that was asked for, and else in words. */
  show<Answer>(answer: Answer, inWords: (answer: Answer) => string): void {
    this.say(this.json ? JSON.stringify(answer) : inWords(answer));
  }

  /** Does something with the event store, opened for reading. */
  async reading<Result>(task: (store: EventStore) => Promise<Result>, open = openLog): Promise<Result> {
    const store = await open(this.data);
    try {
      return await task(store);
    } finally {
      await store.close();
    }
  }

  /** Says what is wrong with a log or a proof, where it is not what was signed. */
  async orForged(task: () => Promise<void>): Promise<void> {
    try {
      await task();
    } catch (error) {
      if (!(error instanceof TransparencyError)) throw error;
      const { code, message } = error;
      this.show({ findings: [{ code, message }] }, () => `  ${code}: ${message}`);
      process.exitCode = FORGED;
    }
  }
}

/** Tells a person at a terminal how far it is, once a second. */
export function told(): (progress: { readonly entries: number; readonly of?: number }) => void {
  let last = Date.now();
  return ({ entries, of }) => {
    if (Date.now() - last < 1000) return;
    last = Date.now();
    process.stderr.write(of === undefined ? `${entries} entries\n` : `${entries} of ${of} entries\n`);
  };
}

export const date = (text: string): string => {
  if (isLegalDate(text)) return text;
  throw new InvalidArgumentError('Give a date that exists, as YYYY-MM-DD.');
};
