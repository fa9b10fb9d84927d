/**
 * The envelope every fact travels in. Nothing above or below the event store adds to it, and the adapters store it whole.
 */

/** A calendar date of a legal act, `YYYY-MM-DD`, without a time zone (ISO 8601). */
export type LegalDate = string;

/** An instant in UTC with milliseconds, `YYYY-MM-DDTHH:mm:ss.sssZ` (ISO 8601, RFC 3339). */
export type Instant = string;

export type JsonValue = string | number | boolean | null | readonly JsonValue[] | JsonObject;
export interface JsonObject {
  readonly [key: string]: JsonValue | undefined;
}

/** Who recorded a fact. Taken from sign-in, never from a request body. */
export interface Actor {
  /** The account or process, for instance `officer-17` or `import`. */
  readonly subject: string;
  readonly agency: string;
  readonly role: string;
}

/** Where a fact was entered from, so that an auditor can go back to it. */
export type Source =
  | { readonly kind: 'form' }
  | { readonly kind: 'api' }
  | { readonly kind: 'process'; readonly name: string }
  /** The first account, opened before there was anybody to open it. */
  | { readonly kind: 'set-up' }
  | {
      readonly kind: 'import';
      /** File name without its folders. */
      readonly file: string;
      /** 1 is the first row under the header. */
      readonly row: number;
      /** SHA-256 of the row's cells (hex), so that the same row is known again when it comes in another file. */
      readonly digest: string;
    };

export interface EventMetadata {
  /** When it happened in the world; `null` where the source gives a stage without a date. Never invented. */
  readonly occurredOn: LegalDate | null;
  /** When it was written down here. Never decreases inside a stream. */
  readonly recordedAt: Instant;
  readonly actor: Actor;
  readonly source: Source;
  /** Names the command; a repeat of it under the same idempotency key finds its own events by this. */
  readonly commandId: string;
  /** Digest of the command's content, so that a key reused for another command is noticed. */
  readonly commandDigest: string;
  /** Ties together what one request or import run did. */
  readonly correlationId: string;
  /** The event or command that led to this one. */
  readonly causationId: string;
  /** 32 random bytes (base64url), under which the transparency log is bound to what of the event is not public. Made when the event is written; events of before have none. */
  readonly salt?: string;
}

/** A fact about to be appended. `id` is a UUID derived from the command, so that a repeated append is recognised. */
export interface NewEvent {
  readonly id: string;
  readonly type: string;
  /** Schema version of `data`, from 1. */
  readonly version: number;
  readonly data: JsonObject;
  readonly metadata: EventMetadata;
}

/** A personal field whose value is gone for ever: which, by which entry, and since when. */
export interface Erased {
  readonly field: string;
  /** Id of the entry that ordered it. */
  readonly by: string;
  readonly on: Instant;
}

/** A fact in the log. */
export interface RecordedEvent extends NewEvent {
  readonly stream: string;
  /** Place in its stream: 0, 1, 2 … without gaps. */
  readonly revision: number;
  /** Place in the whole log: grows strictly, may have gaps, at most `Number.MAX_SAFE_INTEGER`. */
  readonly position: number;
  /** Fields that `data` had and has no more, where personal data were erased; never stored, but told by whoever holds the keys. */
  readonly erased?: readonly Erased[];
  /** It holds personal fields that lie in the log under no key, and cannot be erased; never stored either. */
  readonly unsealed?: true;
}
