import type { ComponentChildren } from 'preact';
import { useWords } from '../language/speaking';
import { InLanguage } from './in-language';

/** Words as a source wrote them, marked with its language where that is known; else they run as their own first letter does. */
export function Original({ children }: { readonly children: ComponentChildren }) {
  const { direction, ofSources } = useWords();
  if (ofSources !== undefined) return <InLanguage language={ofSources}>{children}</InLanguage>;
  return direction === 'rtl' ? <bdi>{children}</bdi> : <>{children}</>;
}
