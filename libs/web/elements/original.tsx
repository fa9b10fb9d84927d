import type { ComponentChildren } from 'preact';
import { useWords } from '../language/speaking';

/** Words as a source wrote them, marked with its language for those who hear the page (WCAG 2.2, 3.1.2). */
export function Original({ children }: { readonly children: ComponentChildren }) {
  const { language, ofSources } = useWords();
  return ofSources === undefined || ofSources === language ? <>{children}</> : <span lang={ofSources}>{children}</span>;
}
