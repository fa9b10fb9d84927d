import type { ComponentChildren } from 'preact';
import type { Field, Shape } from '../forms/model';
import { rowsIn, rowsName } from '../forms/posted';
import { useWords } from '../language/speaking';
import { Amount, Control, Options } from './controls';
import { Hint, Label, Mistake, describedBy, faultAt, formHint, idOfField, openingHint } from './field-parts';
import type { Asked, FormState } from './field-parts';
import { hintOf } from './names';

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
      <Hint
        path={path}
        text={[hintOf(field, words), formHint(shape, words), openingHint(field, words)].filter(Boolean).join(' ')}
      />
      <Mistake path={path} state={state} />
      <Control path={path} shape={shape} state={state} field={field} />
    </div>
  );
}

const isRadios = (shape: Shape, path: string, state: FormState): boolean =>
  shape.kind === 'yes-no' ||
  (shape.kind === 'choice' && shape.codes.length <= FEW) ||
  (shape.kind === 'entry' && (state.references[path]?.length ?? 0) > 0);

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
