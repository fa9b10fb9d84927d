import { addressOf } from '../addresses';
import { useWords } from '../language/speaking';
import { AccessFrame, Field, FormToken, NewPassword } from './parts';
import type { AccessView } from './parts';

export interface SetUpView extends AccessView {
  /** Somebody can sign in already. */
  readonly over: boolean;
  readonly token: string;
  readonly name: string;
  readonly userName: string;
}

/** The first run: the token that was printed makes the first administrator. */
export function SetUpPage({ view }: { readonly view: SetUpView }) {
  const { t, language } = useWords();
  if (view.over) {
    return (
      <AccessFrame view={view} page="set-up" title={t('access.setUp.doneTitle')}>
        <p class="lead">{t('access.setUp.doneText')}</p>
        <p class="help">
          <a href={addressOf(language, { page: 'sign-in' })}>{t('access.signIn.title')}</a>
        </p>
      </AccessFrame>
    );
  }
  return (
    <AccessFrame view={view} page="set-up" title={t('access.setUp.title')} query={{ token: view.token }}>
      <p class="lead">{t('access.setUp.lead')}</p>
      <form class="access-form" method="post" action={addressOf(language, { page: 'set-up' })}>
        <FormToken view={view} />
        <Field
          view={view}
          name="token"
          label={t('access.setUp.token')}
          hint={t('access.setUp.tokenHint')}
          autocomplete="off"
          value={view.token}
          autofocus={view.token === ''}
        />
        <Field
          view={view}
          name="name"
          label={t('access.setUp.name')}
          autocomplete="name"
          value={view.name}
          maxLength={100}
          autofocus={view.token !== '' && view.fault === undefined}
        />
        <Field
          view={view}
          name="userName"
          label={t('access.userName')}
          hint={t('access.setUp.userNameHint')}
          autocomplete="username"
          value={view.userName}
          maxLength={64}
        />
        <NewPassword view={view} />
        <button type="submit">{t('access.setUp.submit')}</button>
      </form>
    </AccessFrame>
  );
}

export interface InvitationView extends AccessView {
  readonly token: string;
  /** For whom it is; none for one that has ended. */
  readonly userName?: string;
}

/** Choosing a password by an administrator's link. */
export function InvitationPage({ view }: { readonly view: InvitationView }) {
  const { t, language } = useWords();
  if (view.userName === undefined) {
    return (
      <AccessFrame view={view} page="invitation" title={t('access.invitation.endedTitle')}>
        <p class="lead">{t('access.invitation.endedText')}</p>
      </AccessFrame>
    );
  }
  return (
    <AccessFrame view={view} page="invitation" title={t('access.invitation.title')} query={{ token: view.token }}>
      <p class="lead">{t('access.invitation.lead', { name: view.userName })}</p>
      <form class="access-form" method="post" action={addressOf(language, { page: 'invitation' })}>
        <FormToken view={view} />
        <input type="hidden" name="token" value={view.token} />
        <NewPassword view={view} userName={view.userName} />
        <button type="submit">{t('access.invitation.submit')}</button>
      </form>
    </AccessFrame>
  );
}
