import type { ComponentChildren } from 'preact';
import { useContext } from 'preact/hooks';
import { NOT_STATED } from '#domain';
import { addressOf } from '../addresses';
import type { RegisterAddress } from '../addresses';
import { DayOfPage } from '../civic/on-a-day';
import { Bars } from '../elements/bars';
import { useWords } from '../language/speaking';
import type { Words } from '../language/words';
import { FigureTable } from './figure-table';
import type { Figure } from './figure-table';
import { perAsset, reusedPhases } from './sections';
import type { Idle, IndicatorSections, OverdueDuty, Part, Reused, SectionsOfToday, Spending } from './sections';

type By = 'region' | 'kind';

const partName = (by: By, { code, name }: Part, words: Words): string =>
  by === 'kind' ? words.code('kind', code) : name || code || words.t('indicators.noArea');

/** The filter of the lists that finds a part; the whole has none. */
const within = (by: By | undefined, { code }: Part): RegisterAddress =>
  by === undefined ? {} : { [by]: code || NOT_STATED };

const heading = (by: By, words: Words): string => words.t(by === 'region' ? 'indicators.area' : 'indicators.kind');
const titleOf = (title: string, by: By, words: Words): string => words.row([title, heading(by, words)]);

/** A division folded away: the page says the whole, and who looks for an area or a kind opens it. */
function Divided({ by, children }: { readonly by: By; readonly children: ComponentChildren }) {
  const { t } = useWords();
  return (
    <details class="divided">
      <summary>{t(by === 'region' ? 'reports.waiting.byRegion' : 'reports.waiting.byKind')}</summary>
      {children}
    </details>
  );
}

/** Which share of what was confiscated for good has come back to society, by region and by kind. */
export function ShareReused({ reused }: { readonly reused: IndicatorSections['reused'] }) {
  const words = useWords();
  const { t, language } = words;
  const moment = useContext(DayOfPage);
  const { whole } = reused;
  const title = t('indicators.reused');
  const share = ({ reused: part, of }: Reused): string => (of === 0 ? '–' : words.share(part / of));
  const figures = (part: Reused, by?: By): Figure[] => [
    { text: share(part) },
    { text: words.number(part.reused) },
    { text: words.number(part.of) },
    ...reusedPhases.map((phase) => ({
      text: words.number(part.phases[phase]),
      ...(part.phases[phase] > 0 && {
        href: addressOf(language, { page: 'register', query: { ...within(by, part), phase, ...moment } }),
      }),
    })),
  ];
  const heads = [t('indicators.share'), t('indicators.reusedAssets'), t('indicators.confiscated'), ...reusedPhases.map((phase) => words.code('phase', phase))]; // prettier-ignore
  const table = (by: By, parts: readonly Reused[]) => (
    <FigureTable
      title={titleOf(title, by, words)}
      heads={[heading(by, words), ...heads]}
      lines={parts.map((part) => ({ name: partName(by, part, words), figures: figures(part, by) }))}
      foot={[{ name: t('indicators.total'), figures: figures(whole) }]}
    />
  );
  return (
    <section aria-labelledby="reused">
      <h2 id="reused">{title}</h2>
      <p>
        <strong>
          {whole.of === 0
            ? t('indicators.noneConfiscated')
            : t('indicators.reusedSaid', { share: share(whole), part: whole.reused, whole: whole.of })}
        </strong>
      </p>
      <p class="quiet">{t('indicators.reusedText')}</p>
      {whole.of > 0 && (
        <>
          <FigureTable
            title={title}
            heads={[t('indicators.assets'), ...heads]}
            lines={[{ name: t('indicators.total'), figures: figures(whole) }]}
          />
          <Divided by="region">
            <Bars
              bars={reused.byRegion.map((part) => ({
                label: partName('region', part, words),
                value: part.reused / part.of,
                text: share(part),
              }))}
            />
            {table('region', reused.byRegion)}
          </Divided>
          <Divided by="kind">{table('kind', reused.byKind)}</Divided>
        </>
      )}
    </section>
  );
}

