import type { ComponentChildren } from 'preact';
import { useContext } from 'preact/hooks';
import { useWords } from '../language/speaking';
import { PlaceOfPage } from '../layout/place';

interface StripProps {
  /** The page is about one thing: when something was written down last about others says nothing of it. */
  readonly ofOne?: boolean;
  readonly children: ComponentChildren;
}

/** The answer of a page in one plain sentence, before anything else; and when the last entry of the register was written down. */
export function StatusStrip({ ofOne = false, children }: StripProps) {
  const words = useWords();
  const { latest } = useContext(PlaceOfPage);
  return (
    <p class="strip">
      {children}
      {latest !== undefined && !ofOne && (
        <span class="quiet"> {words.t('strip.latest', { day: words.dayOf(latest) })}</span>
      )}
    </p>
  );
}
