import type { History } from '../asset/history';
import type { LegalDate } from '../event';
import { dateOf } from '../legal-date';
import type { Profile } from '../profiles/profile';
import { overdue } from './red-flag';
import type { RedFlag } from './red-flag';

/** The entries of a group by which it is judged. */
export const judgedOfGroup: ReadonlySet<string> = new Set(['RecommendationAdopted', 'RecommendationAnswered']);

/** Recommendations that were not answered by the day that was asked for; an answer counts from the day on which it could be read here. Pure. */
export function groupFlags(history: History, { timeZone }: Profile): RedFlag[] {
  const answers = new Map(
    history.filter(({ type }) => type === 'RecommendationAnswered').map((entry) => [entry.data.recommendation, entry]),
  );
  return history
    .filter(({ type }) => type === 'RecommendationAdopted')
    .flatMap((adopted) => {
      const { addressedTo, answerBy } = adopted.data as { readonly addressedTo: string; readonly answerBy: LegalDate };
      const answer = answers.get(adopted.id);
      const publicOn = answer && dateOf(answer.recordedAt, timeZone);
      return overdue('recommendation-answer', adopted, answerBy, publicOn, { authority: addressedTo });
    });
}
