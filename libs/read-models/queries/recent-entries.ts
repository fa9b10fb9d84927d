import { streamName, streamParts } from '#domain';
import type { ReadDatabase } from '../database/read-database';
import type { Row } from '../projection';
import { entryOf } from './asset-page';
import type { TimelineEntry } from './asset-page';
import { itemOf } from './register-list';
import type { RegisterItem } from './register-list';
import { live } from './tables';

/** An entry with its dossier. */
export interface RecentEntry extends TimelineEntry {
  readonly asset: string;
  /** What the register says of the asset today; undefined where its dossier was annulled. */
  readonly item: RegisterItem | undefined;
}

/** Which entries are asked for; without either, those of the whole register. */
export interface RecentQuery {
  readonly asset?: string;
  /** Official code of a region, province or municipality in which the assets lie today. */
  readonly area?: string;
}

/** The entries written down last, the latest first; empty where nothing is known. Throws NotBuiltYet. */
export async function recentEntries(
  database: ReadDatabase,
  { asset, area }: RecentQuery,
  limit: number,
): Promise<readonly RecentEntry[]> {
  const [timeline, register] = [await live(database, 'timeline'), await live(database, 'register')];
  const assets =
    asset !== undefined ? [asset] : area !== undefined ? await changedIn(database, area, limit) : undefined;
  if (assets?.length === 0) return [];
  const where = assets ? `stream IN (${places(assets)})` : "stream LIKE 'asset-%'";
  const rows = await database.query<Row>(
    `SELECT * FROM ${timeline.table('timeline')} WHERE ${where} ORDER BY position DESC LIMIT ?`,
    [...(assets ?? []).map((id) => streamName('asset', id)), limit],
  );
  if (rows.length === 0) return [];
  const ids = [...new Set(rows.map(assetIn))];
  const items = await database.query<Row>(
    `SELECT * FROM ${register.table('register')} WHERE id IN (${places(ids)})`,
    ids,
  );
  const byId = new Map(items.map((row) => [String(row.id), itemOf(row)]));
  return rows.map((row) => ({ ...entryOf(row), asset: assetIn(row), item: byId.get(assetIn(row)) }));
}

const assetIn = (row: Row): string => streamParts(String(row.stream))?.id ?? '';

/** The assets of an area that changed last: the latest entries of the area are among theirs. */
async function changedIn(database: ReadDatabase, area: string, limit: number): Promise<string[]> {
  const { table } = await live(database, 'register');
  // Each from an index in which an area's assets lie by their positions: with OR, all assets of a region would be sorted.
  const latest = ['region_code', 'province_code', 'municipality_code'].map(
    (column) =>
      `SELECT * FROM (SELECT id, position FROM ${table('register')} WHERE ${column} = ? ORDER BY position DESC LIMIT ?) AS ${column}`,
  );
  const rows = await database.query<{ id: string }>(`${latest.join(' UNION ALL ')} ORDER BY position DESC LIMIT ?`, [
    ...latest.flatMap(() => [area, limit]),
    limit,
  ]);
  return [...new Set(rows.map(({ id }) => id))];
}

const places = (values: readonly unknown[]): string => values.map(() => '?').join(', ');
