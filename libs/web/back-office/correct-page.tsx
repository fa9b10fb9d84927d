import { valueInWords } from '../asset/values';
import { useWords } from '../language/speaking';
import { officeAddress } from './addresses';
import { Trail } from './form-page';
import type { EntryForm } from './form-page';
import { OfficePage } from './frame';
import type { OfficeContext } from './frame';

export interface CorrectView {
  readonly subject: NonNullable<EntryForm['subject']>;
  readonly id: string;
  readonly entry: string;
  /** What the entry says now. */
  readonly sentence: string;
  readonly fields: readonly { readonly name: string; readonly value: unknown }[];
  /** Names of the fields a correction cannot touch, for they are not public. */
  readonly closed: readonly string[];
}

/** Which field of an entry is wrong? Each leads to a form with the right kind of answer. */
export function CorrectPage({ view, context }: { readonly view: CorrectView; readonly context: OfficeContext }) {
  const words = useWords();
  const { t } = words;
  const { subject, id, entry, sentence, fields, closed } = view;
  return (
    <OfficePage title={t('office.whichField')} context={context}>
      <div class="wide entry-form">
        <Trail subject={subject} />
        <h1>{t('office.whichField')}</h1>
        <blockquote class="to-record">
          <p>{sentence}</p>
        </blockquote>
        <dl class="facts correctable">
          {fields.map(({ name, value }) => (
            <div key={name}>
              <dt>
                <a href={officeAddress.act('assets', id, 'correct-entry', { 'data.entry': entry, 'data.field': name })}>
                  {name === 'occurredOn' ? t('office.occurredOn') : words.field(name)}
                </a>
              </dt>
              <dd>{valueInWords(name.split('.').at(-1) ?? name, value, words)}</dd>
            </div>
          ))}
        </dl>
        {closed.length > 0 && (
          <p class="quiet">
            {t('office.closedFields', { fields: words.list(closed.map((name) => words.field(name))) })}{' '}
            <a href={officeAddress.act('assets', id, 'annul-entry', { 'data.entry': entry })}>{t('office.annul')}</a>
          </p>
        )}
      </div>
    </OfficePage>
  );
}
