import type { Row } from '../../projection';
import { searchable } from '../register-facts';
import type { DialogueState } from './dialogue-state';

/**
 * What a moderator let pass may be read as long as that decision stands. A later one counts for every earlier day as well: whatever day is asked about, no more is shown of a thread than may be read
 * today. Days on which nothing could be read stay as they were; dates, answers and deadlines do too.
 */

/** The thread of an earlier day, with the words of the decision in force. */
export const withWordsOf = (
  then: DialogueState,
  { moderation: now }: Pick<DialogueState, 'moderation'>,
): DialogueState =>
  then.moderation?.text === undefined || now === undefined || then.moderation.id === now.id
    ? then
    : { ...then, moderation: now };

/** The same of a row of the list, with what it is found by. */
export function rowWithWordsOf(row: Row, { moderation: now }: Pick<DialogueState, 'moderation'>): Row {
  if (row.text === null || row.text === undefined || now === undefined) return row;
  if (row.text === (now.text ?? null) && row.moderation === now.outcome) return row;
  const before = searchable([String(row.id), String(row.text)]);
  const answers = String(row.search_text).slice(before.length);
  return {
    ...row,
    moderation: now.outcome,
    text: now.text ?? null,
    search_text: searchable([String(row.id), now.text]) + answers,
  };
}
