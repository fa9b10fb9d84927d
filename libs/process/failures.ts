import { AccessError } from '#access';
import { EventStoreError } from '#event-store';
import { KeysError } from '#privacy';
import { ProcessesError } from '#processes';
import { ReadDatabaseError } from '#read-models';

/** A setting is wrong; the message names the variable and what is allowed. */
export class WrongSetting extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'WrongSetting';
  }
}

/** The address or port cannot be listened on; the message says what to do. */
export class CannotListen extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'CannotListen';
  }
}

/** Codes of the operating system for a file or folder that cannot be used, with what to do. */
const fileTrouble: Readonly<Record<string, string>> = {
  EACCES: 'Give the user this program runs as leave to write there, or name another folder.',
  EPERM: 'Give the user this program runs as leave to write there, or name another folder.',
  EROFS: 'Name a folder that can be written, or mount that one for writing.',
  ENOTDIR: 'Name a folder, not something below a file.',
  ENOENT: 'Name a folder that exists or can be made.',
  ENOSPC: 'Make room on the disk.',
  EDQUOT: 'Make room within the quota.',
};

/** What an operator can mend, in one sentence or two that say how; undefined for what only we can. */
export function inOneSentence(error: unknown): string | undefined {
  if (
    error instanceof WrongSetting ||
    error instanceof CannotListen ||
    error instanceof AccessError ||
    error instanceof EventStoreError ||
    error instanceof KeysError ||
    error instanceof ReadDatabaseError ||
    error instanceof ProcessesError
  ) {
    return oneLine(error.message);
  }
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string') return undefined;
  const advice = fileTrouble[error.code];
  return advice === undefined ? undefined : oneLine(`${error.message}. ${advice}`);
}

/** Messages of libraries may go over several lines; a log keeps one line for one thing. */
const oneLine = (message: string): string => message.replace(/\s*\n\s*/g, ' ').trim();
