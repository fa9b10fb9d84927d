import { figureName, movedSince, notRecorded, returnCodes, returnItem, returnSections } from '#domain';
import type { NotRecordedCode, ReturnFigure, ReturnMovement, ReturnSection, ReturnSource } from '#domain';
import { addressOf } from '../addresses';
import { Day } from '../elements/dates';
import { UndatedActs } from '../elements/moment';
import { NoSuchFigure } from '../elements/nothing';
import { Scrolling } from '../elements/scrolling';
import { useWords } from '../language/speaking';
import type { Words } from '../language/words';
import { Page } from '../layout/page';
import { ReportNav } from '../reports/frame';
import { PublishedOn } from './published-on';
import { returnData } from './annual-returns-page';
import { withNewer, withUndated } from './rows';
import { partName } from './words';
import type { AnnualReturnView, PublishedReturn, ReturnUnderWay } from './view';

/** The return of one year: as it was published where it was, else as it is known today. */
export function AnnualReturnPage({ view, origin }: { readonly view: AnnualReturnView; readonly origin: string }) {
  const { t, language } = useWords();
  const { year, now, published, underWay, undated, today, position } = view;
  const shown = published?.figures ?? now;
  const figures = withUndated(published ? withNewer(published.figures, now) : now.figures, undated);
  const moved = published ? movedSince(published.figures, now) : undefined;
  const title = t('annualReturn.titleOf', { year });
  return (
    <Page
      title={title}
      here={{ page: 'annual-return', year }}
      origin={origin}
      position={position}
      data={returnData(year)}
    >
      <div class="wide report annual-return">
        <ReportNav page="annual-return" />
        <h1>{title}</h1>
        <p class="lead">{t('annualReturn.lead')}</p>
        {underWay && <UnderWay of={underWay} year={year} again={published !== undefined} />}
        {published ? (
          <Frozen published={published} year={year} moved={moved?.size ?? 0} />
        ) : underWay ? null : (
          <p class="flags-note">{t(today.startsWith(year) ? 'annualReturn.runningNote' : 'annualReturn.openNote')}</p>
        )}
        <p class="quiet">{t('annualReturn.caveat')}</p>
        {returnSections.map((section) =>
          section === 'elsewhere' ? (
            <NotRecorded key={section} />
          ) : (
            <Section
              key={section}
              section={section}
              view={view}
              figures={figures.filter(({ item }) => returnItem(item).section === section)}
              moved={moved}
            />
          ),
        )}
        {shown.undated > 0 && <p class="quiet">{t('annualReturn.undated', { count: shown.undated })}</p>}
        <p>
          <a href={addressOf(language, { page: 'annual-return' })}>{t('annualReturn.allYears')}</a>
        </p>
      </div>
    </Page>
  );
} // prettier-ignore

interface UnderWayProps {
  readonly of: ReturnUnderWay;
  readonly year: string;
  /** The return of the year was published before. */
  readonly again: boolean;
}

/** That figures are counted, or counted and not published: what the page shows below is not them. */
function UnderWay({ of: { stage, on, reason }, year, again }: UnderWayProps) {
  const { t } = useWords();
  return (
    <div class="flags-note" role="note">
      <p>
        <strong>{t(`annualReturn.underWay.${stage}`, { year })}</strong>{' '}
        {on !== null && (
          <>
            <Day after={t('annualReturn.underWay.since')} date={on} />.{' '}
          </>
        )}
        {t(again ? 'annualReturn.underWay.publishedBelow' : 'annualReturn.underWay.todayBelow')}
      </p>
      {reason !== undefined && <p>{t('annualReturn.underWay.reason', { reason })}</p>}
    </div>
  );
}

interface FrozenProps {
  readonly published: PublishedReturn;
  readonly year: string;
  readonly moved: number;
}

/** When the return was published, by which hash its figures are known again, and how anybody verifies it. */
function Frozen({ published, year, moved }: FrozenProps) {
  const { t } = useWords();
  const { publishedOn, digest, position, reason, earlier } = published;
  return (
    <section aria-labelledby="frozen" class="return-frozen">
      <h2 id="frozen">{t('annualReturn.frozen')}</h2>
      <p>
        <PublishedOn date={publishedOn} />. {t('annualReturn.frozenText', { position })}{' '}
        {moved === 0 ? t('annualReturn.unmoved') : t('annualReturn.moved', { count: moved })}
      </p>
      {reason !== undefined && <p>{t('annualReturn.revised', { reason })}</p>}
      <dl class="facts">
        <div>
          <dt>SHA-256</dt>
          <dd>
            <code>{digest}</code>
          </dd>
        </div>
      </dl>
      {earlier.length > 0 && (
        <details>
          <summary>{t('annualReturn.earlier')}</summary>
          <ul>
            {earlier.map((each) => (
              <li key={each.digest}>
                {each.publishedOn === null ? t('reports.noDate') : <Day date={each.publishedOn} />}:{' '}
                <code>{each.digest}</code>
              </li>
            ))}
          </ul>
        </details>
      )}
      <details>
        <summary>{t('annualReturn.verify')}</summary>
        <p>{t('annualReturn.verifyText')}</p>
        <pre class="command">npm run auditor -- return verify {year}</pre>
      </details>
    </section>
  );
}

