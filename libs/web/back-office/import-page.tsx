import { Scrolling } from '../elements/scrolling';
import { useWords } from '../language/speaking';
import { Hidden, Trail } from './form-page';
import { OfficePage } from './frame';
import type { OfficeContext } from './frame';

export const importAddress = {
  start: '/office/import',
  job: (id: string): string => `/office/import/${id}`,
  problems: (id: string): string => `/office/import/${id}/problems.csv`,
} as const;

/** Where an import stands: first every row is decided upon and nothing written, then a person says go. */
export type ImportState = 'checking' | 'checked' | 'importing' | 'done' | 'failed';

export interface ImportView {
  readonly id: string;
  readonly file: string;
  readonly profile: string;
  readonly state: ImportState;
  /** From 0 to 1. */
  readonly progress: number;
  readonly rows: number;
  readonly summary?: {
    readonly rows: number;
    readonly imported: number;
    readonly alreadyThere: number;
    readonly refused: number;
    readonly warned: number;
    readonly events: number;
    readonly reasons: readonly { readonly kind: string; readonly reason: string; readonly rows: number }[];
  };
  /** The first problems, row by row. */
  readonly problems: readonly { readonly row: number; readonly kind: string; readonly column: string; readonly value: string; readonly reason: string }[];
  readonly failure?: string;
} // prettier-ignore

export interface ImportStartView {
  readonly profiles: readonly string[];
  readonly megabytes: number;
  readonly chosen: string;
  readonly fault?: string;
  /** Another import is under way. */
  readonly busy: boolean;
}

/** Which file, and how it is to be read. */
export function ImportStartPage({ view, context }: { readonly view: ImportStartView; readonly context: OfficeContext }) {
  const words = useWords();
  const { t } = words;
  const { profiles, megabytes, chosen, fault, busy } = view;
  return (
    <OfficePage title={t('office.import.title')} context={context} titlePrefix={fault ? t('office.errorPrefix') : ''}>
      <div class="wide entry-form">
        <Trail subject={undefined} />
        {fault !== undefined && (
          <section class="summary" role="alert" aria-labelledby="fault">
            <h2 id="fault">{t('office.errors', { count: 1 })}</h2>
            <p>
              <a href="#file">{fault}</a>
            </p>
          </section>
        )}
        <h1>{t('office.import.title')}</h1>
        <p class="lead">{t('office.import.lead')}</p>
        {busy && <p class="notice">{t('office.import.busy')}</p>}
        <form method="post" action={importAddress.start} encType="multipart/form-data">
          <Hidden values={{ token: context.token }} />
          <fieldset class="question">
            <legend>{t('office.import.profile')}</legend>
            <div class="options">
              {profiles.map((profile) => (
                <label class="option" key={profile}>
                  <input type="radio" name="profile" value={profile} checked={profile === chosen} />
                  <span>{words.named(`office.import.profiles.${profile}`) ?? profile}</span>
                </label>
              ))}
            </div>
          </fieldset>
          <div class="question">
            <label for="file">{t('office.import.file')}</label>
            <p class="hint" id="file-hint">
              {t('office.import.limit', { count: megabytes })}
            </p>
            <input type="file" id="file" name="file" accept=".csv,text/csv" aria-describedby="file-hint" />
          </div>
          <p class="actions">
            <button>{t('office.import.check')}</button>
            <a href="/office">{t('office.leave')}</a>
          </p>
        </form>
      </div>
    </OfficePage>
  );
} // prettier-ignore

/** How far it is, what was found, and what comes next. While it works the page looks again by itself, without a script. */
export function ImportJobPage({ view, context }: { readonly view: ImportView; readonly context: OfficeContext }) {
  const words = useWords();
  const { t } = words;
  const { id, file, profile, state, progress, rows, summary, problems, failure } = view;
  const working = state === 'checking' || state === 'importing';
  return (
    <OfficePage title={t(`office.import.state.${state}`)} context={context} {...(working && { refresh: 2 })}>
      <div class="wide entry-form">
        <Trail subject={{ name: t('office.import.title'), address: importAddress.start }} />
        <h1>{t(`office.import.state.${state}`)}</h1>
        <p class="lead">
          {file} <span class="quiet">({words.named(`office.import.profiles.${profile}`) ?? profile})</span>
        </p>
        {working && (
          <p role="status">
            <progress value={progress} max={1} aria-label={t(`office.import.state.${state}`)} />{' '}
            {t('office.import.rowsSoFar', { count: rows })}
          </p>
        )}
        {failure !== undefined && <p class="notice warning">{failure}</p>}
        {summary && <Summary view={view} />}
        {state === 'checked' && summary && summary.events > 0 && (
          <form method="post" action={importAddress.job(id)}>
            <Hidden values={{ token: context.token }} />
            <p class="notice">{t('office.forEver')}</p>
            <p class="actions">
              <button>{t('office.import.go', { count: summary.events })}</button>
              <a href="/office">{t('office.leave')}</a>
            </p>
          </form>
        )}
        {problems.length > 0 && !working && (
          <section aria-labelledby="problems">
            <h2 id="problems">{t('office.import.problems')}</h2>
            <p>
              <a href={importAddress.problems(id)} download>
                {t('office.import.download')}
              </a>
            </p>
            <Scrolling label={t('office.import.problems')}>
              <table>
                <caption class="hidden">{t('office.import.problems')}</caption>
                <thead>
                  <tr>
                    <th scope="col">{t('office.import.row')}</th>
                    <th scope="col">{t('office.import.column')}</th>
                    <th scope="col">{t('office.import.value')}</th>
                    <th scope="col">{t('office.import.why')}</th>
                  </tr>
                </thead>
                <tbody>
                  {problems.map((problem, place) => (
                    <tr key={place}>
                      <td class="numeric">{words.number(problem.row)}</td>
                      <td>{problem.column}</td>
                      <td>{problem.value}</td>
                      <td>
                        {t(problem.kind === 'refused' ? 'office.import.refused' : 'office.import.warned')}{' '}
                        <span lang="en">{problem.reason}</span>
                      </td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </Scrolling>
          </section>
        )}
      </div>
    </OfficePage>
  );
}

function Summary({ view: { summary, state } }: { readonly view: ImportView }) {
  const words = useWords();
  const { t } = words;
  if (!summary) return null;
  const { rows, imported, alreadyThere, refused, warned, events } = summary;
  const facts = [
    [t('office.import.rows'), rows],
    [t(state === 'done' ? 'office.import.imported' : 'office.import.toImport'), imported],
    [t('office.import.entries'), events],
    [t('office.import.there'), alreadyThere],
    [t('office.import.rowsRefused'), refused],
    [t('office.import.rowsWarned'), warned],
  ] as const;
  return (
    <dl class="facts">
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{words.number(value)}</dd>
        </div>
      ))}
    </dl>
  );
}
