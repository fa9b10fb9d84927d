import type { Field, Shape } from '../forms/model';
import { useWords } from '../language/speaking';
import type { Words } from '../language/words';
import { Mistake, describedBy, faultAt, formHint, idOfField } from './field-parts';
import type { FormState } from './field-parts';
import { hintOf } from './names';

interface ControlProps {
  readonly path: string;
  readonly shape: Shape;
  readonly state: FormState;
  readonly field?: Field;
  /** Read out in place of a label, for an item of a list. */
  readonly label?: string;
}

/** Where one answer is typed or chosen. */
export function Control({ path, shape, state, field, label }: ControlProps) {
  const words = useWords();
  const hinted = field !== undefined && Boolean(hintOf(field, words) || formHint(shape, words));
  const common = {
    id: idOfField(path),
    name: path,
    'aria-label': label,
    'aria-describedby': describedBy(path, state, hinted),
    'aria-invalid': faultAt(path, state) ? ('true' as const) : undefined,
  };
  const value = state.posted.one(path);
  switch (shape.kind) {
    case 'text':
    case 'json':
      return (
        <textarea {...common} rows={4}>
          {value}
        </textarea>
      );
    case 'choice':
    case 'yes-no': {
      const codes = shape.kind === 'choice' ? shape.codes : ['yes', 'no'];
      const name = field?.called ?? field?.name ?? lastName(path);
      return (
        <select {...common}>
          <option value="">{words.t('office.choose')}</option>
          {codes.map((code) => (
            <option key={code} value={code} selected={code === value}>
              {shape.kind === 'choice'
                ? words.code(lastName(name), code)
                : words.t(code === 'yes' ? 'office.yes' : 'office.no')}
            </option>
          ))}
        </select>
      );
    }
    case 'digest':
      return (
        <>
          <input {...common} type="text" value={value} size={66} spellcheck={false} autocomplete="off" class="code" />
          <p class="file">
            <label for={`${idOfField(path)}-file`}>{words.t('office.file')}</label>
            <input type="file" id={`${idOfField(path)}-file`} name={`file:${path}`} />
          </p>
        </>
      );
    default:
      return (
        <input
          {...common}
          type="text"
          value={value}
          size={sizeOf(shape)}
          inputMode={shape.kind === 'integer' ? 'numeric' : shape.kind === 'decimal' ? 'decimal' : undefined}
          spellcheck={shape.kind === 'line'}
          autocomplete="off"
        />
      );
  }
}

/** As wide as what is typed there is long. */
function sizeOf(shape: Shape): number {
  if (shape.kind === 'date') return 12;
  if (shape.kind === 'instant') return 26;
  if (shape.kind === 'integer' || shape.kind === 'decimal') return 12;
  if (shape.kind === 'coded' || shape.kind === 'stream') return 24;
  return shape.kind === 'line' && shape.maxLength <= 80 ? 30 : 60;
}

const lastName = (path: string): string =>
  path
    .split('.')
    .filter((part) => !/^\d+$/.test(part))
    .at(-1) ?? '';

/** The answers of a closed question, all in sight. */
export function Options({ path, shape, state, field }: ControlProps & { readonly field: Field }) {
  const words = useWords();
  const chosen = state.posted.all(path);
  const several = shape.kind === 'choices';
  return (
    <div class="options">
      {optionsOf(shape, path, state, field, words, chosen).map(({ code, text }) => (
        <label class="option" key={code}>
          <input type={several ? 'checkbox' : 'radio'} name={path} value={code} checked={chosen.includes(code)} />
          <span>{text}</span>
        </label>
      ))}
    </div>
  );
}

function optionsOf(
  shape: Shape,
  path: string,
  state: FormState,
  { name: own, called: name = own, required }: Field,
  words: Words,
  chosen: readonly string[],
): { code: string; text: string }[] {
  const none = required ? [] : [{ code: '', text: words.t('office.notStated') }];
  switch (shape.kind) {
    case 'yes-no':
      return [
        { code: 'yes', text: answer('office.yes', `code.${name}.true`, words) },
        { code: 'no', text: answer('office.no', `code.${name}.false`, words) },
        ...none,
      ];
    case 'entry':
      return [...(state.references[path] ?? []).map(({ id, text }) => ({ code: id, text })), ...none];
    case 'choice':
      return [...shape.codes.map((code) => ({ code, text: words.code(lastName(name), code) })), ...none];
    case 'choices': {
      // Those that are ticked come first, in the order in which they were given: a form changes no order.
      const ordered = [...chosen.filter((code) => shape.codes.includes(code)), ...shape.codes];
      return [...new Set(ordered)].map((code) => ({ code, text: words.code(lastName(name), code) }));
    }
    default:
      return [];
  }
}

/** Yes or no, with what that means where the language says so. */
const answer = (plain: 'office.yes' | 'office.no', meaning: string, words: Words): string =>
  [words.t(plain), words.named(meaning)].filter(Boolean).join(': ');

/** A number with its currency or unit. */
export function Amount({ path, shape, state }: { path: string; shape: Shape & { kind: 'money' | 'quantity' }; state: FormState }) {
  const words = useWords();
  const part = (name: 'amount' | 'currency' | 'unit'): string => `${path}.${name}`;
  const { posted } = state;
  const other = shape.kind === 'money' ? 'currency' : 'unit';
  return (
    <>
      <p class="hint" id={`${idOfField(part('amount'))}-hint`}>
        {words.t(shape.kind === 'money' ? 'office.hint.money' : 'office.hint.quantity')}
      </p>
      <Mistake path={part('amount')} state={state} />
      <Mistake path={part(other)} state={state} />
      <div class="amount">
        <input
          type="text"
          inputMode="decimal"
          id={idOfField(part('amount'))}
          name={part('amount')}
          value={posted.one(part('amount'))}
          size={16}
          autocomplete="off"
          aria-label={words.t('office.amount')}
          aria-describedby={describedBy(part('amount'), state, true)}
          aria-invalid={faultAt(part('amount'), state) ? 'true' : undefined}
        />
        {shape.kind === 'money' ? (
          <input
            type="text"
            id={idOfField(part('currency'))}
            name={part('currency')}
            value={posted.has(part('currency')) ? posted.one(part('currency')) : state.currency}
            size={4}
            autocomplete="off"
            aria-label={words.field('currency')}
            aria-describedby={describedBy(part('currency'), state, false)}
            aria-invalid={faultAt(part('currency'), state) ? 'true' : undefined}
          />
        ) : (
          <select id={idOfField(part('unit'))} name={part('unit')} aria-label={words.field('unit')} aria-describedby={describedBy(part('unit'), state, false)}>
            <option value="">{words.t('office.choose')}</option>
            {shape.units.map((unit) => (
              <option key={unit} value={unit} selected={posted.one(part('unit')) === unit}>
                {words.code('unit', unit)}
              </option>
            ))}
          </select>
        )}
      </div>
    </>
  );
} // prettier-ignore
