import type { JsonObject, JsonValue } from '#domain';
import { isMoney } from '../language/money';
import { isQuantity } from '../language/quantity';
import { typedDate } from './dates';
import type { Field, Shape } from './model';
import { placesOf, typedDecimal } from './numbers';
import { Posted, rowsName } from './posted';

/** A form filled in with data, as if somebody had typed it; `mark` is the decimal mark of the reader's language. What `readForm` reads back. */
export function writeForm(fields: readonly Field[], data: JsonObject, mark: string, at = 'data'): Posted {
  const posted = new Posted();
  for (const { name, shape } of fields) writeValue(shape, data[name], `${at}.${name}`, mark, posted);
  return posted;
}

/** Fills in one field. */
export function writeValue(
  shape: Shape,
  value: JsonValue | undefined,
  path: string,
  mark: string,
  posted: Posted,
): void {
  if (value === undefined) return;
  switch (shape.kind) {
    case 'group':
      for (const field of shape.fields)
        writeValue(field.shape, (value as JsonObject)[field.name], `${path}.${field.name}`, mark, posted);
      return;
    case 'list': {
      const items = value as readonly JsonValue[];
      posted.set(rowsName(path), String(items.length));
      items.forEach((item, row) => writeValue(shape.item, item, `${path}.${row}`, mark, posted));
      return;
    }
    case 'choices':
      for (const code of value as readonly string[]) posted.add(path, code);
      return;
    case 'money':
      if (!isMoney(value)) return;
      posted.set(`${path}.amount`, typedDecimal(value.minor, placesOf(value.currency), mark));
      posted.set(`${path}.currency`, value.currency);
      return;
    case 'quantity':
      if (!isQuantity(value)) return;
      posted.set(`${path}.amount`, typedDecimal(value.value, value.scale, mark));
      posted.set(`${path}.unit`, value.unit);
      return;
    default:
      posted.set(path, typed(shape, value, mark));
  }
}

function typed(shape: Shape, value: JsonValue, mark: string): string {
  if (shape.kind === 'json') return JSON.stringify(value);
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value === 'number') return String(value).replace('.', mark);
  const text = typeof value === 'string' ? value : '';
  return shape.kind === 'date' ? typedDate(text) : text;
}
