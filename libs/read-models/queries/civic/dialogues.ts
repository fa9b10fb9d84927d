import type { Profile, Provenance } from '#domain';
import type { ReadDatabase } from '../../database/read-database';
import type { Row } from '../../projection';
import { dialogueAfter } from '../../projections/civic/dialogue-state';
import { dialogueView, dialoguesTable } from '../../projections/civic/dialogues';
import type { DialogueDetail } from '../../projections/civic/dialogues';
import { pageWithWordsOf, rowWithWordsOf } from '../../projections/civic/words-let-pass';
import { takenBack } from './taken-back';
import { live } from '../tables';
import { equals, everything, numberIn, slice, textIn, wordsIn } from './keyset';
import type { Condition, Run, Slice } from './keyset';
import { atMoment, rowAt } from './moment';
import type { Now } from './moment';
import { assetLabels, callObjects, organisationNames } from './names';
import type { AssetLabel } from './names';

/** Where the answer to a thread stands on a day; `none` where none is owed. */
export const threadStates = ['awaited', 'overdue', 'in-time', 'late', 'none'] as const;
export type ThreadState = (typeof threadStates)[number];

export const contributionKinds = ['question', 'complaint', 'observation'] as const;

export interface DialoguesQuery {
  readonly kind?: string;
  readonly state?: ThreadState;
  readonly authority?: string;
  readonly asset?: string;
  readonly call?: string;
  readonly report?: string;
  /** Words of what may be read of it and of the answers. */
  readonly text?: string;
}

/** A thread as a line of the list. */
export interface DialogueItem {
  readonly id: string;
  readonly kind: string;
  readonly state: ThreadState;
  readonly asset: string | null;
  readonly call: string | null;
  readonly report: string | null;
  readonly authority: string;
  readonly askedOn: string;
  readonly dueOn: string;
  readonly answeredOn: string | null;
  readonly daysToAnswer: number | null;
  /** `published`, `partly-redacted`, `withheld`; null until a moderator has read it. */
  readonly moderation: string | null;
  /** What may be read of it. */
  readonly text: string | null;
  /** Why it ended; null while it is open. */
  readonly closed: string | null;
  /** What is asked or observed is told by the public, whoever answers. */
  readonly provenance: Provenance;
}

export interface DialoguePage extends DialogueItem {
  readonly detail: DialogueDetail;
  readonly assetLabel: AssetLabel | undefined;
  readonly callObject: string | undefined;
  readonly organisationName: string | undefined;
  readonly revision: number;
  readonly position: number;
}

/** How an authority answers. */
export interface AuthorityAnswers {
  readonly authority: string;
  readonly threads: number;
  readonly answered: number;
  /** Answered after the deadline. */
  readonly late: number;
  /** Not answered and still in time. */
  readonly awaited: number;
  /** Not answered and past the deadline. */
  readonly overdue: number;
  /** Half of the answered threads were answered in so many days or fewer; null where none was. */
  readonly medianDays: number | null;
}

/** Threads, the latest first. Throws NotBuiltYet. */
export async function dialogueList(
  database: ReadDatabase,
  { kind, state, authority, asset, call, report, text }: DialoguesQuery,
  now: Now,
  run: Run,
): Promise<Slice<DialogueItem>> {
  const { today } = now;
  const since = takenBack(database);
  const { table: physical } = await live(database, 'dialogues');
  const { table, stood } = atMoment(dialoguesTable, now);
  const where: readonly Condition[] = [
    ...equals('kind', kind),
    ...(state === undefined ? [] : [stateCondition(state, today)]),
    ...equals('authority', authority),
    ...equals('asset', asset),
    ...equals('call_id', call),
    ...equals('report', report),
    ...wordsIn(database, table, physical(table.name), text),
    ...(text === undefined ? [] : notAmong([...since.keys()])),
    ...stood,
  ];
  const question = { projection: 'dialogues', table, by: 'asked_on', descending: true, where };
  return slice(database, question, run, (row) => itemOf(asDecided(row, since), today));
}

/** Whose words were taken back after a day of knowledge is not found by words on it. */
const notAmong = (ids: readonly string[]): readonly Condition[] =>
  ids.length === 0 ? [] : [[`id NOT IN (${ids.map(() => '?').join(', ')})`, ...ids]];

function asDecided(row: Row, since: ReturnType<typeof takenBack>): Row {
  const moderation = since.get(String(row.id));
  return moderation ? rowWithWordsOf(row, { moderation }) : row;
}

export const allDialogues = (database: ReadDatabase, query: DialoguesQuery, now: Now): AsyncGenerator<DialogueItem> =>
  everything((run) => dialogueList(database, query, now, run));

/** A thread with everything its page says; undefined for an unknown one. Throws NotBuiltYet. */
export async function dialoguePage(
  database: ReadDatabase,
  id: string,
  now: Now,
  profile: Profile,
): Promise<DialoguePage | undefined> {
  const { position } = await live(database, 'dialogues');
  const { timeZone } = profile;
  const told = {
    kind: 'dialogue',
    projection: 'dialogues',
    after: dialogueAfter,
    view: dialogueView(profile),
    timeZone,
    still: pageWithWordsOf,
  } as const;
  const kept = await rowAt(database, id, told, now);
  if (!kept) return undefined;
  const moderation = takenBack(database).get(id);
  const row = moderation ? pageWithWordsOf(kept, { moderation }) : kept;
  const detail = JSON.parse(String(row.detail)) as DialogueDetail;
  const item = itemOf(row, now.today);
  const organisation = detail.moderation?.organisation;
  return {
    ...item,
    detail,
    assetLabel: (await assetLabels(database, [item.asset])).get(item.asset ?? ''),
    callObject: (await callObjects(database, [item.call])).get(item.call ?? ''),
    organisationName: (await organisationNames(database, [organisation])).get(organisation ?? ''),
    revision: numberIn(row, 'revision'),
    position,
  };
}

