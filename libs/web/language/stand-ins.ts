import { isOfficeLanguage } from './languages';
import type { Language } from './languages';

/**
 * What only the languages of the office must say. For a reader in another language English stands in, and is marked as English: the long explanations of
 * refusals, and what is sent to officers, asked of account holders, or printed into evidence (decision 027).
 */
export const standInGroups = ['problemType', 'notice', 'access', 'evidence'] as const;
export type StandInGroup = (typeof standInGroups)[number];

export const isStandIn = (group: string, language: Language): boolean =>
  !isOfficeLanguage(language) && (standInGroups as readonly string[]).includes(group);
