import { dateOf, daysAfter } from '#domain';
import type { Instant, LegalDate, Profile, RecordedEvent } from '#domain';
import { publicEvent } from '#privacy';
import { effectId, process } from '../process';
import type { About, Effect, Process } from '../process';
import { beginningOf } from './day';

/** A question that nobody answered in time goes on to the body that watches over answers (legislative decree 33/2013 art. 5(7)). */

interface Kept {
  readonly addressedTo: string;
  readonly asset?: string;
  readonly asked: LegalDate;
  /** Answered, withheld or closed: nobody owes an answer. */
  readonly withheld: boolean;
  readonly settled: boolean;
  readonly escalations: readonly { readonly to: string; readonly at: Instant }[];
}

const STREAM = 'dialogue-';

/** `escalateTo` is the code of the agency whose people answer where the first one stays silent. */
export const dialogues = (profile: Profile, escalateTo: string): Process =>
  process<Kept>({
    name: 'dialogues',
    version: 1,
    keysOf: ({ stream }) => (stream.startsWith(STREAM) ? [stream.slice(STREAM.length)] : []),
    apply: (state, event) => kept(state, event, profile),
    plan: (state, id) => owed(state, id, profile, escalateTo),
  });

function kept(state: Kept | undefined, recorded: RecordedEvent, { timeZone }: Profile): Kept {
  const { type, data, metadata } = publicEvent(recorded);
  if (type === 'QuestionAsked' || type === 'ObservationFiled')
    return {
      addressedTo: (data as { addressedTo: string }).addressedTo,
      ...(typeof data.asset === 'string' && { asset: data.asset }),
      asked: metadata.occurredOn ?? dateOf(metadata.recordedAt, timeZone),
      withheld: false,
      settled: false,
      escalations: [],
    };
  if (!state) throw new Error('The thread does not begin with an entry that opens it.');
  switch (type) {
    case 'ThreadModerated':
      return { ...state, withheld: data.outcome === 'withheld' };
    case 'AnswerPublished':
    case 'ThreadClosed':
      return { ...state, settled: true };
    case 'ThreadEscalated':
      return {
        ...state,
        escalations: [...state.escalations, { to: (data as { to: string }).to, at: metadata.recordedAt }],
      };
    default:
      return state;
  }
}

function owed(state: Kept, id: string, profile: Profile, escalateTo: string): Effect[] {
  const { addressedTo, asset, asked, withheld, settled, escalations } = state;
  if (withheld || settled) return [];
  const dueOn = daysAfter(asked, profile.answerWithinDays.days);
  const late = daysAfter(dueOn, 1);
  const at = beginningOf(late, profile.timeZone);
  const about: About = { agency: addressedTo, dialogue: id, ...(asset !== undefined && { asset }) };
  const facts = { dialogue: id, asked, dueOn };
  const effects: Effect[] = [
    { kind: 'notice', id: effectId('dialogues', 'overdue', id), at, notice: 'answer-overdue', about, facts },
    ...escalations.map(({ to, at: escalated }): Effect => ({
      kind: 'notice',
      id: effectId('dialogues', 'escalated', id, to),
      at: escalated,
      notice: 'thread-escalated',
      about: { ...about, agency: to },
      facts: { ...facts, addressedTo },
    })),
  ];
  if (escalations.length > 0 || addressedTo === escalateTo) return effects;
  const escalation: Effect = {
    kind: 'command',
    id: effectId('dialogues', 'escalate', id),
    at,
    stream: `dialogue-${id}`,
    command: 'escalate-thread',
    occurredOn: late,
    data: () => ({ to: escalateTo }),
    about,
  };
  return [...effects, escalation];
}
