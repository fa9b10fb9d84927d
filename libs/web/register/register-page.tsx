import { addressOf, dataAddress, feedAddress } from '../addresses';
import { AskLink } from '../civic/parts';
import type { Asking } from '../civic/views';
import { MomentNotice } from '../elements/moment';
import { Page } from '../layout/page';
import { useWords } from '../language/speaking';
import { chosenName, Filters, Removable } from './filters';
import { Results } from './results';
import { filterNames, filtersSet, without } from './view';
import type { RegisterView } from './view';

interface RegisterPageProps {
  readonly view: RegisterView;
  readonly origin: string;
  readonly asking?: Asking;
}

/** The register: search, filters, counts, list. */
export function RegisterPage({ view, origin, asking }: RegisterPageProps) {
  const words = useWords();
  const { t, language } = words;
  const { address, total, lines } = view;
  const past = address.asOf !== undefined || address.knownAt !== undefined;
  const smallest = (['municipality', 'province', 'region'] as const).find((name) => address[name] !== undefined);
  const area = smallest && address[smallest];
  const feed = {
    href: feedAddress(language, area === undefined ? {} : { area }),
    title: smallest ? t('feed.area', { area: view.areaNames[smallest] ?? area }) : t('feed.register'),
  };
  const narrowed = filtersSet(address) > 0 || address.q !== undefined;
  const chosen = filterNames.filter((name) => address[name] !== undefined);
  const titles = [...chosen.map((name) => chosenName(name, view, words)), ...(address.q ? [address.q] : [])];
  return (
    <Page
      title={[t('register.title'), ...titles].join(', ')}
      here={{ page: 'register', query: address }}
      origin={origin}
      position={view.position}
      feed={feed}
      data={[
        { href: dataAddress.assets(without(address), 'csv'), type: 'text/csv' },
        { href: dataAddress.assets(without(address), 'json'), type: 'application/json' },
        { href: dataAddress.assets(without(address), 'geojson'), type: 'application/geo+json' },
      ]}
      indexed={!past && address.q === undefined && address.cursor === undefined}
    >
      <div class="wide register">
        <h1>{t('register.title')}</h1>
        <Filters view={view} />
        <section class="found" aria-label={t('register.title')}>
          <MomentNotice
            what={t('moment.register')}
            moment={address}
            present={addressOf(language, { page: 'register', query: without(address, 'asOf', 'knownAt') })}
          >
            {view.wordsIgnored && <p>{t('register.searchNotInPast')}</p>}
          </MomentNotice>
          <div class="found-head">
            <p class="total">{totalInWords(view, narrowed, words.t)}</p>
            {narrowed && (
              <ul class="chips" aria-label={t('register.chosen')}>
                {address.q !== undefined && (
                  <li>
                    <a class="chip" href={addressOf(language, { page: 'register', query: without(address, 'q') })}>
                      <span class="hidden">{t('register.remove', { name: t('register.search') })}: </span>
                      {t('register.forWords', { words: address.q })}
                      <span class="cross" aria-hidden="true">
                        ×
                      </span>
                    </a>
                  </li>
                )}
                {chosen.map((name) => (
                  <li key={name}>
                    <Removable name={name} view={view} />
                  </li>
                ))}
                <li>
                  <a class="quiet-link" href={addressOf(language, { page: 'register' })}>
                    {t('register.reset')}
                  </a>
                </li>
              </ul>
            )}
          </div>
          {lines.length === 0 ? (
            <div class="empty">
              <p>{past ? t('register.emptyPast') : t('register.empty')}</p>
              {narrowed && <p class="quiet">{t('register.emptyHint')}</p>}
            </div>
          ) : (
            <Results view={view} />
          )}
          <Pages view={view} />
          {total > 0 && (
            <p class="downloads">
              {t('register.download')}:{' '}
              <a href={dataAddress.assets(without(address), 'csv')} download>
                {t('data.csv')}
              </a>{' '}
              <a href={dataAddress.assets(without(address), 'xlsx')} download>
                {t('data.xlsx')}
              </a>{' '}
              <a href={dataAddress.assets(without(address), 'json')}>{t('data.json')}</a>{' '}
              <a href={dataAddress.assets(without(address), 'geojson')}>{t('data.geojson')}</a>{' '}
              <a href={feed.href}>{t('feed.follow')}</a>
            </p>
          )}
          <AskLink asking={asking} subject={{ about: 'report', id: 'register' }} />
        </section>
      </div>
    </Page>
  );
}

function totalInWords(
  { total, totalIsMinimum }: RegisterView,
  narrowed: boolean,
  t: ReturnType<typeof useWords>['t'],
): string {
  if (totalIsMinimum) return t('register.matchingAtLeast', { count: total });
  return narrowed ? t('register.matching', { count: total }) : t('register.total', { count: total });
}

function Pages({ view: { address, previous, next } }: { readonly view: RegisterView }) {
  const { t, language } = useWords();
  if (previous === undefined && next === undefined && address.cursor === undefined) return null;
  const at = (cursor: string | undefined): string =>
    addressOf(language, { page: 'register', query: { ...without(address), ...(cursor !== undefined && { cursor }) } });
  return (
    <nav class="pages" aria-label={t('register.pages')}>
      {address.cursor !== undefined && <a href={at(undefined)}>{t('register.first')}</a>}
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
