import { addressOf } from '../addresses';
import type { Target } from '../addresses';
import { useWords } from '../language/speaking';

/** A lens, for a button whose word is heard and not seen. */
const Lens = () => (
  <svg viewBox="0 0 20 20" width="20" height="20" aria-hidden="true">
    <path d="M8.5 3a5.5 5.5 0 1 0 0 11 5.5 5.5 0 0 0 0-11zM12.6 12.6 17 17" />
  </svg>
);

interface SiteSearchProps {
  readonly here: Target | undefined;
  readonly site: string;
}

/**
 * The search box in the header. Where the page begins with the same box, none; where its policy lets no form out, because another server shows it or something secret is
 * typed on it, a link to the page of the search.
 */
export function SiteSearch({ here, site }: SiteSearchProps) {
  const { t, language } = useWords();
  if (here?.page === 'home' || here?.page === 'search') return null;
  const action = site + addressOf(language, { page: 'search' });
  if (site !== '' || here?.page === 'apply')
    return (
      <a class="site-search-link" href={action}>
        <Lens /> {t('register.search')}
      </a>
    );
  return (
    <form class="site-search" role="search" method="get" action={action} aria-label={t('search.label')}>
      <label class="hidden" for="site-q">
        {t('search.label')}
      </label>
      <input type="search" id="site-q" name="q" placeholder={t('register.search')} maxLength={200} autocomplete="off" />
      <button type="submit">
        <Lens />
        <span class="hidden">{t('register.search')}</span>
      </button>
    </form>
  );
}

interface SearchFormProps {
  readonly label: string;
  readonly q?: string | undefined;
}

/** The search box of a page that begins with it. */
export function SearchForm({ label, q = '' }: SearchFormProps) {
  const { t, language } = useWords();
  return (
    <form role="search" method="get" action={addressOf(language, { page: 'search' })} class="field search-field">
      <label for="q">{label}</label>
      <div class="search-row">
        <input type="search" id="q" name="q" value={q} placeholder={t('search.hint')} maxLength={200} autocomplete="off" />
        <button type="submit">{t('register.search')}</button>
      </div>
    </form>
  );
} // prettier-ignore
