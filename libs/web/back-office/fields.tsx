import type { ComponentChildren } from 'preact';
import type { FormFault } from '../forms/read';
import type { Field, Shape } from '../forms/model';
import { rowsIn, rowsName } from '../forms/posted';
import type { Posted } from '../forms/posted';
import { useWords } from '../language/speaking';
import type { Words } from '../language/words';
import { hintOf } from './names';

/** What the fields of one form need to know. */
export interface FormState {
  readonly posted: Posted;
  readonly faults: readonly FormFault[];
  readonly currency: string;
  /** Entries a field may refer to, with the sentence each says, by the field's path. */
  readonly references: Readonly<Record<string, readonly Reference[]>>;
}

export interface Reference {
  readonly id: string;
  readonly text: string;
}

interface Asked {
  readonly field: Field;
  readonly path: string;
  readonly state: FormState;
}

/** The element a link to the field leads to. */
export const idOfField = (path: string): string => path.replaceAll('.', '-');

const FEW = 6;

/** One question with its label, hint and error, and inside it the questions it is made of. */
export function Question({ field, path, state }: Asked) {
  const words = useWords();
  const label = <Label field={field} />;
  const { shape } = field;
  if (shape.kind === 'group') return <Group field={field} path={path} state={state} shape={shape} />;
  if (shape.kind === 'list') return <List field={field} path={path} state={state} shape={shape} />;
  if (shape.kind === 'money' || shape.kind === 'quantity')
    return (
      <Fieldset label={label} path={path} state={state} hint={hintOf(field, words)}>
        <Amount path={path} shape={shape} state={state} />
      </Fieldset>
    );
  if (isRadios(shape, path, state) || shape.kind === 'choices')
    return (
      <Fieldset label={label} path={path} state={state} hint={hintOf(field, words)}>
        <Options path={path} shape={shape} state={state} field={field} />
      </Fieldset>
    );
  return (
    <div class={faultAt(path, state) ? 'question faulty' : 'question'}>
      <label for={idOfField(path)}>{label}</label>
      <Hint path={path} text={[hintOf(field, words), formHint(shape, words)].filter(Boolean).join(' ')} />
      <Mistake path={path} state={state} />
      <Control path={path} shape={shape} state={state} field={field} />
    </div>
  );
}

/** The field's name; what need not be filled in says so. */
export function labelOf({ name, called = name, required }: Omit<Field, 'shape'>, words: Words): string {
  return required ? words.field(called) : words.t('office.optional', { field: words.field(called) });
}

/** The field's name, and who may see what is typed where that is not everybody. */
function Label({ field }: { readonly field: Field }) {
  const words = useWords();
  const { classification = 'public' } = field;
  return (
    <>
      {labelOf(field, words)}
      {classification !== 'public' && <span class="mark"> {words.t(`office.seenBy.${classification}`)}</span>}
    </>
  );
}

const isRadios = (shape: Shape, path: string, state: FormState): boolean =>
  shape.kind === 'yes-no' ||
  (shape.kind === 'choice' && shape.codes.length <= FEW) ||
  (shape.kind === 'entry' && (state.references[path]?.length ?? 0) > 0);

const faultAt = (path: string, { faults }: FormState): FormFault | undefined =>
  faults.find((fault) => fault.path === path);

function Hint({ path, text }: { readonly path: string; readonly text: string }) {
  return text === '' ? null : (
    <p class="hint" id={`${idOfField(path)}-hint`}>
      {text}
    </p>
  );
}

export function Mistake({ path, state }: Pick<Asked, 'path' | 'state'>) {
  const words = useWords();
  const fault = faultAt(path, state);
  if (!fault) return null;
  return (
    <p class="mistake" id={`${idOfField(path)}-mistake`}>
      <span class="hidden">{words.t('office.error')} </span>
      {faultInWords(fault, words)}
    </p>
  );
}

/** What is wrong with a field, and what to do. */
export function faultInWords({ code, values = {} }: FormFault, words: Words): string {
  return words.t(`office.fault.${code}`, { ...values, count: Number(values.count ?? 0) });
}

const describedBy = (path: string, state: FormState, hinted: boolean): string | undefined => {
  const id = idOfField(path);
  return [hinted && `${id}-hint`, faultAt(path, state) && `${id}-mistake`].filter(Boolean).join(' ') || undefined;
};

/** What to type where the form of it matters. */
export function formHint(shape: Shape, { t }: Words): string {
  switch (shape.kind) {
    case 'date':
      return t('office.hint.date');
    case 'instant':
      return t('office.hint.instant');
    case 'stream':
      return t('office.hint.stream');
    case 'digest':
      return t('office.hint.digest');
    case 'coded':
      return shape.example === undefined ? '' : t('office.hint.example', { example: shape.example });
    default:
      return '';
  }
}

