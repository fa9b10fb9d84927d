/** Settings or keys of the transparency log that cannot be right; the message says what to do. */
export class NotaryError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'NotaryError';
  }
}

/** What the operating system calls an error; undefined for errors of another kind. */
export const codeOf = (error: unknown): unknown =>
  typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
