import { streamParts } from '#domain';
import type { StreamKind } from '#domain';
import type { PublicEvent } from '#privacy';
import type { ReadDatabase } from '../database/read-database';
import { takenBack } from './civic/taken-back';
import type { Row } from '../projection';
import type { DialogueDetail } from '../projections/civic/dialogues';
import { entryOf } from './asset-page';
import { live } from './tables';

/** A run of the public log. */
export interface Changes {
  readonly events: readonly PublicEvent[];
  /** Log position the answer is true for: everything public up to here that lies behind the cursor is in this run or in those after it. */
  readonly position: number;
}

/**
 * Every public event behind a log position, of whichever stream, in the order of the log. The feed shows no more than the pages do: what a moderator let
 * pass and a later decision took back is withheld, and so is all that a call says before it is published. The entries stay, their words do not.
 * Throws NotBuiltYet.
 */
export async function changesAfter(database: ReadDatabase, after: number, limit: number): Promise<Changes> {
  const { position, table } = await live(database, 'timeline');
  const rows = await database.query<Row>(
    `SELECT * FROM ${table('timeline')} WHERE position > ? ORDER BY position LIMIT ?`,
    [after, limit],
  );
  return { events: await asShown(database, rows.map(publicEventOf)), position };
}

/** What is asked of an entry to know which of its words may be seen today. */
type Shown = Pick<PublicEvent, 'id' | 'stream' | 'type' | 'data' | 'withheld'>;

/** Public entries of any stream without the words that may not be seen today; the names of those fields are in `withheld`. Throws NotBuiltYet. */
export async function asShown<Entry extends Shown>(database: ReadDatabase, entries: readonly Entry[]): Promise<Entry[]> {
  const today = { published: await publishedAmong(database, entries), moderations: await moderationsOf(database, entries) };
  return entries.map((entry) => without(entry, hiddenIn(entry, today)));
} // prettier-ignore

function publicEventOf(row: Row): PublicEvent {
  const { id, revision, position, type, version, occurredOn, recordedAt, data, withheld, agency, source } = entryOf(row);
  const actor = { agency, role: String(row.role) };
  // What the timeline keeps of the source is what the gate let pass.
  const metadata = { occurredOn, recordedAt, source: source as PublicEvent['metadata']['source'], actor };
  return { id, stream: String(row.stream), revision, position, type, version, data, metadata, withheld };
} // prettier-ignore

interface Today {
  /** The calls that were published. */
  readonly published: ReadonlySet<string>;
  /** The moderation in force, by the id of its thread. */
  readonly moderations: ReadonlyMap<string, DialogueDetail['moderation']>;
}

/** What a moderation lets pass and a later one may take back. */
const letPass: readonly string[] = ['text', 'photos', 'organisation'];

/** The fields of an event that may not be seen today. */
function hiddenIn({ id, stream, type, data }: Shown, { published, moderations }: Today): readonly string[] {
  const parts = streamParts(stream);
  if (parts?.kind === 'call' && !published.has(parts.id)) return Object.keys(data);
  if (type !== 'ThreadModerated' || moderations.get(parts?.id ?? '')?.id === id) return [];
  return Object.keys(data).filter((field) => letPass.includes(field));
}

function without<Entry extends Shown>(event: Entry, hidden: readonly string[]): Entry {
  if (hidden.length === 0) return event;
  const left = Object.entries(event.data).filter(([field]) => !hidden.includes(field));
  return { ...event, data: Object.fromEntries(left), withheld: [...event.withheld, ...hidden] };
}

async function publishedAmong(database: ReadDatabase, events: readonly Shown[]): Promise<Today['published']> {
  const rows = await found<{ id: string }>(database, 'calls', 'id', idsOf('call', events));
  return new Set(rows.map(({ id }) => id));
}

async function moderationsOf(database: ReadDatabase, events: readonly Shown[]): Promise<Today['moderations']> {
  const moderated = idsOf('dialogue', events.filter(({ type }) => type === 'ThreadModerated'));
  const rows = await found<{ id: string; detail: string }>(database, 'dialogues', 'id, detail', moderated);
  const since = takenBack(database);
  return new Map(rows.map(({ id, detail }) => [id, since.get(id) ?? (JSON.parse(detail) as DialogueDetail).moderation]));
} // prettier-ignore

const idsOf = (kind: StreamKind, events: readonly Shown[]): string[] => [
  ...new Set(
    events.flatMap(({ stream }) => {
      const parts = streamParts(stream);
      return parts?.kind === kind ? [parts.id] : [];
    }),
  ),
];

/** The rows of these ids in the table that is called as its projection is. */
async function found<Found extends object>(
  database: ReadDatabase,
  projection: 'calls' | 'dialogues',
  columns: string,
  ids: readonly string[],
): Promise<Found[]> {
  if (ids.length === 0) return [];
  const { table } = await live(database, projection);
  const places = ids.map(() => '?').join(', ');
  return database.query<Found>(`SELECT ${columns} FROM ${table(projection)} WHERE id IN (${places})`, [...ids]);
}
