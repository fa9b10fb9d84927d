import { signInChanges } from '#domain';
import type { SignInChange } from '#domain';
import { tokenFacts } from '../access/tokens';
import type { TokenLine } from '../access/tokens';
import { addressOf } from '../addresses';
import { useWords } from '../language/speaking';
import { officeAddress } from './addresses';
import { Hidden, Trail } from './form-page';
import { OfficePage } from './frame';
import type { OfficeContext } from './frame';
import { actName } from './names';

/** What an administrator does to the means by which somebody else signs in. */
export const meansActs = signInChanges;
export type MeansAct = SignInChange;

/** By what somebody signs in. */
export interface MeansView {
  readonly id: string;
  /** The reader's own account: they look after it on its own page. */
  readonly own: boolean;
  /** Of an account whose password is kept here. */
  readonly local?: { readonly userName: string; readonly password: boolean; readonly secondFactor: boolean };
  /** One of the account's roles counts with a second factor alone. */
  readonly factorNeeded: boolean;
  readonly sessions: number;
  /** For programs, that still work. */
  readonly tokens: readonly TokenLine[];
  readonly now: number;
  /** The account is a program's: nobody signs in with it. */
  readonly program: boolean;
  /** It is one that can be given a token. */
  readonly takesToken: boolean;
  /** The provider as people know it, where one is set up. */
  readonly provider?: string;
  readonly links: readonly { readonly issuer: string; readonly subject: string }[];
  readonly acts: readonly Exclude<MeansAct, 'unlink'>[];
}

