/** Who ordered that a key be destroyed, and when: the entry of the erasure. */
export interface Destruction {
  /** Id of the entry that says so. */
  readonly by: string;
  readonly on: string;
}

export interface DataKey {
  readonly id: string;
  readonly key: Uint8Array;
}

/** What there is of a key; undefined where it was never made here. */
export type Found = { readonly kind: 'key'; readonly key: Uint8Array } | ({ readonly kind: 'destroyed' } & Destruction);

/**
 * The keys of persons, one for each holder. Kept apart from the log: whoever copies the log gets no key, and a key that is destroyed here erases every copy of what it sealed.
 * Nothing is kept in memory, so that a key destroyed by one process is gone for all.
 */
export abstract class KeyStore {
  /** The key of a holder, made durable before it is given out. Throws KeysError `key-destroyed`: what was erased takes nothing personal any more. */
  abstract keyOf(holder: string): Promise<DataKey>;

  /** Throws KeysError `wrong-master-key` or `rotation-unfinished` when it is there and cannot be unwrapped. */
  abstract find(keyId: string): Promise<Found | undefined>;

  /**
   * Destroys the key of a holder for ever; its bytes are in no file of the store when this resolves. May be repeated, and also names a holder that had no key, so that it gets
   * none. The first order is the one remembered.
   */
  abstract destroy(holder: string, order: Destruction): Promise<void>;

  /**
   * How far a log was followed for orders to destroy; undefined for another log. Kept with the keys: where an older copy of them is put back, the orders since then are followed again, and what had
   * been destroyed is destroyed once more.
   */
  abstract followed(log: string): Promise<number | undefined>;

  abstract follow(log: string, position: number): Promise<void>;

  abstract close(): Promise<void>;
}
