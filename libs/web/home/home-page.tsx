import { useContext } from 'preact/hooks';
import { addressOf } from '../addresses';
import type { DayInAddress, Target } from '../addresses';
import { DayBox, DayOfPage, useToday } from '../civic/on-a-day';
import { MomentNotice } from '../elements/moment';
import { countsData } from '../indicators/indicators-page';
import type { IndicatorsView } from '../indicators/view';
import { Page } from '../layout/page';
import { useWords } from '../language/speaking';
import { SearchForm } from '../search/site-search';
import { Fates } from './fates';
import { News } from './news';
import type { NewEntry } from './news';

interface HomePageProps {
  readonly view: IndicatorsView;
  /** The day the counts are of; none for those of today. */
  readonly moment?: DayInAddress;
  /** The latest first; none on a page of another day. */
  readonly news: readonly NewEntry[];
  readonly origin: string;
}

/** The front door: what became of the assets, the search box, what is new, and the ways in for those who come for different reasons. */
export function HomePage({ view, moment = {}, news, origin }: HomePageProps) {
  const { t } = useWords();
  const today = useToday();
  const fixed = today !== undefined && ({ page: 'home', moment: { asOf: today, ...moment } } as const);
  return (
    <Page
      title={t('home.title')}
      here={{ page: 'home', moment }}
      indexed={moment.asOf === undefined}
      origin={origin}
      position={view.position}
      data={countsData(moment, fixed || undefined)}
    >
      <DayOfPage.Provider value={moment}>
        <section class="hero">
          <div class="wide">
            <h1>{t('home.title')}</h1>
            <p class="lead">{t('home.lead')}</p>
            <SearchForm label={t('home.searchLabel')} />
          </div>
        </section>
        <div class="wide home">
          <Answer view={view} latest={news[0]?.recordedAt} />
          <Doors />
          {news.length > 0 && <News news={news} />}
          <section aria-labelledby="how" class="how">
            <h2 id="how">{t('home.howTitle')}</h2>
            <p>{t('home.howTwoDates')}</p>
            <p>{t('home.howMissing')}</p>
            <p>{t('home.howData')}</p>
          </section>
        </div>
      </DayOfPage.Provider>
    </Page>
  );
}

interface AnswerProps {
  readonly view: IndicatorsView;
  /** When the last entry was written down; undefined on a page of another day. */
  readonly latest: string | undefined;
}

/** The one question people come with, answered in whole sentences. */
function Answer({ view, latest }: AnswerProps) {
  const words = useWords();
  const { t, language } = words;
  const moment = useContext(DayOfPage);
  const present = addressOf(language, { page: 'home' });
  return (
    <section aria-labelledby="answer" class="what-became">
      <h2 id="answer">{t('home.answerTitle')}</h2>
      <MomentNotice what={t('moment.register')} moment={moment} present={present}>
        <p>{t('home.onADay')}</p>
      </MomentNotice>
      {view.total === 0 ? <p>{t('home.empty')}</p> : <Fates view={view} />}
      {latest !== undefined && <p class="quiet fresh">{t('home.fresh', { instant: latest })}</p>}
      <ul class="onward">
        <li>
          <a href={addressOf(language, { page: 'indicators', moment })}>{t('home.allIndicators')}</a>
        </li>
        <li>
          <a href={addressOf(language, { page: 'register', query: { ...moment } })}>{t('home.wholeRegister')}</a>
        </li>
      </ul>
      <DayBox action={present} />
    </section>
  );
}

interface Door {
  readonly name: string;
  readonly ways: readonly (readonly [string, Target])[];
}

/** Where the ways in lead; they keep the day the page is about, but for what is said of today alone. */
const doorsOn = (moment: DayInAddress): readonly Door[] => [
  {
    name: 'citizen',
    ways: [
      ['near', { page: 'areas', moment }],
      ['map', { page: 'map', query: { ...moment } }],
      ['dialogue', { page: 'dialogues', query: { ...moment } }],
      ['glossary', { page: 'guide', guide: 'glossary' }],
    ],
  },
  {
    name: 'association',
    ways: [
      ['calls', { page: 'calls', query: { ...moment } }],
      ['waiting', { page: 'register', query: { phase: 'confiscated-final', ...moment } }],
      ['available', { page: 'register', query: { phase: 'available', ...moment } }],
      ['use', { page: 'use', query: { ...moment } }],
    ],
  },
  {
    name: 'company',
    ways: [
      ['how', { page: 'guide', guide: 'company' }],
      ['needs', { page: 'support', query: { type: 'need', status: 'open' } }],
      ['money', { page: 'money', query: { ...moment } }],
    ],
  },
];

/** Three ways in, by why somebody comes. */
function Doors() {
  const words = useWords();
  const { t, language } = words;
  const said = (key: string): string => words.named(`home.door.${key}`) ?? '';
  return (
    <section aria-labelledby="doors" class="doors">
      <h2 id="doors">{t('home.doors')}</h2>
      <ul class="door-list">
        {doorsOn(useContext(DayOfPage)).map(({ name, ways }) => (
          <li key={name} class="door">
            <h3>{said(`${name}.title`)}</h3>
            <p>{said(`${name}.text`)}</p>
            <ul>
              {ways.map(([way, target]) => (
                <li key={way}>
                  <a href={addressOf(language, target)}>{said(`${name}.${way}`)}</a>
                </li>
              ))}
            </ul>
          </li>
        ))}
      </ul>
    </section>
  );
}
