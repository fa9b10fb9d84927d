import type { ComponentChildren } from 'preact';
import { NOT_STATED } from '#domain';
import { addressOf, dataAddress, reportPages, reportsOnDays } from '../addresses';
import type { ReportAddress, ReportPage } from '../addresses';
import type { PageFile } from '../elements/data-box';
import { KnownField } from '../elements/known-on';
import { DateField, MomentNotice } from '../elements/moment';
import { SourceLegend } from '../elements/source-tag';
import { StatusStrip } from '../elements/status-strip';
import { Page } from '../layout/page';
import { PageLinks } from '../elements/page-links';
import type { Language } from '../language/languages';
import { useWords } from '../language/speaking';
import type { Words } from '../language/words';
import type { ReportChoice, ReportView } from './view';

/** Lists of codes in which the values of a filter are named; what is not here names itself. */
const codesOf: Readonly<Record<string, string>> = {
  source: 'source',
  type: 'supportType',
  form: 'kind',
  status: 'supportStatus',
  kind: 'kind',
  purpose: 'purpose',
  held: 'heldBy',
  use: 'useStanding',
  rule: 'flagRule',
  destined: 'waitOutcome',
  assigned: 'waitOutcome',
  'in-use': 'waitOutcome',
  stage: 'supportStage',
  found: 'found',
  activity: 'kind',
};

const areas: readonly string[] = ['region', 'province', 'municipality'];
/** Filters that find what no source says. */
const alsoNotStated: readonly string[] = [...areas, 'year', 'source'];
type AlsoNotStated = 'region' | 'province' | 'municipality' | 'year' | 'source';

/** The value of a filter that finds a part of a division; undefined where none does. */
export const codeOfPart = (by: string, code: string | null): string | undefined =>
  code ?? (alsoNotStated.includes(by) ? NOT_STATED : undefined);

const filterNames = [
  'year', 'source', 'programme', 'supplier', 'currency', 'type', 'form', 'status', 'stage', 'supporter', 'found', 'activity', 'kind', 'purpose', 'held', 'use', 'region',
  'province', 'municipality', 'destined', 'assigned', 'in-use', 'rule',
] as const; // prettier-ignore

interface FrameProps {
  readonly view: ReportView<unknown>;
  readonly origin: string;
  /** What the report answers, in one sentence. */
  readonly status: string;
  /** What there is to download beside the list. */
  readonly files?: readonly PageFile[];
  readonly children: ComponentChildren;
}

/** What the registry calls each report where somebody asks about it. */
const reportOf = {
  money: 'money-trail',
  support: 'private-support',
  use: 'social-impact',
  assigned: 'assigned-assets',
  waiting: 'indicators',
  flags: 'red-flags',
} as const satisfies Record<ReportPage, string>;

/** What every report's page has: its name, the way to the others, filters in the address, and the data behind it. */
export function ReportFrame({ view, origin, status, files = [], children }: FrameProps) {
  const words = useWords();
  const { t, language } = words;
  const { page, address } = view;
  const title = t(`reports.${page}.title`);
  const chosen = chosenFilters(view).map((name) => valueName(view, name, words));
  return (
    <Page
      data={{
        files: [
          ...(['csv', 'xlsx', 'json', 'geojson'] as const).map((form) => ({
            href: dataAddress.report(page, without(address), form),
            form,
          })),
          ...files,
        ],
        ...(view.today !== undefined && { fixed: { page, query: { asOf: view.today, ...without(address) } } }),
        subject: { about: 'report', id: reportOf[page] },
      }}
      title={words.row([title, ...chosen])}
      here={{ page, query: address }}
      origin={origin}
      position={view.position}
      indexed={address.cursor === undefined && address.asOf === undefined}
    >
      <div class="wide report">
        <ReportNav page={page} moment={asOf(address)} />
        <h1>{title}</h1>
        <StatusStrip>{status}</StatusStrip>
        <p class="lead">{t(`reports.${page}.lead`)}</p>
        <Filters view={view} />
        <MomentNotice
          what={title}
          moment={asOf(address)}
          present={addressOf(language, { page, query: without(address, 'asOf') })}
        >
          <p>{t('reports.describedToday')}</p>
        </MomentNotice>
        {children}
      </div>
    </Page>
  );
}

