import type { History, LegalDate } from '#domain';
import { findsUnused, latestDates } from '#domain';
import { alongOf } from './chapter';
import { registerFacts } from './register-facts';
import type { RegisterFacts } from './register-facts';

/**
 * One rectangle of the bitemporal plane: from `validFrom` until the day before `validTo` the asset was as `facts` says; so it was known
 * from the end of `knownFrom` until the day `knownTo` (UTC days). Null means open. Snodgrass, Developing Time-Oriented Database
 * Applications in SQL, 1999, ch. 10.
 */
export interface Version {
  readonly facts: RegisterFacts;
  readonly validFrom: LegalDate;
  readonly validTo: LegalDate | null;
  readonly knownFrom: LegalDate;
  readonly knownTo: LegalDate | null;
}

/** A version as it is known now. */
export type Span = Omit<Version, 'knownFrom' | 'knownTo'>;

/** How the asset stood from day to day, as the history tells it. Several entries of one day leave the state at its end. */
export function spansOf(history: History, timeZone: string): Span[] {
  const days = latestDates(history, timeZone);
  const spans: Span[] = [];
  let unused = false;
  alongOf(history).forEach((asset, place) => {
    const day = days[place]!;
    unused ||= findsUnused(history[place]!);
    const found = unused;
    if (!asset || days[place + 1] === day) return;
    const facts = registerFacts(asset, () => found);
    const before = spans.at(-1);
    if (before && same(before.facts, facts)) return;
    if (before) spans[spans.length - 1] = { ...before, validTo: day };
    spans.push({ facts, validFrom: day, validTo: null });
  });
  return spans;
}

/**
 * The versions after the history has come to tell these spans, learnt on `day`. What is still true stays; what is no longer believed is
 * closed, and forgotten when it was believed only since that same day.
 */
export function revise(versions: readonly Version[], spans: readonly Span[], day: LegalDate): Version[] {
  const kept: Version[] = [];
  const stillTrue = new Set<Span>();
  for (const version of versions) {
    const span = version.knownTo === null ? spans.find((candidate) => sameSpan(candidate, version)) : undefined;
    if (span) stillTrue.add(span);
    if (version.knownTo !== null || span) kept.push(version);
    else if (version.knownFrom < day) kept.push({ ...version, knownTo: day });
  }
  const learnt = spans
    .filter((span) => !stillTrue.has(span))
    .map((span) => ({ ...span, knownFrom: day, knownTo: null }));
  return [...kept, ...learnt];
}

function sameSpan(a: Span, b: Span): boolean {
  return a.validFrom === b.validFrom && a.validTo === b.validTo && same(a.facts, b.facts);
}

function same(a: RegisterFacts, b: RegisterFacts): boolean {
  return (Object.keys(a) as (keyof RegisterFacts)[]).every((column) => a[column] === b[column]);
}
