import type { ComponentChildren } from 'preact';
import { addressOf } from '../addresses';
import { languageFacts, officeLanguages } from '../language/languages';
import { useWords } from '../language/speaking';
import { deskStylesheet, mark } from '../layout/stylesheet';
import { officeAddress } from './addresses';

/** Who is at work. */
export interface Colleague {
  readonly name: string;
  readonly agency: string;
  /** Where to go to sign out, where there is such a place. */
  readonly signOut?: string;
}

/** What every page of the back office knows. */
export interface OfficeContext {
  readonly colleague: Colleague;
  /** The page's own address, to come back to after a change of language. */
  readonly here: string;
  /** Secret of the session, without which no form is accepted. */
  readonly token: string;
  /** The calendar day at the authority's seat. */
  readonly today: string;
}

interface OfficePageProps {
  readonly title: string;
  readonly context: OfficeContext;
  /** The title is read out with this before it, for instance because the form has errors. */
  readonly titlePrefix?: string;
  /** Looks again after so many seconds. */
  readonly refresh?: number;
  readonly children: ComponentChildren;
}

/** The frame around every page of the back office. */
export function OfficePage({ title, titlePrefix = '', refresh, context, children }: OfficePageProps) {
  const { language, t } = useWords();
  return (
    <html lang={language}>
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{`${titlePrefix}${title} · ${t('office.name')}`}</title>
        <meta name="color-scheme" content="light dark" />
        <meta name="robots" content="noindex" />
        {refresh !== undefined && <meta http-equiv="refresh" content={String(refresh)} />}
        <link rel="stylesheet" href={deskStylesheet.path} />
        <link rel="icon" href={mark.path} type={mark.type} />
      </head>
      <body class="office">
        <a class="skip" href="#content">
          {t('site.skip')}
        </a>
        <Header context={context} />
        <main id="content" tabIndex={-1}>
          {children}
        </main>
        <footer class="site-footer">
          <div class="wide">
            <p>{t('site.log')}</p>
          </div>
        </footer>
      </body>
    </html>
  );
}

function Header({ context: { colleague, here } }: { readonly context: OfficeContext }) {
  const { language, t } = useWords();
  return (
    <header class="site-header">
      <div class="wide">
        <a class="site-name" href={officeAddress.home}>
          <svg class="site-mark" viewBox="0 0 24 24" width="24" height="24" aria-hidden="true">
            <path d="M3 21V10l9-7 9 7v11h-6v-6a3 3 0 0 0-6 0v6z" />
          </svg>
          {t('office.name')}
        </a>
        <nav aria-label={t('site.navigation')}>
          <ul>
            <li>
              <a href={officeAddress.home} aria-current={here === officeAddress.home ? 'page' : undefined}>
                {t('office.desk')}
              </a>
            </li>
            <li>
              <a href={addressOf(language, { page: 'register' })}>{t('office.publicRegister')}</a>
            </li>
          </ul>
        </nav>
        <p class="colleague">
          <span class="hidden">{t('office.signedInAs')} </span>
          {colleague.name} <span class="quiet">· {colleague.agency}</span>
          {colleague.signOut !== undefined && <a href={colleague.signOut}>{t('office.signOut')}</a>}
        </p>
        <nav class="languages" aria-label={t('site.languages')}>
          <ul>
            {officeLanguages.map((other) => (
              <li key={other}>
                <a
                  href={officeAddress.language(other, here)}
                  hreflang={other}
                  lang={other}
                  aria-current={other === language ? 'true' : undefined}
                >
                  <abbr title={languageFacts[other].endonym}>{other.toUpperCase()}</abbr>
                </a>
              </li>
            ))}
          </ul>
        </nav>
      </div>
    </header>
  );
}
