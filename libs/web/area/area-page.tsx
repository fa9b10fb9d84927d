import type { ComponentChildren } from 'preact';
import { useContext } from 'preact/hooks';
import { addressOf, dataAddress } from '../addresses';
import type { DayInAddress } from '../addresses';
import { DayBox, DayOfPage, useToday } from '../civic/on-a-day';
import { AssetName } from '../elements/asset-title';
import { MomentNotice } from '../elements/moment';
import { Original } from '../elements/original';
import { StatusStrip } from '../elements/status-strip';
import { Fates } from '../home/fates';
import { News } from '../home/news';
import { AreaTable } from '../indicators/area-table';
import { statusOf } from '../indicators/indicators-page';
import { Page } from '../layout/page';
import { useWords } from '../language/speaking';
import { MoneyBar } from '../reports/money-bar';
import { measureInWords } from '../reports/support-words';
import type { MoneySum } from '../reports/view';
import type { AreaView } from './view';

/** A region, province or municipality: what became of the assets there, with the money, what is needed, and what is new. */
interface AreaPageProps {
  readonly view: AreaView;
  /** The day it is looked at; none for today. */
  readonly moment: DayInAddress;
  readonly origin: string;
}

export function AreaPage({ view, moment, origin }: AreaPageProps) {
  const words = useWords();
  const { t, language } = words;
  const { area, stock, news, position } = view;
  const today = useToday();
  const filter = filterOf(view);
  const present = { page: 'area', code: area.code } as const;
  return (
    <Page
      title={area.name}
      here={{ ...present, moment }}
      indexed={moment.asOf === undefined}
      origin={origin}
      position={position}
      data={{
        files: (['csv', 'xlsx', 'json', 'geojson'] as const).map((form) => ({
          href: dataAddress.assets({ ...filter, ...moment }, form),
          form,
          part: t('area.list'),
        })),
        ...(today !== undefined && { fixed: { ...present, moment: { asOf: today, ...moment } } }),
        subject: { about: 'report', id: 'register' },
      }}
    >
      <DayOfPage.Provider value={moment}>
        <div class="wide report area">
          <Within view={view} />
          <h1>
            <Original>{area.name}</Original>
          </h1>
          <StatusStrip>{statusOf(stock, words)}</StatusStrip>
          <p class="lead">{t(`area.lead.${area.level}`)}</p>
          <DayBox action={addressOf(language, present)} />
          <MomentNotice what={area.name} moment={moment} present={addressOf(language, present)}>
            <p>{t('area.onADay')}</p>
          </MomentNotice>
          <section aria-labelledby="answer" class="what-became">
            <h2 id="answer">{t('home.answerTitle')}</h2>
            <Fates view={stock} within={filter} />
            <Onward view={view} />
          </section>
          <div class="report-pair">
            <Money view={view} />
            <Assigned view={view} />
            <Needs view={view} />
          </div>
          {area.level !== 'municipality' && <Parts view={view} />}
          {news.length > 0 && <News news={news} area={area.code} />}
        </div>
      </DayOfPage.Provider>
    </Page>
  );
}

function Within({ view: { area, within } }: { readonly view: AreaView }) {
  const { t, language } = useWords();
  const moment = useContext(DayOfPage);
  return (
    <nav class="crumbs" aria-label={t('area.within')}>
      <ol>
        <li>
          <a href={addressOf(language, { page: 'areas', moment })}>{t('area.all')}</a>
        </li>
        {within.map(({ code, name }) => (
          <li key={code}>
            <a href={addressOf(language, { page: 'area', code, moment })}>
              <Original>{name}</Original>
            </a>
          </li>
        ))}
        <li aria-current="page">
          <Original>{area.name}</Original>
        </li>
      </ol>
    </nav>
  );
}

/** The filters of the lists ask for the larger areas as well. */
const filterOf = ({ area, within }: AreaView): Readonly<Record<string, string>> =>
  Object.fromEntries([...within, area].map(({ level, code }) => [level, code]));

function Onward({ view }: { readonly view: AreaView }) {
  const { t, language } = useWords();
  const moment = useContext(DayOfPage);
  const query = { ...filterOf(view), ...moment };
  const { level, code } = view.area;
  // How long it takes, and red flags, are of today alone.
  const ofToday = moment.asOf === undefined;
  return (
    <ul class="onward">
      <li>
        <a href={addressOf(language, { page: 'register', query })}>{t('area.list')}</a>
      </li>
      <li>
        <a href={addressOf(language, { page: 'map', query })}>{t('area.map')}</a>
      </li>
      <li>
        <a href={addressOf(language, { page: 'register', query: { ...query, phase: 'confiscated-final' } })}>
          {t('area.waits')}
        </a>
      </li>
      <li>
        <a href={addressOf(language, { page: 'register', query: { ...query, phase: 'available' } })}>
          {t('area.available')}
        </a>
      </li>
      {ofToday && (
        <li>
          <a href={addressOf(language, { page: 'support', query: { ...query, type: 'need', status: 'open' } })}>
            {t('area.needs')}
          </a>
        </li>
      )}
      {ofToday && level === 'region' && (
        <li>
          <a href={addressOf(language, { page: 'waiting', query })}>{t('area.waiting')}</a>
        </li>
      )}
      {ofToday && (
        <li>
          <a href={addressOf(language, { page: 'flags', query })}>{t('area.flags')}</a>
        </li>
      )}
      <li>
        <a href={addressOf(language, { page: 'areas', compared: [code], moment })}>{t('area.compare')}</a>
      </li>
    </ul>
  );
}

