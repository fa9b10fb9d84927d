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

/** The number of a quantity in a language's own form, exact to its last decimal. */
export const quantityNumber = ({ value, scale }: Quantity, locale: string): string =>
  new Intl.NumberFormat(locale, { useGrouping: 'always', minimumFractionDigits: scale }).format(decimal(value, scale));
