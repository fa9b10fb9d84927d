import { addressOf } from '../addresses';
import { useWords } from '../language/speaking';
import { AccessFrame, Field, FormToken } from './parts';
import type { AccessView } from './parts';
import { QrCode } from './qr-code';

export interface SecondFactorView extends AccessView {
  /** The key that was proposed, in letters and as the address in the QR code; none before one was asked for. */
  readonly proposed?: { readonly secret: string; readonly address: string };
}

/** Setting up an authenticator: a key to scan, and a code that shows it was. */
export function SecondFactorPage({ view }: { readonly view: SecondFactorView }) {
  const { t, language } = useWords();
  const toAccount = (
    <p class="help">
      <a href={addressOf(language, { page: 'account' })}>{t('access.account.title')}</a>
    </p>
  );
  if (!view.proposed) {
    return (
      <AccessFrame view={view} page="second-factor" title={t('access.factor.setUpTitle')}>
        <p class="lead">{t('access.factor.nothing')}</p>
        {toAccount}
      </AccessFrame>
    );
  }
  const { secret, address } = view.proposed;
  return (
    <AccessFrame view={view} page="second-factor" title={t('access.factor.setUpTitle')}>
      <section class="access-card">
        <h2>{t('access.factor.scanTitle')}</h2>
        <div class="scan">
          <QrCode text={address} label={t('access.factor.qr')} />
          <div>
            <p>{t('access.factor.scan')}</p>
            <p class="label">{t('access.factor.key')}</p>
            <p>
              <code class="secret">{secret.replace(/(.{4})(?=.)/g, '$1 ')}</code>
            </p>
          </div>
        </div>
      </section>
      <section class="access-card">
        <h2>{t('access.factor.proveTitle')}</h2>
        <form class="access-form" method="post" action={addressOf(language, { page: 'second-factor' })}>
          <FormToken view={view} />
          <Field
            view={view}
            name="code"
            label={t('access.factor.prove')}
            autocomplete="one-time-code"
            inputMode="numeric"
            maxLength={10}
          />
          <button type="submit">{t('access.factor.turnOn')}</button>
        </form>
      </section>
      {toAccount}
    </AccessFrame>
  );
}

/** Recovery codes, shown this once. */
export function RecoveryCodesPage({ view }: { readonly view: AccessView & { readonly codes: readonly string[] } }) {
  const { t, language } = useWords();
  return (
    <AccessFrame view={view} page="account" title={t('access.factor.codesTitle')}>
      <p class="lead">{t('access.factor.codesText')}</p>
      <ol class="codes">
        {view.codes.map((code) => (
          <li key={code}>
            <code>{code}</code>
          </li>
        ))}
      </ol>
      <p class="help">
        <a class="button" href={addressOf(language, { page: 'account' })}>
          {t('access.factor.codesDone')}
        </a>
      </p>
    </AccessFrame>
  );
}

/** A new API token, shown this once. */
export function NewTokenPage({
  view,
}: {
  readonly view: AccessView & { readonly name: string; readonly secret: string };
}) {
  const { t, language } = useWords();
  return (
    <AccessFrame view={view} page="account" title={t('access.token.madeTitle')}>
      <p class="lead">{t('access.token.madeText')}</p>
      <p class="label">{view.name}</p>
      <p>
        <code class="secret">{view.secret}</code>
      </p>
      <p class="help">
        <a class="button" href={addressOf(language, { page: 'account' })}>
          {t('access.token.madeDone')}
        </a>
      </p>
    </AccessFrame>
  );
}
