import { normalised } from '../projections/register-facts';

/** At most eight words of letters, digits and hyphens. */
export const wordsOf = (text: string): string[] =>
  normalised(text)
    .match(/[\p{L}\p{N}-]+/gu)
    ?.filter((word) => word !== '-')
    .slice(0, 8) ?? [];
