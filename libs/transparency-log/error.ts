/** How a proof can be wrong. A proof comes from whoever hands it over, so each way has a name of its own. */
export type ProofFault =
  | 'size-malformed'
  | 'index-malformed'
  | 'index-beyond-tree'
  | 'hash-malformed'
  | 'proof-too-short'
  | 'proof-too-long'
  | 'proof-needless'
  | 'tree-shrank'
  | 'empty-root-wrong'
  | 'old-root-mismatch'
  | 'root-mismatch';

/** How a signed note can be wrong. */
export type NoteFault =
  | 'note-too-large'
  | 'note-not-text'
  | 'note-without-signatures'
  | 'note-signature-malformed'
  | 'note-too-many-signatures'
  | 'note-signature-invalid'
  | 'note-unverified';

/** How a key's text can be wrong. */
export type KeyFault = 'key-malformed' | 'key-id-mismatch' | 'key-type-unsupported' | 'key-ambiguous';

/** How a checkpoint, or the trust asked for it, can be wrong. */
export type CheckpointFault =
  | 'checkpoint-malformed'
  | 'checkpoint-size-malformed'
  | 'checkpoint-root-malformed'
  | 'checkpoint-of-another-log'
  | 'checkpoint-not-signed-by-log'
  | 'checkpoint-key-retired'
  | 'checkpoint-inconsistent'
  | 'witnesses-too-few';

/** How an offline proof file can be wrong, beside what it holds. */
export type ProofFileFault = 'proof-file-malformed';

/** How stored resources can be wrong. */
export type ResourceFault =
  'path-malformed' | 'tile-missing' | 'tile-malformed' | 'bundle-missing' | 'bundle-malformed' | 'resource-conflict';

/** What keeps a log from growing. */
export type LogFault =
  'entry-too-large' | 'log-missing' | 'log-exists' | 'log-damaged' | 'log-moved' | 'log-rolled-back' | 'writer-stopped';

/** How a request to a witness can be wrong, beside what it holds. */
export type WitnessFault = 'request-malformed';

/** How a value can fail to have one canonical form. */
export type CanonicalFault = 'not-canonical';

export type TransparencyFault =
  | ProofFault
  | NoteFault
  | KeyFault
  | CheckpointFault
  | ProofFileFault
  | ResourceFault
  | LogFault
  | WitnessFault
  | CanonicalFault;

/**
 * What everything in this library throws, but for what a storage throws of its own. Verification throws instead of answering `false`, so
 * that forgetting to look at the answer cannot let a forgery pass. Codes are stable: callers switch on them, never on messages.
 */
export class TransparencyError extends Error {
  constructor(
    readonly code: TransparencyFault,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = new.target.name;
  }
}

export function fail(code: TransparencyFault, message: string, options?: ErrorOptions): never {
  throw new TransparencyError(code, message, options);
}
