import { isOfficeLanguage } from './languages';
import type { Language } from './languages';

/**
 * What only the languages of the office must say. For a reader in another language English stands in, and is marked as English: the long explanations of
 * refusals, and what is sent to officers, asked of account holders, or printed into evidence (decision 027).
 */
const groups = ['problemType', 'notice', 'access', 'evidence'] as const;
export type StandInGroup = (typeof groups)[number];

/** Of the published data, what the columns mean: said in the descriptions for programs alone. */
const dataGroups = ['means', 'meansIn'] as const;
export type StandInData = (typeof dataGroups)[number];

/** Whether English may say a text for a language, by the text's key or its first parts. */
export function isStandIn(key: string, language: Language): boolean {
  const [group, inner] = key.split('.');
  const among = (names: readonly string[], name: string | undefined): boolean => names.some((each) => each === name);
  return !isOfficeLanguage(language) && (among(groups, group) || (group === 'openData' && among(dataGroups, inner)));
}
