/** Numbers as people type them, exactly: never by way of a binary fraction. */

/** Why a typed number was not understood. */
export type NumberFlaw = 'number' | 'ambiguous-number' | 'too-many-decimals' | 'number-too-large';

/** Whole and decimal digits of a number. */
interface Digits {
  readonly negative: boolean;
  readonly whole: string;
  readonly decimals: string;
}

const SPACES = /[\s\u00a0\u202f'’]/gu;
const PLAIN = /^(-?)(\d{1,20})(?:[.,](\d{0,12}))?$/;
const GROUPED = /^(-?)(\d{1,3}(?:([.,])\d{3})+)(?:([.,])(\d{0,12}))?$/;

/**
 * Reads `1234,56`, `1234.56`, `1.234,56`, `1,234.56` and `1 234,56`. `1.234` is a thousand to some and one and a bit to others: where
 * `grouped` says that a number may be written in groups of three digits, it is not guessed but refused.
 */
function digitsOf(typed: string, grouped: boolean): Digits | NumberFlaw {
  const text = typed.replace(SPACES, '').replace('\u2212', '-');
  const plain = PLAIN.exec(text);
  if (plain) {
    const [, sign, whole = '', decimals = ''] = plain;
    if (grouped && decimals.length === 3 && whole.length <= 3 && whole !== '0') return 'ambiguous-number';
    return { negative: sign === '-', whole, decimals };
  }
  const [, sign, whole, group, point, decimals = ''] = GROUPED.exec(text) ?? [];
  if (whole === undefined || group === point || new Set(whole.replace(/\d/g, '')).size > 1) return 'number';
  return { negative: sign === '-', whole: whole.replace(/\D/g, ''), decimals };
}

/** An amount in whole minor units of a currency with `places` decimals. */
export function minorUnits(typed: string, places: number): number | NumberFlaw {
  const digits = digitsOf(typed, places !== 3);
  if (typeof digits === 'string') return digits;
  if (digits.decimals.length > places) return 'too-many-decimals';
  return safe(digits, digits.whole + digits.decimals.padEnd(places, '0'));
}

/** A number as a whole number times ten to the power of minus `scale`; the digits typed are the digits kept. */
export function scaled(typed: string): { readonly value: number; readonly scale: number } | NumberFlaw {
  const digits = digitsOf(typed, false);
  if (typeof digits === 'string') return digits;
  const scale = digits.decimals.length;
  if (scale > 6) return 'too-many-decimals';
  const value = safe(digits, digits.whole + digits.decimals);
  return typeof value === 'string' ? value : { value, scale };
}

/** A whole number, without groups: `1.000` is refused rather than guessed. */
export function wholeNumber(typed: string): number | NumberFlaw {
  const text = typed.replace(SPACES, '');
  return /^-?\d{1,20}$/.test(text) ? safe({ negative: text.startsWith('-') }, text.replace('-', '')) : 'number';
}

/** A number with decimals after a point or a comma. */
export function decimalNumber(typed: string): number | NumberFlaw {
  const text = typed.replace(SPACES, '').replace(',', '.');
  return /^-?(\d{1,20}(\.\d*)?|\.\d+)(e[-+]?\d{1,3})?$/i.test(text) ? Number(text) : 'number';
}

function safe({ negative }: Pick<Digits, 'negative'>, digits: string): number | NumberFlaw {
  const value = BigInt(digits) * (negative ? -1n : 1n);
  if (value > BigInt(Number.MAX_SAFE_INTEGER) || value < -BigInt(Number.MAX_SAFE_INTEGER)) return 'number-too-large';
  return Number(value);
}

/** `value` times ten to the power of minus `places`, as it is typed: no groups, the mark of the reader's language. */
export function typedDecimal(value: number, places: number, mark: string): string {
  const digits = String(Math.abs(value)).padStart(places + 1, '0');
  const whole = digits.slice(0, digits.length - places);
  return `${value < 0 ? '-' : ''}${whole}${places > 0 ? mark + digits.slice(-places) : ''}`;
}

const placesKnown = new Map<string, number>();

/** How many decimals a currency has (ISO 4217): 2 for most, 0 for the yen, 3 for the Tunisian dinar. */
export function placesOf(currency: string): number {
  const known = placesKnown.get(currency);
  if (known !== undefined) return known;
  const places =
    new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2;
  placesKnown.set(currency, places);
  return places;
}
