import type { ComponentChildren } from 'preact';
import { addressOf } from '../addresses';
import { useWords } from '../language/speaking';
import { Field, FormToken } from './parts';
import type { AccessView } from './parts';

interface DoingProps {
  readonly view: AccessView;
  /** What the form does. */
  readonly what: string;
  readonly children: ComponentChildren;
  readonly class?: string;
}

/** A form that does one thing to the account. */
export function Doing({ view, what, children, ...more }: DoingProps) {
  const { language } = useWords();
  return (
    <form class={more.class ?? 'access-form'} method="post" action={addressOf(language, { page: 'account' })}>
      <FormToken view={view} />
      <input type="hidden" name="do" value={what} />
      {children}
    </form>
  );
}

/** The present password, asked for before anything that lasts. */
export function Confirming({ view, id }: { readonly view: AccessView; readonly id: string }) {
  const { t } = useWords();
  return (
    <Field
      view={view}
      name="present"
      id={id}
      type="password"
      label={t('access.account.present')}
      hint={t('access.account.confirmHint')}
      autocomplete="current-password"
    />
  );
}
