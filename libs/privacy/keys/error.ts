export type KeysErrorCode =
  | 'wrong-setting'
  | 'wrong-master-key'
  | 'rotation-unfinished'
  | 'key-missing'
  | 'key-destroyed'
  | 'box-damaged'
  | 'not-durable';

/** Personal data cannot be sealed or opened; the message says what to do. Never carries a value or a key. */
export class KeysError extends Error {
  constructor(
    readonly code: KeysErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = 'KeysError';
  }
} // prettier-ignore
