import type { ComponentChildren } from 'preact';
import type en from '../i18n/en.json';
import { addressOf } from '../addresses';
import type { AccessAddress } from '../addresses';
import { Page } from '../layout/page';
import type { AccessPage } from '../language/languages';
import { useWords } from '../language/speaking';
import type { Words } from '../language/words';

export type AccessFaultCode = keyof (typeof en)['access']['fault'] | 'wait';

/** Why a form was not accepted. */
export interface AccessFault {
  readonly code: AccessFaultCode;
  /** The field it is about; without one it is about the whole form. */
  readonly field?: string;
  /** With `wait`: for how long. */
  readonly minutes?: number;
  /** Of the provider, where it is about one. */
  readonly name?: string;
}

export type AccessDone = keyof (typeof en)['access']['done'];

/** What every page of sign-in is given. */
export interface AccessView {
  readonly origin: string;
  /** Proves that a form comes from our own page. */
  readonly formToken: string;
  readonly fault?: AccessFault;
  readonly done?: AccessDone;
  /** Whether somebody is signed in, for the way out. */
  readonly signedIn: boolean;
}

interface FrameProps {
  readonly view: AccessView;
  readonly page: AccessPage;
  readonly title: string;
  readonly query?: AccessAddress;
  /** Offer to sign out beside the title. */
  readonly wayOut?: boolean;
  readonly children: ComponentChildren;
}

/** The frame of these pages: never indexed, narrow enough to read, with what happened on top. */
export function AccessFrame({ view, page, title, query = {}, wayOut = false, children }: FrameProps) {
  const words = useWords();
  const { fault, done } = view;
  return (
    <Page
      title={fault ? `${faultText(fault, words)} ${title}` : title}
      here={{ page, query }}
      origin={view.origin}
      indexed={false}
      desk
    >
      <div class="wide access">
        <div class="access-head">
          <h1>{title}</h1>
          {wayOut && view.signedIn && (
            <form method="post" action={addressOf(words.language, { page: 'sign-out' })}>
              <FormToken view={view} />
              <button type="submit" class="secondary">
                {words.t('access.account.signOut')}
              </button>
            </form>
          )}
        </div>
        {done && !fault && (
          <p class="done" role="status">
            {words.t(`access.done.${done}`)}
          </p>
        )}
        {fault && fault.field === undefined && (
          <p class="notice" role="alert">
            {faultText(fault, words)}
          </p>
        )}
        {children}
      </div>
    </Page>
  );
}

export function FormToken({ view }: { readonly view: AccessView }) {
  return <input type="hidden" name="formToken" value={view.formToken} />;
}

export function faultText({ code, minutes = 1, name = '' }: AccessFault, { t }: Words): string {
  return code === 'wait' ? t('access.wait', { count: minutes }) : t(`access.fault.${code}`, { name });
}

export interface FieldProps {
  readonly view: AccessView;
  readonly name: string;
  readonly label: string;
  readonly hint?: string;
  /** Where the same name stands twice on a page. */
  readonly id?: string;
  readonly type?: 'text' | 'password';
  readonly autocomplete: string;
  readonly value?: string;
  readonly autofocus?: boolean;
  readonly inputMode?: 'numeric' | 'email';
  readonly maxLength?: number;
}

/** A labelled field with its hint and, where it was wrong, what is wrong with it. */
export function Field({ view, name, label, hint, id = name, type = 'text', value, ...more }: FieldProps) {
  const words = useWords();
  const fault = view.fault?.field === id ? view.fault : undefined;
  const told = [hint === undefined ? '' : `${id}-hint`, fault ? `${id}-fault` : ''].filter(Boolean).join(' ');
  return (
    <div class="field">
      <label for={id}>{label}</label>
      {hint !== undefined && (
        <p class="hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      {fault && (
        <p class="fault" id={`${id}-fault`}>
          {faultText(fault, words)}
        </p>
      )}
      <input
        type={type}
        id={id}
        name={name}
        required
        maxLength={more.maxLength ?? 256}
        autocomplete={more.autocomplete}
        autoFocus={more.autofocus || fault !== undefined}
        autocapitalize="none"
        spellcheck={false}
        aria-invalid={fault ? 'true' : undefined}
        aria-describedby={told === '' ? undefined : told}
        {...(value !== undefined && { value })}
        {...(more.inputMode !== undefined && { inputMode: more.inputMode })}
      />
    </div>
  );
}

/** A new password, typed twice: without a script there is no button that shows it. */
export function NewPassword({ view, userName }: { readonly view: AccessView; readonly userName?: string }) {
  const { t } = useWords();
  return (
    <>
      {userName !== undefined && (
        <input type="text" name="userName" value={userName} autocomplete="username" readOnly hidden />
      )}
      <Field
        view={view}
        name="password"
        type="password"
        label={t('access.newPassword')}
        hint={t('access.passwordHint')}
        autocomplete="new-password"
      />
      <Field view={view} name="repeat" type="password" label={t('access.repeat')} autocomplete="new-password" />
    </>
  );
}
