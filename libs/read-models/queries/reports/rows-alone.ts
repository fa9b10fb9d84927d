import type { LegalDate } from '#domain';
import type { Chosen } from './conditions';

/** How far an offer of support came: what figures count that is no status of it. */
export const supportStages = ['screened', 'passed', 'accepted', 'running'] as const;

const accepted: Chosen = [[`status IN ('accepted', 'fulfilled') AND type = ?`, 'pledge']];

/** Offers at a stage: `accepted` whether or not they were given since, `running` those of them that are given over time and go on on this day. */
export function supportStage(stage: string, day: LegalDate): Chosen {
  switch (stage) {
    case 'screened':
      return [['screening IS NOT NULL AND type = ?', 'pledge']];
    case 'passed':
      // A quotation mark within a text of it has a backslash before it, so that this is no part of one.
      return [['screening LIKE ?', '%"passed":true%']];
    case 'running':
      return [
        ...accepted,
        [`coalesce(from_day, until_day) IS NOT NULL AND coalesce(from_day, '') <= ?`, day],
        ['(until_day IS NULL OR until_day >= ?)', day],
      ];
    default:
      return accepted;
  }
}

/** Reports in which a sort of activity stands. */
export const inActivities = (kind: string): Chosen => [['activities LIKE ?', `%"kind":"${kind}"%`]];