interface ReportNavProps {
  readonly page: ReportPage | 'annual-return';
  /** The day that goes with the reader to those of the others that can be asked about a day. */
  readonly moment?: { readonly asOf?: string };
}

/** The way from one report to the others. */
export function ReportNav({ page, moment = {} }: ReportNavProps) {
  const { t, language } = useWords();
  const current = (each: string): 'page' | undefined => (each === page ? 'page' : undefined);
  return (
    <nav class="report-nav" aria-label={t('reports.sections')}>
      <ul>
        {reportPages.map((each) => (
          <li key={each}>
            <a
              href={addressOf(language, { page: each, query: reportsOnDays.has(each) ? moment : {} })}
              aria-current={current(each)}
            >
              {t(`reports.${each}.short`)}
            </a>
          </li>
        ))}
        <li>
          <a href={addressOf(language, { page: 'annual-return' })} aria-current={current('annual-return')}>
            {t('annualReturn.short')}
          </a>
        </li>
      </ul>
    </nav>
  );
}

/** The day a list is about, where one was chosen. */
export const asOf = ({ asOf: day }: ReportAddress): { asOf?: string } => (day === undefined ? {} : { asOf: day });

export const chosenFilters = ({ address }: ReportView<unknown>) =>
  filterNames.filter((name) => address[name] !== undefined);

/** That there is nothing, or nothing by what is chosen. */
export const nothingIn = (view: ReportView<unknown>, { t }: Words): string =>
  chosenFilters(view).length > 0 ? t('reports.emptyFiltered') : t('reports.empty');

/** The address without its page, and without some of its filters. */
export const without = ({ cursor: _, ...address }: ReportAddress, ...names: readonly string[]): ReportAddress =>
  Object.fromEntries(Object.entries(address).filter(([name]) => !names.includes(name)));

/** Smaller areas go with the larger one they lie in. */
const withoutFilter = (address: ReportAddress, name: string): ReportAddress =>
  without(address, ...(areas.includes(name) ? areas.slice(areas.indexOf(name)) : [name]));

/** How the value of a filter is called. */
export function valueInWords(page: string, filter: string, code: string, name: string, words: Words): string {
  if (code === NOT_STATED && alsoNotStated.includes(filter)) {
    return words.row([words.t(`reports.filter.${filter as AlsoNotStated}`), words.t('reports.notStated')]);
  }
  const codes = filter === 'type' && page === 'use' ? 'useType' : codesOf[filter];
  return codes === undefined ? name : words.code(codes, code);
}

function valueName({ page, address, choices }: ReportView<unknown>, filter: string, words: Words): string {
  const code = address[filter] ?? '';
  const name = choices[filter]?.find((choice) => choice.code === code)?.name ?? code;
  const value = valueInWords(page, filter, code, name, words);
  if (codesOf[filter] !== 'waitOutcome') return value;
  // "Yes" says nothing without the question.
  const milestone = words.named(`reports.waiting.milestone.${filter}`) ?? filter;
  return words.t('reports.waiting.stands', { milestone, outcome: value });
}

