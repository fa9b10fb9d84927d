import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import type { NewEvent } from '#domain';
import { openEmbeddedLog } from '#event-store';
import type { BenchSettings } from './main';
import { streams } from './events';
import { emmettPostgres, emmettSqlite } from './emmett';
import { withPostgres } from './postgres';
import type { Measured } from './report';
import { medians, side } from './timing';

interface Fact {
  readonly stream: string;
  readonly event: NewEvent;
}

/** Single-event appends to many streams, as commands come in: ours, the bare database with the same transactions, and Emmett. */
export async function append({ folder }: BenchSettings): Promise<Measured[]> {
  const rows: Measured[] = [];
  for (const concurrency of [1, 16, 256]) {
    const facts = factsOf({ 1: 3000, 16: 20_000, 256: 60_000 }[concurrency]!);
    const few = facts.slice(0, { 1: 500, 16: 2000, 256: 3000 }[concurrency]);
    const rate = (count: number, seconds: number): number => count / seconds;
    const taken = await medians(3, {
      ours: () => embedded(folder, facts, concurrency),
      raw: () => rawSqlite(folder, facts, concurrency),
      sqlite: () => peer(() => emmettSqlite(folder), few, concurrency),
    });
    const ours = rate(facts.length, taken.ours);
    const what = `append, ${concurrency} at once`;
    rows.push({
      what,
      rate: ours,
      unit: 'events/s',
      against: { name: 'bare better-sqlite3', rate: rate(facts.length, taken.raw), aim: 0.8 },
    });
    if (Number.isFinite(taken.sqlite)) {
      const against = {
        name: 'Emmett on SQLite',
        rate: rate(few.length, taken.sqlite),
        ...(concurrency === 256 && { aim: 10 }),
      };
      rows.push({ what, rate: ours, unit: 'events/s', against });
    }
    await withPostgres(async (url) => {
      const { postgres } = await medians(1, { postgres: () => peer(() => emmettPostgres(url), few, concurrency) });
      rows.push({
        what,
        rate: ours,
        unit: 'events/s',
        against: { name: 'Emmett on PostgreSQL', rate: rate(few.length, postgres) },
      });
    });
  }
  return rows;
}

/** One event of each stream after another, as the entries of many officers come. */
function factsOf(count: number): Fact[] {
  const facts: Fact[] = [];
  for (const { stream, events } of streams({ events: count }))
    for (const event of events) facts.push({ stream, event });
  return facts.slice(0, count);
}

/** Appends of one stream wait for each other, as commands on one dossier do. */
function byStream(facts: readonly Fact[]): Fact[][] {
  const groups = new Map<string, Fact[]>();
  for (const fact of facts) groups.set(fact.stream, [...(groups.get(fact.stream) ?? []), fact]);
  return [...groups.values()];
}

async function embedded(folder: string, facts: readonly Fact[], concurrency: number): Promise<() => Promise<void>> {
  const store = openEmbeddedLog(join(folder, `${randomUUID()}.sqlite`));
  const groups = byStream(facts);
  return async () => {
    await side(concurrency, groups, async (group) => {
      for (const [place, { stream, event }] of group.entries()) {
        await store.append(stream, [event], place === 0 ? 'no-stream' : place - 1);
      }
    });
    await store.close();
  };
}

/** The same table without guards, the same durability, and transactions of as many events as come at once: what the database gives at best. */
async function rawSqlite(folder: string, facts: readonly Fact[], concurrency: number): Promise<() => void> {
  const database = new Database(join(folder, `${randomUUID()}.sqlite`));
  database.pragma('page_size = 8192');
  database.pragma('journal_mode = WAL');
  database.pragma('synchronous = FULL');
  database.pragma('cache_size = -65536');
  database.pragma('wal_autocheckpoint = 8000');
  database.exec(
    'CREATE TABLE events (position INTEGER PRIMARY KEY, stream TEXT, revision INTEGER, id TEXT, type TEXT, version INTEGER, data TEXT, metadata TEXT, UNIQUE (stream, revision)) STRICT',
  );
  const insert = database.prepare('INSERT INTO events VALUES (?, ?, ?, ?, ?, ?, ?, ?)');
  const groups = byStream(facts).map((group) => group.map((fact, revision) => ({ ...fact, revision })));
  return () => {
    // As many streams side by side as there are writers, one event of each in a transaction.
    let position = 0;
    const rest = groups.values();
    const open = Array.from({ length: concurrency }, () => rest.next().value?.values());
    for (let went = true; went;) {
      went = false;
      database.prepare('BEGIN IMMEDIATE').run();
      for (const [place, events] of open.entries()) {
        let next = events?.next();
        if (next?.done) next = (open[place] = rest.next().value?.values())?.next();
        if (!next || next.done) continue;
        const { stream, revision, event } = next.value;
        insert.run(
          (position += 1),
          stream,
          revision,
          event.id,
          event.type,
          event.version,
          JSON.stringify(event.data),
          JSON.stringify(event.metadata),
        );
        went = true;
      }
      database.prepare('COMMIT').run();
    }
    if (position !== facts.length) throw new Error(`Wrote ${position} of ${facts.length} events.`);
    database.close();
  };
}

async function peer(
  open: () => Promise<{
    append(stream: string, event: NewEvent, revision: number): Promise<void>;
    close(): Promise<void>;
  }>,
  facts: readonly Fact[],
  concurrency: number,
): Promise<() => Promise<void>> {
  const store = await open();
  const groups = byStream(facts);
  return async () => {
    await side(concurrency, groups, async (group) => {
      for (const [place, { stream, event }] of group.entries()) await store.append(stream, event, place);
    });
    await store.close();
  };
}
