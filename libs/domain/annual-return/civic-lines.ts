import { answerDuty } from '../dialogue/thread';
import type { Entry } from '../entry';
import type { LegalDate } from '../event';
import { dateOf } from '../legal-date';
import type { Profile } from '../profiles/profile';
import type { StreamKind } from '../surroundings';
import { yearIn } from './lines';
import type { ReturnCode } from './items';
import type { ReturnLine } from './lines';

/** The kinds of streams that tell the return something, beside the dossiers. */
export const civicKinds: ReadonlySet<StreamKind> = new Set<StreamKind>(['call', 'dialogue', 'group']);

/** The entries of calls, contributions of the public and groups that the return counts, or that it needs to count others. */
export const civicEntries: ReadonlySet<string> = new Set([
  'CallPublished', 'CallAwarded', 'CallDeserted', 'CallCancelled', 'QuestionAsked', 'ObservationFiled', 'AnswerPublished',
  'RecommendationAdopted', 'RecommendationAnswered',
]); // prettier-ignore

export type CivicEntry = Pick<Entry, 'id' | 'type' | 'occurredOn' | 'recordedAt' | 'data'>;

const plain: Readonly<Record<string, ReturnCode>> = {
  CallAwarded: 'calls-awarded',
  CallDeserted: 'calls-deserted',
  RecommendationAdopted: 'recommendations-adopted',
};

/**
 * What the entries of one such stream tell the annual return. A call that was called off before it was published was never anybody's news. An answer counts on the day from
 * which it could be read here, as everywhere.
 */
export function civicLines(entries: readonly CivicEntry[], profile: Profile): ReturnLine[] {
  const published = entries.some(({ type }) => type === 'CallPublished');
  return entries.flatMap((entry, place): ReturnLine[] => {
    const line = (item: ReturnCode, part = '', on: LegalDate | null = entry.occurredOn): ReturnLine[] => [
      { item, part, entry: entry.id, on, year: yearIn(on) },
    ];
    const item = plain[entry.type];
    if (item !== undefined) return line(item);
    switch (entry.type) {
      case 'CallPublished':
        return line('calls-published');
      case 'CallCancelled':
        return published ? line('calls-cancelled') : [];
      case 'QuestionAsked':
      case 'ObservationFiled':
        return line('questions-asked', askedAs(entry), entry.occurredOn ?? dateOf(entry.recordedAt, profile.timeZone));
      case 'AnswerPublished':
        return entries.findIndex(({ type }) => type === 'AnswerPublished') === place ? answered(entries, entry, profile) : [];
      case 'RecommendationAnswered':
        return line('recommendations-answered', String(entry.data.outcome), dateOf(entry.recordedAt, profile.timeZone));
      default:
        return [];
    }
  });
} // prettier-ignore

const askedAs = ({ type, data }: CivicEntry): string =>
  type === 'ObservationFiled' ? 'observation' : typeof data.kind === 'string' ? data.kind : 'question';

function answered(entries: readonly CivicEntry[], { id, recordedAt }: CivicEntry, profile: Profile): ReturnLine[] {
  const [asked] = entries;
  if (!asked) return [];
  const thread = {
    askedOn: asked.occurredOn,
    askedAt: asked.recordedAt,
    answers: [{ id, on: null, at: recordedAt }],
  };
  const { dueOn, answeredOn } = answerDuty(thread, profile);
  const on = answeredOn ?? null;
  const part = on !== null && on <= dueOn ? 'in-time' : 'late';
  return [{ item: 'questions-answered', part, entry: id, on, year: yearIn(on) }];
}
