import { figureName, returnCodes, returnItem } from '#domain';
import type { ReturnFigure, ReturnMovement, ReturnSection, ReturnSource } from '#domain';
import { addressOf } from '../addresses';
import { UndatedActs } from '../elements/moment';
import { NoSuchFigure } from '../elements/nothing';
import { Scrolling } from '../elements/scrolling';
import { useWords } from '../language/speaking';
import type { Words } from '../language/words';
import { partName } from './words';
import type { AnnualReturnView } from './view';

interface SectionProps {
  readonly section: Exclude<ReturnSection, 'elsewhere'>;
  readonly view: AnnualReturnView;
  readonly figures: readonly ReturnFigure[];
  readonly moved: ReadonlyMap<string, ReturnMovement> | undefined;
}

/** The figures of a section of the return, each with the way to what is behind it. */
export function Section({ section, view, figures, moved: movedInYear }: SectionProps) {
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
      {people && (
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
