import { Fragment } from 'preact';
import type { ComponentChildren } from 'preact';
import type { Refusal } from '#domain';
import type { Field } from '../forms/model';
import type { FormFault } from '../forms/read';
import { useWords } from '../language/speaking';
import type { Words } from '../language/words';
import { Mistake, faultInWords, idOfField, labelOf } from './field-parts';
import type { FormState } from './field-parts';
import { Question } from './fields';
import { OfficePage } from './frame';
import type { OfficeContext } from './frame';
import { RefusalBox } from './refusal';

/** Where an entry is going, and what is asked for. */
export interface EntryForm {
  readonly title: string;
  /** What the entry is added to; nothing yet when it opens something. */
  readonly subject?: { readonly name: string; readonly address: string };
  readonly action: string;
  /** Asks for the date in other words, where it is not that of an act. */
  readonly dateLabel?: string;
  readonly fields: readonly Field[];
  readonly state: FormState;
  /** What goes along unseen. */
  readonly hidden: Readonly<Record<string, string>>;
}

export interface FormView extends EntryForm {
  readonly refusal?: Refusal;
  /** Something to know before going on, such as a file that was read. */
  readonly notices?: readonly string[];
  readonly intro?: ComponentChildren;
  /** Whether the entry it refers to says some of what is asked, and can be taken over. */
  readonly fills?: boolean;
  /** Further questions that are not part of the entry's data. */
  readonly extra?: ComponentChildren;
}

/** The form of an entry: its date, and each question its type asks. */
export function FormPage({ view, context }: { readonly view: FormView; readonly context: OfficeContext }) {
  const words = useWords();
  const { t } = words;
  const { title, subject, fields, state, refusal, notices = [], intro, extra } = view;
  const faulty = state.faults.length > 0 || refusal !== undefined;
  return (
    <OfficePage title={title} titlePrefix={faulty ? t('office.errorPrefix') : ''} context={context}>
      <div class="wide entry-form">
        <Trail subject={subject} />
        <ErrorSummary view={view} />
        {refusal && <RefusalBox refusal={refusal} />}
        {notices.map((notice) => (
          <p class="notice" role="status" key={notice}>
            {notice}
          </p>
        ))}
        <h1>{title}</h1>
        {intro}
        <form method="post" action={view.action} novalidate encType={hasFile(fields) ? 'multipart/form-data' : undefined}>
          {/* Enter in a field does what the main button does, not what the first button of a list does. */}
          <button class="hidden" name="step" value="check" tabIndex={-1} aria-hidden="true">
            {t('office.continue')}
          </button>
          <Hidden values={{ ...view.hidden, token: context.token }} />
          <OccurredOn state={state} label={view.dateLabel} />
          {fields.map((field) => (
            <Fragment key={field.name}>
              <Question field={field} path={`data.${field.name}`} state={state} />
              {field.shape.kind === 'entry' && view.fills && (
                <p class="question">
                  <button class="secondary" name="step" value="fill">
                    {t('office.fillFrom')}
                  </button>
                </p>
              )}
            </Fragment>
          ))}
          {extra}
          <p class="actions">
            <button name="step" value="check">
              {t('office.continue')}
            </button>
            <a href={subject?.address ?? '/office'}>{t('office.leave')}</a>
          </p>
        </form>
      </div>
    </OfficePage>
  );
} // prettier-ignore

export function Trail({ subject }: { readonly subject: EntryForm['subject'] | undefined }) {
  const { t } = useWords();
  return (
    <nav class="trail" aria-label={t('office.trail')}>
      <a href="/office">{t('office.desk')}</a>
      {subject && (
        <>
          {' › '}
          <a href={subject.address}>{subject.name}</a>
        </>
      )}
    </nav>
  );
}

export function Hidden({ values }: { readonly values: Readonly<Record<string, string>> }) {
  return (
    <>
      {Object.entries(values).map(([name, value]) => (
        <input type="hidden" name={name} value={value} key={name} />
      ))}
    </>
  );
}

function OccurredOn({ state, label }: { readonly state: FormState; readonly label: string | undefined }) {
  const { t } = useWords();
  const act = label === undefined;
  const faulty = state.faults.some(({ path }) => path === 'occurredOn');
  return (
    <div class={faulty ? 'question faulty' : 'question'}>
      <label for="occurredOn">{label ?? t('office.occurredOn')}</label>
      <p class="hint" id="occurredOn-hint">
        {act && t('office.occurredOnHint')} {t('office.hint.date')}
      </p>
      <Mistake path="occurredOn" state={state} />
      <input
        type="text"
        id="occurredOn"
        name="occurredOn"
        value={state.posted.one('occurredOn')}
        size={12}
        autocomplete="off"
        aria-describedby={faulty ? 'occurredOn-hint occurredOn-mistake' : 'occurredOn-hint'}
        aria-invalid={faulty ? 'true' : undefined}
      />
    </div>
  );
}

function ErrorSummary({ view: { state, fields } }: { readonly view: FormView }) {
  const words = useWords();
  const { faults } = state;
  if (faults.length === 0) return null;
  return (
    <section class="summary" role="alert" aria-labelledby="faults" tabIndex={-1} id="summary">
      <h2 id="faults">{words.t('office.errors', { count: faults.length })}</h2>
      <ul>
        {faults.map((fault) => (
          <li key={`${fault.path} ${fault.code}`}>
            <a href={`#${idOfField(fault.path)}`}>
              {whereInWords(fault, fields, words)}: {faultInWords(fault, words)}
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** The way to the field, as the page labels it. */
function whereInWords({ path }: FormFault, fields: readonly Field[], words: Words): string {
  if (path === 'occurredOn') return words.field(path);
  const [, ...names] = path.split('.');
  const top = fields.find(({ name }) => name === names[0]);
  if (top && names.length === 1) return labelOf({ ...top, required: true }, words);
  return names
    .filter((name) => !(name === 'amount' && names.length > 1))
    .map((name) => (/^\d+$/.test(name) ? String(Number(name) + 1) : words.field(name)))
    .join(' › ');
}

function hasFile(fields: readonly Field[]): boolean {
  return fields.some(({ shape }) => shapeHasFile(shape));
}

function shapeHasFile(shape: Field['shape']): boolean {
  if (shape.kind === 'digest') return true;
  if (shape.kind === 'group') return hasFile(shape.fields);
  return shape.kind === 'list' && shapeHasFile(shape.item);
}
