/** An event as the server keeps it: bytes and names, no knowledge of what they mean. */
export interface KeptEvent {
  readonly id: string;
  readonly type: string;
  readonly contentType: string;
  readonly data: Uint8Array;
  readonly metadata: Uint8Array;
  readonly stream: string;
  readonly revision: number;
  readonly position: bigint;
}

export type ProposedEvent = Pick<KeptEvent, 'id' | 'type' | 'contentType' | 'data' | 'metadata'>;

export type AppendAnswer =
  | { readonly kind: 'appended'; readonly revision: number; readonly position: bigint }
  | { readonly kind: 'wrong-expected-version'; readonly current: number }
  | { readonly kind: 'too-large'; readonly limit: number };

const MAX_APPEND_BYTES = 1024 * 1024;
const NOTHING = new Uint8Array();

/**
 * What an EventStoreDB server does with appends, in memory: expected revisions, idempotency by the ids at their place, one order of all
 * events, with events of its own between those of others. The nodes of a cluster share one.
 */
export class MemoryLog {
  readonly events: KeptEvent[] = [];
  private readonly streams = new Map<string, KeptEvent[]>();
  private readonly listeners = new Set<() => void>();
  private position: bigint;
  private readonly maxAppendBytes: number;

  constructor({ firstPosition = 0n, maxAppendBytes = MAX_APPEND_BYTES } = {}) {
    this.position = firstPosition;
    this.maxAppendBytes = maxAppendBytes;
    this.keep('$users', {
      id: randomId(),
      type: '$UserCreated',
      contentType: 'application/json',
      data: NOTHING,
      metadata: NOTHING,
    });
  }

  /** -1 expects no stream. The server answers a repeat that is changed in part as it answers any wrong expectation. */
  append(stream: string, expected: number, proposed: readonly ProposedEvent[]): AppendAnswer {
    const bytes = proposed.reduce(
      (sum, { type, data, metadata }) => sum + 2 * type.length + data.length + metadata.length,
      0,
    );
    if (bytes > this.maxAppendBytes) return { kind: 'too-large', limit: this.maxAppendBytes };
    const kept = this.stream(stream);
    const current = kept.length - 1;
    if (expected !== current) {
      const earlier = kept.slice(expected + 1, expected + 1 + proposed.length);
      const last = earlier.at(-1);
      const repeated = proposed.every(({ id }, place) => earlier[place]?.id === id);
      if (!repeated || !last) return { kind: 'wrong-expected-version', current };
      return { kind: 'appended', revision: last.revision, position: last.position };
    }
    for (const event of proposed) this.keep(stream, event);
    const last = kept.at(-1);
    // Servers write statistics and the like into the same log at any time.
    if (this.events.length % 3 === 0) this.keepOneOfItsOwn();
    for (const listener of this.listeners) listener();
    return { kind: 'appended', revision: kept.length - 1, position: last?.position ?? 0n };
  }

  stream(name: string): KeptEvent[] {
    const kept = this.streams.get(name) ?? [];
    this.streams.set(name, kept);
    return kept;
  }

  keepOneOfItsOwn(): void {
    const stream = this.events.length % 2 === 0 ? '$stats-127.0.0.1:2113' : '$$some-stream';
    this.keep(stream, {
      id: randomId(),
      type: '$statsCollected',
      contentType: 'application/json',
      data: NOTHING,
      metadata: NOTHING,
    });
  }

  /** Calls back after each append until the returned function is called. */
  onGrowth(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  private keep(stream: string, event: ProposedEvent): void {
    const kept = this.stream(stream);
    const position = this.position;
    // Positions are places in a file: they have gaps as large as the events.
    this.position += BigInt(100 + event.data.length + event.metadata.length);
    const whole = { ...event, stream, revision: kept.length, position };
    kept.push(whole);
    this.events.push(whole);
  }
}

const randomId = () => crypto.randomUUID();
