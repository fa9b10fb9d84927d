import type { JsonObject, LegalDate } from '#domain';
import { sentenceOf } from '../asset/sentence';
import { valueInWords } from '../asset/values';
import type { Field } from '../forms/model';
import type { Posted } from '../forms/posted';
import { useWords } from '../language/speaking';
import { labelOf, seenByInWords } from './field-parts';
import { Hidden, Trail } from './form-page';
import type { EntryForm } from './form-page';
import { OfficePage } from './frame';
import type { OfficeContext } from './frame';

export interface ConfirmView extends Omit<EntryForm, 'state'> {
  readonly type: string;
  readonly occurredOn: LegalDate;
  readonly data: JsonObject;
  readonly posted: Posted;
  readonly notices: readonly string[];
  /** What is known of the streams the entry names: their names by their ids; and what the entries say that it refers to. */
  readonly named: Readonly<Record<string, string>>;
}

const OURS = new Set(['step', 'token']);

/** What is about to be written down, in one plain sentence and field by field, for a last look: entries are for ever. */
export function ConfirmPage({ view, context }: { readonly view: ConfirmView; readonly context: OfficeContext }) {
  const words = useWords();
  const { t } = words;
  const { title, subject, action, type, occurredOn, data, posted, named, fields, hidden, notices } = view;
  const sentence = sentenceOf(type, data, words) ?? title;
  return (
    <OfficePage title={t('office.confirm')} context={context}>
      <div class="wide entry-form">
        <Trail subject={subject} />
        {notices.map((notice) => (
          <p class="notice" role="status" key={notice}>
            {notice}
          </p>
        ))}
        <h1>{t('office.confirm')}</h1>
        {subject && <p class="lead">{subject.name}</p>}
        <blockquote class="to-record">
          <p>
            <strong>{t('office.happened', { date: words.day(occurredOn) })}</strong> {sentence}
          </p>
          <p class="quiet">
            {t('office.written', {
              date: words.day(context.today),
              name: context.colleague.name,
              agency: context.colleague.agency,
            })}
          </p>
        </blockquote>
        <dl class="facts">
          {fields
            .filter(({ name }) => data[name] !== undefined)
            .map((field) => (
              <div key={field.name}>
                <dt>
                  {labelOf({ ...field, required: true }, words)}{' '}
                  {field.classification !== undefined && field.classification !== 'public' && (
                    <span class="mark">{seenByInWords(field, words)}</span>
                  )}
                </dt>
                <dd class="as-typed">
                  {field.shape.kind === 'entry' ? '' : valueInWords(lastPart(field), data[field.name], words)}
                  <Named what={data[field.name]} named={named} bare={field.shape.kind === 'entry'} />
                </dd>
              </div>
            ))}
        </dl>
        <p class="notice">{t('office.forEver')}</p>
        <form method="post" action={action}>
          {[...posted.pairs()]
            .filter(([name]) => !OURS.has(name) && !Object.hasOwn(hidden, name))
            .map(([name, value], place) => (
              <input type="hidden" name={name} value={value} key={`${name} ${place}`} />
            ))}
          <Hidden values={{ ...hidden, token: context.token }} />
          <p class="actions">
            <button name="step" value="record">
              {t('office.record')}
            </button>
            <button class="secondary" name="step" value="edit">
              {t('office.change')}
            </button>
          </p>
        </form>
      </div>
    </OfficePage>
  );
}

/** For a field inside a field its own name: by it its codes are known. */
const lastPart = ({ name, called = name }: Field): string => called.split('.').at(-1) ?? name;

function Named(props: { what: unknown; named: ConfirmView['named']; bare: boolean }) {
  const { what, named, bare } = props;
  const name = typeof what === 'string' ? named[what] : undefined;
  if (name === undefined) return bare ? <code>{String(what)}</code> : null;
  return bare ? <>{name}</> : <strong> ({name})</strong>;
}
