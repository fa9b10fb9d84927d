import { addressOf, dataAddress } from '../addresses';
import type { DayInAddress, RegisterAddress, Target } from '../addresses';
import { DayBox, DayOfPage, useToday } from '../civic/on-a-day';
import { AskLink } from '../civic/parts';
import type { Asking } from '../civic/views';
import { Bars } from '../elements/bars';
import type { PageData } from '../elements/data-box';
import { MomentNotice, UndatedActs } from '../elements/moment';
import { Scrolling } from '../elements/scrolling';
import { StatusStrip } from '../elements/status-strip';
import { answerFrom } from '../home/answer';
import { Page } from '../layout/page';
import { useWords } from '../language/speaking';
import type { Words } from '../language/words';
import { GroupSummary } from './group-summary';
import { AreaTable } from './area-table';
import { FlowByYear, Medians } from './over-time';
import { IdleFor, OverdueDuties, ShareReused, SpendingPerAsset } from './parts';
import type { IndicatorSections } from './sections';
import { groupOf } from './view';
import type { Count, Group, IndicatorsView } from './view';

interface IndicatorsPageProps {
  readonly view: IndicatorsView;
  readonly sections: IndicatorSections;
  /** The day the counts are of; none for those of today. */
  readonly moment: DayInAddress;
  readonly origin: string;
  readonly asking?: Asking;
}

/** The counts of all phases, kinds and areas, and where they go on saying what they say on a day. */
export function countsData(moment: DayInAddress = {}, fixed?: Target): PageData {
  const files = (['csv', 'xlsx', 'json'] as const).map((form) => ({
    href: dataAddress.indicators(form, moment),
    form,
  }));
  return { files, ...(fixed && { fixed }), subject: { about: 'report', id: 'indicators' } };
}

/** How many assets stand where: each count as a bar, as a number, and as a link to the assets it counts. */
export function IndicatorsPage({ view, sections, moment, origin, asking }: IndicatorsPageProps) {
  const words = useWords();
  const { t, language } = words;
  const today = useToday();
  const present = addressOf(language, { page: 'indicators' });
  const { undated } = sections;
  const fixed = today !== undefined && ({ page: 'indicators', moment: { asOf: today, ...moment } } as const);
  const kinds = view.byKind.map((kind) => ({ ...kind, name: words.code('kind', kind.code) }));
  const phases = view.byPhase.map((phase) => ({
    ...phase,
    name: words.code('phase', phase.code),
    group: groupOf[phase.code],
  }));
  const areas = view.byArea.map((area) => ({ ...area, name: area.name || t('indicators.noArea') }));
  return (
    <Page
      title={t('indicators.title')}
      here={{ page: 'indicators', moment }}
      indexed={moment.asOf === undefined}
      origin={origin}
      position={view.position}
      data={countsData(moment, fixed || undefined)}
    >
      <DayOfPage.Provider value={moment}>
        <div class="wide indicators">
          <h1>{t('indicators.title')}</h1>
          <StatusStrip>
            {statusOf(view, words)}
            {undated !== null && undated.assets > 0 && ` ${t('moment.notCounted', { count: undated.assets })}`}
          </StatusStrip>
          {moment.asOf === undefined && <p class="lead">{t('indicators.lead')}</p>}
          <DayBox action={present} />
          <MomentNotice what={t('moment.register')} moment={moment} present={present} />
          <p class="quiet">{t('indicators.denominator', { count: view.total })}</p>
          <section aria-labelledby="by-group">
            <h2 id="by-group">{t('indicators.byGroup')}</h2>
            <GroupSummary view={view} />
          </section>
          <div class="indicator-pair">
            <Counts
              id="by-phase"
              title={t('indicators.byPhase')}
              head={t('indicators.phase')}
              counts={phases}
              undated={undated?.acts}
              total={view.total}
              query={(phase) => ({ phase, ...moment })}
            />
            <Counts
              id="by-kind"
              title={t('indicators.byKind')}
              head={t('indicators.kind')}
              counts={kinds}
              total={view.total}
              query={(kind) => ({ kind, ...moment })}
            />
          </div>
          <section aria-labelledby="by-area">
            <h2 id="by-area">{t('indicators.byArea')}</h2>
            <Bars
              bars={areas.map(({ name, assets }) => ({ label: name, value: assets, text: words.number(assets) }))}
            />
            <AreaTable view={view} title={t('indicators.byArea')} level="region" />
            <p class="quiet">{t('indicators.valuesKnown', { part: view.valued, whole: view.total })}</p>
          </section>
          <ShareReused reused={sections.reused} />
          <FlowByYear years={sections.years} today={moment.asOf === undefined ? today : undefined} />
          {sections.today === null ? (
            <p>
              <a href={present}>{t('indicators.ofToday')}</a>
            </p>
          ) : (
            <>
              <Medians waits={sections.today.waits} />
              <IdleFor idle={sections.today.idle} />
              <SpendingPerAsset spending={sections.today.spending} />
              <OverdueDuties overdue={sections.today.overdue} />
            </>
          )}
          <AskLink asking={asking} subject={{ about: 'report', id: 'indicators' }} />
        </div>
      </DayOfPage.Provider>
    </Page>
  );
}

/** What became of the assets, in one sentence. */
export function statusOf(view: IndicatorsView, words: Words): string {
  if (view.total === 0) return words.t('home.empty');
  const of = new Map(answerFrom(view).map((each) => [each.fate, each]));
  const back = of.get('back')!;
  return words.t('strip.indicators', {
    total: view.total,
    back: back.assets,
    share: words.share(back.share),
    waiting: of.get('waiting')!.assets,
  });
}

interface CountsProps {
  readonly id: string;
  readonly title: string;
  readonly head: string;
  readonly counts: readonly (Count & { readonly group?: Group })[];
  /** By code, how many acts no source dates. */
  readonly undated?: Readonly<Record<string, number>> | undefined;
  readonly total: number;
  readonly query: (code: string) => RegisterAddress;
}

function Counts({ id, title, head, counts, undated = {}, total, query }: CountsProps) {
  const words = useWords();
  const { t, language } = words;
  return (
    <section aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      <Bars
        bars={counts.map(({ name, assets, group }) => ({
          label: name,
          value: assets,
          text: words.number(assets),
          ...(group && { group }),
        }))}
      />
      <Scrolling label={title}>
        <table>
          <caption class="hidden">{title}</caption>
          <thead>
            <tr>
              <th scope="col">{head}</th>
              <th scope="col" class="numeric">
                {t('indicators.assets')}
              </th>
              <th scope="col" class="numeric">
                {t('indicators.share')}
              </th>
            </tr>
          </thead>
          <tbody>
            {counts.map(({ code, name, assets }) => (
              <tr key={code}>
                <th scope="row">
                  {assets === 0 ? (
                    name
                  ) : (
                    <a href={addressOf(language, { page: 'register', query: query(code) })}>{name}</a>
                  )}
                </th>
                <td class="numeric">
                  {words.number(assets)}
                  <UndatedActs count={undated[code]} />
                </td>
                <td class="numeric">{total === 0 ? '' : words.share(assets / total)}</td>
              </tr>
            ))}
          </tbody>
          <tfoot>
            <tr>
              <th scope="row">{t('indicators.total')}</th>
              <td class="numeric">{words.number(total)}</td>
              <td class="numeric">{total === 0 ? '' : words.share(1)}</td>
            </tr>
          </tfoot>
        </table>
      </Scrolling>
    </section>
  );
}
