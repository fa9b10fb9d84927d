import { createHash, randomBytes } from 'node:crypto';

/**
 * What a scenario must not make up anew when it goes on after it was broken off: chances it took, instants it named, answers that do not come twice, tales that are at their end.
 */
export interface PromptBook {
  /** What stands under a name; made and written down, before anybody is told of it, where nothing stands there yet. JSON keeps it. */
  keep<Value>(name: string, make: () => Value | Promise<Value>): Promise<Value>;
  has(name: string): boolean;
}

/** One that lasts as long as the process. */
export function promptBookInMind(): PromptBook {
  const known = new Map<string, unknown>();
  return {
    has: (name) => known.has(name),
    keep: async <Value>(name: string, make: () => Value | Promise<Value>) => {
      if (!known.has(name)) known.set(name, await make());
      return known.get(name) as Value;
    },
  };
}

/** Chance that is the system's own, and the same again under the same name. */
export async function chanceKept(book: PromptBook, name: string): Promise<(bytes: number) => Uint8Array> {
  const seed = await book.keep(name, () => randomBytes(32).toString('base64url'));
  let drawn = 0;
  return (bytes) => {
    drawn += 1;
    return createHash('shake256', { outputLength: bytes }).update(`${seed} ${drawn}`).digest();
  };
}
