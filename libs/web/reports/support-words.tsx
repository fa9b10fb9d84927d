import type { LegalDate, Measure } from '#domain';
import { languageFacts } from '../language/languages';
import { decimal, moneyFormat } from '../language/money';
import type { Words } from '../language/words';

/** A measure in words: money in its currency, anything else in its unit. `form` is the sort of support. */
export function measureInWords(form: string, { value, scale, unit }: Measure, words: Words): string {
  return form === 'money' ? words.money({ minor: value, currency: unit }) : words.quantity({ value, scale, unit });
}

/** What was delivered, given in millionths of the unit, without rounding. */
export function deliveredInWords(form: string, millionths: bigint, unit: string, words: Words): string {
  const { locale } = languageFacts[words.language];
  if (form === 'money') return moneyFormat({ minor: millionths / 1_000_000n, currency: unit }, locale);
  const digits = decimal(millionths, 6).replace(/\.?0+$/, '') || '0';
  const number = new Intl.NumberFormat(locale, { useGrouping: 'always', maximumFractionDigits: 6 });
  return `${number.format(digits as `${number}`)} ${words.code('unit', unit)}`;
}

/** When support is given over time; undefined where it is given once. */
export function spanInWords(from: LegalDate | null, until: LegalDate | null, words: Words): string | undefined {
  const { t } = words;
  const parts = [
    from === null ? undefined : t('reports.support.from', { from: words.day(from) }),
    until === null ? undefined : t('reports.support.until', { until: words.day(until) }),
  ].filter((part) => part !== undefined);
  return parts.length === 0 ? undefined : parts.join(' ');
}
