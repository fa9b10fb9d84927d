/** How a text can fail to be the one way to write a value. */
export type TextFault =
  'text-not-string' | 'text-of-another-kind' | 'text-not-base64url' | 'text-too-short' | 'text-too-long';

/** How a key can be wrong although it is well written. */
export type KeyFault = 'public-key-not-canonical' | 'public-key-weak';

/** How the wishes for a ceremony, or what one published, can be wrong. */
export type CeremonyFault =
  | 'identifier-malformed'
  | 'randomness-malformed'
  | 'threshold-out-of-range'
  | 'evaluators-out-of-range'
  | 'evaluator-twice'
  | 'keys-malformed'
  | 'keys-misplaced';

/** How a share can be wrong. */
export type ShareFault =
  | 'share-of-nobody'
  | 'share-unreadable'
  | 'share-false'
  | 'share-twice'
  | 'shares-malformed'
  | 'shares-too-few'
  | 'combined-key-wrong';

/** How an application, open or sealed, can be wrong. */
export type ApplicationFault =
  | 'application-not-bytes'
  | 'application-too-large'
  | 'application-of-no-class'
  | 'application-unreadable'
  | 'application-padding-wrong'
  | 'application-content-wrong';

export type SealingFault = TextFault | KeyFault | CeremonyFault | ShareFault | ApplicationFault;

/**
 * What everything in this library throws. Opening throws instead of answering `undefined`, so that forgetting to look at the answer cannot
 * let a forgery pass. Codes are stable: callers switch on them, never on messages. No message repeats a secret.
 */
export class SealingError extends Error {
  constructor(
    readonly code: SealingFault,
    message: string,
    /** The evaluators (1 to n) whose shares are at fault, where shares are. */
    readonly evaluators: readonly number[] = [],
  ) {
    super(message);
    this.name = new.target.name;
  }
}

export function fail(code: SealingFault, message: string, evaluators?: readonly number[]): never {
  throw new SealingError(code, message, evaluators);
}
