import type { JsonObject, JsonValue } from '#domain';
import { isIdOf, textFlaw, tidied } from '#domain';
import type { LetteredKind, Lines } from '#domain';
import { dateTyped, instantTyped } from './dates';
import type { Field, Shape } from './model';
import { decimalNumber, minorUnits, placesOf, scaled, wholeNumber } from './numbers';
import type { NumberFlaw } from './numbers';
import { rowsIn } from './posted';
import type { Posted } from './posted';

/** Why a field cannot be taken as it was filled in; its sentence is `office.fault.<code>`. */
export type FaultCode =
  | NumberFlaw
  | 'missing'
  | 'choose'
  | 'date'
  | 'instant'
  | 'too-long'
  | 'too-small'
  | 'too-large'
  | 'form'
  | 'digest'
  | 'id'
  | 'currency'
  | 'unit'
  | 'too-few'
  | 'too-many'
  | 'twice'
  | 'json'
  | 'file'
  | 'shape';

/** One thing wrong with a form. `path` names the field as the form does. */
export interface FormFault {
  readonly path: string;
  readonly code: FaultCode;
  readonly values?: Readonly<Record<string, string | number>>;
}

export interface ReadContext {
  /** Where a time without an offset is meant. */
  readonly timeZone: string;
}

/** What was read; `value` is undefined where nothing was filled in. */
interface Reading {
  readonly value: JsonValue | undefined;
  readonly faults: readonly FormFault[];
}

const nothing: Reading = { value: undefined, faults: [] };
const fault = (path: string, code: FaultCode, values?: FormFault['values']): Reading => ({
  value: undefined,
  faults: [{ path, code, ...(values && { values }) }],
});
const said = (value: JsonValue): Reading => ({ value, faults: [] });

/** The data of an entry from a posted form. What was left empty is missing, never zero and never an empty text. */
export function readForm(
  fields: readonly Field[],
  posted: Posted,
  context: ReadContext,
  at = 'data',
): { readonly data: JsonObject; readonly faults: readonly FormFault[] } {
  const { value, faults } = readFields(fields, at, posted, context);
  return { data: value, faults };
}

function readFields(
  fields: readonly Field[],
  at: string,
  posted: Posted,
  context: ReadContext,
): { value: JsonObject; faults: readonly FormFault[] } {
  const readings = fields.map((field) => [field, readField(field, `${at}.${field.name}`, posted, context)] as const);
  return {
    value: Object.fromEntries(
      readings.flatMap(([{ name }, { value }]) => (value === undefined ? [] : [[name, value] as const])),
    ),
    faults: readings.flatMap(([, { faults }]) => faults),
  };
}

/** One field; a required one that is empty is a fault. */
export function readField({ shape, required }: Field, path: string, posted: Posted, context: ReadContext): Reading {
  // In an optional group that nobody touched, nothing is missing.
  if (shape.kind === 'group') {
    if (!required && !isFilled(shape, path, posted)) return nothing;
    return readFields(shape.fields, path, posted, context);
  }
  const reading = readShape(shape, path, posted, context);
  if (reading.value !== undefined || reading.faults.length > 0 || !required) return reading;
  if (shape.kind === 'list') return shape.minItems === 0 ? said([]) : fault(path, 'too-few', { count: shape.minItems });
  if (shape.kind === 'choices') return shape.minItems === 0 ? said([]) : fault(path, 'choose');
  return fault(path, shape.kind === 'choice' || shape.kind === 'yes-no' ? 'choose' : 'missing');
}

/** Whether anything at all was filled in. Currency and unit do not count: they are chosen beforehand. */
export function isFilled(shape: Shape, path: string, posted: Posted): boolean {
  switch (shape.kind) {
    case 'group':
      return shape.fields.some((field) => isFilled(field.shape, `${path}.${field.name}`, posted));
    case 'list':
      return Array.from({ length: rowsIn(posted, path, 0, shape.maxItems) }).some((_, row) =>
        isFilled(shape.item, `${path}.${row}`, posted),
      );
    case 'money':
    case 'quantity':
      return posted.one(`${path}.amount`).trim() !== '';
    default:
      return posted.all(path).some((value) => value.trim() !== '');
  }
}

