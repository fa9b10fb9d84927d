import { useContext } from 'preact/hooks';
import { addressOf } from '../addresses';
import type { DayInAddress } from '../addresses';
import { DayBox, DayOfPage, useToday } from '../civic/on-a-day';
import { MomentNotice } from '../elements/moment';
import { Original } from '../elements/original';
import { Scrolling } from '../elements/scrolling';
import { StatusStrip } from '../elements/status-strip';
import { answerFrom, fates } from '../home/answer';
import type { Fate } from '../home/answer';
import { FateBar, FateKey } from '../home/fates';
import { AreaTable } from '../indicators/area-table';
import { countsData, statusOf } from '../indicators/indicators-page';
import { Page } from '../layout/page';
import { useWords } from '../language/speaking';
import type { Words } from '../language/words';
import type { AreaFigures, AreasView } from './view';

/** So many areas stand side by side; more cannot be read. */
export const MOST_COMPARED = 4;

/** All regions, each leading to its page, and some areas side by side. */
interface AreasPageProps {
  readonly view: AreasView;
  /** The day they are looked at; none for today. */
  readonly moment: DayInAddress;
  readonly origin: string;
}

export function AreasPage({ view, moment, origin }: AreasPageProps) {
  const words = useWords();
  const { t, language } = words;
  const { stock, compared } = view;
  const codes = compared.map(({ area }) => area.code);
  const today = useToday();
  const present = { page: 'areas', compared: codes } as const;
  const fixed = { ...present, moment: { ...(today !== undefined && { asOf: today }), ...moment } };
  return (
    <Page
      title={t('area.title')}
      here={{ ...present, moment }}
      origin={origin}
      position={stock.position}
      indexed={codes.length === 0 && moment.asOf === undefined}
      data={countsData(moment, fixed)}
    >
      <DayOfPage.Provider value={moment}>
        <div class="wide report area">
          <h1>{t('area.title')}</h1>
          <StatusStrip>{statusOf(stock, words)}</StatusStrip>
          <p class="lead">{t('area.intro')}</p>
          <DayBox action={addressOf(language, { page: 'areas' })}>
            {codes.map((code) => (
              <input type="hidden" name="area" value={code} key={code} />
            ))}
          </DayBox>
          <MomentNotice what={t('moment.register')} moment={moment} present={addressOf(language, present)}>
            <p>{t('area.onADay')}</p>
          </MomentNotice>
          {compared.length > 1 && <SideBySide compared={compared} />}
          {compared.length === 1 && <p class="notice">{t('area.chooseAnother', { name: compared[0]!.area.name })}</p>}
          <section aria-labelledby="regions">
            <h2 id="regions">{t('map.by.region')}</h2>
            <form method="get" action={addressOf(language, { page: 'areas' })}>
              {compared
                .filter(({ area }) => area.level !== 'region')
                .map(({ area }) => (
                  <input type="hidden" name="area" value={area.code} key={area.code} />
                ))}
              {moment.asOf !== undefined && <input type="hidden" name="asOf" value={moment.asOf} />}
              <AreaTable view={stock} title={t('map.by.region')} level="region" chosen={codes} />
              <p class="form-end">
                <button type="submit" class="secondary">
                  {t('area.compareChosen', { count: MOST_COMPARED })}
                </button>
              </p>
            </form>
          </section>
        </div>
      </DayOfPage.Provider>
    </Page>
  );
}

interface Line {
  readonly name: string;
  /** The part of the bars that the line is about. */
  readonly fate?: Fate;
  readonly of: (figures: AreaFigures) => string;
}

const amounts = (money: AreaFigures['money'], stage: 'allocated' | 'paid', words: Words): string =>
  money.length === 0
    ? words.t('area.noneRecorded')
    : money.map(({ currency, [stage]: minor }) => words.money({ minor: BigInt(minor), currency })).join(' + ');

/** What the areas are compared by; shares, so that a small area can stand beside a large one. */
function linesIn(words: Words): Line[] {
  const { t } = words;
  return [
    { name: t('area.assets'), of: ({ stock }) => words.number(stock.total) },
    ...fates.map((fate) => ({
      name: t(`area.fate.${fate}`),
      fate,
      of: ({ stock }: AreaFigures) => {
        const { assets, share } = answerFrom(stock).find((each) => each.fate === fate)!;
        return `${words.share(share)} (${words.number(assets)})`;
      },
    })),
    { name: t('area.allocated'), of: ({ money }) => amounts(money, 'allocated', words) },
    { name: t('area.paid'), of: ({ money }) => amounts(money, 'paid', words) },
    { name: t('area.assigned'), of: ({ assigned }) => words.number(assigned.assets) },
    {
      name: t('reports.assigned.completeness'),
      of: ({ assigned: { completeness } }) =>
        completeness.whole === null ? t('area.noneRecorded') : words.number(completeness.whole),
    },
  ];
}

function SideBySide({ compared }: { readonly compared: readonly AreaFigures[] }) {
  const words = useWords();
  const { t, language } = words;
  const moment = useContext(DayOfPage);
  const title = t('area.sideBySide');
  return (
    <section aria-labelledby="compared" class="side-by-side">
      <h2 id="compared">{title}</h2>
      {compared.map(({ area, stock }) => (
        <div key={area.code}>
          <p>
            <Original>{area.name}</Original>
          </p>
          <FateBar view={stock} />
        </div>
      ))}
      <Scrolling label={title}>
        <table>
          <caption class="hidden">{title}</caption>
          <thead>
            <tr>
              <td />
              {compared.map(({ area }) => (
                <th scope="col" class="numeric" key={area.code}>
                  <a href={addressOf(language, { page: 'area', code: area.code, moment })}>
                    <Original>{area.name}</Original>
                  </a>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {linesIn(words).map(({ name, fate, of }) => (
              <tr key={name}>
                <th scope="row">
                  {fate && <FateKey fate={fate} />} {name}
                </th>
                {compared.map((figures) => (
                  <td class="numeric" key={figures.area.code}>
                    {of(figures)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </Scrolling>
      <p class="quiet">{t('area.caveat')}</p>
    </section>
  );
}
