import { LOCAL_ISSUER } from '#domain';
import { useWords } from '../language/speaking';
import type { Words } from '../language/words';
import { Scrolling } from '../elements/scrolling';
import { officeAddress } from './addresses';
import { Trail } from './form-page';
import { OfficePage } from './frame';
import type { OfficeContext } from './frame';
import { actName } from './names';

/** A role somebody holds now, over what and until when. */
export interface HeldRole {
  readonly role: string;
  readonly agency?: string;
  readonly areas?: readonly string[];
  readonly until?: string;
}

/** Somebody with an account, as an administrator sees them in a list. */
export interface PersonLine {
  readonly id: string;
  readonly name: string;
  readonly program: boolean;
  readonly actsFor: string;
  readonly roles: readonly HeldRole[];
  readonly standing: 'open' | 'suspended' | 'closed';
  /** The reader's own account. */
  readonly own: boolean;
}

export interface PeopleView {
  readonly question: string;
  readonly people: readonly PersonLine[];
}

/** Who has an account here, and what they may do now. */
export function PeoplePage({ view, context }: { readonly view: PeopleView; readonly context: OfficeContext }) {
  const words = useWords();
  const { t } = words;
  const { question, people } = view;
  const filled = new URLSearchParams({ 'data.signIn.issuer': LOCAL_ISSUER, 'data.agency': context.colleague.agency });
  const opening = `${officeAddress.opening('accounts', 'open-account')}?${filled.toString()}`;
  return (
    <OfficePage title={t('office.people.title')} context={context}>
      <div class="wide desk">
        <Trail subject={undefined} />
        <h1>{t('office.people.title')}</h1>
        <p class="lead">{t('office.people.lead')}</p>
        <form method="get" action={officeAddress.people} role="search">
          <label for="q">{t('office.people.searchLabel')}</label>
          <div class="search-row">
            <input type="search" id="q" name="q" value={question} autocomplete="off" />
            <button>{t('office.findButton')}</button>
          </div>
        </form>
        <p>
          <a href={opening}>{actName('open-account', words)}</a>
        </p>
        {people.length === 0 ? (
          <p role="status">{t('office.people.none')}</p>
        ) : (
          <Scrolling label={t('office.people.title')}>
            <table class="people">
              <caption>{t('office.people.count', { count: people.length })}</caption>
              <thead>
                <tr>
                  <th scope="col">{t('office.people.name')}</th>
                  <th scope="col">{t('office.people.actsFor')}</th>
                  <th scope="col">{t('office.people.roles')}</th>
                  <th scope="col">{t('office.people.standingLabel')}</th>
                </tr>
              </thead>
              <tbody>
                {people.map((person) => (
                  <Line key={person.id} person={person} />
                ))}
              </tbody>
            </table>
          </Scrolling>
        )}
      </div>
    </OfficePage>
  );
}

function Line({ person: { id, name, program, actsFor, roles, standing, own } }: { readonly person: PersonLine }) {
  const words = useWords();
  const { t } = words;
  return (
    <tr>
      <th scope="row">
        <a href={officeAddress.dossier('accounts', id)}>{name}</a>
        {program && <span class="quiet"> · {t('office.people.program')}</span>}
        {own && <span class="quiet"> · {t('office.people.you')}</span>}
      </th>
      <td>{actsFor}</td>
      <td>
        {roles.length === 0 ? (
          <span class="quiet">{t('office.people.noRole')}</span>
        ) : (
          <ul class="plain">
            {roles.map((held) => (
              <li key={JSON.stringify(held)}>{heldInWords(held, words)}</li>
            ))}
          </ul>
        )}
      </td>
      <td>{standing === 'open' ? t('office.people.standing.open') : <strong>{t(`office.people.standing.${standing}`)}</strong>}</td>
    </tr>
  );
} // prettier-ignore

/** A role with what it is held over, in one line. */
function heldInWords({ role, agency, areas, until }: HeldRole, words: Words): string {
  const { t } = words;
  return [
    words.code('role', role),
    ...(agency === undefined ? [] : [t('office.people.over', { agency })]),
    ...(areas === undefined ? [] : [t('office.people.in', { areas: areas.join(', ') })]),
    ...(until === undefined ? [] : [t('office.people.until', { day: words.day(until) })]),
  ].join(' ');
}
