import { streamName, streamParts } from '#domain';
import type { StreamKind } from '#domain';
import type { ReadDatabase } from '../../database/read-database';
import type { Row, Value } from '../../projection';
import { entryOf } from '../asset-page';
import type { TimelineEntry } from '../asset-page';
import { asShown } from '../changes';
import { registerItems } from '../register-list';
import type { RegisterItem } from '../register-list';
import { live } from '../tables';
import { subjectNames } from './subjects';
import type { SubjectName } from './subjects';

/** An entry of any stream as news: what it says, and what it is about. */
export interface News extends TimelineEntry {
  readonly kind: StreamKind;
  /** Id of the asset, call, organisation, thread, group or return. */
  readonly of: string;
  /** What the register says of an asset today; undefined of anything else, and where the dossier was annulled. */
  readonly item?: RegisterItem | undefined;
  /** What anything else is called. */
  readonly name?: SubjectName | undefined;
}

/** The latest entries about these things, the latest first; none about what has not been published. Throws NotBuiltYet. */
export async function newsOf(
  database: ReadDatabase,
  kind: StreamKind,
  ids: readonly string[],
  limit: number,
): Promise<readonly News[]> {
  const streams = [...new Set(ids)].map((id) => streamName(kind, id));
  return streams.length === 0 ? [] : newsWhere(database, among('stream', streams), limit);
}

/** The latest entries of a kind of which there are few things in all, the latest first. Throws NotBuiltYet. */
export const newsOfKind = (database: ReadDatabase, kind: StreamKind, limit: number): Promise<readonly News[]> =>
  // The character behind the hyphen ends the range, so that it is read from the index of streams.
  newsWhere(database, { sql: 'stream >= ? AND stream < ?', parameters: [`${kind}-`, `${kind}.`] }, limit);

/** These entries, the latest first. Throws NotBuiltYet. */
export const newsById = (database: ReadDatabase, ids: readonly string[], limit: number): Promise<readonly News[]> =>
  ids.length === 0 ? Promise.resolve([]) : newsWhere(database, among('id', [...new Set(ids)]), limit);

interface Where {
  readonly sql: string;
  readonly parameters: readonly Value[];
}

const among = (column: string, values: readonly string[]): Where => ({
  sql: `${column} IN (${values.map(() => '?').join(', ')})`,
  parameters: values,
});

/** The latest entries that a condition with an index of its own finds. */
export async function newsWhere(database: ReadDatabase, { sql, parameters }: Where, limit: number): Promise<readonly News[]> {
  const { table } = await live(database, 'timeline');
  // Hidden in a sum, the position offers no index: the few that are found are sorted, and the log is not walked through for them.
  const rows = await database.query<Row>(
    `SELECT * FROM ${table('timeline')} WHERE ${sql} ORDER BY position + 0 DESC LIMIT ?`,
    [...parameters, limit],
  );
  return withSubjects(database, await asShown(database, rows.map((row) => ({ ...entryOf(row), stream: String(row.stream) }))));
} // prettier-ignore

async function withSubjects(
  database: ReadDatabase,
  entries: readonly (TimelineEntry & { readonly stream: string })[],
): Promise<readonly News[]> {
  const told = entries.flatMap(({ stream, ...entry }) => {
    const parts = streamParts(stream);
    return parts ? [{ ...entry, kind: parts.kind, of: parts.id }] : [];
  });
  const idsOf = (kind: StreamKind): string[] => [...new Set(told.filter((each) => each.kind === kind).map(({ of }) => of))];
  const [items, names] = await Promise.all([registerItems(database, idsOf('asset')), subjectNames(database, idsOf)]);
  return told
    .map((each) => ({ ...each, item: items.get(each.of), name: names.get(each.of) }))
    .filter(({ kind, name }) => kind === 'asset' || name !== undefined);
} // prettier-ignore
