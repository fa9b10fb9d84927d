/** Whole minor units (cents) and an ISO 4217 code. */
export interface Money {
  readonly minor: number;
  readonly currency: string;
}

/** Money whose sum may be beyond what a double holds exactly. */
export interface ExactMoney {
  readonly minor: number | bigint;
  readonly currency: string;
}

export function isMoney(value: unknown): value is Money {
  return (
    typeof value === 'object' &&
    value !== null &&
    'minor' in value &&
    Number.isSafeInteger(value.minor) &&
    'currency' in value &&
    typeof value.currency === 'string' &&
    /^[A-Z]{3}$/.test(value.currency)
  );
}

interface MoneyFormat {
  readonly format: Intl.NumberFormat;
  /** Decimals of the currency. Asked for once: that costs as much as saying an amount. */
  readonly places: number;
}

const formats = new Map<string, MoneyFormat>();

/** Money in a language's own form, exact to the last minor unit; whole amounts without a fraction. */
export function moneyFormat({ minor, currency }: ExactMoney, locale: string): string {
  const name = `${locale} ${currency}`;
  const { format, places } = formats.get(name) ?? formatOf(currency, locale);
  formats.set(name, { format, places });
  return format.format(decimal(minor, places));
}

function formatOf(currency: string, locale: string): MoneyFormat {
  const format = new Intl.NumberFormat(locale, {
    style: 'currency',
    currency,
    useGrouping: 'always',
    trailingZeroDisplay: 'stripIfInteger',
  });
  return { format, places: format.resolvedOptions().maximumFractionDigits ?? 2 };
}

/** The amount as decimal digits: a division would lose cents of large sums. */
export function decimal(minor: number | bigint, places: number): `${number}` {
  const digits = String(minor < 0 ? -minor : minor).padStart(places + 1, '0');
  const whole = digits.slice(0, digits.length - places);
  const text = `${minor < 0 ? '-' : ''}${whole}${places > 0 ? `.${digits.slice(-places)}` : ''}`;
  return text as `${number}`;
}
