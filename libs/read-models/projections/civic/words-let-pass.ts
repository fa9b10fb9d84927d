import type { Row } from '../../projection';
import { searchable } from '../register-facts';
import type { DialogueState } from './dialogue-state';

/**
 * What a moderator let pass may be read as long as that decision stands. A later one counts for every earlier day as well: whatever day is asked about, no more is shown of a thread than may be read
 * today. Days on which nothing could be read stay as they were; dates, answers and deadlines do too.
 */

/** A row of the list of an earlier day, with the words of the decision in force and what it is found by. */
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

/** The same of the whole row of a thread, with what its page alone says. */
export function pageWithWordsOf(row: Row, now: Pick<DialogueState, 'moderation'>): Row {
  const detail = JSON.parse(String(row.detail)) as Pick<DialogueState, 'moderation'>;
  if (detail.moderation?.text === undefined || now.moderation === undefined) return row;
  return { ...rowWithWordsOf(row, now), detail: JSON.stringify({ ...detail, moderation: now.moderation }) };
}
