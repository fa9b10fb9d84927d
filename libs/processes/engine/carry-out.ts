import type { Actor, Instant, Organisation, Refusal } from '#domain';
import type { Recorder } from '#recording';
import { insert } from '../database/process-database';
import type { ProcessDatabase, Query } from '../database/process-database';
import { addressees } from '../notices/address-book';
import type { AddressBook } from '../notices/address-book';
import { deliveryId } from '../notices/message';
import { due, effectId } from '../process';
import type { Effect, Notice, Process, Wish } from '../process';

/** Under this name processes record. It is no person, so it is never anybody's second pair of eyes (rule 6). Never change it: ids of commands follow from it. */
export const PROCESS_ACTOR: Actor = { subject: 'process-managers', agency: 'registry', role: 'process' };

/**
 * What became of an effect. `overtaken`: when it could be carried out, the state no longer asked for it. `stale`: it fell due before the outbox keeps count, so
 * that a lost outbox is not sent again.
 */
export type Outcome = 'released' | 'stale' | 'overtaken' | 'recorded' | 'repeated' | 'refused';

interface Pending {
  readonly id: string;
  readonly process: string;
  readonly key: string;
}

const AT_ONCE = 500;

export interface CarryingOut {
  readonly database: ProcessDatabase;
  readonly recorder: Pick<Recorder, 'record' | 'state'>;
  readonly book: AddressBook;
  /** Notices that fell due before are not sent. */
  readonly since: Instant;
}

/**
 * Carries out what waits, for processes that have read the log to its end: what is still wanted is told or recorded. Answers how many effects were settled; fewer
 * than asked for means that none is left.
 */
export async function carryOut(
  parts: CarryingOut,
  processes: ReadonlyMap<string, Process>,
  now: Instant,
  goOn: () => boolean,
): Promise<number> {
  const { database } = parts;
  const names = [...processes.keys()];
  if (names.length === 0) return 0;
  const pending = await database.query<Pending>(
    `SELECT id, process, key FROM effects WHERE status = 'pending' AND process IN (${names.map(() => '?').join(', ')}) ORDER BY at, id LIMIT ${AT_ONCE}`,
    names,
  );
  const wanted = await wantedOf(database, processes, pending, now);
  const notices: { id: string; notice: Notice | undefined }[] = [];
  const wishes: { pending: Pending; wish: Wish }[] = [];
  for (const each of pending) {
    const effect = wanted.get(each.id);
    if (effect?.kind === 'command') wishes.push({ pending: each, wish: effect });
    else notices.push({ id: each.id, notice: effect });
  }
  await database.transaction(async (query) => {
    for (const { id, notice } of notices) await settle(query, id, ...(await tell(query, parts, notice, now)));
  });
  let settled = notices.length;
  for (const { pending: each, wish } of wishes) {
    if (!goOn()) break;
    await grant(parts, each, wish, now);
    settled += 1;
  }
  return settled;
}

/** What the states of the pending effects' keys ask for now, by id. */
async function wantedOf(
  database: ProcessDatabase,
  processes: ReadonlyMap<string, Process>,
  pending: readonly Pending[],
  now: Instant,
): Promise<Map<string, Effect>> {
  const wanted = new Map<string, Effect>();
  const looked = new Set<string>();
  for (const { process: name, key } of pending) {
    const process = processes.get(name);
    if (!process || looked.has(`${name} ${key}`)) continue;
    looked.add(`${name} ${key}`);
    const [row] = await database.query<{ state: string }>(
      'SELECT state FROM process_states WHERE process = ? AND key = ?',
      [name, key],
    );
    if (row) for (const effect of due(process, JSON.parse(row.state), key, now).effects) wanted.set(effect.id, effect);
  }
  return wanted;
}

async function tell(
  query: Query,
  { book, since }: CarryingOut,
  notice: Notice | undefined,
  now: Instant,
): Promise<[Outcome, string | null]> {
  if (!notice) return ['overtaken', 'When it could be sent it was no longer so.'];
  if (notice.at < since) return ['stale', `It fell due before ${since}, from when on this outbox sends.`];
  await address(query, book, notice, now);
  return ['released', null];
}

async function address(query: Query, book: AddressBook, { id, notice, about }: Notice, now: Instant): Promise<void> {
  const rows = addressees(book, notice, about).map(({ to, language }) => [
    deliveryId(id, to),
    id,
    to,
    language,
    'waiting',
    0,
    now,
  ]);
  const columns = ['id', 'notice', 'address', 'language', 'status', 'attempts', 'next_at'];
  await insert(query, 'deliveries', columns, rows, 'ON CONFLICT (id) DO NOTHING');
}

/** Throws where the outcome is unknown; the same command is then sent again under the same key. */
async function grant(parts: CarryingOut, { process }: Pending, wish: Wish, now: Instant): Promise<void> {
  const recorded = await send(parts.recorder, process, wish);
  await parts.database.transaction(async (query) => {
    switch (recorded.kind) {
      case 'recorded':
      case 'repeated':
        return settle(query, wish.id, recorded.kind, `revision ${recorded.revision}, position ${recorded.position}`);
      case 'refused': {
        await settle(query, wish.id, 'refused', `${recorded.refusal.code}: ${recorded.refusal.message}`);
        return complain(query, parts, process, wish, recorded.refusal, now);
      }
      case 'moved-on':
        throw new Error('A process names no revision, so none can have moved on.');
    }
  });
}

/** Sends a command under its own id as key: however often, it is recorded once. */
export async function send(
  recorder: CarryingOut['recorder'],
  process: string,
  wish: Wish,
): ReturnType<Recorder['record']> {
  const { id, stream, command: name, occurredOn, organisation: needed, data } = wish;
  const organisation: Organisation | undefined =
    needed === undefined ? undefined : await recorder.state('organisation', needed);
  return recorder.record(
    stream,
    { name, occurredOn, data: data(organisation) },
    { actor: PROCESS_ACTOR, source: { kind: 'process', name: process }, idempotencyKey: id, correlationId: id },
  );
}

/** What the domain refuses a process, a person has to look at. */
async function complain(
  query: Query,
  parts: CarryingOut,
  process: string,
  { id, at, stream, command, about }: Wish,
  { message }: Refusal,
  now: Instant,
): Promise<void> {
  const notice: Notice = {
    kind: 'notice',
    id: effectId(process, 'command-refused', id),
    at,
    notice: 'command-refused',
    about,
    facts: { command, stream, why: message },
  };
  const payload = JSON.stringify({ about, facts: notice.facts });
  const columns = ['id', 'process', 'key', 'kind', 'what', 'at', 'status', 'payload'];
  const row = [notice.id, process, stream, 'notice', notice.notice, at, 'pending', payload];
  await insert(query, 'effects', columns, [row], 'ON CONFLICT (id) DO NOTHING');
  await settle(query, notice.id, ...(await tell(query, parts, notice, now)));
}

async function settle(query: Query, id: string, outcome: Outcome, detail: string | null): Promise<void> {
  await query('UPDATE effects SET status = ?, detail = ? WHERE id = ?', [outcome, detail, id]);
}
