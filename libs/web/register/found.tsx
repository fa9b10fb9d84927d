import { addressOf, dataAddress } from '../addresses';
import type { PageData } from '../elements/data-box';
import { PageLinks } from '../elements/page-links';
import { StatusStrip } from '../elements/status-strip';
import { useWords } from '../language/speaking';
import type { Words } from '../language/words';
import { chosenInWords, Removable } from './filters';
import type { SeenInAddress } from '../map/seen';
import { Results } from './results';
import { addressHere, filterNames, filtersSet, without } from './view';
import type { FilterName, RegisterView } from './view';

const isNarrowed = ({ address }: RegisterView): boolean => filtersSet(address) > 0 || address.q !== undefined;
const chosenIn = ({ address }: RegisterView): FilterName[] => filterNames.filter((name) => address[name] !== undefined);

/** What is chosen, for the title of the page. */
export function choiceInWords(view: RegisterView, words: Words): string[] {
  const { q } = view.address;
  return [...chosenIn(view).map((name) => chosenInWords(name, view, words)), ...(q === undefined ? [] : [q])];
}

/** The two ways to look at the same choice of assets: as a list, and on the map. */
export function Ways({ view: { address, page = 'register' } }: { readonly view: RegisterView }) {
  const { t, language } = useWords();
  const onMap = without(address, 'knownAt');
  return (
    <nav class="ways" aria-label={t('map.ways')}>
      <a
        href={addressOf(language, { page: 'register', query: without(address) })}
        aria-current={page === 'register' ? 'page' : undefined}
      >
        {t('map.asList')}
      </a>
      <a href={addressOf(language, { page: 'map', query: onMap })} aria-current={page === 'map' ? 'page' : undefined}>
        {t('map.asMap')}
      </a>
    </nav>
  );
}

/** How many assets there are by what is chosen. */
export function HowMany({ view }: { readonly view: RegisterView }) {
  const { t } = useWords();
  return <StatusStrip>{howManyInWords(view, t)}</StatusStrip>;
}

export const howManyInWords = (view: RegisterView, t: Words['t']): string => totalInWords(view, isNarrowed(view), t);

/** The filters that are set, each with the link that takes it away. */
export function Found({ view }: { readonly view: RegisterView }) {
  const { t, language } = useWords();
  const { address } = view;
  if (!isNarrowed(view)) return null;
  return (
    <div class="found-head">
      <ul class="chips" aria-label={t('register.chosen')}>
        {address.q !== undefined && (
          <li>
            <a class="chip" href={addressHere(language, view, without(address, 'q'))}>
              <span class="hidden">{t('register.remove', { name: t('register.search') })}: </span>
              {t('register.forWords', { words: address.q })}
              <span class="cross" aria-hidden="true">
                ×
              </span>
            </a>
          </li>
        )}
        {chosenIn(view).map((name) => (
          <li key={name}>
            <Removable name={name} view={view} />
          </li>
        ))}
        <li>
          <a class="quiet-link" href={addressHere(language, view, {})}>
            {t('register.reset')}
          </a>
        </li>
      </ul>
    </div>
  );
}

function totalInWords({ total, totalIsMinimum }: RegisterView, narrowed: boolean, t: Words['t']): string {
  if (totalIsMinimum) return t('register.matchingAtLeast', { count: total });
  return narrowed ? t('register.matching', { count: total }) : t('register.total', { count: total });
}

/** The register finds assets; who typed the name of an organisation or a call is led to where those are found. */
export function Elsewhere({ view: { address } }: { readonly view: RegisterView }) {
  const { t, language } = useWords();
  const { q } = address;
  if (q === undefined) return null;
  return (
    <nav class="onward" aria-label={t('register.elsewhere')}>
      {t('register.elsewhere')}:{' '}
      <a href={addressOf(language, { page: 'organisations', query: { q } })}>{t('civic.organisations.nav')}</a>
      {' · '}
      <a href={addressOf(language, { page: 'calls', query: { q } })}>{t('civic.calls.nav')}</a>
    </nav>
  );
}

/** The list itself, or what to do where it is empty. */
export function Lines({ view }: { readonly view: RegisterView }) {
  const { t } = useWords();
  const { lines, address } = view;
  if (lines.length > 0) return <Results view={view} />;
  const past = address.asOf !== undefined || address.knownAt !== undefined;
  return (
    <div class="empty">
      <p>{past ? t('register.emptyPast') : t('register.empty')}</p>
      {isNarrowed(view) && <p class="quiet">{t('register.emptyHint')}</p>}
    </div>
  );
}

/** To the neighbouring pages of the list; `more` is what else of the address chooses it. */
export function Pages({ view, more = {} }: { readonly view: RegisterView; readonly more?: SeenInAddress }) {
  const { language } = useWords();
  const { address, previous, next } = view;
  const at = (cursor?: string): string =>
    addressHere(language, view, { ...without(address), ...more, ...(cursor !== undefined && { cursor }) });
  return <PageLinks next={next} previous={previous} cursor={address.cursor} at={at} />;
}

/** Everything the filters find, in each form there is, and the same list on this day. */
export function dataOf({ address, today, page = 'register' }: RegisterView): PageData {
  const chosen = without(address);
  return {
    files: (['csv', 'xlsx', 'json', 'geojson'] as const).map((form) => ({
      href: dataAddress.assets(chosen, form),
      form,
    })),
    // The register of another day knows no words, and the map of one shows what is known of it today.
    ...(address.q === undefined && {
      fixed: { page, query: { asOf: today, ...(page === 'register' && { knownAt: today }), ...chosen } },
    }),
    subject: { about: 'report', id: 'register' },
  };
}
