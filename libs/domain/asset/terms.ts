import type { LegalDate } from '../event';

/** A period that an agreement lasts, with the act that says so: the first is its own, each later one that of a renewal. */
export interface Term {
  /** The entry that recorded it. */
  readonly entry: string;
  readonly act: { readonly number: string | null; readonly date: LegalDate | null };
  readonly from: LegalDate;
  /** Last day. */
  readonly to: LegalDate;
}

/** The term that counts on a day, and the one agreed to follow it. */
export interface TermsOnDay {
  readonly current: Term;
  readonly renewal: Term | null;
}

type Act = { readonly number?: string; readonly date?: LegalDate };

/** A term as its entry says it. */
export const termOf = (
  entry: string,
  { act, from, to }: { readonly act?: Act; readonly from: LegalDate; readonly to: LegalDate },
): Term => ({ entry, act: { number: act?.number ?? null, date: act?.date ?? null }, from, to });

/** The terms after the last one got another last day. */
export const endingOn = (terms: readonly Term[], to: LegalDate): readonly Term[] =>
  terms.map((term, place) => (place === terms.length - 1 ? { ...term, to } : term));

/**
 * The term that covers a day. A renewal is often signed long before it begins: until then the term before it counts, also between the two; before the first has begun the first does. Undefined where
 * there is none.
 */
export function termsOn(terms: readonly Term[], day: LegalDate): TermsOnDay | undefined {
  const place = Math.max(
    0,
    terms.findLastIndex(({ from }) => from <= day),
  );
  const current = terms[place];
  return current && { current, renewal: terms[place + 1] ?? null };
}
