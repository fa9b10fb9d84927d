import { stillWaiting, waitOutcomes } from '#domain';
import { addressOf } from '../addresses';
import type { ReportAddress } from '../addresses';
import { Scrolling } from '../elements/scrolling';
import { StepChart } from '../elements/step-chart';
import { useWords } from '../language/speaking';
import type { Words } from '../language/words';
import type { WaitingSum } from './view';

const YEAR = 365.25;
/** Years after which the table says how far the assets had come. */
const told = [1, 2, 3, 5, 7, 10, 15, 20, 30];
/** Where the axis of the chart may end. */
const ends = [1, 2, 3, 4, 5, 10, 15, 20, 25, 30, 40, 50];

/** A length in words a person would use: days, then months, then years to one decimal. */
export function timeInWords(days: number, { t }: Words): string {
  if (days < 60) return t('reports.waiting.days', { count: days });
  if (days < 730) return t('reports.waiting.months', { count: Math.round((days * 12) / YEAR) });
  return t('reports.waiting.years', { count: Math.round((days * 10) / YEAR) / 10 });
}

/** What the curve says, in one sentence. */
export function sentenceOfWaits({ milestone, median, steps, assets, undated }: WaitingSum, words: Words): string {
  const { t } = words;
  if (assets === undated) return t('reports.waiting.none');
  if (median) return t(`reports.waiting.half.${milestone}`, { time: timeInWords(median.days, words) });
  const last = steps.at(-1);
  if (!last) return t(`reports.waiting.noneYet.${milestone}`);
  const share = words.share(1 - last.waiting);
  return t(`reports.waiting.notHalf.${milestone}`, { share, time: timeInWords(last.days, words) });
}

interface WaitingTimesProps {
  readonly sum: WaitingSum;
  /** Region and kind, for the way to the assets behind the figures. */
  readonly chosen: ReportAddress;
}

/** How long assets wait for one milestone: a sentence, the curve, the figures, and how many stand how. */
export function WaitingTimes({ sum, chosen }: WaitingTimesProps) {
  const words = useWords();
  const { t, language } = words;
  const { milestone, median, steps, longest } = sum;
  const id = `waiting-${milestone}`;
  const title = t(`reports.waiting.milestone.${milestone}`);
  const end = ends.find((years) => years * YEAR >= longest) ?? 100;
  const points = steps.map(({ days, waiting, low, high }) => ({
    at: days / YEAR,
    share: 1 - waiting,
    low: high === null ? null : 1 - high,
    high: low === null ? null : 1 - low,
  }));
  return (
    <section aria-labelledby={id} class="waiting-times">
      <h2 id={id}>{title}</h2>
      <p>
        <strong>{sentenceOfWaits(sum, words)}</strong>
      </p>
      {sum.undated > 0 && sum.undated < sum.assets && (
        <p class="quiet">{t('reports.waiting.restsOn', { part: sum.assets - sum.undated, whole: sum.assets })}</p>
      )}
      {median && median.low !== null && <p class="quiet">{rangeInWords(median.low, median.high, words)}</p>}
      {steps.length > 0 && (
        <StepChart
          points={points}
          end={end}
          unit={t('reports.waiting.yearAxis')}
          label={`${title}. ${t('reports.waiting.chart')}`}
        />
      )}
      {steps.length > 0 && <Years sum={sum} title={title} />}
      <ul class="waiting-outcomes" aria-label={t('reports.waiting.outcomes')}>
        {waitOutcomes
          .filter((outcome) => sum[outcome] > 0)
          .map((outcome) => (
            <li key={outcome}>
              <a href={addressOf(language, { page: 'waiting', query: { ...chosen, [milestone]: outcome } }) + '#list'}>
                {words.code('waitOutcome', outcome)}
              </a>{' '}
              {words.number(sum[outcome])}
            </li>
          ))}
      </ul>
    </section>
  );
}

function rangeInWords(low: number, high: number | null, words: Words): string {
  const from = timeInWords(low, words);
  if (high === null) return words.t('reports.waiting.atLeast', { low: from });
  return words.t('reports.waiting.between', { low: from, high: timeInWords(high, words) });
}

function Years({ sum, title }: { readonly sum: WaitingSum; readonly title: string }) {
  const words = useWords();
  const { t } = words;
  const { steps, longest } = sum;
  const full = told
    .filter((years) => years * YEAR <= longest)
    .map((years) => ({ days: Math.round(years * YEAR), name: t('reports.waiting.years', { count: years }) }));
  // Where everything happened within the first year, the end of the curve is all there is to tell.
  const lengths = full.length > 0 ? full : [{ days: longest, name: timeInWords(longest, words) }];
  return (
    <Scrolling label={title}>
      <table>
        <caption class="hidden">{title}</caption>
        <thead>
          <tr>
            <th scope="col">{t('reports.waiting.after')}</th>
            <th scope="col" class="numeric">
              {t('reports.waiting.share')}
            </th>
            <th scope="col" class="numeric">
              {t('reports.waiting.range')}
            </th>
            <th scope="col" class="numeric">
              {t('reports.waiting.soFar')}
            </th>
          </tr>
        </thead>
        <tbody>
          {lengths.map(({ days, name }) => {
            const step = steps.findLast((each) => each.days <= days);
            const waiting = stillWaiting({ steps, longest }, days) ?? 1;
            const soFar = steps.filter((each) => each.days <= days).reduce((all, { reached }) => all + reached, 0);
            return (
              <tr key={days}>
                <th scope="row">{name}</th>
                <td class="numeric">{words.share(1 - waiting)}</td>
                <td class="numeric">
                  {step && step.low !== null && step.high !== null
                    ? t('reports.waiting.rangeOf', { low: words.share(1 - step.high), high: words.share(1 - step.low) })
                    : '–'}
                </td>
                <td class="numeric">{words.number(soFar)}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </Scrolling>
  );
}
