import { addressOf, dataAddress, feedAddress } from '../addresses';
import { AskLink } from '../civic/parts';
import type { Asking } from '../civic/views';
import { MomentNotice } from '../elements/moment';
import { Page } from '../layout/page';
import { useWords } from '../language/speaking';
import { Filters } from './filters';
import { Downloads, Found, Lines, Pages, Ways, choiceInWords } from './found';
import { without } from './view';
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
  const { address, total } = view;
  const past = address.asOf !== undefined || address.knownAt !== undefined;
  const smallest = (['municipality', 'province', 'region'] as const).find((name) => address[name] !== undefined);
  const area = smallest && address[smallest];
  const feed = {
    href: feedAddress(language, area === undefined ? {} : { area }),
    title: smallest ? t('feed.area', { area: view.areaNames[smallest] ?? area }) : t('feed.register'),
  };
  return (
    <Page
      title={words.row([t('register.title'), ...choiceInWords(view, words)])}
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
        <Ways view={view} />
        <Filters view={view} />
        <section class="found" aria-label={t('register.title')}>
          <MomentNotice
            what={t('moment.register')}
            moment={address}
            present={addressOf(language, { page: 'register', query: without(address, 'asOf', 'knownAt') })}
          >
            {view.wordsIgnored && <p>{t('register.searchNotInPast')}</p>}
          </MomentNotice>
          <Found view={view} />
          <Lines view={view} />
          <Pages view={view} />
          {total > 0 && (
            <Downloads view={view}>
              <a href={feed.href}>{t('feed.follow')}</a>
            </Downloads>
          )}
          <AskLink asking={asking} subject={{ about: 'report', id: 'register' }} />
        </section>
      </div>
    </Page>
  );
}
