import type { ComponentChildren } from 'preact';
import { useContext } from 'preact/hooks';
import { addressOf, civicLists, feedAddress, guides, oembedAddress, reportPages } from '../addresses';
import type { CivicList, Target } from '../addresses';
import { languageFacts, languages } from '../language/languages';
import { useWords } from '../language/speaking';
import type { Words } from '../language/words';
import { officeAddress } from '../back-office/addresses';
import { DataBox, mediaTypes, readIn } from '../elements/data-box';
import type { PageData } from '../elements/data-box';
import { KnownNotice } from '../elements/known-on';
import { SiteSearch } from '../search/site-search';
import { PlaceOfPage } from './place';
import { deskStylesheet, pageStylesheets, stylesheet } from './stylesheet';
import { fontsFor } from './typeface';

export interface PageProps {
  readonly title: string;
  /** The page itself, for its address in the other languages; none for a page that has no address, such as an error. */
  readonly here?: Target;
  /** Scheme and host, for the addresses that search engines read. */
  readonly origin: string;
  /** Log position the page is true for. */
  readonly position?: number;
  /** Public address of the pages, for a page that another server than theirs shows; empty for their own. */
  readonly site?: string;
  /** False for pages search engines should pass over: searches, past moments, errors. */
  readonly indexed?: boolean;
  /** The data behind the page, for the box at its foot and for programs; with them goes the feed that tells what is new in them. */
  readonly data?: PageData;
  /** A page for those who sign in, or are about to. */
  readonly desk?: boolean;
  readonly children: ComponentChildren;
}

/** The frame around every page: head, skip link, navigation, languages, footer. */
export function Page({
  title,
  here,
  origin,
  position,
  site = '',
  indexed: wanted = true,
  data,
  desk = false,
  children,
}: PageProps) {
  const { language, direction, t } = useWords();
  const indexed = wanted && useContext(PlaceOfPage).known?.day === undefined;
  const feed = here && data && { href: feedAddress(language, here), title: feedTitle(here, title, t) };
  return (
    <html lang={language} dir={direction}>
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>
          {here?.page === 'home' ? `${t('site.name')}: ${t('site.tagline')}` : `${title} · ${t('site.name')}`}
        </title>
        <meta name="description" content={t('site.tagline')} />
        <meta name="color-scheme" content="light dark" />
        {!indexed && <meta name="robots" content="noindex" />}
        <link rel="stylesheet" href={(desk ? deskStylesheet : stylesheet).path} />
        {(here?.page === 'home' || here?.page === 'map') && (
          <link rel="stylesheet" href={pageStylesheets[here.page].path} />
        )}
        {fontsFor(language).map(({ path, type }) => (
          <link rel="preload" as="font" type={type} href={path} crossOrigin="anonymous" key={path} />
        ))}
        <link rel="icon" href="/assets/mark.svg" type="image/svg+xml" />
        {feed && <link rel="alternate" type="application/atom+xml" href={feed.href} title={feed.title} />}
        {data?.files
          .filter(({ part }) => part === undefined)
          .map(({ href, form }) => (
            <link rel="alternate" type={mediaTypes[form]} href={readIn(language, { href, form })} key={href} />
          ))}
        {here && data?.embed !== undefined && (
          <link
            rel="alternate"
            type="application/json+oembed"
            href={oembedAddress(origin + addressOf(language, here))}
            title={title}
          />
        )}
        {here && indexed && <link rel="canonical" href={origin + addressOf(language, here)} />}
        {here &&
          indexed &&
          languages.map((other) => (
            <link rel="alternate" hreflang={other} href={origin + addressOf(other, here)} key={other} />
          ))}
      </head>
      <body>
        <a class="skip" href="#content">
          {t('site.skip')}
        </a>
        <Header here={here} site={site} />
        <main id="content" tabIndex={-1}>
          <KnownNotice here={here} />
          {children}
          {data && here && (
            <div class="wide">
              <DataBox data={data} title={title} here={here} origin={origin} position={position} feed={feed} />
            </div>
          )}
        </main>
        <footer class="site-footer">
          <div class="wide">
            <p>
              {t('site.log')} <a href={site + addressOf(language, { page: 'integrity' })}>{t('integrity.link')}</a>
            </p>
            <nav aria-label={t('site.about')}>
              <ul>
                <li>
                  <a href={site + addressOf(language, { page: 'data' })}>{t('openData.page.nav')}</a>
                </li>
                {guides.map((guide) => (
                  <li key={guide}>
                    <a href={site + addressOf(language, { page: 'guide', guide })}>{t(`guides.${guide}.title`)}</a>
                  </li>
                ))}
              </ul>
            </nav>
            <SignInLink />
            {position !== undefined && <p class="quiet">{t('site.position', { position })}</p>}
          </div>
        </footer>
      </body>
    </html>
  );
}

