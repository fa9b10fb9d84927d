import type { LegalDate, Profile } from '#domain';
import { answerDuty, dateOf, daysBetween } from '#domain';
import { projection } from '../../projection';
import type { Projection, Row, Table, TableView } from '../../projection';
import { integer, maybeInteger, maybeText, text } from '../columns';
import { changeSums, daysOf, daysTable, yearsOf, yearsTable } from '../course';
import { searchable } from '../register-facts';
import { dialogueAfter } from './dialogue-state';
import type { DialogueState } from './dialogue-state';
import { STANDING, onDays, spanRow } from './spans';
import type { Course } from './spans';
import { keyOfKind, latestColumns, latestRow } from './standing';
import { rowWithWordsOf } from './words-let-pass';

/** What the public asked and observed, one row each. What only a thread's own page says is in `detail`. */
export const dialoguesTable: Table = {
  name: 'dialogues',
  columns: {
    id: text,
    ...latestColumns,
    kind: text,
    asset: maybeText,
    call_id: maybeText,
    report: maybeText,
    authority: text,
    asked_on: text,
    /** Last day on which an answer is in time. */
    due_on: text,
    /** Day from which the first answer could be read. */
    answered_on: maybeText,
    days_to_answer: maybeInteger,
    /** 1 where an answer is owed or was given, 0 where none is owed: withheld, or withdrawn. */
    owed: integer,
    moderation: maybeText,
    /** What may be read of it. */
    text: maybeText,
    closed: maybeText,
    detail: text,
    /** Its id and what may be read of it and of the answers. */
    search_text: text,
  },
  key: ['id'],
  indexes: [['asked_on', 'id'], ['position', 'id'], ['authority', 'asked_on', 'id'], ['asset', 'asked_on', 'id'], ['call_id', 'asked_on', 'id'], ['report', 'asked_on', 'id'], ['due_on', 'id']],
  searchable: 'search_text',
}; // prettier-ignore

/**
 * How many threads each authority answered in so many days, and how many wait for an answer until when: medians and overdue threads follow from these counters,
 * whatever the number of threads.
 */
export const answersTable: Table = {
  name: 'dialogue_answers',
  columns: {
    authority: text,
    kind: text,
    /** `answered`, `awaited` (also overdue: that depends on the day), or `none` where no answer is owed. */
    state: text,
    /** Days to the first answer; 0 where there is none. */
    days: integer,
    /** Where it is awaited, until when; else empty. */
    due_on: text,
    /** `yes` where the answer came after its deadline. */
    late: text,
    threads: integer,
  },
  key: ['authority', 'kind', 'state', 'days', 'due_on', 'late'],
};

/** What these counters gained and lost, by the year and by the day. */
export const answerYearsTable = yearsTable('dialogue_answer_years', answersTable);
export const answerDaysTable = daysTable('dialogue_answer_days', answersTable);

/** When a thread was asked, when its answer is due and since when it can be read, by the domain's own reckoning. */
export function dutyOf(
  thread: Pick<DialogueState, 'askedOn' | 'askedAt' | 'answers'>,
  profile: Profile,
): { readonly askedOn: LegalDate; readonly dueOn: LegalDate; readonly answeredOn: LegalDate | undefined } {
  const { dueOn, answeredOn } = answerDuty(thread, profile);
  return { askedOn: thread.askedOn ?? dateOf(thread.askedAt, profile.timeZone), dueOn, answeredOn };
}

const isOwed = ({ moderation, closed, answers }: DialogueState): boolean =>
  answers.length > 0 || !(moderation?.outcome === 'withheld' || closed?.reason === 'withdrawn');

/** The row of a thread. */
export const dialogueView = (profile: Profile): TableView<DialogueState> => ({
  table: dialoguesTable,
  rows: (thread) => [dialogueRow(thread, profile)],
});

/** Questions, complaints and observations with their answers, from public fields alone. */
export function dialogues(profile: Profile): Projection {
  const { apply, tables } = onDays(dialogueAfter, [dialogueView(profile)], profile.timeZone, rowWithWordsOf);
  const sums = changeSums(['threads']);
  return projection<Course<DialogueState>>({
    name: 'dialogues',
    version: 4,
    keysOf: keyOfKind('dialogue'),
    begins: ({ revision }) => revision === 0,
    apply,
    tables,
    tallies: [
      { table: answersTable, sums: ['threads'], of: ({ now }) => [answerCell(dialogueRow(now, profile))] },
      { table: answerYearsTable, sums, of: (course) => yearsOf(answerDays(course), answersTable) },
      { table: answerDaysTable, sums, of: answerDays },
    ],
  });
}

function answerDays({ spans }: Course<DialogueState>): Row[] {
  const rows = (spans[0] ?? []).map(spanRow);
  const standing = rows.filter(({ valid_to }) => valid_to === STANDING);
  const past = rows.filter(({ valid_to }) => valid_to !== STANDING);
  return daysOf(standing, standing.map(answerCell), past, { totals: answersTable, cell: answerCell });
}

function dialogueRow(thread: DialogueState, profile: Profile): Row {
  const { id, kind, asset, call, report, addressedTo, moderation, answers, closed } = thread;
  const { askedOn, dueOn, answeredOn } = dutyOf(thread, profile);
  return {
    id,
    ...latestRow(thread),
    kind,
    asset: asset ?? null,
    call_id: call ?? null,
    report: report ?? null,
    authority: addressedTo,
    asked_on: askedOn,
    due_on: dueOn,
    answered_on: answeredOn ?? null,
    days_to_answer: answeredOn === undefined ? null : daysBetween(askedOn, answeredOn),
    owed: isOwed(thread) ? 1 : 0,
    moderation: moderation?.outcome ?? null,
    text: moderation?.text ?? null,
    closed: closed?.reason ?? null,
    detail: JSON.stringify(detailOf(thread)),
    search_text: searchable([id, moderation?.text, ...answers.map(({ text: words }) => words)]),
  };
}

function answerCell({
  authority = null,
  kind = null,
  owed,
  due_on = null,
  answered_on = null,
  days_to_answer = null,
}: Row): Row {
  const state = answered_on !== null ? 'answered' : owed === 1 ? 'awaited' : 'none';
  return {
    authority,
    kind,
    state,
    days: days_to_answer ?? 0,
    due_on: state === 'awaited' ? due_on : '',
    late: answered_on !== null && String(answered_on) > String(due_on) ? 'yes' : 'no',
    threads: 1,
  };
}

/** What a thread's page says beside its row. */
export type DialogueDetail = Pick<DialogueState, 'follows' | 'moderation' | 'answers' | 'escalations' | 'closed'>;

function detailOf({ follows, moderation, answers, escalations, closed }: DialogueState): DialogueDetail {
  return {
    ...(follows !== undefined && { follows }),
    ...(moderation && { moderation }),
    answers,
    escalations,
    ...(closed && { closed }),
  };
}