interface SectionProps {
  readonly section: Exclude<ReturnSection, 'elsewhere'>;
  readonly view: AnnualReturnView;
  readonly figures: readonly ReturnFigure[];
  readonly moved: ReadonlyMap<string, ReturnMovement> | undefined;
}

function Section({ section, view, figures, moved: movedInYear }: SectionProps) {
  const words = useWords();
  const { t } = words;
  const { undated } = view;
  const column = figures.flatMap(({ money = [] }) => money);
  const amount = words.moneyColumn(column.map(({ minor, currency }) => ({ minor: BigInt(minor), currency })));
  const title = t(`annualReturn.section.${section}`);
  const hasValue = figures.some(({ entries, money, people }) => (entries ?? 0) > 0 && (money ?? people));
  const hasAssets = figures.some(({ assets, entries }) => assets !== null && entries !== null);
  // A column in which nothing stands is left out.
  const moved = figures.some((figure) => movedInYear?.has(figureName(figure))) ? movedInYear : undefined;
  return (
    <section aria-labelledby={section}>
      <h2 id={section}>{title}</h2>
      {section === 'stock' && undated !== null && undated.assets > 0 && (
        <p>{t('moment.notCounted', { count: undated.assets })}</p>
      )}
      {figures.length === 0 ? (
        <p>{t('annualReturn.none')}</p>
      ) : (
        <Scrolling label={title}>
          <table class="counts return-table">
            <caption class="hidden">{title}</caption>
            <thead>
              <tr>
                <th scope="col">{t('annualReturn.what')}</th>
                <th scope="col" class="numeric">
                  {t(section === 'stock' ? 'annualReturn.assets' : 'annualReturn.entries')}
                </th>
                {hasAssets && (
                  <th scope="col" class="numeric">
                    {t('annualReturn.assets')}
                  </th>
                )}
                {hasValue && (
                  <th scope="col" class="numeric">
                    {t('annualReturn.value')}
                  </th>
                )}
                {moved && (
                  <th scope="col" class="numeric">
                    {t('annualReturn.since')}
                  </th>
                )}
              </tr>
            </thead>
            <tbody>
              {figures.map((figure) => (
                <Figure key={figureName(figure)} {...{ figure, view, moved, hasAssets, hasValue, amount }} />
              ))}
            </tbody>
          </table>
        </Scrolling>
      )}
      <Sources of={sourcesOf(section)} />
    </section>
  );
}

type Amount = ReturnType<Words['moneyColumn']>;

interface FigureProps {
  readonly figure: ReturnFigure;
  readonly view: AnnualReturnView;
  readonly moved: ReadonlyMap<string, ReturnMovement> | undefined;
  readonly hasAssets: boolean;
  readonly hasValue: boolean;
  /** How the amounts of the column are said. */
  readonly amount: Amount;
}

function Figure({ figure, view, moved, hasAssets, hasValue, amount }: FigureProps) {
  const words = useWords();
  const { t } = words;
  const { item, part, entries, assets } = figure;
  const { counts, overlapping, parts = [] } = returnItem(item);
  const stock = counts === 'stock';
  const { undated } = view;
  // Where the parts overlap, the first of them stands for the item.
  const whole = part === null || (overlapping && part === parts[0]);
  const head = whole || stock;
  const itemName = t(`annualReturn.item.${item}.name`);
  const name = whole ? itemName : partName(item, part, words);
  const count = stock ? assets : entries;
  const said = movement(moved?.get(figureName(figure)), stock, words);
  return (
    <tr class={head ? 'group-head' : 'part'}>
      <th scope="row">
        {name}
        {!head && <span class="hidden"> ({itemName})</span>}
      </th>
      <td class="numeric">
        {count === null || count === 0 ? (
          words.number(0)
        ) : (
          <a href={behind(figure, view, words)}>
            {words.number(count)}
            <span class="hidden">: {name}</span>
          </a>
        )}
        {stock && part !== null && <UndatedActs count={undated?.acts[part]} />}
      </td>
      {hasAssets && <td class="numeric">{assets === null ? <NoSuchFigure /> : words.number(assets)}</td>}
      {hasValue && (
        <td class="numeric">
          <Value figure={figure} amount={amount} />
        </td>
      )}
      {moved && (
        <td class="numeric">
          {said === '' ? (
            <span class="quiet">{t('annualReturn.same')}</span>
          ) : (
            <a href={behind(figure, view, words)}>{said}</a>
          )}
        </td>
      )}
    </tr>
  );
}

