import type { ComponentChildren } from 'preact';
import type { Asset, StreamKind } from '#domain';
import { assetEvents, openingOf } from '#domain';
import type { AssetView } from '../asset/dossier';
import { TimelineEntry } from '../asset/entry';
import { KeyFacts } from '../asset/key-facts';
import { PhaseBar } from '../asset/phase-bar';
import { statusSentence } from '../asset/status';
import type { ToldEntry } from '../asset/story';
import { Day } from '../elements/dates';
import { PhaseShape } from '../elements/phase-mark';
import { useWords } from '../language/speaking';
import { Acts } from './acts';
import type { OfferedAct } from './acts';
import { officeAddress } from './addresses';
import { OfficePage } from './frame';
import type { OfficeContext } from './frame';
import { Trail } from './form-page';

export interface DossierView {
  readonly kind: StreamKind;
  readonly collection: string;
  readonly id: string;
  readonly name: string;
  /** Of an asset alone. */
  readonly asset?: AssetView;
  readonly story: readonly ToldEntry[];
  readonly profile: AssetView['profile'];
  readonly acts: readonly OfferedAct[];
  /** Id of the entry that was recorded just now. */
  readonly recorded?: string;
  /** Whether personal data are shown too. */
  readonly personal: boolean;
  /** What was done beside the log, to be said once. */
  readonly said?: string;
  /** What else is known and can be done, of some kinds. */
  readonly beside?: ComponentChildren;
}

/** A dossier as officers work on it: where it stands, what can be done now, and all that was written. */
export function DossierPage({ view, context }: { readonly view: DossierView; readonly context: OfficeContext }) {
  const words = useWords();
  const { t } = words;
  const { collection, id, name, asset, story, profile, acts, recorded, said, beside, personal } = view;
  const inForce = asset?.dossier.asset;
  const done =
    recorded === undefined
      ? undefined
      : story.find(
          ({ entry, corrections, disclosed, annulment }) =>
            [entry, annulment?.by].some((each) => each?.id === recorded) ||
            [...corrections, ...disclosed].some(({ by }) => by.id === recorded),
        );
  return (
    <OfficePage title={name} context={context}>
      <div class="wide asset">
        <Trail subject={undefined} />
        {done && (
          <p class="notice done" role="status">
            <strong>{t('office.done')}</strong> <a href={`#entry-${done.entry.revision}`}>{t('office.seeEntry')}</a>
          </p>
        )}
        {said !== undefined && (
          <p class="notice done" role="status">
            {said}
          </p>
        )}
        <header class="asset-head">
          <h1>{name}</h1>
          <p class="id">
            <span class="hidden">{t('asset.registryId')}: </span>
            {id}
          </p>
          {inForce && (
            <p class={`status phase-${inForce.phase}`}>
              <PhaseShape phase={inForce.phase} />
              <span>{statusSentence(inForce, words)}</span>
            </p>
          )}
          {asset && !inForce && (
            <p>
              {t('asset.gone')}{' '}
              <a href={officeAddress.act(collection, id, 'record-seizure')}>{t('office.seizeAgain')}</a>
            </p>
          )}
        </header>
        {inForce && <Blocking asset={inForce} collection={collection} id={id} />}
        {asset && inForce && (
          <section aria-labelledby="phases">
            <h2 id="phases">{t('asset.phases')}</h2>
            <PhaseBar view={asset} />
          </section>
        )}
        <Acts collection={collection} id={id} acts={acts} />
        {beside}
        <div class="asset-columns">
          {asset && inForce && (
            <div class="asset-side">
              <section aria-labelledby="facts">
                <h2 id="facts">{t('asset.facts')}</h2>
                <KeyFacts view={asset} asset={inForce} />
              </section>
            </div>
          )}
          <section class="story" aria-labelledby="timeline">
            <h2 id="timeline">{t('asset.timeline')}</h2>
            <p class="quiet">
              {t(personal ? 'office.timelineWhole' : 'office.timelineIntro', { count: story.length })}
            </p>
            <ol class="timeline">
              {story.map((told) => (
                <TimelineEntry key={told.entry.id} told={told} profile={profile} today={asset?.today}>
                  {collection === 'assets' && !told.annulment && <EntryActs told={told} id={id} />}
                </TimelineEntry>
              ))}
            </ol>
          </section>
        </div>
      </div>
    </OfficePage>
  );
}

/** What can be done about one entry; the links say which, for those who hear them one after the other. */
function EntryActs({ told, id }: { readonly told: ToldEntry; readonly id: string }) {
  const { entry, occurredOn } = told;
  const words = useWords();
  const { t } = words;
  if (entry.type === 'EntryCorrected' || entry.type === 'EntryAnnulled') return null;
  const which = (
    <span class="hidden">
      {' '}
      {t('office.entryOf', { date: occurredOn === null ? t('entry.dateNotStated') : words.day(occurredOn) })}
    </span>
  );
  return (
    <p class="entry-acts">
      <a href={officeAddress.act('assets', id, 'correct-entry', { 'data.entry': entry.id })}>
        {t('office.correct')}
        {which}
      </a>
      <a href={officeAddress.act('assets', id, 'annul-entry', { 'data.entry': entry.id })}>
        {t('office.annul')}
        {which}
      </a>
      {closedIn(told).map((field) => (
        <a
          key={field}
          href={officeAddress.act('assets', id, 'disclose-field', { 'data.entry': entry.id, 'data.field': field })}
        >
          {t('disclosure.publish', { field: words.field(field) })}
          {which}
        </a>
      ))}
    </p>
  );
}

/** The fields of an entry that are not public and could be. */
function closedIn({ entry, data, withheld, disclosed }: ToldEntry): string[] {
  const definition = assetEvents.get(entry.type)?.definition;
  const published = new Set(disclosed.filter(({ annulment }) => !annulment).map(({ field }) => field));
  return [...Object.keys(data), ...withheld.map(({ field }) => field)].filter(
    (field) => !published.has(field) && !['never', undefined].includes(openingOf(definition, field)),
  );
}

interface BlockingProps {
  readonly asset: Asset;
  readonly collection: string;
  readonly id: string;
}

function Blocking({ asset, collection, id }: BlockingProps) {
  const words = useWords();
  const { t } = words;
  const problems = asset.problems.filter(({ blocking }) => blocking);
  if (problems.length === 0) return null;
  return (
    <section class="notice warning" aria-labelledby="blocking">
      <h2 id="blocking">{t('office.blocking', { count: problems.length })}</h2>
      <ul>
        {problems.map((problem) => (
          <li key={problem.id}>
            {words.code('kind', problem.kind)}
            {problem.since !== null && (
              <>
                {' '}
                (<Day after={t('office.since')} date={problem.since} />)
              </>
            )}
            {problem.waived && ` · ${t('office.waived')}`}{' '}
            <a href={officeAddress.act(collection, id, 'resolve-problem', { 'data.problem': problem.id })}>
              {t('office.resolve')} <span class="hidden">{words.code('kind', problem.kind)}</span>
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
}
