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

type Fraction = 'needed' | 'always';

/** Money in a language's own form, exact to the last minor unit; whole amounts without a fraction, unless it is asked for. */
export function moneyFormat({ minor, currency }: ExactMoney, locale: string, fraction: Fraction = 'needed'): string {
  const { format, places } = formatOf(currency, locale, fraction);
  return format.format(decimal(minor, places));
}

function formatOf(currency: string, locale: string, fraction: Fraction): MoneyFormat {
  const name = `${locale} ${currency} ${fraction}`;
  const known = formats.get(name);
  if (known) return known;
  const format = new Intl.NumberFormat(locale, {
    style: 'currency',
    currency,
    useGrouping: 'always',
    trailingZeroDisplay: fraction === 'needed' ? 'stripIfInteger' : 'auto',
  });
  const made = { format, places: format.resolvedOptions().maximumFractionDigits ?? 2 };
  formats.set(name, made);
  return made;
}

/**
 * How the amounts of one column are written: of each currency all with a fraction where one of them has one, all without where none has, so that digits of a
 * kind stand under one another.
 */
export function moneyColumn(amounts: Iterable<ExactMoney>, locale: string): (money: ExactMoney) => string {
  const broken = new Set<string>();
  for (const { minor, currency } of amounts)
    if (BigInt(minor) % 10n ** BigInt(formatOf(currency, locale, 'needed').places) !== 0n) broken.add(currency);
  return (money) => moneyFormat(money, locale, broken.has(money.currency) ? 'always' : 'needed');
}

/** The amount as decimal digits: a division would lose cents of large sums. */
export function decimal(minor: number | bigint, places: number): `${number}` {
  const digits = String(minor < 0 ? -minor : minor).padStart(places + 1, '0');
  const whole = digits.slice(0, digits.length - places);
  const text = `${minor < 0 ? '-' : ''}${whole}${places > 0 ? `.${digits.slice(-places)}` : ''}`;
  return text as `${number}`;
}
