import type { LegalDate } from '#domain';
import { useWords } from '../language/speaking';

/** A legal date in words, readable for machines too. */
export function Day({ date }: { readonly date: LegalDate }) {
  return <time dateTime={date}>{useWords().day(date)}</time>;
}

/** An instant in words, in the time of the authority's seat, readable for machines too. */
export function MomentInTime({ instant }: { readonly instant: string }) {
  return <time dateTime={instant}>{useWords().instant(instant)}</time>;
}
