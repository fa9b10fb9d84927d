import type { ComponentChildren } from 'preact';
import type { Description } from '#domain';
import { addressOf, dataAddress, feedAddress } from '../addresses';
import { AssetName, assetName } from '../elements/asset-title';
import { MomentFields, MomentNotice } from '../elements/moment';
import { PhaseShape } from '../elements/phase-mark';
import { Page } from '../layout/page';
import { useWords } from '../language/speaking';
import type { Words } from '../language/words';
import { Chapters } from './chapters/chapters';
import { TimelineEntry } from './entry';
import { Differences } from './differences';
import type { AssetView } from './dossier';
import { KeyFacts } from './key-facts';
import { PhaseBar } from './phase-bar';
import { statusSentence } from './status';
import { storyOf } from './story';

interface AssetPageProps {
  readonly view: AssetView;
  readonly origin: string;
  /** What other reports say of the asset, between its story and its data. */
  readonly children?: ComponentChildren;
}

/** An asset: where it stands, what is known of it, and everything that happened to it. */
export function AssetPage({ view, origin, children }: AssetPageProps) {
  const words = useWords();
  const { t, language } = words;
  const { dossier, moment, profile } = view;
  const { asset, id } = dossier;
  const story = storyOf(dossier, moment.asOf, profile.timeZone, (instant) => words.dayOf(instant));
  const past = moment.asOf !== undefined || moment.knownAt !== undefined;
  const title = titleOf(view, words);
  return (
    <Page
      title={title}
      here={{ page: 'asset', id, moment }}
      origin={origin}
      position={dossier.position}
      indexed={!past}
      data={[
        { href: dataAddress.asset(id, moment), type: 'application/json' },
        ...(past ? [] : [{ href: dataAddress.place(id), type: 'application/ld+json' }]),
      ]}
      feed={{ href: feedAddress(language, { asset: id }), title: t('feed.asset', { asset: title }) }}
    >
      <div class="wide asset">
        <nav class="trail" aria-label={t('site.register')}>
          <a href={addressOf(language, { page: 'register' })}>{t('site.register')}</a>
        </nav>
        <header class="asset-head">
          <h1>
            <Title view={view} />
          </h1>
          <p class="id">
            <span class="hidden">{t('asset.registryId')}: </span>
            {id}
          </p>
          {asset ? (
            <p class={`status phase-${asset.phase}`}>
              <PhaseShape phase={asset.phase} />
              <span>{statusSentence(asset, words)}</span>
            </p>
          ) : (
            <p class="status">{past ? t('moment.notThere') : t('asset.gone')}</p>
          )}
        </header>
        <MomentNotice what={t('moment.thisAsset')} moment={moment} present={addressOf(language, { page: 'asset', id })}>
          <Differences view={view} />
        </MomentNotice>
        {asset && (
          <section aria-labelledby="phases">
            <h2 id="phases">{t('asset.phases')}</h2>
            <PhaseBar view={view} />
          </section>
        )}
        <div class="asset-columns">
          <div class="asset-side">
            {asset && (
              <section aria-labelledby="facts">
                <h2 id="facts">{t('asset.facts')}</h2>
                <KeyFacts view={view} asset={asset} />
              </section>
            )}
            <details class="moment-box" open={past}>
              <summary>{t('moment.title')}</summary>
              <form method="get" action={addressOf(language, { page: 'asset', id })}>
                <MomentFields moment={moment} today={view.today} />
                <button type="submit" class="secondary">
                  {t('moment.show')}
                </button>
              </form>
            </details>
          </div>
          <div class="asset-main">
            <Chapters dossier={dossier} />
            <section class="story" aria-labelledby="timeline">
              <h2 id="timeline">{t('asset.timeline')}</h2>
              <p class="quiet">{t('asset.timelineIntro', { count: story.length })}</p>
              <ol class="timeline">
                {story.map((told) => (
                  <TimelineEntry key={told.entry.id} told={told} profile={profile} proven={view.proven} />
                ))}
              </ol>
            </section>
          </div>
        </div>
        {children}
        <DataBox view={view} />
      </div>
    </Page>
  );
}

/** The description of the moment, or where nothing stood then, today's. */
const descriptionOf = ({ dossier, present }: AssetView): Description | undefined =>
  (dossier.asset ?? present?.asset)?.description;

function titleOf(view: AssetView, words: Words): string {
  const description = descriptionOf(view);
  if (!description) return view.dossier.id;
  return words.row([assetName(description, words), description.location?.municipality?.name]);
}

function Title({ view }: { readonly view: AssetView }) {
  const words = useWords();
  const description = descriptionOf(view);
  if (!description) return <>{view.dossier.id}</>;
  const municipality = description.location?.municipality?.name;
  return (
    <>
      <AssetName described={description} words={words} />
      {municipality && words.comma + words.within(municipality)}
    </>
  );
}

function DataBox({ view: { dossier, moment } }: { readonly view: AssetView }) {
  const words = useWords();
  const { t, language } = words;
  const { id, entries, position } = dossier;
  return (
    <section class="data-box" aria-labelledby="data">
      <h2 id="data">{t('asset.data')}</h2>
      <ul>
        <li>
          <a href={dataAddress.asset(id, moment)}>
            {t('data.as', { what: t('asset.dataDossier'), format: t('data.json') })}
          </a>
        </li>
        <li>
          <a href={dataAddress.timeline(id, moment, 'json')}>
            {t('data.as', { what: t('asset.dataTimeline'), format: t('data.json') })}
          </a>
        </li>
        <li>
          <a href={feedAddress(language, { asset: id })}>{t('feed.follow')}</a>
        </li>
        <li>
          <a href={dataAddress.timeline(id, moment, 'csv')} download>
            {t('data.as', { what: t('asset.dataTimeline'), format: t('data.csv') })}
          </a>
        </li>
        {(['money', 'support', 'use'] as const).map((name) => (
          <li key={name}>
            <a href={dataAddress.assetReport(id, name, moment)}>
              {t('data.as', { what: t(`reports.${name}.title`), format: t('data.json') })}
            </a>
          </li>
        ))}
      </ul>
      <p class="quiet">
        {t('asset.dataPosition')}: {words.number(position)}. {t('asset.dataEntries')}: {words.number(entries.length)}.
      </p>
    </section>
  );
}
