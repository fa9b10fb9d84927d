import type { LegalDate } from '#domain';
import { useWords } from '../language/speaking';

interface After {
  /** What is said right before it, such as "Scaduto il": a language may join the two, and a text by itself cannot know to what. */
  readonly after?: string | undefined;
}

/** A legal date in words, readable for machines too. */
export function Day({ date, after }: After & { readonly date: LegalDate }) {
  return <Time machine={date} said={useWords().day(date)} after={after} />;
}

/** An instant in words, in the time of the authority's seat, readable for machines too. */
export function MomentInTime({ instant, after }: After & { readonly instant: string }) {
  return <Time machine={instant} said={useWords().instant(instant)} after={after} />;
}

function Time({ machine, said, after }: After & { readonly machine: string; readonly said: string }) {
  const words = useWords();
  return (
    <>
      {after !== undefined && words.before(after, said)}
      <time dateTime={machine}>{said}</time>
    </>
  );
}
