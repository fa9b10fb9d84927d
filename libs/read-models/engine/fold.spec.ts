import fc from 'fast-check';
import { projection } from '../projection';
import type { Row, Table, Tally } from '../projection';
import { changesOf } from './fold';

type Town = 'Corleone' | 'Partinico' | 'Casal di Principe';
type State = readonly { readonly town: Town; readonly assets: number }[];

const regionOf: Readonly<Record<Town, string>> = {
  Corleone: 'Sicilia',
  Partinico: 'Sicilia',
  'Casal di Principe': 'Campania',
};
const totals = (name: string, key: readonly string[]): Table => ({
  name,
  columns: { ...Object.fromEntries(key.map((column) => [column, { type: 'text' }])), assets: { type: 'integer' } },
  key,
});
const byTown = totals('by_town', ['region', 'town']);
const byRegion = totals('by_region', ['region']);
const whole = totals('whole', []);
const others = totals('others', ['region']);

const cellsOf = (state: State): Row[] => state.map(({ town, assets }) => ({ region: regionOf[town], town, assets }));

let asked: State[];
const told = (state: State): Row[] => {
  asked.push(state);
  return cellsOf(state);
};
/** Tells something else, so that nothing follows from the others. */
const twice = (state: State): Row[] => cellsOf(state).map((cell) => ({ ...cell, assets: 2 * Number(cell.assets) }));

const sums = ['assets'];
const tallies: readonly Tally<State>[] = [
  { table: whole, sums, of: told },
  { table: byRegion, sums, of: told },
  { table: byTown, sums, of: told },
  { table: others, sums, of: twice },
];
const counted = projection<State>({
  name: 'counted',
  version: 1,
  keysOf: () => [],
  apply: (state) => state ?? [],
  tables: [],
  tallies,
});

const states = fc.array(
  fc.array(
    fc.record({
      town: fc.constantFrom<Town>('Corleone', 'Partinico', 'Casal di Principe'),
      assets: fc.integer({ min: -2, max: 2 }),
    }),
    { maxLength: 3 },
  ),
  { maxLength: 6 },
);

const named = (all: readonly State[]): Map<string, State> => new Map(all.map((state, key) => [String(key), state]));

/** What a batch adds to each cell of a table. */
function added(name: string, before: readonly State[], after: readonly State[]): Record<string, number> {
  const found = new Map<string, number>();
  for (const { tallied } of changesOf(counted, named(before), named(after)))
    for (const [{ table }, rows] of tallied)
      if (table.name === name)
        for (const row of rows) found.set(table.key.map((column) => row[column]).join(), Number(row.assets));
  return Object.fromEntries(found);
}

/** The same, from all cells of the states. */
function wanted({ key }: Table, of: Tally<State>['of'], before: readonly State[], after: readonly State[]): object {
  const cells = new Map<string, number>();
  const addUp = (state: State, sign: 1 | -1): void => {
    for (const row of of(state)) {
      const name = key.map((column) => row[column]).join();
      cells.set(name, (cells.get(name) ?? 0) + sign * Number(row.assets));
    }
  };
  for (const [place, state] of after.entries()) {
    if (before[place]) addUp(before[place], -1);
    addUp(state, 1);
  }
  return Object.fromEntries([...cells].filter(([, assets]) => assets !== 0));
}

beforeEach(() => {
  asked = [];
});

it('adds the same to counters with fewer dimensions as if each had been told', () => {
  fc.assert(
    fc.property(states, states, (before, after) => {
      for (const { table, of } of tallies)
        expect(added(table.name, before, after)).toEqual(wanted(table, of, before, after));
    }),
  );
});

it('asks for each state once, whatever counters are made of it', () => {
  const state: State = [{ town: 'Corleone', assets: 1 }];
  expect(added('whole', [], [state])).toEqual({ '': 1 });
  expect(asked).toEqual([state]);
});