function Filters({ view }: { readonly view: ReportView<unknown> }) {
  const words = useWords();
  const { t, language } = words;
  const { page, address, today } = view;
  const chosen = chosenFilters(view);
  const offered = filterNames.filter((name) => (view.choices[name]?.length ?? 0) > 0 || address[name] !== undefined);
  if (offered.length === 0 && today === undefined) return null;
  return (
    <div class="report-filters">
      <details class="report-filter">
        <summary>{t('reports.filters')}</summary>
        <form method="get" action={addressOf(language, { page })} data-known>
          <div class="filter-fields">
            {offered.map((name) =>
              areas.includes(name) && address[name] !== undefined ? (
                <input type="hidden" key={name} name={name} value={address[name]} />
              ) : (
                <Choice key={name} view={view} name={name} />
              ),
            )}
            {today !== undefined && <DateField name="asOf" label={t('moment.asOf')} value={address.asOf} max={today} />}
            <KnownField />
            <button type="submit" class="secondary">
              {t('reports.show')}
            </button>
          </div>
        </form>
      </details>
      {chosen.length > 0 && (
        <ul class="chips" aria-label={t('reports.chosen')}>
          {chosen.map((name) => (
            <li key={name}>
              <a class="chip" href={addressOf(language, { page, query: withoutFilter(address, name) })}>
                <span class="hidden">{t('reports.remove', { name: t(`reports.filter.${name}`) })}: </span>
                {valueName(view, name, words)}
                <span class="cross" aria-hidden="true">
                  ×
                </span>
              </a>
            </li>
          ))}
          <li>
            <a class="quiet-link" href={addressOf(language, { page, query: asOf(address) })}>
              {t('reports.clear')}
            </a>
          </li>
        </ul>
      )}
    </div>
  );
}

function Choice({ view, name }: { readonly view: ReportView<unknown>; readonly name: (typeof filterNames)[number] }) {
  const words = useWords();
  const { t } = words;
  const chosen = view.address[name];
  const values = view.choices[name] ?? [];
  const missing = chosen !== undefined && !values.some(({ code }) => code === chosen);
  const all: readonly ReportChoice[] = missing ? [...values, { code: chosen, name: chosen }] : values;
  return (
    <div class="field">
      <label for={name}>{t(`reports.filter.${name}`)}</label>
      <select id={name} name={name}>
        <option value="">{t('reports.any')}</option>
        {all.map(({ code, name: own, count }) => (
          <option key={code} value={code} selected={code === chosen}>
            {valueInWords(view.page, name, code, own, words)}
            {count !== undefined && ` (${words.number(count)})`}
          </option>
        ))}
      </select>
    </div>
  );
}

/** Filters that choose rows and no sums: what is counted on the page is not of them. */
const rowsAlone = ['stage', 'found', 'activity'] as const;

/**
 * Where the rows are that a figure of a report counts: by its filters and by what the figure counts. Undefined where a filter asks for another value of the same: by filters alone
 * the rows could not be found.
 */
export function rowsBehind(
  { page, address }: ReportView<unknown>,
  narrower: Readonly<Record<string, string>>,
  language: Language,
): string | undefined {
  const counted = without(address, ...rowsAlone);
  const unlike = Object.entries(narrower).some(([name, value]) => (counted[name] ?? value) !== value);
  return unlike ? undefined : `${addressOf(language, { page, query: { ...counted, ...narrower } })}#list`;
}

interface CountProps {
  readonly count: number;
  /** Where the rows are that are counted. */
  readonly href: string | undefined;
}

/** A count that leads to what it counts; of nothing nowhere. */
export function Count({ count, href }: CountProps) {
  const said = useWords().number(count);
  return href === undefined || count === 0 ? <>{said}</> : <a href={href}>{said}</a>;
}

interface ListProps {
  readonly view: ReportView<unknown>;
  readonly title: string;
  readonly children: ComponentChildren;
}

/** Lists of which each row is made of an entry. */
const marked: ReadonlySet<ReportPage> = new Set<ReportPage>(['money', 'support', 'use', 'assigned', 'flags']);

/** The list of a report with its pages; says so where there is nothing. */
export function ReportList({ view, title, children }: ListProps) {
  const words = useWords();
  const { page, address, lines, previous, next } = view;
  const at = (cursor?: string): string =>
    addressOf(words.language, { page, query: { ...without(address), ...(cursor !== undefined && { cursor }) } });
  return (
    <section aria-labelledby="list">
      <h2 id="list">{title}</h2>
      {lines.length === 0 ? (
        <div class="empty">
          <p>{nothingIn(view, words)}</p>
        </div>
      ) : (
        children
      )}
      {marked.has(page) && lines.length > 0 && <SourceLegend />}
      <PageLinks next={next} previous={previous} cursor={address.cursor} at={at} />
    </section>
  );
}