/** Beside what an account may do: how its holder signs in, and what an administrator can do about it. */
export function SignInMeans({ view }: { readonly view: MeansView }) {
  const words = useWords();
  const { t, language } = words;
  const { id, own, local, factorNeeded, sessions, tokens, program, takesToken, provider, links, acts } = view;
  const name = provider ?? t('office.people.means.unknownProvider');
  return (
    <section aria-labelledby="means" class="acts means">
      <h2 id="means">{t('office.people.means.title')}</h2>
      <dl class="facts">
        {local && (
          <>
            <Fact label={t('office.people.means.userName')} text={local.userName} />
            <Fact
              label={t('office.people.means.password')}
              text={t(local.password ? 'office.people.means.chosen' : 'office.people.means.notChosen')}
            />
            <Fact
              label={t('office.people.means.factor')}
              text={t(`office.people.means.${local.secondFactor ? 'on' : factorNeeded ? 'factorNeeded' : 'off'}`)}
            />
          </>
        )}
        {!program && <Fact label={t('office.people.means.sessions')} text={String(sessions)} />}
        {program && tokens.length === 0 && (
          <Fact label={t('office.people.means.token')} text={t('access.token.none')} />
        )}
        {tokens.map((token) => (
          <div key={token.id}>
            <dt>{t('office.people.means.token')}</dt>
            <dd>
              {token.name}{' '}
              <a href={officeAddress.act('accounts', id, 'revoke-access-token', { 'data.token': token.id })}>
                {actName('revoke-access-token', words)}
                <span class="hidden"> {token.name}</span>
              </a>
              <p class="quiet">{tokenFacts(token, view.now, words)}</p>
            </dd>
          </div>
        ))}
        {links.map(({ issuer, subject }) => (
          <div key={`${issuer} ${subject}`}>
            <dt>{t('office.people.means.linked')}</dt>
            <dd>
              <code>{subject}</code> <span class="quiet">{issuer}</span>
              {!own && (
                <>
                  {' '}
                  <a href={officeAddress.means(id, 'unlink', { issuer, subject })}>
                    {t('office.people.act.unlink.link')}
                    <span class="hidden"> {subject}</span>
                  </a>
                </>
              )}
            </dd>
          </div>
        ))}
      </dl>
      {!local && !program && <p>{t('office.people.means.byProvider', { provider: name })}</p>}
      {own && (
        <p>
          {t('office.people.means.own')} <a href={addressOf(language, { page: 'account' })}>{t('office.people.own.link')}</a>
        </p>
      )}
      {(takesToken || acts.length > 0) && (
        <ul class="openings">
          {takesToken && (
            <li>
              <a href={officeAddress.newToken(id)}>{t('office.people.token.link')}</a>
            </li>
          )}
          {acts.map((act) => (
            <li key={act}>
              <a href={officeAddress.means(id, act)}>{t(`office.people.act.${act}.link`, { provider: name })}</a>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
} // prettier-ignore

function Fact({ label, text }: { readonly label: string; readonly text: string }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>{text}</dd>
    </div>
  );
}

export interface MeansActView {
  readonly act: MeansAct;
  readonly id: string;
  readonly name: string;
  readonly provider?: string;
  /** What the act asks for, where it asks for anything. */
  readonly field?: { readonly name: 'subject' | 'email'; readonly value: string; readonly fixed: boolean };
  readonly hidden?: Readonly<Record<string, string>>;
  readonly fault?: string;
}

/** One sentence on what will happen, and the button that does it. */
export function MeansActPage({ view, context }: { readonly view: MeansActView; readonly context: OfficeContext }) {
  const { t } = useWords();
  const { act, id, name, field, fault, hidden = {} } = view;
  const provider = view.provider ?? t('office.people.means.unknownProvider');
  const title = t(`office.people.act.${act}.title`, { name, provider });
  const address = officeAddress.dossier('accounts', id);
  return (
    <OfficePage title={title} context={context} titlePrefix={fault === undefined ? '' : t('office.errorPrefix')}>
      <div class="wide entry-form">
        <Trail subject={{ name, address }} />
        {fault !== undefined && (
          <section class="summary" role="alert" aria-labelledby="fault" id="summary" tabIndex={-1}>
            <h2 id="fault">{t('office.errors', { count: 1 })}</h2>
            <p>{field && !field.fixed ? <a href={`#${field.name}`}>{fault}</a> : fault}</p>
          </section>
        )}
        <h1>{title}</h1>
        <p class="lead">{t(`office.people.act.${act}.text`, { name, provider })}</p>
        <form method="post" action={officeAddress.means(id, act)}>
          <Hidden values={{ ...hidden, token: context.token }} />
          {field && (act === 'link' || act === 'await-email' || act === 'unlink') && (
            <div class={fault === undefined ? 'question' : 'question faulty'}>
              <label for={field.name}>{t(`office.people.act.${act}.field`)}</label>
              <input
                type="text"
                id={field.name}
                name={field.name}
                value={field.value}
                readOnly={field.fixed}
                autocomplete="off"
                aria-invalid={fault === undefined ? undefined : 'true'}
              />
            </div>
          )}
          <p class="quiet">{t('office.people.means.inLog')}</p>
          <p class="actions">
            <button name="step" value="do">
              {t(`office.people.act.${act}.do`)}
            </button>
            <a href={address}>{t('office.people.means.goBack')}</a>
          </p>
        </form>
      </div>
    </OfficePage>
  );
}

export interface InvitedView {
  readonly id: string;
  readonly name: string;
  readonly userName: string;
  readonly link: string;
  /** The last day on which it works. */
  readonly until: string;
}

/** The link of an invitation, this once. */
export function InvitedPage({ view, context }: { readonly view: InvitedView; readonly context: OfficeContext }) {
  const words = useWords();
  const { t } = words;
  const { id, name, userName, link, until } = view;
  const title = t('office.people.invited.title', { name });
  const address = officeAddress.dossier('accounts', id);
  return (
    <OfficePage title={title} context={context}>
      <div class="wide entry-form">
        <Trail subject={{ name, address }} />
        <h1>{title}</h1>
        <p class="lead" role="status">
          {t('office.people.invited.text', { day: words.day(until) })}
        </p>
        <div class="question">
          <label for="link">{t('office.people.invited.label')}</label>
          <input type="text" id="link" value={link} readOnly />
        </div>
        <p>{t('office.people.invited.userName', { userName })}</p>
        <p class="notice">{t('office.people.invited.how', { name })}</p>
        <p>
          <a href={address}>{t('office.people.invited.back')}</a>
        </p>
      </div>
    </OfficePage>
  );
}
