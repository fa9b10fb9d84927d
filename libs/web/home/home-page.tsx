import { addressOf, feedAddress } from '../addresses';
import { GroupSummary } from '../indicators/group-summary';
import type { IndicatorsView } from '../indicators/view';
import { Page } from '../layout/page';
import { useWords } from '../language/speaking';

/** The front door: what this is, where the assets stand, and the search box. */
export function HomePage({ view, origin }: { readonly view: IndicatorsView; readonly origin: string }) {
  const words = useWords();
  const { t, language } = words;
  const { total } = view;
  return (
    <Page
      title={t('home.title')}
      here={{ page: 'home' }}
      origin={origin}
      position={view.position}
      feed={{ href: feedAddress(language, {}), title: t('feed.register') }}
    >
      <section class="hero">
        <div class="wide">
          <h1>{t('home.title')}</h1>
          <p class="lead">{t('home.lead')}</p>
          <form
            role="search"
            method="get"
            action={addressOf(language, { page: 'register' })}
            class="field search-field"
          >
            <label for="q">{t('home.searchLabel')}</label>
            <div class="search-row">
              <input
                type="search"
                id="q"
                name="q"
                placeholder={t('home.searchHint')}
                maxLength={200}
                autocomplete="off"
              />
              <button type="submit">{t('register.search')}</button>
            </div>
          </form>
        </div>
      </section>
      <div class="wide home">
        <section aria-labelledby="numbers">
          <h2 id="numbers">{t('home.inNumbers')}</h2>
          {total === 0 ? (
            <p>{t('home.empty')}</p>
          ) : (
            <>
              <p class="headline">
                <strong>{words.number(total)}</strong> {t('home.total', { count: total })}
              </p>
              <GroupSummary view={view} />
            </>
          )}
          <ul class="onward">
            <li>
              <a href={addressOf(language, { page: 'register' })}>{t('home.wholeRegister')}</a>
            </li>
            <li>
              <a href={addressOf(language, { page: 'indicators' })}>{t('home.allIndicators')}</a>
            </li>
          </ul>
        </section>
        <section aria-labelledby="how" class="how">
          <h2 id="how">{t('home.howTitle')}</h2>
          <p>{t('home.howTwoDates')}</p>
          <p>{t('home.howMissing')}</p>
          <p>{t('home.howData')}</p>
        </section>
      </div>
    </Page>
  );
}
