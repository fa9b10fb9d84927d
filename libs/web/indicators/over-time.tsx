import type { LegalDate } from '#domain';
import { milestones, waitOutcomes } from '#domain';
import { addressOf } from '../addresses';
import { Bars } from '../elements/bars';
import { useWords } from '../language/speaking';
import type { WaitingSum } from '../reports/view';
import { timeInWords } from '../reports/waiting-times';
import { FigureTable } from './figure-table';
import type { Figure } from './figure-table';
import { yearlyActs } from './sections';
import type { YearOfFlow } from './sections';

/** So many years are told act by act, and so many phase by phase; the file with all figures has every one. */
const YEARS = 10;
const YEARS_BY_PHASE = 5;

/** What was done in each year, and what came into each phase and left it. */
export function FlowByYear({
  years,
  today,
}: {
  readonly years: readonly YearOfFlow[];
  readonly today: LegalDate | undefined;
}) {
  const words = useWords();
  const { t, language } = words;
  const shown = years.slice(0, YEARS);
  const title = t('indicators.flow');
  const behind = (year: string, item: string, count: number): Figure => ({
    text: words.number(count),
    ...(count > 0 && { href: addressOf(language, { page: 'annual-return', year, item }) }),
  });
  return (
    <section aria-labelledby="flow">
      <h2 id="flow">{title}</h2>
      {shown.length === 0 ? (
        <p>{t('indicators.noYears')}</p>
      ) : (
        <>
          <p>{t('indicators.flowText')}</p>
          <p class="quiet">{t('annualReturn.item.destined.name')}</p>
          <Bars
            bars={shown.map(({ year, acts }) => ({
              label: year,
              value: acts.destined,
              text: words.number(acts.destined),
            }))}
          />
          <FigureTable
            title={title}
            heads={[t('indicators.year'), ...yearlyActs.map((item) => t(`annualReturn.item.${item}.name`))]}
            lines={shown.map(({ year, acts }) => ({
              name: year,
              figures: yearlyActs.map((item) => behind(year, item, acts[item])),
            }))}
          />
          <h3>{t('indicators.flowByPhase')}</h3>
          <p class="quiet">{t('indicators.flowByPhaseText')}</p>
          {shown.slice(0, YEARS_BY_PHASE).map((year) => (
            <PhasesOfYear key={year.year} year={year} today={today} />
          ))}
        </>
      )}
    </section>
  );
}

function PhasesOfYear({
  year: { year, phases },
  today,
}: {
  readonly year: YearOfFlow;
  readonly today: LegalDate | undefined;
}) {
  const words = useWords();
  const { t, language } = words;
  const running = today?.startsWith(year) === true;
  const day = running ? {} : { asOf: `${year}-12-31` };
  return (
    <details class="year-of-flow">
      <summary>{year}</summary>
      <FigureTable
        title={`${t('indicators.flowByPhase')}: ${year}`}
        heads={[
          t('indicators.phase'),
          t('indicators.entered'),
          t('indicators.leftPhase'),
          t(running ? 'indicators.now' : 'indicators.atEnd'),
        ]}
        lines={phases.map(({ phase, entered, left, atEnd }) => ({
          name: words.code('phase', phase),
          figures: [
            { text: words.number(entered) },
            { text: words.number(left) },
            {
              text: words.number(atEnd),
              ...(atEnd > 0 && { href: addressOf(language, { page: 'register', query: { phase, ...day } }) }),
            },
          ],
        }))}
      />
    </details>
  );
}

/** Half of the assets had come so far after so long; how many that rests on stands beside it. */
export function Medians({ waits }: { readonly waits: readonly WaitingSum[] }) {
  const words = useWords();
  const { t, language } = words;
  const title = t('indicators.waits');
  const of = (milestone: string) => waits.find((wait) => wait.milestone === milestone);
  const lines = milestones.flatMap((milestone) => {
    const wait = of(milestone);
    return wait ? [{ milestone, wait }] : [];
  });
  const median = (wait: WaitingSum): string =>
    wait.median ? timeInWords(wait.median.days, words) : t('reports.waiting.fewer');
  return (
    <section aria-labelledby="waits">
      <h2 id="waits">{title}</h2>
      <p>{t('indicators.waitsText')}</p>
      <Bars
        bars={lines
          .filter(({ wait }) => wait.median !== null)
          .map(({ milestone, wait }) => ({
            label: t(`reports.waiting.milestone.${milestone}`),
            value: wait.median!.days,
            text: median(wait),
          }))}
      />
      <FigureTable
        title={title}
        heads={[
          t('indicators.until'),
          t('indicators.median'),
          t('indicators.restsOn'),
          ...waitOutcomes.map((outcome) => words.code('waitOutcome', outcome)),
        ]}
        lines={lines.map(({ milestone, wait }) => ({
          name: t(`reports.waiting.milestone.${milestone}`),
          figures: [
            { text: median(wait) },
            { text: t('indicators.partOf', { part: wait.assets - wait.undated, whole: wait.assets }) },
            ...waitOutcomes.map((outcome) => ({
              text: words.number(wait[outcome]),
              ...(wait[outcome] > 0 && {
                href: `${addressOf(language, { page: 'waiting', query: { [milestone]: outcome } })}#list`,
              }),
            })),
          ],
        }))}
      />
      <p>
        <a href={addressOf(language, { page: 'waiting' })}>{t('reports.waiting.title')}</a>
      </p>
    </section>
  );
}
