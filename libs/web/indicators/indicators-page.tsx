import type { LegalDate } from '#domain';
import { addressOf, dataAddress } from '../addresses';
import type { RegisterAddress } from '../addresses';
import { AskLink } from '../civic/parts';
import type { Asking } from '../civic/views';
import { Bars } from '../elements/bars';
import type { PageData } from '../elements/data-box';
import { KnownField } from '../elements/known-on';
import { MomentNotice } from '../elements/moment';
import { Scrolling } from '../elements/scrolling';
import { StatusStrip } from '../elements/status-strip';
import { answerFrom } from '../home/answer';
import { Page } from '../layout/page';
import { useWords } from '../language/speaking';
import type { Words } from '../language/words';
import { GroupSummary } from './group-summary';
import { AreaTable } from './area-table';
import { groupOf } from './view';
import type { Count, Group, IndicatorsView } from './view';

interface IndicatorsPageProps {
  readonly view: IndicatorsView;
  /** The end of the year the counts are of; none for those of today. */
  readonly asOf?: LegalDate | undefined;
  /** The ends of years that can be chosen, the latest first. */
  readonly yearEnds: readonly LegalDate[];
  readonly origin: string;
  readonly asking?: Asking;
}

/** The counts of all phases, kinds and areas. */
export const countsData = dataOf({});

function dataOf(moment: { readonly asOf?: LegalDate }): PageData {
  const files = (['csv', 'xlsx', 'json'] as const).map((form) => ({
    href: dataAddress.indicators(form, moment),
    form,
  }));
  const fixed = moment.asOf === undefined ? {} : { fixed: { page: 'indicators', moment } as const };
  return { files, ...fixed, subject: { about: 'report', id: 'indicators' } };
}

/** How many assets stand where: each count as a bar, as a number, and as a link to the assets it counts. */
export function IndicatorsPage({ view, asOf, yearEnds, origin, asking }: IndicatorsPageProps) {
  const words = useWords();
  const { t } = words;
  const moment = asOf === undefined ? {} : { asOf };
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
      indexed={asOf === undefined}
      origin={origin}
      position={view.position}
      data={dataOf(moment)}
    >
      <div class="wide indicators">
        <h1>{t('indicators.title')}</h1>
        <StatusStrip>{statusOf(view, words)}</StatusStrip>
        {asOf === undefined && <p class="lead">{t('indicators.lead')}</p>}
        <YearEnd yearEnds={yearEnds} asOf={asOf} />
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
        <p>
          <a href={addressOf(words.language, { page: 'waiting' })}>{t('reports.waiting.title')}</a>
        </p>
        <section aria-labelledby="by-area">
          <h2 id="by-area">{t('indicators.byArea')}</h2>
          <Bars bars={areas.map(({ name, assets }) => ({ label: name, value: assets, text: words.number(assets) }))} />
          <AreaTable view={view} title={t('indicators.byArea')} level="region" valued={asOf === undefined} />
          {asOf === undefined && (
            <p class="quiet">{t('indicators.valuesKnown', { part: view.valued, whole: view.total })}</p>
          )}
        </section>
        <AskLink asking={asking} subject={{ about: 'report', id: 'indicators' }} />
      </div>
    </Page>
  );
}

/** At the end of which year the assets are looked at, and what is kept of the past. */
function YearEnd({ yearEnds, asOf }: Pick<IndicatorsPageProps, 'yearEnds' | 'asOf'>) {
  const words = useWords();
  const { t, language } = words;
  const present = addressOf(language, { page: 'indicators' });
  return (
    <>
      <MomentNotice what={t('moment.register')} moment={asOf === undefined ? {} : { asOf }} present={present}>
        <p>{t('indicators.ofThePast')}</p>
      </MomentNotice>
      <details class="moment-box" open={asOf !== undefined}>
        <summary>{t('indicators.yearEnd')}</summary>
        <form method="get" action={present} data-known>
          <div class="field">
            <label for="asOf">{t('moment.asOf')}</label>
            <select id="asOf" name="asOf">
              <option value="">{t('indicators.today')}</option>
              {yearEnds.map((day) => (
                <option key={day} value={day} selected={day === asOf}>
                  {words.day(day)}
                </option>
              ))}
            </select>
          </div>
          <KnownField />
          <button type="submit" class="secondary">
            {t('moment.show')}
          </button>
        </form>
        <p class="quiet">
          {t('indicators.otherDays')} <a href={addressOf(language, { page: 'register' })}>{t('site.register')}</a>
        </p>
      </details>
    </>
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
  readonly total: number;
  readonly query: (code: string) => RegisterAddress;
}

function Counts({ id, title, head, counts, total, query }: CountsProps) {
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
                <td class="numeric">{words.number(assets)}</td>
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
