import type { Asset, Entry, JsonObject, Moment, Profile } from '#domain';
import { endOf, situationAt, streamName, streamParts } from '#domain';
import type { ReadDatabase } from '../database/read-database';
import type { Row } from '../projection';
import { live } from './tables';

/** An entry of a dossier as the public sees it. */
export interface TimelineEntry {
  readonly id: string;
  readonly revision: number;
  readonly position: number;
  readonly type: string;
  readonly version: number;
  readonly occurredOn: string | null;
  readonly recordedAt: string;
  readonly data: JsonObject;
  readonly withheld: readonly string[];
  readonly agency: string;
  readonly source: { readonly kind: string; readonly file?: string; readonly row?: number };
  readonly correctedBy: readonly string[];
  readonly annulledBy: string | null;
}

export interface AssetPage {
  readonly id: string;
  /** Undefined when nothing stands at that moment: before the seizure, or when it was annulled. */
  readonly asset: Asset | undefined;
  /** The entries in force at that moment, in the order in which they happened. */
  readonly inForce: readonly Entry[];
  /** All entries known at that moment, in the order in which they were written down. */
  readonly entries: readonly TimelineEntry[];
  readonly revision: number;
  readonly position: number;
}

/** No dossier is larger than this on a page; what is left out would be said. */
const MAX_ENTRIES = 5000;

/** An asset at a moment, folded from its public entries; undefined where the register has never heard of it. Throws NotBuiltYet. */
export async function assetPage(
  database: ReadDatabase,
  id: string,
  moment: Moment,
  profile: Profile,
): Promise<AssetPage | undefined> {
  return (await assetPages(database, id, [moment], profile))?.[0];
}

/** The same at each of several moments, told from entries that are read once. */
export async function assetPages(
  database: ReadDatabase,
  id: string,
  moments: readonly Moment[],
  profile: Profile,
): Promise<readonly AssetPage[] | undefined> {
  const { position } = await live(database, 'timeline');
  const entries = await streamEntries(database, streamName('asset', id));
  if (entries.length === 0) return undefined;
  return moments.map((moment) => pageAt(id, entries, position, moment, profile));
}

function pageAt(
  id: string,
  all: readonly TimelineEntry[],
  position: number,
  moment: Moment,
  profile: Profile,
): AssetPage {
  const known = moment.knownAt === undefined ? undefined : endOf(moment.knownAt);
  const entries = known === undefined ? all : all.filter(({ recordedAt }) => recordedAt <= known);
  const facts = entries.map(({ occurredOn, recordedAt, ...event }) => ({
    ...event,
    metadata: { occurredOn, recordedAt },
  }));
  const { asset, history } = situationAt(facts, moment, profile.timeZone);
  return { id, asset, inForce: history, entries, revision: entries.at(-1)?.revision ?? -1, position };
}

/** One entry of a dossier as the public sees it, with the asset it is of; undefined where the register has none of this id. Throws NotBuiltYet. */
export async function timelineEntry(
  database: ReadDatabase,
  id: string,
): Promise<{ readonly asset: string; readonly entry: TimelineEntry } | undefined> {
  const { table } = await live(database, 'timeline');
  const [row] = await database.query<Row>(`SELECT * FROM ${table('timeline')} WHERE id = ?`, [id]);
  const of = row && streamParts(String(row.stream));
  return row && of?.kind === 'asset' ? { asset: of.id, entry: entryOf(row) } : undefined;
}

/** The public entries of any stream, in the order in which they were written down. Throws NotBuiltYet. */
export async function streamEntries(database: ReadDatabase, stream: string): Promise<readonly TimelineEntry[]> {
  return (await rowsOfStream(database, stream)).map(entryOf);
}

/** The same as they lie in the timeline. Throws NotBuiltYet. */
export async function rowsOfStream(database: ReadDatabase, stream: string): Promise<readonly Row[]> {
  const { table } = await live(database, 'timeline');
  const sql = `SELECT * FROM ${table('timeline')} WHERE stream = ? ORDER BY revision LIMIT ?`;
  return database.query<Row>(sql, [stream, MAX_ENTRIES]);
}

export function entryOf(row: Row): TimelineEntry {
  return {
    id: String(row.id),
    revision: Number(row.revision),
    position: Number(row.position),
    type: String(row.type),
    version: Number(row.version),
    occurredOn: row.occurred_on === null || row.occurred_on === undefined ? null : String(row.occurred_on),
    recordedAt: String(row.recorded_at),
    data: JSON.parse(String(row.data)) as JsonObject,
    withheld: JSON.parse(String(row.withheld)) as string[],
    agency: String(row.agency),
    source: JSON.parse(String(row.source)) as TimelineEntry['source'],
    correctedBy: JSON.parse(String(row.corrected_by)) as string[],
    annulledBy: row.annulled_by === null || row.annulled_by === undefined ? null : String(row.annulled_by),
  };
}
