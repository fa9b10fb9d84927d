import { useWords } from '../language/speaking';
import { browserName } from './browser-name';
import { Confirming, Doing } from './doing';
import { AccessFrame, NewPassword } from './parts';
import type { AccessView } from './parts';
import { Tokens } from './tokens';
import type { TokenLine } from './tokens';

export interface SessionLine {
  readonly id: string;
  readonly here: boolean;
  /** The browser's User-Agent. */
  readonly browser: string;
  readonly madeAt: number;
  readonly seenAt: number;
}

export interface AccountView extends AccessView {
  /** What is shown as name: the user name, or the account where it signs in elsewhere. */
  readonly name: string;
  /** None where a provider vouches for the person. */
  readonly local?: { readonly userName: string; readonly secondFactor: boolean; readonly recoveryCodesLeft: number };
  readonly provider?: string;
  readonly sessions: readonly SessionLine[];
  readonly tokens: readonly TokenLine[];
  readonly scopes: readonly string[];
  /** What was typed into the form that was not accepted. */
  readonly typed?: Readonly<Record<string, string>>;
  readonly now: number;
}

/** What people do with their own account. */
export function AccountPage({ view }: { readonly view: AccountView }) {
  const { t } = useWords();
  const { local, provider } = view;
  const elsewhere =
    provider === undefined
      ? t('access.account.providerElsewhere')
      : t('access.account.providerOnly', { name: provider });
  return (
    <AccessFrame view={view} page="account" title={t('access.account.title')} wayOut>
      <p class="lead">{t('access.account.signedInAs', { name: view.name })}</p>
      {local ? <Local view={view} local={local} /> : <p>{elsewhere}</p>}
      <Sessions view={view} />
      <Tokens view={view} />
    </AccessFrame>
  );
}

function Local({ view, local }: { readonly view: AccountView; readonly local: NonNullable<AccountView['local']> }) {
  const { t } = useWords();
  const isAbout = (...ids: readonly string[]): boolean => ids.includes(view.fault?.field ?? '');
  return (
    <>
      <section class="access-card">
        <h2>{t('access.factor.title')}</h2>
        <p class={local.secondFactor ? 'factor on' : 'factor'}>
          {t(local.secondFactor ? 'access.factor.on' : 'access.factor.off')}
        </p>
        {local.secondFactor && <p>{t('access.factor.codesLeft', { count: local.recoveryCodesLeft })}</p>}
        <details open={isAbout('factor-present')}>
          <summary>{t(local.secondFactor ? 'access.factor.replace' : 'access.factor.enrol')}</summary>
          <Doing view={view} what="second-factor">
            <Confirming view={view} id="factor-present" />
            <button type="submit">{t('access.code.submit')}</button>
          </Doing>
        </details>
        {local.secondFactor && (
          <details open={isAbout('codes-present')}>
            <summary>{t('access.factor.newCodes')}</summary>
            <Doing view={view} what="recovery-codes">
              <Confirming view={view} id="codes-present" />
              <button type="submit">{t('access.factor.newCodes')}</button>
            </Doing>
          </details>
        )}
      </section>
      <section class="access-card">
        <h2>{t('access.account.password')}</h2>
        <details open={isAbout('present', 'password', 'repeat')}>
          <summary>{t('access.account.changePassword')}</summary>
          <Doing view={view} what="password">
            <Confirming view={view} id="present" />
            <NewPassword view={view} userName={local.userName} />
            <button type="submit">{t('access.account.changePassword')}</button>
          </Doing>
        </details>
      </section>
    </>
  );
}

function Sessions({ view }: { readonly view: AccountView }) {
  const words = useWords();
  const { t } = words;
  return (
    <section class="access-card">
      <h2>{t('access.session.title')}</h2>
      <ul class="lines">
        {view.sessions.map(({ id, here, browser, madeAt, seenAt }) => {
          const named = browserName(browser);
          const since = words.moment(madeAt);
          return (
            <li key={id}>
              <div>
                <p class="line-title">
                  {named ? t('access.session.on', named) : t('access.session.unknown')}
                  {here && <span class="here">{t('access.session.here')}</span>}
                </p>
                <p class="quiet">{t('access.session.since', { since, seen: words.moment(seenAt) })}</p>
              </div>
              {!here && (
                <Doing view={view} what="end-session" class="line-form">
                  <input type="hidden" name="id" value={id} />
                  <button type="submit" class="secondary">
                    {t('access.session.end')}
                    <span class="hidden">: {t('access.session.endOf', { since })}</span>
                  </button>
                </Doing>
              )}
            </li>
          );
        })}
      </ul>
      {view.sessions.length > 1 && (
        <Doing view={view} what="end-others" class="line-form">
          <button type="submit" class="secondary">
            {t('access.session.endOthers')}
          </button>
        </Doing>
      )}
    </section>
  );
}
