import { languageFacts } from '../language/languages';
import type { Language } from '../language/languages';

/** Where an organisation applies to a call, from the site's root. */
export const applyAddress = (language: Language, call: string): string => {
  const { calls, apply } = languageFacts[language].paths;
  return `/${language}/${calls}/${encodeURIComponent(call)}/${apply}`;
};
