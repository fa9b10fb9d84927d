/** Isolates its content, which runs as its own first letter does (Unicode Standard Annex 9, §2.4). */
const FIRST_STRONG_ISOLATE = '\u2068';
const POP_DIRECTIONAL_ISOLATE = '\u2069';

/** What mixes with Arabic without harm: its own letters, and one plain number. */
const HARMLESS = /^(?:[\p{Script=Arabic}\s،؛؟]*|[\d.,]*)$/u;

/**
 * A value between marks that no reader sees: without them the words beside it in a line from the right change its order, so that the act "12-2015" reads
 * "2015-12" and the bracket of "Palermo (PA)" stands on the wrong side.
 */
export const isolated = (value: string): string =>
  HARMLESS.test(value) ? value : `${FIRST_STRONG_ISOLATE}${value}${POP_DIRECTIONAL_ISOLATE}`;
