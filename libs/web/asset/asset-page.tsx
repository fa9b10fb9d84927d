import type { ComponentChildren } from 'preact';
import { addressOf, dataAddress } from '../addresses';
import type { MomentInAddress } from '../addresses';
import type { PageData } from '../elements/data-box';
import { MomentFields, MomentNotice } from '../elements/moment';
import { PhaseShape } from '../elements/phase-mark';
import { SourceLegend } from '../elements/source-tag';
import { Page } from '../layout/page';
import { useWords } from '../language/speaking';
import type { Words } from '../language/words';
import { Chapters } from './chapters/chapters';
import { TimelineEntry } from './entry';
import { Differences } from './differences';
import { knownOn } from './dossier';
import type { AssetView } from './dossier';
import { KeyFacts } from './key-facts';
import { PhaseBar } from './phase-bar';
import { statusSentence } from './status';
import { storyOf } from './story';
import { Title, titleOf } from './title';

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
  const past = isPast(moment);
  const title = titleOf(view, words);
  return (
    <Page
      title={title}
      here={{ page: 'asset', id, moment }}
      origin={origin}
      position={dossier.position}
      indexed={!past}
      data={dataOf(view, words)}
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
                <SourceLegend />
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
                  <TimelineEntry
                    key={told.entry.id}
                    told={told}
                    profile={profile}
                    today={knownOn(view)}
                    proven={view.proven}
                  />
                ))}
              </ol>
            </section>
          </div>
        </div>
        {children}
      </div>
    </Page>
  );
}

const isPast = ({ asOf, knownAt }: MomentInAddress): boolean => asOf !== undefined || knownAt !== undefined;

function dataOf({ dossier: { id }, moment, today }: AssetView, { t }: Words): PageData {
  const timeline = t('asset.dataTimeline');
  return {
    files: [
      { href: dataAddress.asset(id, moment), form: 'json' },
      ...(isPast(moment) ? [] : [{ href: dataAddress.place(id), form: 'jsonld' } as const]),
      { href: dataAddress.timeline(id, moment, 'csv'), form: 'csv', part: timeline },
      { href: dataAddress.timeline(id, moment, 'json'), form: 'json', part: timeline },
      ...(['money', 'support', 'use'] as const).map((name) => ({
        href: dataAddress.assetReport(id, name, moment),
        form: 'json' as const,
        part: t(`reports.${name}.title`),
      })),
    ],
    fixed: { page: 'asset', id, moment: { asOf: today, knownAt: today, ...moment } },
    subject: { about: 'asset', id },
    embed: id,
  };
}
