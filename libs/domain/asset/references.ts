import { Type } from '@sinclair/typebox';
import type { Static } from '@sinclair/typebox';
import { line, legalDate, oneOf, optional, record, sha256 } from '../schema/fields';
import { demand } from '../refusal';
import { identifier } from './description';

/** The act of an authority that proves an entry: who made it, its number and date, where it can be found. */
export const actReference = () =>
  record({
    authority: optional(line()),
    number: optional(line(60)),
    date: optional(legalDate()),
    title: optional(line()),
    url: optional(line(500)),
  });

/** A court case. */
export const proceeding = () =>
  record({
    court: optional(line()),
    district: optional(line(80)),
    number: optional(line(40)),
    kind: optional(oneOf(['criminal', 'prevention', 'other'])),
  });

/** A public or third-sector body that asks for or receives an asset. */
export const bodyKinds = [
  'municipality',
  'province',
  'region',
  'state-body',
  'third-sector',
  'company',
  'other',
] as const;
export const body = () => record({ kind: oneOf(bodyKinds), name: line() });

/** A file that proves an entry, by its digest: whoever holds the file can show that it is the one that was meant. */
export const documentReference = () =>
  record({
    sha256: sha256(),
    title: line(),
    number: optional(line(60)),
    date: optional(legalDate()),
  });

/**
 * A legal person or public body that gives, supplies or buys, by its registered name and what registers know it by. Natural persons are
 * never named here: their names live in personal fields (rule 11).
 */
export const legalPerson = () =>
  record({
    name: line(),
    identifiers: optional(Type.Array(identifier(), { maxItems: 5 })),
    organisation: optional(line(40)),
  });
export type LegalPerson = Static<ReturnType<typeof legalPerson>>;

/** The item of a chapter that an entry names by its id; refused where there is none on that day. */
export function named<Item extends { readonly id: string }>(what: string, items: readonly Item[], id: string): Item {
  const item = items.find((candidate) => candidate.id === id);
  demand(item !== undefined, 'no-such-reference', { what, entry: id });
  return item;
}

/** Amounts of one account are in one currency (rule 7). */
export function sameCurrency({ currency }: { readonly currency: string }, expected: string): void {
  demand(currency === expected, 'currency-differs', { currency, expected });
}
