import type { ComponentChildren } from 'preact';
import { addressOf, dataAddress, placedLists } from '../addresses';
import type { CivicQuery } from '../addresses';
import { KnownField } from '../elements/known-on';
import { DateField } from '../elements/moment';
import { PageLinks } from '../elements/page-links';
import { SourceLegend } from '../elements/source-tag';
import { StatusStrip } from '../elements/status-strip';
import { useWords } from '../language/speaking';
import { Page } from '../layout/page';
import { DayNotice, useToday } from './on-a-day';
import { AskLink } from './parts';
import type { Asking, ListView } from './views';

/** A filter with a closed list of values. */
export interface Choice {
  readonly name: string;
  readonly label: string;
  readonly values: readonly { readonly code: string; readonly name: string }[];
}

interface ListPageProps<Item> {
  readonly view: ListView<Item>;
  readonly origin: string;
  readonly asking: Asking;
  /** The report of the registry that the list is, for questions on it. */
  readonly report: string;
  /** Whether words can be searched. */
  readonly searchable?: boolean;
  readonly choices: readonly Choice[];
  readonly item: (item: Item) => ComponentChildren;
  /** What the list answers, in one sentence; how many it holds unless said. */
  readonly status?: string | undefined;
  /** What stands above the list. */
  readonly children?: ComponentChildren;
}

/** A list with its filters: what is chosen is in the address, so that it can be kept, sent and linked. */
export function ListPage<Item>(props: ListPageProps<Item>) {
  const { view, origin, asking, report, status, item, children } = props;
  const { t, language } = useWords();
  const { list, query, items, total } = view;
  const today = useToday();
  const narrowed = Object.entries(query).some(([name, value]) => name !== 'cursor' && value !== undefined);
  return (
    <Page
      data={{
        files: (['csv', 'xlsx', 'json', ...(placedLists.includes(list) ? (['geojson'] as const) : [])] as const).map(
          (form) => ({
            href: dataAddress.civic(list, without(query, 'cursor'), form),
            form,
          }),
        ),
        ...(today !== undefined && { fixed: { page: list, query: { asOf: today, ...without(query, 'cursor') } } }),
        subject: { about: 'report', id: report },
      }}
      title={t(`civic.${list}.title`)}
      here={{ page: list, query }}
      origin={origin}
      position={view.position}
      indexed={query.q === undefined && query.cursor === undefined && query.asOf === undefined}
    >
      <div class="wide register">
        <div class="list-head">
          <h1>{t(`civic.${list}.title`)}</h1>
          <StatusStrip>{status ?? t(`civic.${list}.total`, { count: total })}</StatusStrip>
          <p class="lead">{t(`civic.${list}.lead`)}</p>
          <AskLink asking={asking} subject={{ about: 'report', id: report }} />
        </div>
        <Filters {...props} />
        <section class="found" aria-label={t(`civic.${list}.title`)}>
          <DayNotice
            what={t('civic.thisList')}
            present={addressOf(language, { page: list, query: without(without(query, 'cursor'), 'asOf') })}
          />
          {children}
          <div class="found-head">
            <h2 class="hidden">{t(`civic.${list}.title`)}</h2>
            {narrowed && (
              <p>
                <a class="quiet-link" href={addressOf(language, { page: list })}>
                  {t('register.reset')}
                </a>
              </p>
            )}
          </div>
          {items.length === 0 ? (
            <div class="empty">
              <p>{t(narrowed ? 'civic.nothingMatches' : `civic.${list}.none`)}</p>
            </div>
          ) : (
            <ul class="cards">
              {items.map((each, place) => (
                <li key={place}>{item(each)}</li>
              ))}
            </ul>
          )}
          {list !== 'organisations' && items.length > 0 && <SourceLegend />}
          <Pages view={view} />
        </section>
      </div>
    </Page>
  );
}

const without = (query: CivicQuery, name: string): CivicQuery =>
  Object.fromEntries(Object.entries(query).filter(([each]) => each !== name));

/** What has a field of its own, whatever can be chosen; and the place, which another choice begins anew. */
const own: ReadonlySet<string> = new Set(['cursor', 'q', 'asOf']);

function Filters<Item>({ view: { list, query, counts = {} }, choices, searchable = false }: ListPageProps<Item>) {
  const words = useWords();
  const { t, language } = words;
  const today = useToday();
  /** What would find nothing is not offered. */
  const offered = ({ name, values }: Choice) =>
    values
      .map((value) => ({ ...value, count: counts[name] && (counts[name][value.code] ?? 0) }))
      .filter(({ code, count }) => count !== 0 || query[name] === code);
  const set = choices.filter(({ name }) => query[name] !== undefined).length;
  // What is chosen by a link and has no field of its own stays chosen.
  const kept = Object.entries(query).filter(
    ([name, value]) => value !== undefined && !own.has(name) && !choices.some((choice) => choice.name === name),
  );
  return (
    <form class="filter-form" role="search" method="get" action={addressOf(language, { page: list })} data-known>
      {searchable && (
        <div class="field search-field">
          <label for="q">{t('register.search')}</label>
          <div class="search-row">
            <input type="search" id="q" name="q" value={query.q ?? ''} maxLength={200} autocomplete="off" />
            <button type="submit">{t('register.search')}</button>
          </div>
        </div>
      )}
      {kept.map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <details class="filters">
        <summary>{set > 0 ? t('register.filtersSet', { count: set }) : t('register.filters')}</summary>
        <div class="filter-fields">
          {choices.map((choice) => {
            const { name, label } = choice;
            return (
              <div class="field" key={name}>
                <label for={name}>{label}</label>
                <select id={name} name={name}>
                  <option value="">{t('register.any')}</option>
                  {offered(choice).map(({ code, name: text, count }) => (
                    <option key={code} value={code} selected={query[name] === code}>
                      {text}
                      {count !== undefined && ` (${words.number(count)})`}
                    </option>
                  ))}
                </select>
              </div>
            );
          })}
          {today !== undefined && <DateField name="asOf" label={t('moment.asOf')} value={query.asOf} max={today} />}
          <KnownField />
          <button type="submit" class="secondary">
            {t('register.show')}
          </button>
        </div>
      </details>
    </form>
  );
}

function Pages<Item>({ view: { list, query, previous, next } }: { readonly view: ListView<Item> }) {
  const { language } = useWords();
  const at = (cursor?: string): string =>
    addressOf(language, { page: list, query: { ...without(query, 'cursor'), cursor } });
  return <PageLinks next={next} previous={previous} cursor={query.cursor} at={at} />;
}
