import type { Message, ProcessDatabase, Transport } from '#processes';

/** Keeps what it was given; a message with the id of an earlier one is the same message again. */
export function letterBox(): Transport & { readonly messages: Message[] } {
  const messages: Message[] = [];
  return {
    name: 'a letter box',
    messages,
    send: async (message) => void messages.push(message),
    close: async () => undefined,
  };
}

/** The database, with a cut now and then before a transaction or after its commit. */
export function cutIn(
  database: ProcessDatabase,
  cut: <Result>(task: () => Promise<Result>) => Promise<Result>,
): ProcessDatabase {
  return new Proxy(database, {
    get: (target, name) =>
      name === 'transaction'
        ? (task: Parameters<ProcessDatabase['transaction']>[0]) => cut(() => target.transaction(task))
        : (Reflect.get(target, name) as unknown),
  });
}

/** Mulberry32: repeatable randomness in [0, 1). */
export function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
