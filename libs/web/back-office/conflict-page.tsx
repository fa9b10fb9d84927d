import type { ComponentChildren } from 'preact';
import type { Posted } from '../forms/posted';
import { useWords } from '../language/speaking';
import { Hidden, Trail } from './form-page';
import { OfficePage } from './frame';
import type { OfficeContext } from './frame';

export interface ConflictView {
  readonly subject: { readonly name: string; readonly address: string };
  readonly action: string;
  readonly posted: Posted;
  /** What the form goes on with: the new revision among it. */
  readonly hidden: Readonly<Record<string, string>>;
  /** What was written since the form was opened, the oldest first. */
  readonly since: readonly { readonly id: string; readonly text: string; readonly by: string }[];
}

/** Somebody else wrote in the dossier meanwhile: what they wrote, and a way on that loses nothing of what was typed. */
export function ConflictPage({ view, context }: { readonly view: ConflictView; readonly context: OfficeContext }) {
  const { t } = useWords();
  const { subject, action, posted, hidden, since } = view;
  return (
    <OfficePage title={t('office.conflict')} context={context}>
      <div class="wide entry-form">
        <Trail subject={subject} />
        <h1>{t('office.conflict')}</h1>
        <p class="lead">{t('office.conflictText')}</p>
        <h2>{t('office.writtenMeanwhile')}</h2>
        <ul class="meanwhile">
          {since.map(({ id, text, by }) => (
            <li key={id}>
              {text} <span class="quiet">{by}</span>
            </li>
          ))}
        </ul>
        <form method="post" action={action}>
          {[...posted.pairs()]
            .filter(([name]) => name !== 'step' && name !== 'token' && !Object.hasOwn(hidden, name))
            .map(([name, value], place) => (
              <input type="hidden" name={name} value={value} key={`${name} ${place}`} />
            ))}
          <Hidden values={{ ...hidden, token: context.token }} />
          <p class="actions">
            <button name="step" value="check">
              {t('office.goOnAnyway')}
            </button>
            <button class="secondary" name="step" value="edit">
              {t('office.change')}
            </button>
            <a href={subject.address}>{t('office.leave')}</a>
          </p>
        </form>
      </div>
    </OfficePage>
  );
}

/** A page that says one thing: why something is not done here, and where to go. */
export function MessagePage(props: {
  readonly title: string;
  readonly text: string;
  readonly context: OfficeContext;
  readonly children?: ComponentChildren;
}) {
  const { t } = useWords();
  const { title, text, context, children } = props;
  return (
    <OfficePage title={title} context={context}>
      <div class="wide problem">
        <h1>{title}</h1>
        <p class="lead">{text}</p>
        {children}
        <ul class="onward">
          <li>
            <a href="/office">{t('office.toDesk')}</a>
          </li>
        </ul>
      </div>
    </OfficePage>
  );
}
