import { milestones } from '#domain';
import type { Milestone } from '#domain';
import { addressOf, dataAddress } from '../addresses';
import { Scrolling } from '../elements/scrolling';
import { useWords } from '../language/speaking';
import type { Words } from '../language/words';
import { ReportFrame, ReportList, nothingIn, without } from './frame';
import { AssetCell, Cell, ListTable } from './list-parts';
import { WaitingTimes, timeInWords } from './waiting-times';
import type { Division, WaitingLine, WaitingSum, WaitingView } from './view';

/** How long assets wait after the final confiscation: curves, medians by region and kind, and the assets behind them. */
export function WaitingPage({ view, origin }: { readonly view: WaitingView; readonly origin: string }) {
  const words = useWords();
  const { t } = words;
  const chosen = without(view.address, ...milestones);
  const narrowed = milestones.some((milestone) => view.address[milestone] !== undefined);
  const some = view.totals.some(({ assets }) => assets > 0);
  return (
    <ReportFrame
      view={view}
      origin={origin}
      status={some ? statusOf(view.totals[0]!, words) : nothingIn(view, words)}
      files={[{ href: dataAddress.waitingCurve(chosen), form: 'csv', part: t('reports.waiting.curve') }]}
    >
      {some && view.totals.map((sum) => <WaitingTimes key={sum.milestone} sum={sum} chosen={chosen} />)}
      {some && (
        <>
          <p class="quiet">{t('reports.waiting.method')}</p>
          {view.divisions.map((division) => (
            <Medians key={division.by} view={view} division={division} />
          ))}
        </>
      )}
      <ReportList view={view} title={t('reports.waiting.list')}>
        {narrowed && <p class="quiet">{t('reports.waiting.listOnly')}</p>}
        <Assets lines={view.lines} />
      </ReportList>
    </ReportFrame>
  );
}

/** How many of the assets that are to serve society again still wait for the first step. */
function statusOf({ assets: count, open: waiting, undated }: WaitingSum, { t }: Words): string {
  if (undated === 0) return t('strip.waiting', { count, waiting });
  return `${t('strip.waitingDated', { count, waiting, dated: count - undated })} ${t('strip.waitingUndated', { count: undated })}`;
}

interface MediansProps {
  readonly view: WaitingView;
  readonly division: Division<WaitingSum>;
}

function Medians({ view, division: { by, parts } }: MediansProps) {
  const words = useWords();
  const { t, language } = words;
  const title = t(by === 'region' ? 'reports.waiting.byRegion' : 'reports.waiting.byKind');
  const codes = [...new Set(parts.map(({ code }) => code))];
  const at = (code: string | null, milestone: Milestone) =>
    parts.find((part) => part.code === code && part.milestone === milestone);
  return (
    <section aria-labelledby={`by-${by}`}>
      <h2 id={`by-${by}`}>{title}</h2>
      <Scrolling label={title}>
        <table>
          <caption class="hidden">{title}</caption>
          <thead>
            <tr>
              <th scope="col">{t(by === 'region' ? 'reports.filter.region' : 'reports.filter.kind')}</th>
              <th scope="col" class="numeric">
                {t('reports.waiting.assets')}
              </th>
              {milestones.map((milestone) => (
                <th key={milestone} scope="col" class="numeric">
                  {t(`reports.waiting.milestone.${milestone}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {codes.map((code) => (
              <tr key={code}>
                <th scope="row">
                  {code === null ? (
                    t('reports.notStated')
                  ) : (
                    <a href={addressOf(language, { page: 'waiting', query: { ...without(view.address), [by]: code } })}>
                      {by === 'kind' ? words.code('kind', code) : (at(code, 'destined')?.name ?? code)}
                    </a>
                  )}
                </th>
                <td class="numeric">{words.number(at(code, 'destined')?.assets ?? 0)}</td>
                {milestones.map((milestone) => {
                  const median = at(code, milestone)?.median;
                  return (
                    <td key={milestone} class="numeric">
                      {median ? (
                        timeInWords(median.days, words)
                      ) : (
                        <span class="quiet">{t('reports.waiting.fewer')}</span>
                      )}
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </Scrolling>
    </section>
  );
}

function Assets({ lines }: { readonly lines: readonly WaitingLine[] }) {
  const words = useWords();
  const { t } = words;
  const heads = [
    { text: t('reports.asset') },
    { text: t('reports.waiting.finalOn') },
    ...milestones.map((milestone) => ({ text: t(`reports.waiting.milestone.${milestone}`) })),
  ];
  return (
    <ListTable caption={t('reports.waiting.listCaption')} heads={heads}>
      {lines.map((line) => (
        <tr role="row" key={line.asset}>
          <AssetCell line={line} />
          <Cell label={t('reports.waiting.finalOn')}>
            {line.finalOn === null ? t('reports.noDate') : words.day(line.finalOn)}
          </Cell>
          {milestones.map((milestone) => {
            const { outcome, days } = line.waits[milestone];
            return (
              <Cell key={milestone} label={t(`reports.waiting.milestone.${milestone}`)}>
                {days === null || outcome === 'open' || outcome === 'undated'
                  ? words.code('waitOutcome', outcome)
                  : t(`reports.waiting.took.${outcome}`, { time: timeInWords(days, words) })}
              </Cell>
            );
          })}
        </tr>
      ))}
    </ListTable>
  );
}