/** Money by currency and people, each with how many of the entries say it where that is not all of them; nothing is left blank. */
function Value({
  figure: { item, part, entries, money = [], people },
  amount,
}: {
  readonly figure: ReturnFigure;
  readonly amount: Amount;
}) {
  const words = useWords();
  const { t } = words;
  const known = (part: number) =>
    part < (entries ?? 0) && <span class="beside">{t('annualReturn.knownOf', { part, whole: entries ?? 0 })}</span>;
  // Support in goods or work is counted and not added up.
  const addsMoney = returnItem(item).money && !(item === 'support-delivered' && part !== null && part !== 'money');
  if ((entries ?? 0) === 0 || !(addsMoney || people)) return <NoSuchFigure />;
  return (
    <>
      {addsMoney && money.length === 0 && <div class="quiet">{t('reports.notStated')}</div>}
      {money.map(({ currency, minor, entries: valued }) => (
        <div key={currency}>
          {amount({ minor: BigInt(minor), currency })}
          {known(valued)}
        </div>
      ))}
      {people && (entries ?? 0) > 0 && (
        <div>
          {people.sum === null ? (
            <span class="quiet">{t('reports.use.missing')}</span>
          ) : (
            t('annualReturn.people', { count: people.sum })
          )}
          {people.sum !== null && known(people.entries)}
        </div>
      )}
    </>
  );
}

/** Where a figure leads: to the register on the last day of the year, or to the entries behind it. */
function behind({ item, part }: ReturnFigure, { year, today }: AnnualReturnView, { language }: Words): string {
  if (returnItem(item).counts === 'stock') {
    const last = `${year}-12-31`;
    const query = { ...(part !== null && { phase: part }), ...(last < today && { asOf: last }) };
    return addressOf(language, { page: 'register', query });
  }
  return addressOf(language, { page: 'annual-return', year, item, ...(part !== null && { query: { part } }) });
}

function movement(moved: ReturnMovement | undefined, stock: boolean, words: Words): string {
  if (!moved) return '';
  const { entries, assets, people, money } = moved;
  const signed = (value: number): string => `${value < 0 ? '−' : '+'}${words.number(Math.abs(value))}`;
  const count = stock ? assets : entries;
  return [
    ...(count === 0 ? [] : [signed(count)]),
    ...(stock || assets === 0 || count !== 0 ? [] : [words.t('annualReturn.movedAssets', { moved: signed(assets) })]),
    ...money.map(({ minor, currency }) => `${minor < 0n ? '−' : '+'}${words.money({ minor: minor < 0n ? -minor : minor, currency })}`),
    ...(people === 0 ? [] : [words.t('annualReturn.movedPeople', { moved: signed(people) })]),
  ].join('; ');
} // prettier-ignore

function sourcesOf(section: ReturnSection): readonly ReturnSource[] {
  const all = returnCodes.map(returnItem).filter((item) => item.section === section);
  return [...new Set(all.flatMap(({ answers }) => answers))];
}

/** What the items are meant to answer. */
export function Sources({ of }: { readonly of: readonly ReturnSource[] }) {
  const { t } = useWords();
  return (
    <p class="quiet">
      {t('annualReturn.meantFor')}: {of.map((source) => t(`annualReturn.source.${source}`)).join('; ')}.
    </p>
  );
}

/** What is asked for and no registry of this kind can know: said, and never shown as zero. */
function NotRecorded() {
  const { t } = useWords();
  const codes = Object.keys(notRecorded) as NotRecordedCode[];
  return (
    <section aria-labelledby="elsewhere">
      <h2 id="elsewhere">{t('annualReturn.section.elsewhere')}</h2>
      <p>{t('annualReturn.elsewhereText')}</p>
      <ul>
        {codes.map((code) => (
          <li key={code}>
            {t(`annualReturn.elsewhere.${code}`)}: <strong>{t('annualReturn.notRecorded')}</strong>
          </li>
        ))}
      </ul>
      <Sources of={[...new Set(codes.flatMap((code) => [...notRecorded[code].answers]))]} />
    </section>
  );
}
