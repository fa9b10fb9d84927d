import type { ComponentChildren } from 'preact';
import { useContext } from 'preact/hooks';
import { useWords } from '../language/speaking';
import { PlaceOfPage } from '../layout/place';

/** The answer of a page in one plain sentence, before anything else; and when the last entry was written down. */
export function StatusStrip({ children }: { readonly children: ComponentChildren }) {
  const words = useWords();
  const { latest } = useContext(PlaceOfPage);
  return (
    <p class="strip">
      {children}
      {latest !== undefined && <span class="quiet"> {words.t('strip.latest', { day: words.dayOf(latest) })}</span>}
    </p>
  );
}
