import type { ComponentChildren } from 'preact';
import { directionOf } from '../language/languages';
import type { Direction } from '../language/languages';
import { useWords } from '../language/speaking';

interface InLanguageProps {
  /** BCP 47 tag. */
  readonly language: string;
  readonly children: ComponentChildren;
}

/** Words in a language that may be another than the page's: marked with it for those who hear the page, and with the way its lines run (WCAG 2.2, 3.1.2). */
export function InLanguage({ language, children }: InLanguageProps) {
  const words = useWords();
  return language === words.language ? <>{children}</> : <span {...markOf(language, words.direction)}>{children}</span>;
}

/** The attributes of an element whose words are in another language than the page's. */
export function markOf(language: string, direction: Direction): { readonly lang: string; readonly dir?: Direction } {
  const own = directionOf(language);
  return { lang: language, ...(own !== direction && { dir: own }) };
}