interface Control {
  readonly path: string;
  readonly shape: Shape;
  readonly state: FormState;
  readonly field?: Field;
  /** Read out in place of a label, for an item of a list. */
  readonly label?: string;
}

function Control({ path, shape, state, field, label }: Control) {
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

interface FieldsetProps {
  readonly label: ComponentChildren;
  readonly path: string;
  readonly state: FormState;
  readonly hint: string | undefined;
  readonly children: ComponentChildren;
}

function Fieldset({ label, path, state, hint = '', children }: FieldsetProps) {
  return (
    <fieldset
      class={faultAt(path, state) ? 'question faulty' : 'question'}
      id={idOfField(path)}
      tabIndex={-1}
      aria-describedby={describedBy(path, state, hint !== '')}
    >
      <legend>{label}</legend>
      <Hint path={path} text={hint} />
      <Mistake path={path} state={state} />
      {children}
    </fieldset>
  );
}

function Options({ path, shape, state, field }: Control & { readonly field: Field }) {
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

function Amount({ path, shape, state }: { path: string; shape: Shape & { kind: 'money' | 'quantity' }; state: FormState }) {
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

/** Several questions about one thing. Where none need be answered it is folded away until somebody wants it. */
function Group({ field, path, state, shape }: Asked & { readonly shape: Shape & { kind: 'group' } }) {
  const words = useWords();
  const inner = (
    <fieldset class="question group" id={idOfField(path)} tabIndex={-1}>
      <legend>
        <Label field={field} />
      </legend>
      <Hint path={path} text={hintOf(field, words) ?? ''} />
      {shape.fields.map((each) => (
        <Question key={each.name} field={each} path={`${path}.${each.name}`} state={state} />
      ))}
    </fieldset>
  );
  return <Folded field={field} path={path} state={state} inner={inner} />;
}

function Folded({ field, path, state, inner }: Asked & { readonly inner: ComponentChildren }) {
  if (field.required) return <>{inner}</>;
  const within = (name: string): boolean => name === path || name.startsWith(`${path}.`);
  const inUse =
    [...state.posted.pairs()].some(([name, value]) => within(name) && !name.endsWith('.currency') && value !== '') ||
    state.posted.has(rowsName(path)) ||
    state.faults.some((fault) => within(fault.path));
  return (
    <details class="folded" open={inUse}>
      <summary>
        <Label field={field} />
      </summary>
      {inner}
    </details>
  );
}

function List({ field, path, state, shape }: Asked & { readonly shape: Shape & { kind: 'list' } }) {
  const words = useWords();
  const { item, minItems, maxItems } = shape;
  const rows = rowsIn(state.posted, path, minItems, maxItems);
  const inner = (
    <fieldset class={faultAt(path, state) ? 'question group faulty' : 'question group'} id={idOfField(path)} tabIndex={-1} aria-describedby={describedBy(path, state, Boolean(hintOf(field, words) || formHint(item, words)))}>
      <legend>
        <Label field={field} />
      </legend>
      <Hint path={path} text={[hintOf(field, words), formHint(item, words)].filter(Boolean).join(' ')} />
      <Mistake path={path} state={state} />
      <input type="hidden" name={rowsName(path)} value={String(rows)} />
      {Array.from({ length: rows }, (_, row) => (
        <Item key={row} field={field} path={`${path}.${row}`} number={row + 1} item={item} state={state} />
      ))}
      {rows < maxItems && (
        <button class="secondary" name="step" value={`add ${path}`}>
          {words.t('office.addAnother', { field: words.field(field.name) })}
        </button>
      )}
    </fieldset>
  );
  return <Folded field={field} path={path} state={state} inner={inner} />;
} // prettier-ignore

interface ItemProps {
  readonly field: Field;
  readonly path: string;
  readonly number: number;
  readonly item: Shape;
  readonly state: FormState;
}

function Item({ field, path, number, item, state }: ItemProps) {
  const words = useWords();
  const label = words.t('office.item', { field: words.field(field.name), number });
  if (item.kind === 'group') {
    return (
      <fieldset class="item">
        <legend>{label}</legend>
        {item.fields.map((each) => (
          <Question key={each.name} field={each} path={`${path}.${each.name}`} state={state} />
        ))}
      </fieldset>
    );
  }
  if (item.kind === 'entry' && state.references[path]) {
    return (
      <fieldset class="item">
        <legend>{label}</legend>
        <Options path={path} shape={item} state={state} field={{ ...field, required: false }} />
      </fieldset>
    );
  }
  return (
    <div class="item">
      <Mistake path={path} state={state} />
      <Control path={path} shape={item} state={state} label={label} />
    </div>
  );
}
