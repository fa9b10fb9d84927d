import type { Phase } from '#domain';
import { addressOf } from '../addresses';
import { PhaseMark } from '../elements/phase-mark';
import { useWords } from '../language/speaking';
import { officeAddress } from './addresses';
import { OfficePage } from './frame';
import type { OfficeContext } from './frame';
import { importAddress } from './import-page';
import { actName, collectionName } from './names';

export interface FoundAsset {
  readonly id: string;
  readonly name: string;
  readonly place: string;
  readonly phase: Phase;
}

/** A duty whose last day has passed. */
export interface Duty extends FoundAsset {
  readonly since: string;
  /** Days beyond the deadline. */
  readonly days: number;
  readonly source: string;
}

export interface HomeView {
  readonly question: string;
  /** What was found; undefined where nothing was asked. */
  readonly found?: { readonly assets: readonly FoundAsset[]; readonly more: boolean };
  /** Whether this process can search at all; it can always open a dossier by its id. */
  readonly searches: boolean;
  /** Nothing was found under the id asked for. */
  readonly unknown: boolean;
  readonly recent: readonly {
    readonly id: string;
    readonly address: string;
    readonly dossier: string;
    readonly text: string;
    readonly recordedOn: string;
  }[];
  /** Undefined where this process has no reports to know them from. */
  readonly overdue?: { readonly duties: readonly Duty[]; readonly more: boolean };
  /** Whether the person may import files. */
  readonly imports: boolean;
  /** Whether the person administers accounts. */
  readonly people: boolean;
  /** Some of the person's roles sleep until they sign in with a second factor. */
  readonly weak: boolean;
  readonly openings: readonly { readonly collection: string; readonly command: string }[];
}

/** Where an officer's day begins: find a dossier, open a new one, see what is overdue and what one wrote last. */
export function OfficeHomePage({ view, context }: { readonly view: HomeView; readonly context: OfficeContext }) {
  const words = useWords();
  const { t } = words;
  return (
    <OfficePage title={t('office.desk')} context={context}>
      <div class="wide desk">
        <h1>{t('office.desk')}</h1>
        {view.weak && <SecondFactorNeeded />}
        <Search view={view} />
        <div class="desk-columns">
          <section aria-labelledby="open-new">
            <h2 id="open-new">{t('office.openNew')}</h2>
            <ul class="openings">
              {view.openings.map(({ collection, command }) => (
                <li key={command}>
                  <a href={officeAddress.opening(collection, command)}>{actName(command, words)}</a>{' '}
                  <span class="quiet">{collectionName(collection, words)}</span>
                </li>
              ))}
              {view.people && (
                <li>
                  <a href={officeAddress.people}>{t('office.people.title')}</a>{' '}
                  <span class="quiet">{collectionName('accounts', words)}</span>
                </li>
              )}
              {view.imports && (
                <li>
                  <a href={importAddress.start}>{t('office.import.offer')}</a>
                </li>
              )}
            </ul>
          </section>
          <Recent view={view} />
        </div>
        <Overdue view={view} />
      </div>
    </OfficePage>
  );
}

/** Why somebody who has the role is offered less than they expect, and what to do. */
export function SecondFactorNeeded() {
  const { t, language } = useWords();
  return (
    <p class="notice warning">
      {t('office.people.weak.text')}{' '}
      <a href={addressOf(language, { page: 'account' })}>{t('office.people.weak.link')}</a>
    </p>
  );
}

function Search({ view: { question, found, searches, unknown } }: { readonly view: HomeView }) {
  const { t } = useWords();
  return (
    <section aria-labelledby="find">
      <h2 id="find">{t('office.find')}</h2>
      <form method="get" action={officeAddress.home} role="search">
        <label for="q">{t(searches ? 'office.searchLabel' : 'office.idLabel')}</label>
        <div class="search-row">
          <input type="search" id="q" name="q" value={question} autocomplete="off" />
          <button>{t('office.findButton')}</button>
        </div>
      </form>
      {unknown && <p role="status">{t('office.unknownId', { id: question })}</p>}
      {found && (
        <div role="status">
          <p>{t('office.foundCount', { count: found.assets.length })}</p>
          {found.assets.length > 0 && (
            <ul class="found-assets">
              {found.assets.map((asset) => (
                <FoundLine key={asset.id} asset={asset} />
              ))}
            </ul>
          )}
          {found.more && <p class="quiet">{t('office.foundMore')}</p>}
        </div>
      )}
    </section>
  );
}

function FoundLine({ asset: { id, name, place, phase } }: { readonly asset: FoundAsset }) {
  return (
    <li>
      <a href={officeAddress.dossier('assets', id)}>{name}</a> {place !== '' && <span>{place}</span>}{' '}
      <PhaseMark phase={phase} /> <span class="id quiet">{id}</span>
    </li>
  );
}

function Recent({ view: { recent } }: { readonly view: HomeView }) {
  const words = useWords();
  const { t } = words;
  return (
    <section aria-labelledby="recent">
      <h2 id="recent">{t('office.recent')}</h2>
      {recent.length === 0 ? (
        <p>{t('office.noneRecent')}</p>
      ) : (
        <ul class="recent">
          {recent.map(({ id, address, dossier, text, recordedOn }) => (
            <li key={id}>
              <a href={address}>{text}</a>{' '}
              <span class="quiet">
                {dossier}, {words.day(recordedOn)}
              </span>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function Overdue({ view: { overdue } }: { readonly view: HomeView }) {
  const words = useWords();
  const { t } = words;
  if (!overdue) return null;
  return (
    <section aria-labelledby="overdue">
      <h2 id="overdue">{t('office.overdue')}</h2>
      {overdue.duties.length === 0 ? (
        <p>{t('office.noneOverdue')}</p>
      ) : (
        <ul class="duties">
          {overdue.duties.map((duty) => (
            <li key={duty.id}>
              <a href={officeAddress.dossier('assets', duty.id)}>{duty.name}</a> {duty.place}{' '}
              <PhaseMark phase={duty.phase} />{' '}
              <strong class="late">{t('office.overdueBy', { count: duty.days })}</strong>{' '}
              <span class="quiet">
                {words.before(t('office.since'), words.day(duty.since))}
                {words.day(duty.since)} · <span lang="en">{duty.source}</span>
              </span>
            </li>
          ))}
        </ul>
      )}
      {overdue.more && <p class="quiet">{t('office.overdueMore')}</p>}
    </section>
  );
}
