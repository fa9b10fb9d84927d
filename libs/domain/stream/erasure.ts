import type { TSchema } from '@sinclair/typebox';
import { bySecondPerson } from '../asset/four-eyes';
import type { EntryFacts } from '../entry';
import { demand } from '../refusal';
import { defineEvent } from '../schema/definition';
import { entryId, oneOf, optional, record, restrictedField, text } from '../schema/fields';
import type { Surroundings } from '../surroundings';
import { personalIn } from './personal-trail';
import type { Personal } from './personal-trail';

/** Personal data are erased by destroying the key they lie under. The entry stays, and so does what was proven of it; that they are gone, since when and why, is an entry of its own. */

/** Why personal data have to be erased, in the order of the law. */
export const erasureGrounds = [
  'no-longer-necessary', 'consent-withdrawn', 'objection', 'unlawful', 'legal-obligation', 'child-service', 'law-enforcement',
] as const; // prettier-ignore

/** What an erasure says. */
export interface Erasure {
  readonly entry: string;
}

/** The event that erases in one kind of stream; `field` classifies what everybody may know of it. */
export function defineErasure<Type extends string>(
  type: Type,
  field: <S extends TSchema>(schema: S, description: string) => S,
) {
  return defineEvent(type, {
    erases: true,
    description:
      'The personal data of an entry are erased: the key they lie under is destroyed, in this registry and in every copy of its log. What is not personal stays.',
    source: 'Regulation (EU) 2016/679 artt. 5(1)(e), 17; Directive (EU) 2016/680 art. 16',
    data: record({
      entry: field(
        entryId(),
        'The entry that holds them. Where its data are of the person whom all of this is about, everything of that person is erased.',
      ),
      erasureGround: field(oneOf(erasureGrounds), 'Why they have to be erased: the case of art. 17(1), or of art. 16 of the directive for law enforcement.'),
      reason: field(text(1000), 'Why, without personal data.'),
      note: optional(restrictedField(text(), 'Details for officers, without what is erased.')),
    }),
  }); // prettier-ignore
}

/** The rule of every erasure: there is something to erase, and it is decided by another person than the one who recorded it, for it cannot be undone. */
export function erasable({ entry }: Erasure, { personal }: Surroundings, facts: EntryFacts): void {
  const held = stillHeld(personalIn(personal, entry), entry);
  bySecondPerson('the erasure of personal data', facts, [held.by]);
}

/** Throws Refused where there is nothing, nothing any more, or nothing that could be erased. */
export function stillHeld(held: Personal, entry: string): Extract<Personal, { kind: 'held' }> {
  demand(held.kind !== 'none', 'no-such-personal-data', { entry });
  demand(held.kind !== 'erased', 'already-erased', { erasedAt: held.kind === 'erased' ? held.at : null });
  demand(held.sealed, 'not-sealed', { entry });
  return held;
}