interface PartProps {
  readonly id: string;
  readonly title: string;
  readonly more: { readonly href: string; readonly text: string };
  readonly children: ComponentChildren;
}

const Part = ({ id, title, more, children }: PartProps) => (
  <section aria-labelledby={id}>
    <h2 id={id}>{title}</h2>
    {children}
    <p class="onward">
      <a href={more.href}>{more.text}</a>
    </p>
  </section>
);

function Money({ view }: { readonly view: AreaView }) {
  const { t, language } = useWords();
  const query = { ...filterOf(view), ...useContext(DayOfPage) };
  const more = { href: addressOf(language, { page: 'money', query }), text: t('area.moneyMore') };
  return (
    <Part id="money" title={t('reports.money.title')} more={more}>
      {view.money.length === 0 ? (
        <p>{t('area.noMoney')}</p>
      ) : (
        view.money.map((sum) => <Spent key={sum.currency} sum={sum} />)
      )}
    </Part>
  );
}

function Spent({ sum: { currency, ...sum } }: { readonly sum: MoneySum }) {
  const words = useWords();
  const stages = ['allocated', 'committed', 'paid'] as const;
  const amounts = { allocated: BigInt(sum.allocated), committed: BigInt(sum.committed), approved: BigInt(sum.approved), paid: BigInt(sum.paid) }; // prettier-ignore
  return (
    <>
      <MoneyBar stages={amounts} />
      <dl class="figures">
        {stages.map((stage) => (
          <div key={stage}>
            <dt>{words.t(`reports.money.${stage}`)}</dt>
            <dd>{words.money({ minor: amounts[stage], currency })}</dd>
          </div>
        ))}
      </dl>
    </>
  );
}

function Assigned({ view }: { readonly view: AreaView }) {
  const words = useWords();
  const { t, language } = words;
  const { assets, heldByThirdParties, completeness } = view.assigned;
  const query = { ...filterOf(view), ...useContext(DayOfPage) };
  const more = { href: addressOf(language, { page: 'assigned', query }), text: t('area.assignedMore') };
  return (
    <Part id="assigned" title={t('reports.assigned.title')} more={more}>
      {assets === 0 ? (
        <p>{t('area.noneAssigned')}</p>
      ) : (
        <>
          <p>
            {t('reports.assigned.assets', { count: assets })},{' '}
            {t('reports.assigned.thirdParties', { count: heldByThirdParties })}.
          </p>
          {completeness.whole !== null && <p>{t('area.completeness', { score: words.number(completeness.whole) })}</p>}
        </>
      )}
    </Part>
  );
}

function Needs({ view }: { readonly view: AreaView }) {
  const words = useWords();
  const { t, language } = words;
  const moment = useContext(DayOfPage);
  const query = { ...filterOf(view), type: 'need', status: 'open', ...moment };
  const more = { href: addressOf(language, { page: 'support', query }), text: t('area.needsMore') };
  return (
    <Part id="needs" title={t('area.needs')} more={more}>
      {view.needs.length === 0 ? (
        <p>{t('area.noNeeds')}</p>
      ) : (
        <ul class="needs">
          {view.needs.map((need) => (
            <li key={need.id}>
              <a href={`${addressOf(language, { page: 'asset', id: need.asset, moment })}#support`}>
                {need.needed === null ? words.code('kind', need.form) : <Original>{need.needed}</Original>}
              </a>
              <span class="beside">
                {measureInWords(need.form, need.measure, words)}, <AssetName described={need} words={words} />
              </span>
            </li>
          ))}
        </ul>
      )}
    </Part>
  );
}

function Parts({ view }: { readonly view: AreaView }) {
  const { t } = useWords();
  const { area, stock } = view;
  const level = area.level === 'region' ? 'province' : 'municipality';
  return (
    <section aria-labelledby="parts">
      <h2 id="parts">{t(`map.by.${level}`)}</h2>
      <AreaTable view={stock} title={t(`map.by.${level}`)} level={level} within={filterOf(view)} />
    </section>
  );
}
