import type { Language } from '../language/languages';

const paths = { it: ['bandi', 'candidatura'], en: ['calls', 'apply'] } as const;

/** Where an organisation applies to a call, from the site's root. */
export const applyAddress = (language: Language, call: string): string => {
  const [calls, apply] = paths[language];
  return `/${language}/${calls}/${encodeURIComponent(call)}/${apply}`;
};