type Cell = {
  readonly authority: string;
  readonly kind: string;
  readonly state: string;
  readonly days: number;
  readonly due_on: string;
  readonly late: string;
  readonly threads: number;
};

/** How each authority answers, from the counters: the cost grows with the days it takes, not with the number of threads. Throws NotBuiltYet. */
export async function answersByAuthority(
  database: ReadDatabase,
  now: Now,
): Promise<{ readonly authorities: readonly AuthorityAnswers[]; readonly position: number }> {
  const { today } = now;
  const { cells, position } = await answerCells(database, now);
  const byAuthority = new Map<string, Cell[]>();
  for (const cell of cells) byAuthority.set(cell.authority, [...(byAuthority.get(cell.authority) ?? []), cell]);
  return { authorities: [...byAuthority].map(([authority, own]) => answersOf(authority, own, today)), position };
}

const CELL = 'authority, kind, state, days, due_on, late';

/** The counters of threads as they stand at a moment. Throws NotBuiltYet. */
export async function answerCells(
  database: ReadDatabase,
  { today, past }: Now,
): Promise<{ readonly cells: readonly Cell[]; readonly position: number }> {
  const { position, table } = await live(database, 'dialogues');
  const now = `SELECT ${CELL}, threads FROM ${table('dialogue_answers')} ORDER BY authority, days`;
  return { cells: past ? await cellsOn(database, table, today) : await database.query<Cell>(now), position };
}

/** Where the answers counted in a cell stand on a day. */
export function answerStateOf({ state, late, due_on: due }: Row, today: string): ThreadState {
  if (state === 'none') return 'none';
  if (state === 'awaited') return String(due) >= today ? 'awaited' : 'overdue';
  return late === 'yes' ? 'late' : 'in-time';
}

/** The counters of a day that is over: whole years before it, and the days of its own. */
function cellsOn(database: ReadDatabase, table: (name: string) => string, day: string): Promise<Cell[]> {
  const year = day.slice(0, 4);
  const years = `SELECT ${CELL}, threads FROM ${table('dialogue_answer_years')} WHERE last_year < ?`;
  const days = `SELECT ${CELL}, threads FROM ${table('dialogue_answer_days')} WHERE last_day >= ? AND last_day <= ?`;
  return database.query<Cell>(
    `SELECT ${CELL}, sum(threads) AS threads FROM (${years} UNION ALL ${days}) AS stood GROUP BY ${CELL} HAVING sum(threads) > 0 ORDER BY authority, days`,
    [year, `${year}-01-01`, day],
  );
}

function answersOf(authority: string, cells: readonly Cell[], today: string): AuthorityAnswers {
  const sum = (of: (cell: Cell) => boolean): number =>
    cells.filter(of).reduce((total, { threads }) => total + Number(threads), 0);
  const answered = cells.filter(({ state }) => state === 'answered');
  return {
    authority,
    threads: sum(() => true),
    answered: sum(({ state }) => state === 'answered'),
    late: sum(({ late }) => late === 'yes'),
    awaited: sum(({ state, due_on }) => state === 'awaited' && due_on >= today),
    overdue: sum(({ state, due_on }) => state === 'awaited' && due_on < today),
    medianDays: medianOf(answered.map(({ days, threads }) => [Number(days), Number(threads)])),
  };
}

/** The median of values that each occur so many times; the mean of the two in the middle where their number is even. Null for none. */
export function medianOf(counted: readonly (readonly [value: number, times: number])[]): number | null {
  const sorted = [...counted].filter(([, times]) => times > 0).sort(([one], [other]) => one - other);
  const total = sorted.reduce((sum, [, times]) => sum + times, 0);
  if (total === 0) return null;
  const at = (rank: number): number => {
    let passed = 0;
    return sorted.find(([, times]) => (passed += times) > rank)![0];
  };
  return (at(Math.floor((total - 1) / 2)) + at(Math.floor(total / 2))) / 2;
}

const UNANSWERED = 'answered_on IS NULL AND owed = 1';

function stateCondition(state: ThreadState, today: string): Condition {
  switch (state) {
    case 'awaited':
      return [`${UNANSWERED} AND due_on >= ?`, today];
    case 'overdue':
      return [`${UNANSWERED} AND due_on < ?`, today];
    case 'in-time':
      return ['answered_on IS NOT NULL AND answered_on <= due_on'];
    case 'late':
      return ['answered_on IS NOT NULL AND answered_on > due_on'];
    case 'none':
      return ['answered_on IS NULL AND owed = 0'];
  }
}

function stateOf(row: Row, today: string): ThreadState {
  const [answeredOn, dueOn] = [textIn(row, 'answered_on'), String(row.due_on)];
  if (answeredOn !== null) return answeredOn <= dueOn ? 'in-time' : 'late';
  if (numberIn(row, 'owed') === 0) return 'none';
  return today <= dueOn ? 'awaited' : 'overdue';
}

const itemOf = (row: Row, today: string): DialogueItem => ({
  id: String(row.id),
  kind: String(row.kind),
  state: stateOf(row, today),
  asset: textIn(row, 'asset'),
  call: textIn(row, 'call_id'),
  report: textIn(row, 'report'),
  authority: String(row.authority),
  askedOn: String(row.asked_on),
  dueOn: String(row.due_on),
  answeredOn: textIn(row, 'answered_on'),
  daysToAnswer: row.days_to_answer === null || row.days_to_answer === undefined ? null : Number(row.days_to_answer),
  moderation: textIn(row, 'moderation'),
  text: textIn(row, 'text'),
  closed: textIn(row, 'closed'),
  provenance: 'civic-report',
});
