import type { LegalDate } from '#domain';

const DAY_MS = 86_400_000;

/** Random numbers in [0, 1) that are the same for the same seed (mulberry32, Tommy Ettinger, public domain). */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A number for a text, the same on every machine (FNV-1a, 32 bits). */
export function seedOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let place = 0; place < text.length; place += 1) hash = Math.imul(hash ^ text.charCodeAt(place), 0x01000193);
  return hash >>> 0;
}

/** Chance as a tale needs it. */
export class Chance {
  constructor(private readonly random: () => number) {}

  /** True with this probability. */
  happens(probability: number): boolean {
    return this.random() < probability;
  }

  /** A whole number from `least` to `most`. */
  between(least: number, most: number): number {
    return least + Math.floor(this.random() * (most - least + 1));
  }

  one<Item>(items: readonly Item[]): Item {
    return items[Math.floor(this.random() * items.length)]!;
  }

  /** An amount of euro between two whole numbers of it, rounded to ten euro, low ones more often. */
  euro(least: number, most: number): { minor: number; currency: 'EUR' } {
    const amount = least + (most - least) * this.random() ** 2;
    return { minor: Math.max(1, Math.round(amount / 10)) * 1000, currency: 'EUR' };
  }
}

export function daysAfter(day: LegalDate, days: number): LegalDate {
  return new Date(Date.parse(day) + days * DAY_MS).toISOString().slice(0, 10);
}
