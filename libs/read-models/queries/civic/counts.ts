import type { ReadDatabase } from '../../database/read-database';
import type { Row } from '../../projection';
import { callCountsTable } from '../../projections/civic/calls';
import { organisationKindsTable } from '../../projections/civic/organisations';
import { live } from '../tables';
import { callStandingOf } from './calls';
import type { CallsQuery } from './calls';
import { answerCells, answerStateOf } from './dialogues';
import type { DialoguesQuery } from './dialogues';
import type { Now } from './moment';
import type { OrganisationsQuery } from './organisations';

/** For filters of a list, how many of it each of their values would find under all others. */
export type ChoiceCounts = Readonly<Record<string, Readonly<Record<string, number>>>>;

/** What a filter asks of a cell of counters: which of its values find it, and the one that is chosen. */
interface Asked<Cell> {
  readonly chosen: string | undefined;
  readonly values: (cell: Cell) => readonly string[];
}

function countsIn<Cell>(
  cells: readonly Cell[],
  filters: Readonly<Record<string, Asked<Cell>>>,
  counted: (cell: Cell) => number,
): ChoiceCounts {
  const all = Object.entries(filters);
  const finds = (cell: Cell, { chosen, values }: Asked<Cell>): boolean =>
    chosen === undefined || values(cell).includes(chosen);
  const counts = all.map(([name, own]) => {
    const sums: Record<string, number> = {};
    for (const cell of cells.filter((each) => all.every(([other, asked]) => other === name || finds(each, asked))))
      for (const value of own.values(cell)) sums[value] = (sums[value] ?? 0) + counted(cell);
    return [name, sums] as const;
  });
  return Object.fromEntries(counts);
}

const column =
  (name: string) =>
  (row: Row): readonly string[] => [String(row[name])];

/** Undefined of a day that is over, and where something is asked that the counters do not know. Throws NotBuiltYet, as these all do. */
export async function callCounts(
  database: ReadDatabase,
  { state, authority, asset, region, province, municipality, text }: CallsQuery,
  now: Now,
): Promise<ChoiceCounts | undefined> {
  if (now.past || [asset, region, province, municipality, text].some((each) => each !== undefined)) return undefined;
  const { table } = await live(database, 'calls');
  const cells = await database.query<Row>(`SELECT * FROM ${table(callCountsTable.name)}`);
  // Of what closes soon the list of open calls shows it too.
  const states = (row: Row): readonly string[] => {
    const standing = callStandingOf(row, now);
    return standing === 'closing' ? ['open', 'closing'] : [standing];
  };
  const filters = {
    state: { chosen: state, values: states },
    authority: { chosen: authority, values: column('authority') },
  };
  return countsIn(cells, filters, ({ calls }) => Number(calls));
}

export async function organisationCounts(
  database: ReadDatabase,
  { kind, standing, region, text }: OrganisationsQuery,
  now: Now,
): Promise<ChoiceCounts | undefined> {
  if (now.past || text !== undefined) return undefined;
  const { table } = await live(database, 'organisations');
  const cells = await database.query<Row>(`SELECT * FROM ${table(organisationKindsTable.name)}`);
  const filters = {
    kind: { chosen: kind, values: column('kind') },
    standing: { chosen: standing, values: column('standing') },
    region: { chosen: region, values: column('region_code') },
  };
  return countsIn(cells, filters, ({ organisations }) => Number(organisations));
}

export async function dialogueCounts(
  database: ReadDatabase,
  { kind, state, authority, asset, call, report, text }: DialoguesQuery,
  now: Now,
): Promise<ChoiceCounts | undefined> {
  if ([asset, call, report, text].some((each) => each !== undefined)) return undefined;
  const { cells } = await answerCells(database, now);
  const filters = {
    kind: { chosen: kind, values: column('kind') },
    state: { chosen: state, values: (cell: Row) => [answerStateOf(cell, now.today)] },
    authority: { chosen: authority, values: column('authority') },
  };
  return countsIn(cells as readonly Row[], filters, ({ threads }) => Number(threads));
}
