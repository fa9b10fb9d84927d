import type { Profile, Provenance } from '#domain';
import { daysAfter } from '#domain';
import type { ReadDatabase } from '../../database/read-database';
import type { Row, Table } from '../../projection';
import { callAfter } from '../../projections/civic/call-state';
import { callLinksTable, callView, callsTable } from '../../projections/civic/calls';
import type { CallDetail } from '../../projections/civic/calls';
import { wordsOf } from '../words';
import { live } from '../tables';
import { equals, everything, numberIn, places, slice, textIn, wordsIn } from './keyset';
import type { Condition, Run, Slice } from './keyset';
import { atMoment, rowAt, rowsAt } from './moment';
import type { Now } from './moment';
import { assetLabels, organisationNames } from './names';
import type { AssetLabel } from './names';

/** Where a published call stands at a moment; `closing` is open with few days left, `evaluation` is closed and not decided yet. */
export const callStates = ['open', 'closing', 'closed', 'awarded', 'deserted', 'cancelled'] as const;
export type CallStanding = (typeof callStates)[number];

/** A call closes soon when so many days or fewer are left. */
export const CLOSING_DAYS = 14;

export interface CallsQuery {
  readonly state?: CallStanding;
  readonly authority?: string;
  readonly asset?: string;
  /** Official codes of the area in which one of its assets lies today. */
  readonly region?: string;
  readonly province?: string;
  readonly municipality?: string;
  readonly text?: string;
}

/** A published call as a line of the list. */
export interface CallItem {
  readonly id: string;
  readonly state: CallStanding;
  readonly object: string;
  readonly summary: string;
  readonly authority: string;
  readonly publishedOn: string | null;
  /** Instant with the offset it was given. */
  readonly deadline: string;
  readonly repeats: string | null;
  readonly assets: number;
  readonly applications: number;
  readonly awardedTo: { readonly id: string; readonly name: string | null } | null;
  readonly endedOn: string | null;
  /** On whose word its state rests. */
  readonly provenance: Provenance;
}

/** One attempt in the chain of calls that repeat one another. */
export interface Attempt {
  readonly id: string;
  readonly repeats: string | null;
  /** Undefined for a call that was drafted and never published. */
  readonly call?: CallItem;
}

export interface CallPage extends CallItem {
  readonly detail: CallDetail;
  readonly assetLabels: ReadonlyMap<string, AssetLabel>;
  readonly names: ReadonlyMap<string, string>;
  /** The attempts in the order in which they repeat one another, this one among them. */
  readonly attempts: readonly Attempt[];
  readonly revision: number;
  readonly position: number;
}

/** Published calls: those to apply for by the nearest deadline, all others by the latest. Throws NotBuiltYet. */
export async function callList(database: ReadDatabase, query: CallsQuery, now: Now, run: Run): Promise<Slice<CallItem>> {
  const { state, authority, asset, text } = query;
  const { table: physical } = await live(database, 'calls');
  const lying = await lyingIn(database, query);
  const { table, stood } = atMoment(callsTable, now);
  const where: readonly Condition[] = [
    ...(state === undefined ? [] : [stateCondition(state, now)]),
    ...equals('authority', authority),
    ...(asset === undefined ? [] : [[`id IN (SELECT call_id FROM {call_assets} WHERE asset = ?)`, asset] as const]),
    ...lying,
    ...(await namedOrLying(database, table, physical(table.name), text)),
    ...stood,
  ];
  const descending = state !== 'open' && state !== 'closing';
  const question = { projection: 'calls', table, by: 'deadline_at', descending, where };
  const found = await slice(database, question, run, (row) => row);
  const names = await organisationNames(database, found.items.map((row) => textIn(row, 'awarded_to')));
  return { ...found, items: found.items.map((row) => itemOf(row, now, names)) };
} // prettier-ignore

export const allCalls = (database: ReadDatabase, query: CallsQuery, now: Now): AsyncGenerator<CallItem> =>
  everything((run) => callList(database, query, now, run));

const AT_ONCE = 500;