/** How many assets stand still, and for how long. */
export function IdleFor({ idle }: { readonly idle: SectionsOfToday['idle'] }) {
  const words = useWords();
  const { t, language } = words;
  const title = t('indicators.idle');
  const lengths = Object.keys(idle.whole.assets);
  const figures = (part: Idle, by?: By): Figure[] => [
    { text: words.number(part.of) },
    ...lengths.map((years) => ({
      text: words.number(part.assets[years]!),
      ...(part.assets[years]! > 0 && {
        href: addressOf(language, { page: 'register', query: { ...within(by, part), idle: years } }),
      }),
    })),
  ];
  const heads = [t('indicators.idleOf'), ...lengths.map((years) => words.code('idle', years))];
  const table = (by: By, parts: readonly Idle[]) => (
    <FigureTable
      title={titleOf(title, by, words)}
      heads={[heading(by, words), ...heads]}
      lines={parts.map((part) => ({ name: partName(by, part, words), figures: figures(part, by) }))}
      foot={[{ name: t('indicators.total'), figures: figures(idle.whole) }]}
    />
  );
  return (
    <section aria-labelledby="idle">
      <h2 id="idle">{title}</h2>
      <p>{t('indicators.idleText', { whole: idle.whole.of })}</p>
      <Bars
        bars={lengths.map((years) => ({
          label: words.code('idle', years),
          value: idle.whole.assets[years]!,
          text: words.number(idle.whole.assets[years]!),
        }))}
      />
      <FigureTable
        title={title}
        heads={[t('indicators.assets'), ...heads]}
        lines={[{ name: t('indicators.total'), figures: figures(idle.whole) }]}
      />
      <Divided by="region">{table('region', idle.byRegion)}</Divided>
      <Divided by="kind">{table('kind', idle.byKind)}</Divided>
    </section>
  );
}

/** How much public money there is for an asset that has some, and for one among all. */
export function SpendingPerAsset({ spending }: { readonly spending: SectionsOfToday['spending'] }) {
  const words = useWords();
  const { t, language } = words;
  const title = t('indicators.spending');
  const each = (minor: string, assets: number, currency: string) => {
    const shared = perAsset(minor, assets);
    return shared === undefined ? undefined : { minor: shared, currency };
  };
  const amountsOf = ({ assets, of, allocated, paid, currency }: Spending) => [
    each(allocated, assets, currency),
    each(paid, assets, currency),
    each(allocated, of, currency),
    each(paid, of, currency),
  ];
  const all = [...spending.whole, ...spending.byRegion, ...spending.byKind].flatMap(amountsOf);
  const said = words.moneyColumn(all.filter((amount) => amount !== undefined));
  const figures = (part: Spending, by?: By): Figure[] => {
    const { assets, of, currency } = part;
    // Movements are not listed by the kind of their assets.
    const listed = by === 'kind' ? undefined : { ...within(by, part), currency };
    return [
      {
        text: words.number(assets),
        ...(listed && { href: addressOf(language, { page: 'money', query: { ...listed } }) }),
      },
      { text: words.number(of) },
      ...amountsOf(part).map((amount) => ({ text: amount === undefined ? '–' : said(amount) })),
    ];
  };
  const heads = (['withMoney', 'amongAll', 'allocatedEach', 'paidEach', 'allocatedOfAll', 'paidOfAll'] as const).map(
    (head) => t(`indicators.${head}`),
  );
  const table = (by: By, parts: readonly Spending[]) => (
    <FigureTable
      title={titleOf(title, by, words)}
      heads={[heading(by, words), ...heads]}
      lines={parts.map((part) => ({ name: partName(by, part, words), figures: figures(part, by) }))}
      foot={spending.whole.map((part) => ({ name: t('indicators.total'), figures: figures(part) }))}
    />
  );
  return (
    <section aria-labelledby="spending">
      <h2 id="spending">{title}</h2>
      {spending.whole.length === 0 ? (
        <p>{t('indicators.noSpending')}</p>
      ) : (
        <>
          <p>{t('indicators.spendingText')}</p>
          <FigureTable
            title={title}
            heads={[t('indicators.assets'), ...heads]}
            lines={spending.whole.map((part) => ({ name: t('indicators.total'), figures: figures(part) }))}
          />
          <Divided by="region">{table('region', spending.byRegion)}</Divided>
          <Divided by="kind">{table('kind', spending.byKind)}</Divided>
        </>
      )}
    </section>
  );
}

/** What somebody is late with. */
export function OverdueDuties({ overdue }: { readonly overdue: readonly OverdueDuty[] }) {
  const words = useWords();
  const { t, language } = words;
  const title = t('indicators.overdue');
  const rows = {
    publication: `${addressOf(language, { page: 'flags', query: { rule: 'overdue-publication' } })}#list`,
    visits: `${addressOf(language, { page: 'flags', query: { rule: 'agreement-without-visit' } })}#list`,
    answers: addressOf(language, { page: 'dialogues', query: { state: 'overdue' } }),
  };
  return (
    <section aria-labelledby="overdue">
      <h2 id="overdue">{title}</h2>
      <p>{t('indicators.overdueText')}</p>
      <FigureTable
        title={title}
        heads={[t('indicators.duty'), t('indicators.late'), t('indicators.lateOf')]}
        lines={overdue.map(({ duty, overdue: count, of }) => ({
          name: t(`indicators.duties.${duty}`),
          figures: [
            { text: words.number(count), ...(count > 0 && { href: rows[duty] }) },
            { text: of === null ? t('indicators.noSum') : words.number(of) },
          ],
        }))}
      />
    </section>
  );
}
