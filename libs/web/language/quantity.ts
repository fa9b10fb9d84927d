import { decimal } from './money';

/** A whole number, how many of its digits are decimals, and a unit. */
export interface Quantity {
  readonly value: number;
  readonly scale: number;
  readonly unit: string;
}

export function isQuantity(value: unknown): value is Quantity {
  return (
    typeof value === 'object' &&
    value !== null &&
    'value' in value &&
    Number.isSafeInteger(value.value) &&
    'scale' in value &&
    typeof value.scale === 'number' &&
    value.scale >= 0 &&
    value.scale <= 6 &&
    'unit' in value &&
    typeof value.unit === 'string'
  );
}

const formats = new Map<string, Intl.NumberFormat>();

/** The number of a quantity in a language's own form, exact to its last decimal that says something: `40.0` hours are 40. */
export function quantityNumber({ value, scale }: Quantity, locale: string): string {
  const format =
    formats.get(locale) ?? new Intl.NumberFormat(locale, { useGrouping: 'always', maximumFractionDigits: 6 });
  formats.set(locale, format);
  return format.format(decimal(value, scale));
}
