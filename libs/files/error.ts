/** Why a file was not taken, or not given. */
export type FileFault =
  | 'file-empty'
  | 'file-too-large'
  | 'shelf-full'
  | 'disk-full'
  | 'file-damaged'
  | 'digest-malformed'
  | 'type-unknown'
  | 'type-not-accepted'
  | 'photo-unreadable'
  | 'photo-too-many-pixels';

/** What this library throws. Codes are stable; the message says to a person what is wrong and what to do. */
export class FileError extends Error {
  constructor(
    readonly code: FileFault,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = new.target.name;
  }
}

export function refuse(code: FileFault, message: string, options?: ErrorOptions): never {
  throw new FileError(code, message, options);
}