/** The assets of published calls, by the ids of the calls; a call nobody published has none. Throws NotBuiltYet. */
export async function assetsOfCalls(
  database: ReadDatabase,
  calls: readonly string[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  const { table } = await live(database, 'calls');
  const assets = new Map<string, string[]>();
  for (let from = 0; from < calls.length; from += AT_ONCE) {
    const some = calls.slice(from, from + AT_ONCE);
    const sql = `SELECT call_id, asset FROM ${table('call_assets')} WHERE call_id IN (${places(some)}) ORDER BY call_id, asset`;
    for (const { call_id: call, asset } of await database.query<Row>(sql, some))
      assets.set(String(call), [...(assets.get(String(call)) ?? []), String(asset)]);
  }
  return assets;
}

const areaColumns = { region: 'region_code', province: 'province_code', municipality: 'municipality_code' } as const;

/** What joins the assets of the calls, of which there are few, to the register: written so that neither database begins with the assets of an area, of which there may be many. */
const assetsIn = (register: string): string =>
  `{call_assets} AS offered CROSS JOIN ${register} AS lies WHERE lies.id = offered.asset`;

/** The conditions that an asset of a call lies in the areas asked for. Throws NotBuiltYet. */
async function lyingIn(database: ReadDatabase, query: CallsQuery): Promise<readonly Condition[]> {
  const asked = Object.entries(areaColumns).flatMap(([name, column]) => {
    const code = query[name as keyof typeof areaColumns];
    return code === undefined ? [] : [[column, code] as const];
  });
  if (asked.length === 0) return [];
  const { table: inRegister } = await live(database, 'register');
  const joined = assetsIn(inRegister('register'));
  return asked.map(([column, code]) => [`id IN (SELECT offered.call_id FROM ${joined} AND lies.${column} = ?)`, code]);
}

/** The condition that each word begins a word of the call, or of one of its assets and where it lies. Throws NotBuiltYet. */
async function namedOrLying(
  database: ReadDatabase,
  table: Table,
  physicalName: string,
  text: string | undefined,
): Promise<readonly Condition[]> {
  const each = wordsOf(text ?? '');
  if (each.length === 0) return [];
  const { table: inRegister } = await live(database, 'register');
  const joined = assetsIn(inRegister('register'));
  return each.flatMap((word) =>
    wordsIn(database, table, physicalName, word).map(([sql, ...parameters]): Condition => [
      `(${sql}) OR id IN (SELECT offered.call_id FROM ${joined} AND (' ' || lies.search_text) LIKE ?)`,
      ...parameters,
      `% ${word.replace(/[%_]/g, ' ')}%`,
    ]),
  );
}

/** The regions in which assets of published calls lie, by their names. Throws NotBuiltYet. */
export async function regionsOfCalls(
  database: ReadDatabase,
): Promise<readonly { readonly code: string; readonly name: string }[]> {
  const [{ table }, { table: inRegister }] = await Promise.all([live(database, 'calls'), live(database, 'register')]);
  const joined = assetsIn(inRegister('register')).replace('{call_assets}', table('call_assets'));
  const rows = await database.query<Row>(
    `SELECT DISTINCT lies.region_code AS code, lies.region AS name FROM ${joined} AND lies.region_code <> '' ORDER BY lies.region`,
  );
  return rows.map(({ code, name }) => ({ code: String(code), name: String(name) }));
}

/** A published call with everything its page says; undefined for one nobody published. Throws NotBuiltYet. */
export async function callPage(
  database: ReadDatabase,
  id: string,
  now: Now,
  { timeZone }: Profile,
): Promise<CallPage | undefined> {
  const { position } = await live(database, 'calls');
  const told = { kind: 'call', projection: 'calls', after: callAfter, view: callView(timeZone), timeZone } as const;
  const row = await rowAt(database, id, told, now);
  if (!row) return undefined;
  const detail = JSON.parse(String(row.detail)) as CallDetail;
  const applicants = detail.applications.map(({ organisation }) => organisation);
  const attempts = await attemptsOf(database, id, now);
  const names = await organisationNames(database, [...applicants, textIn(row, 'awarded_to')]);
  return {
    ...itemOf(row, now, names),
    detail,
    assetLabels: await assetLabels(database, detail.assets),
    names,
    attempts,
    revision: numberIn(row, 'revision'),
    position,
  };
}

/** Nobody repeats a call more often. */
const LONGEST_CHAIN = 50;

/** The calls before and behind one in the chain of repetitions, the first attempt first. */
async function attemptsOf(database: ReadDatabase, id: string, now: Now): Promise<readonly Attempt[]> {
  const links = new Map<string, string>();
  const looked = new Set<string>();
  for (let wanted = [id]; wanted.length > 0 && looked.size < LONGEST_CHAIN; ) {
    for (const each of wanted) looked.add(each);
    const either = `call_id IN (${places(wanted)}) OR repeats IN (${places(wanted)})`;
    const where: readonly Condition[] = [[either, ...wanted, ...wanted]];
    const found = await rowsAt(database, { projection: 'calls', table: callLinksTable, where }, now);
    for (const row of found) links.set(String(row.call_id), String(row.repeats));
    wanted = [...links].flat().filter((each) => !looked.has(each));
  }
  const ids = [...looked];
  const chosen: readonly Condition[] = [[`id IN (${places(ids)})`, ...ids]];
  const rows = await rowsAt(database, { projection: 'calls', table: callsTable, where: chosen }, now);
  const names = await organisationNames(database, rows.map((row) => textIn(row, 'awarded_to')));
  const items = new Map(rows.map((row) => [String(row.id), itemOf(row, now, names)]));
  const depth = (call: string): number => {
    let steps = 0;
    for (let at = links.get(call); at !== undefined && steps <= LONGEST_CHAIN; at = links.get(at)) steps += 1;
    return steps;
  };
  return ids
    .sort((one, other) => depth(one) - depth(other) || (one < other ? -1 : 1))
    .map((each) => ({ id: each, repeats: links.get(each) ?? null, ...(items.has(each) && { call: items.get(each)! }) }));
} // prettier-ignore

/**
 * The latest deadline that has passed: what the calls' pages say changes with it, though nothing is recorded then. Empty where none has.
 */
export async function latestPassedDeadline(database: ReadDatabase, { instant }: Now): Promise<string> {
  const { table } = await live(database, 'calls');
  const [row] = await database.query<{ at: string | null }>(
    `SELECT max(deadline_at) AS at FROM ${table('calls')} WHERE deadline_at <= ?`,
    [instant],
  );
  return row?.at ?? '';
}

function stateCondition(state: CallStanding, { instant, today }: Now): Condition {
  const soon = daysAfter(today, CLOSING_DAYS);
  switch (state) {
    case 'open':
      return [`status = 'published' AND deadline_at > ?`, instant];
    case 'closing':
      return [`status = 'published' AND deadline_at > ? AND deadline_on <= ?`, instant, soon];
    case 'closed':
      return [`status IN ('closed', 'opened') OR (status = 'published' AND deadline_at <= ?)`, instant];
    default:
      return ['status = ?', state];
  }
}

/** Where a call, or a cell of counters of calls, stands at a moment. */
export function callStandingOf(row: Row, { instant, today }: Now): CallStanding {
  const status = String(row.status);
  if (status === 'awarded' || status === 'deserted' || status === 'cancelled') return status;
  if (status !== 'published' || String(row.deadline_at) <= instant) return 'closed';
  return String(row.deadline_on) <= daysAfter(today, CLOSING_DAYS) ? 'closing' : 'open';
}

function itemOf(row: Row, now: Now, names: ReadonlyMap<string, string>): CallItem {
  const winner = textIn(row, 'awarded_to');
  return {
    id: String(row.id),
    state: callStandingOf(row, now),
    object: String(row.object),
    summary: String(row.summary),
    authority: String(row.authority),
    publishedOn: textIn(row, 'published_on'),
    deadline: String(row.deadline),
    repeats: textIn(row, 'repeats'),
    assets: numberIn(row, 'assets'),
    applications: numberIn(row, 'applications'),
    awardedTo: winner === null ? null : { id: winner, name: names.get(winner) ?? null },
    endedOn: textIn(row, 'ended_on'),
    provenance: String(row.provenance) as Provenance,
  };
}
