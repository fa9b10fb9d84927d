import type { TokenScope } from '#domain';
import { lasting } from '../access/tokens';
import { useWords } from '../language/speaking';
import { officeAddress } from './addresses';
import { Hidden, Trail } from './form-page';
import { OfficePage } from './frame';
import type { OfficeContext } from './frame';

/** What was wrong, and at which question; the whole form where at none. */
export interface ProgramTokenFault {
  readonly field?: 'name' | 'scope' | 'present';
  readonly text: string;
}

/** What is asked before a program is given a token. */
export interface ProgramTokenView {
  readonly id: string;
  /** What the program is called. */
  readonly program: string;
  readonly name: string;
  readonly scopes: readonly { readonly scope: TokenScope; readonly chosen: boolean }[];
  readonly days: number;
  /** Whether the administrator has a password here to show once more. */
  readonly confirms: boolean;
  readonly fault?: ProgramTokenFault;
}

/** For what and how long a program may use its account. */
export function ProgramTokenPage({
  view,
  context,
}: {
  readonly view: ProgramTokenView;
  readonly context: OfficeContext;
}) {
  const { t } = useWords();
  const { id, program, fault, confirms } = view;
  const title = t('office.people.token.title', { name: program });
  const address = officeAddress.dossier('accounts', id);
  return (
    <OfficePage title={title} context={context} titlePrefix={fault === undefined ? '' : t('office.errorPrefix')}>
      <div class="wide entry-form">
        <Trail subject={{ name: program, address }} />
        {fault && (
          <section class="summary" role="alert" aria-labelledby="fault" id="summary" tabIndex={-1}>
            <h2 id="fault">{t('office.errors', { count: 1 })}</h2>
            <p>{fault.field === undefined ? fault.text : <a href={`#${fault.field}`}>{fault.text}</a>}</p>
          </section>
        )}
        <h1>{title}</h1>
        <p class="lead">{t('office.people.token.text', { name: program })}</p>
        <form method="post" action={officeAddress.newToken(id)}>
          <Hidden values={{ token: context.token }} />
          <Typed view={view} field="name" label={t('access.token.name')} hint={t('access.token.nameHint')} />
          <Scopes view={view} />
          <Lasting view={view} />
          {confirms && (
            <Typed view={view} field="present" label={t('office.people.token.present')} hint={t('access.account.confirmHint')} />
          )}
          <p class="quiet">{t('office.people.token.inLog')}</p>
          <p class="actions">
            <button name="step" value="do">
              {t('office.people.token.do')}
            </button>
            <a href={address}>{t('office.people.means.goBack')}</a>
          </p>
        </form>
      </div>
    </OfficePage>
  );
} // prettier-ignore

interface TypedProps {
  readonly view: ProgramTokenView;
  readonly field: 'name' | 'present';
  readonly label: string;
  readonly hint: string;
}

/** A line to be typed: the token's name, which is shown again, or the password, which never is. */
function Typed({ view, field, label, hint }: TypedProps) {
  const fault = view.fault?.field === field ? view.fault : undefined;
  const secret = field === 'present';
  return (
    <div class={fault ? 'question faulty' : 'question'}>
      <label for={field}>{label}</label>
      <p class="hint" id={`${field}-hint`}>
        {hint}
      </p>
      <Mistake field={field} fault={fault} />
      <input
        type={secret ? 'password' : 'text'}
        id={field}
        name={field}
        required
        maxLength={secret ? 256 : 100}
        size={30}
        autocomplete={secret ? 'current-password' : 'off'}
        aria-invalid={fault ? 'true' : undefined}
        aria-describedby={fault ? `${field}-hint ${field}-mistake` : `${field}-hint`}
        {...(!secret && { value: view.name })}
      />
    </div>
  );
}

function Scopes({ view }: { readonly view: ProgramTokenView }) {
  const words = useWords();
  const fault = view.fault?.field === 'scope' ? view.fault : undefined;
  return (
    <fieldset class={fault ? 'question faulty' : 'question'} aria-describedby={fault ? 'scope-mistake' : 'scope-hint'}>
      <legend>{words.t('access.token.scopes')}</legend>
      <p class="hint" id="scope-hint">
        {words.t('office.people.token.scopesHint')}
      </p>
      <Mistake field="scope" fault={fault} />
      <div class="options" id="scope" tabIndex={-1}>
        {view.scopes.map(({ scope, chosen }) => (
          <label class="option" key={scope}>
            <input type="checkbox" name="scope" value={scope} checked={chosen} />
            <span>{words.code('scope', scope)}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}

function Lasting({ view }: { readonly view: ProgramTokenView }) {
  const { t } = useWords();
  return (
    <div class="question">
      <label for="days">{t('access.token.days')}</label>
      <select id="days" name="days">
        {lasting.map((days) => (
          <option key={days} value={String(days)} selected={days === view.days}>
            {t('access.token.daysCount', { count: days })}
          </option>
        ))}
      </select>
    </div>
  );
}

function Mistake({ field, fault }: { readonly field: string; readonly fault: ProgramTokenFault | undefined }) {
  const { t } = useWords();
  if (!fault) return null;
  return (
    <p class="mistake" id={`${field}-mistake`}>
      <span class="hidden">{t('office.error')} </span>
      {fault.text}
    </p>
  );
}

export interface ProgramTokenMadeView {
  readonly id: string;
  readonly program: string;
  readonly name: string;
  readonly secret: string;
  /** The instant after which it no longer works, in milliseconds. */
  readonly endsAt: number;
}

/** The token, this once. */
export function ProgramTokenMadePage({
  view,
  context,
}: {
  readonly view: ProgramTokenMadeView;
  readonly context: OfficeContext;
}) {
  const words = useWords();
  const { t } = words;
  const { id, program, name, secret, endsAt } = view;
  const title = t('office.people.token.madeTitle', { name: program });
  const address = officeAddress.dossier('accounts', id);
  return (
    <OfficePage title={title} context={context}>
      <div class="wide entry-form">
        <Trail subject={{ name: program, address }} />
        <h1>{title}</h1>
        <p class="lead" role="status">
          {t('office.people.token.madeText', { until: words.moment(endsAt) })}
        </p>
        <div class="question">
          <p class="quiet">{name}</p>
          <code class="secret">{secret}</code>
        </div>
        <p>
          {t('office.people.token.send')} <code>Authorization: Bearer …</code>
        </p>
        <p class="notice">{t('office.people.token.how')}</p>
        <p>
          <a class="button" href={address}>
            {t('access.token.madeDone')}
          </a>
        </p>
      </div>
    </OfficePage>
  );
}
