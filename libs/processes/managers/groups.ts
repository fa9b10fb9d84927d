import { daysAfter } from '#domain';
import type { LegalDate, Profile, RecordedEvent } from '#domain';
import { publicEvent } from '#privacy';
import { effectId, process } from '../process';
import type { Process } from '../process';
import { beginningOf } from './day';

/** An authority that let the day pass by which a group asked it for an answer is reminded of it. */

interface Kept {
  readonly awaited: readonly { readonly id: string; readonly addressedTo: string; readonly answerBy: LegalDate }[];
}

const STREAM = 'group-';

export const groups = ({ timeZone }: Profile): Process =>
  process<Kept>({
    name: 'groups',
    version: 1,
    keysOf: ({ stream }) => (stream.startsWith(STREAM) ? [stream.slice(STREAM.length)] : []),
    apply: (state = { awaited: [] }, event) => kept(state, event),
    plan: ({ awaited }, group) =>
      awaited.map(({ id, addressedTo, answerBy: dueOn }) => ({
        kind: 'notice',
        id: effectId('groups', 'recommendation-overdue', id),
        at: beginningOf(daysAfter(dueOn, 1), timeZone),
        notice: 'recommendation-overdue',
        about: { agency: addressedTo },
        facts: { group, recommendation: id, dueOn },
      })),
  });

function kept({ awaited }: Kept, recorded: RecordedEvent): Kept {
  const { id, type, data } = publicEvent(recorded);
  if (type === 'RecommendationAdopted') {
    const { addressedTo, answerBy } = data as { addressedTo: string; answerBy: LegalDate };
    return { awaited: [...awaited, { id, addressedTo, answerBy }] };
  }
  if (type === 'RecommendationAnswered') return { awaited: awaited.filter((each) => each.id !== data.recommendation) };
  return { awaited };
}
