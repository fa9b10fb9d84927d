import { useWords } from '../language/speaking';

interface PageLinksProps {
  /** Where the list goes on; undefined at its end. */
  readonly next: string | undefined;
  readonly previous: string | undefined;
  /** Where this page begins; undefined for the first. */
  readonly cursor: string | undefined;
  /** The address of the page that begins there, of the first without one. */
  readonly at: (cursor?: string) => string;
}

/** To the neighbouring pages of a list; nothing where there is one page alone. */
export function PageLinks({ next, previous, cursor, at }: PageLinksProps) {
  const { t } = useWords();
  if (previous === undefined && next === undefined && cursor === undefined) return null;
  return (
    <nav class="pages" aria-label={t('register.pages')}>
      {cursor !== undefined && <a href={at()}>{t('register.first')}</a>}
      {previous !== undefined && (
        <a href={at(previous)} rel="prev">
          {t('register.previous')}
        </a>
      )}
      {next !== undefined && (
        <a href={at(next)} rel="next">
          {t('register.next')}
        </a>
      )}
    </nav>
  );
}
