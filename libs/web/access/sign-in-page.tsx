import { addressOf } from '../addresses';
import { useWords } from '../language/speaking';
import { AccessFrame, Field, FormToken } from './parts';
import type { AccessView } from './parts';

export interface SignInView extends AccessView {
  readonly userName: string;
  readonly returnTo?: string;
  /** The provider that vouches for people, where there is one. */
  readonly provider?: string;
}

/** User name and password, or the way to a provider. */
export function SignInPage({ view }: { readonly view: SignInView }) {
  const { t, language } = useWords();
  const query = { ...(view.returnTo !== undefined && { returnTo: view.returnTo }) };
  return (
    <AccessFrame view={view} page="sign-in" title={t('access.signIn.title')} query={query}>
      <p class="lead">{t('access.signIn.lead')}</p>
      {view.provider !== undefined && (
        <div class="provider">
          <a
            class="button outlined"
            href={withReturn('/sign-in/openid', addressOf(language, { page: 'sign-in', query }))}
          >
            {t('access.signIn.provider', { name: view.provider })}
          </a>
          <p class="or">
            <span>{t('access.signIn.or')}</span>
          </p>
        </div>
      )}
      <form class="access-form" method="post" action={addressOf(language, { page: 'sign-in' })}>
        <FormToken view={view} />
        {view.returnTo !== undefined && <input type="hidden" name="returnTo" value={view.returnTo} />}
        <Field
          view={view}
          name="userName"
          label={t('access.userName')}
          autocomplete="username"
          value={view.userName}
          autofocus={view.userName === ''}
        />
        <Field
          view={view}
          name="password"
          type="password"
          label={t('access.password')}
          autocomplete="current-password"
          autofocus={view.userName !== ''}
        />
        <button type="submit">{t('access.signIn.submit')}</button>
      </form>
      <p class="quiet help">{t('access.signIn.help')}</p>
    </AccessFrame>
  );
}

/** The way to the provider and back to where the person is, which goes on from there. */
const withReturn = (path: string, returnTo: string): string => `${path}?${String(new URLSearchParams({ returnTo }))}`;

/** The second step: a code of the authenticator, or a recovery code. */
export function CodePage({ view }: { readonly view: AccessView & { readonly returnTo?: string } }) {
  const { t, language } = useWords();
  const query = { ...(view.returnTo !== undefined && { returnTo: view.returnTo }) };
  return (
    <AccessFrame view={view} page="code" title={t('access.code.title')} query={query}>
      <p class="lead">{t('access.code.lead')}</p>
      <form class="access-form" method="post" action={addressOf(language, { page: 'code' })}>
        <FormToken view={view} />
        {view.returnTo !== undefined && <input type="hidden" name="returnTo" value={view.returnTo} />}
        <Field
          view={view}
          name="code"
          label={t('access.code.label')}
          hint={t('access.code.hint')}
          autocomplete="one-time-code"
          maxLength={40}
          autofocus
        />
        <button type="submit">{t('access.code.submit')}</button>
      </form>
      <p class="help">
        <a href={addressOf(language, { page: 'sign-in', query })}>{t('access.code.back')}</a>
      </p>
    </AccessFrame>
  );
}

/** The way out, for those who come by its address. */
export function SignOutPage({ view }: { readonly view: AccessView }) {
  const { t, language } = useWords();
  return (
    <AccessFrame view={view} page="sign-out" title={t('access.signOut.title')}>
      <p class="lead">{t(view.signedIn ? 'access.signOut.text' : 'access.signOut.nobody')}</p>
      {view.signedIn ? (
        <form class="access-form" method="post" action={addressOf(language, { page: 'sign-out' })}>
          <FormToken view={view} />
          <button type="submit">{t('access.signOut.submit')}</button>
        </form>
      ) : (
        <p class="help">
          <a href={addressOf(language, { page: 'sign-in' })}>{t('access.signIn.title')}</a>
        </p>
      )}
    </AccessFrame>
  );
}
