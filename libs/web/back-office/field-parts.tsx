import type { Field, Shape } from '../forms/model';
import type { Posted } from '../forms/posted';
import type { FormFault } from '../forms/read';
import { useWords } from '../language/speaking';
import type { Words } from '../language/words';

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

/** One question of a form. */
export interface Asked {
  readonly field: Field;
  readonly path: string;
  readonly state: FormState;
}

/** The element a link to the field leads to. */
export const idOfField = (path: string): string => path.replaceAll('.', '-');

/** The field's name; what need not be filled in says so. */
export function labelOf({ name, called = name, required }: Omit<Field, 'shape'>, words: Words): string {
  return required ? words.field(called) : words.t('office.optional', { field: words.field(called) });
}

/** Who may see what is typed. */
export function seenByInWords({ classification = 'public', opens = 'never' }: Field, { t }: Words): string {
  return opens === 'never' ? t(`office.seenBy.${classification}`) : t('disclosure.mayOpen');
}

/** What to keep in mind where everybody may read it one day. */
export const openingHint = ({ opens = 'never' }: Field, { t }: Words): string =>
  opens === 'never' ? '' : t('disclosure.mayOpenHint');

/** The field's name, and who may see what is typed where that is not everybody. */
export function Label({ field }: { readonly field: Field }) {
  const words = useWords();
  const { classification = 'public' } = field;
  return (
    <>
      {labelOf(field, words)}
      {classification !== 'public' && <span class="mark"> {seenByInWords(field, words)}</span>}
    </>
  );
}

/** What is wrong with the field itself. */
export const faultAt = (path: string, { faults }: FormState): FormFault | undefined =>
  faults.find((fault) => fault.path === path);

/** What to know before one answers. */
export function Hint({ path, text }: { readonly path: string; readonly text: string }) {
  return text === '' ? null : (
    <p class="hint" id={`${idOfField(path)}-hint`}>
      {text}
    </p>
  );
}

/** What is wrong with a field, where something is. */
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

/** The ids of what explains a field, for `aria-describedby`. */
export const describedBy = (path: string, state: FormState, hinted: boolean): string | undefined => {
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