function readShape(shape: Shape, path: string, posted: Posted, context: ReadContext): Reading {
  if (!isFilled(shape, path, posted)) return nothing;
  const typed = posted.one(path);
  switch (shape.kind) {
    case 'line':
      return readText(typed, 'one', shape.maxLength, path);
    case 'text':
      return readText(typed.replace(/\r\n?/g, '\n'), 'many', shape.maxLength, path);
    case 'coded':
      return readCoded(typed.trim(), shape, path);
    case 'date':
      return orFault(dateTyped(typed), path, 'date');
    case 'instant':
      return orFault(instantTyped(typed, context.timeZone), path, 'instant');
    case 'digest':
      return matching(typed.trim().toLowerCase(), /^[0-9a-f]{64}$/, path, 'digest');
    case 'entry':
      return matching(typed.trim(), /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/, path, 'choose');
    case 'stream': {
      const id = typed.trim().toUpperCase();
      return isIdOf(shape.of as LetteredKind | 'asset', id) ? said(id) : fault(path, 'id');
    }
    case 'integer':
      return bounded(wholeNumber(typed), shape, path);
    case 'decimal':
      return bounded(decimalNumber(typed), shape.bounds, path);
    case 'yes-no':
      return typed === 'yes' || typed === 'no' ? said(typed === 'yes') : fault(path, 'choose');
    case 'choice':
      return shape.codes.includes(typed) ? said(typed) : fault(path, 'choose');
    case 'choices':
      return readChoices(shape.codes, posted.all(path), path);
    case 'money':
      return readMoney(shape.minimum, path, posted);
    case 'quantity':
      return readQuantity(shape.units, path, posted);
    case 'group':
      return readFields(shape.fields, path, posted, context);
    case 'list':
      return readList(shape, path, posted, context);
    case 'json':
      return readJson(typed, path);
  }
}

const orFault = (value: string | undefined, path: string, code: FaultCode): Reading =>
  value === undefined ? fault(path, code) : said(value);

const matching = (text: string, pattern: RegExp, path: string, code: FaultCode): Reading =>
  pattern.test(text) ? said(text) : fault(path, code);

function readText(typed: string, lines: Lines, maxLength: number, path: string): Reading {
  // What is plain already is taken letter by letter.
  const text = textFlaw(typed, lines) === undefined ? typed : tidied(typed, lines);
  if (text === '') return nothing;
  return text.length > maxLength ? fault(path, 'too-long', { count: maxLength }) : said(text);
}

function readCoded(typed: string, { pattern, example = '' }: Shape & { kind: 'coded' }, path: string): Reading {
  const fits = new RegExp(pattern, 'u');
  const text = [typed, typed.toUpperCase(), typed.toLowerCase()].find((each) => fits.test(each));
  return text === undefined ? fault(path, 'form', { example }) : said(text);
}

function bounded(
  number: number | NumberFlaw,
  { minimum, maximum, exclusiveMinimum }: { minimum?: number; maximum?: number; exclusiveMinimum?: number },
  path: string,
): Reading {
  if (typeof number === 'string') return fault(path, number);
  if (minimum !== undefined && number < minimum) return fault(path, 'too-small', { least: minimum });
  if (exclusiveMinimum !== undefined && number <= exclusiveMinimum)
    return fault(path, 'too-small', { least: exclusiveMinimum });
  if (maximum !== undefined && number > maximum) return fault(path, 'too-large', { most: maximum });
  return said(number);
}

function readChoices(codes: readonly string[], chosen: readonly string[], path: string): Reading {
  const given = [...new Set(chosen)].filter((code) => code !== '');
  return given.every((code) => codes.includes(code)) ? said(given) : fault(path, 'choose');
}

function readMoney(minimum: number, path: string, posted: Posted): Reading {
  const currency = posted.one(`${path}.currency`).trim().toUpperCase();
  if (!/^[A-Z]{3}$/.test(currency)) return fault(`${path}.currency`, 'currency');
  const minor = minorUnits(posted.one(`${path}.amount`), placesOf(currency));
  if (typeof minor === 'string') return fault(`${path}.amount`, minor);
  return minor < minimum ? fault(`${path}.amount`, 'too-small', { least: minimum }) : said({ minor, currency });
}

function readQuantity(units: readonly string[], path: string, posted: Posted): Reading {
  const number = scaled(posted.one(`${path}.amount`));
  if (typeof number === 'string') return fault(`${path}.amount`, number);
  if (number.value < 1) return fault(`${path}.amount`, 'too-small', { least: 0 });
  const unit = posted.one(`${path}.unit`);
  return units.includes(unit) ? said({ ...number, unit }) : fault(`${path}.unit`, 'unit');
}

function readList(shape: Shape & { kind: 'list' }, path: string, posted: Posted, context: ReadContext): Reading {
  const { item, minItems, maxItems, unique } = shape;
  const rows = Array.from({ length: rowsIn(posted, path, 0, maxItems) }, (_, row) => `${path}.${row}`)
    .filter((row) => isFilled(item, row, posted))
    .map((row) => ({ row, ...readShape(item, row, posted, context) }));
  const values = rows.flatMap(({ value }) => (value === undefined ? [] : [value]));
  const faults = rows.flatMap((each) => each.faults);
  if (faults.length > 0) return { value: undefined, faults };
  if (values.length < minItems) return fault(path, 'too-few', { count: minItems });
  const written = rows.map(({ value }) => JSON.stringify(value));
  const twice = unique ? rows.find((_, place) => written.indexOf(written[place]!) < place) : undefined;
  return twice ? fault(twice.row, 'twice') : said(values);
}

function readJson(typed: string, path: string): Reading {
  try {
    return said(JSON.parse(typed) as JsonValue);
  } catch {
    return fault(path, 'json');
  }
}
