import { addressOf } from '../addresses';
import type { Target } from '../addresses';
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
  /** The latest first. */
  readonly news: readonly NewEntry[];
  readonly origin: string;
}

/** The front door: what became of the assets, the search box, what is new, and the ways in for those who come for different reasons. */
export function HomePage({ view, news, origin }: HomePageProps) {
  const { t } = useWords();
  return (
    <Page title={t('home.title')} here={{ page: 'home' }} origin={origin} position={view.position} data={countsData()}>
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
    </Page>
  );
}

interface AnswerProps {
  readonly view: IndicatorsView;
  /** When the last entry was written down. */
  readonly latest: string | undefined;
}

/** The one question people come with, answered in whole sentences. */
function Answer({ view, latest }: AnswerProps) {
  const words = useWords();
  const { t, language } = words;
  return (
    <section aria-labelledby="answer" class="what-became">
      <h2 id="answer">{t('home.answerTitle')}</h2>
      {view.total === 0 ? <p>{t('home.empty')}</p> : <Fates view={view} />}
      {latest !== undefined && <p class="quiet fresh">{t('home.fresh', { instant: latest })}</p>}
      <ul class="onward">
        <li>
          <a href={addressOf(language, { page: 'indicators' })}>{t('home.allIndicators')}</a>
        </li>
        <li>
          <a href={addressOf(language, { page: 'register' })}>{t('home.wholeRegister')}</a>
        </li>
      </ul>
    </section>
  );
}

const doors: readonly { readonly name: string; readonly ways: readonly (readonly [string, Target])[] }[] = [
  {
    name: 'citizen',
    ways: [
      ['near', { page: 'areas' }],
      ['map', { page: 'map' }],
      ['dialogue', { page: 'dialogues' }],
      ['glossary', { page: 'guide', guide: 'glossary' }],
    ],
  },
  {
    name: 'association',
    ways: [
      ['calls', { page: 'calls' }],
      ['waiting', { page: 'register', query: { phase: 'confiscated-final' } }],
      ['available', { page: 'register', query: { phase: 'available' } }],
      ['use', { page: 'use' }],
    ],
  },
  {
    name: 'company',
    ways: [
      ['how', { page: 'guide', guide: 'company' }],
      ['needs', { page: 'support', query: { type: 'need', status: 'open' } }],
      ['money', { page: 'money' }],
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
        {doors.map(({ name, ways }) => (
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