/** What the feed of a page is called there. */
function feedTitle(here: Target, title: string, t: Words['t']): string {
  if (here.page === 'area') return t('feed.area', { area: title });
  if (here.page === 'asset') return t('feed.asset', { asset: title });
  const whole = feedAddress('en', here) === feedAddress('en', { page: 'home' });
  return whole ? t('feed.register') : t('feed.of', { title });
}

/** The officers' way in; it leads to their desk. */
function SignInLink() {
  const { language, t } = useWords();
  const { signIn } = useContext(PlaceOfPage);
  if (signIn === undefined) return null;
  const query = { returnTo: officeAddress.home };
  return (
    <p class="way-in">
      <a href={signIn + addressOf(language, { page: 'sign-in', query })} rel="nofollow">
        {t('access.signIn.title')}
      </a>
    </p>
  );
}

function Header({ here, site }: { readonly here: Target | undefined; readonly site: string }) {
  const { language, t } = useWords();
  const link = (target: Target, text: string, within: readonly Target['page'][]) => (
    <li>
      <a href={site + addressOf(language, target)} aria-current={currentness(here, target, within)}>
        {text}
      </a>
    </li>
  );
  return (
    <header class="site-header">
      <div class="wide">
        <a class="site-name" href={site + addressOf(language, { page: 'home' })}>
          <svg class="site-mark" viewBox="0 0 24 24" width="24" height="24" aria-hidden="true">
            <path d="M3 21V10l9-7 9 7v11h-6v-6a3 3 0 0 0-6 0v6z" />
          </svg>
          {t('site.name')}
        </a>
        <nav aria-label={t('site.navigation')}>
          <ul>
            {link({ page: 'register' }, t('site.register'), ['register', 'asset'])}
            {link({ page: 'map' }, t('site.map'), ['map'])}
            {link({ page: 'indicators' }, t('site.indicators'), ['indicators'])}
            {link({ page: 'money' }, t('reports.nav'), [...reportPages, 'annual-return'])}
            {civicLists.map((list) => (
              <li key={list}>
                <a href={site + addressOf(language, { page: list })} aria-current={civicCurrentness(here, list)}>
                  {t(`civic.${list}.nav`)}
                </a>
              </li>
            ))}
          </ul>
        </nav>
        <SiteSearch here={here} site={site} />
        <nav class="languages" aria-label={t('site.languages')}>
          <ul>
            {languages.map((other) => (
              <li key={other}>
                <a
                  href={here ? addressOf(other, here) : site + addressOf(other, { page: 'home' })}
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

const civicCurrentness = (here: Target | undefined, list: CivicList): 'page' | 'true' | undefined =>
  here?.page === list ? 'page' : here?.page === 'civic' && here.list === list ? 'true' : undefined;

function currentness(
  here: Target | undefined,
  target: Target,
  within: readonly Target['page'][],
): 'page' | 'true' | undefined {
  if (here === undefined || !within.includes(here.page)) return undefined;
  return here.page === target.page ? 'page' : 'true';
}
