import { demand } from '../refusal';
import type { EntryFacts } from './act';

/**
 * The person who recorded an entry, by the subject they signed in with. Undefined for an import or a process, behind which no person
 * vouches for the single entry, and in a public fold, which does not see who recorded what.
 */
export function personBehind({ recordedBy }: EntryFacts): string | undefined {
  return recordedBy?.person === true ? recordedBy.subject : undefined;
}

/** Rule 6: `what` is recorded by a person, and by another one than all who came before it. */
export function bySecondPerson(what: string, entry: EntryFacts, before: readonly (string | undefined)[]): void {
  const person = personBehind(entry);
  demand(person !== undefined, 'second-person-needed', { what });
  demand(!before.includes(person), 'same-person', { what });
}
