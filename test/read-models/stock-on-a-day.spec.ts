import fc from 'fast-check';
import type { JsonObject, LegalDate } from '#domain';
import { italy } from '#domain';
import { ReadDatabase, areaPath, assetsByArea, check, projectionsFor, registerSlice, stock, stockOfArea, undatedStock } from '#read-models'; // prettier-ignore
import type { FilterColumn, MapLevel, ReadDatabaseSettings, RegisterItem } from '#read-models';
import { wholeLog } from '../../apps/auditor/log';
import { aPortal } from '../api/portal';
import type { Entry, TestPortal } from '../api/portal';
import { onBothDatabases } from './databases';
import { places } from './places';

const LIVES = 40;

/** What an officer writes down of an asset, in no order of days: late entries, moves, values and positions that change, entries and seizures annulled two days later. */
const lives = fc.array(
  fc.record({
    days: fc.array(fc.integer({ min: 0, max: 6000 }), { minLength: 6, maxLength: 6 }),
    kind: fc.constantFrom('real-estate', 'company'),
    at: fc.array(fc.constantFrom(...places), { minLength: 3, maxLength: 3 }),
    values: fc.array(fc.option(fc.integer({ min: 1, max: 1e9 })), { minLength: 3, maxLength: 3 }),
    precision: fc.array(fc.constantFrom('exact', 'municipality', undefined), { minLength: 3, maxLength: 3 }),
    acts: fc.integer({ min: 0, max: 4 }),
    annulled: fc.integer({ min: 0, max: 9 }),
  }),
  { minLength: LIVES, maxLength: LIVES },
);

const dayOf = (number: number): LegalDate => new Date(Date.UTC(2008, 0, 1) + number * 86_400_000).toISOString().slice(0, 10); // prettier-ignore

function described({ at, values, precision }: { at: readonly JsonObject[]; values: readonly (number | null)[]; precision: readonly (string | undefined)[] }, place: number): JsonObject {
  const [value, exactness] = [values[place] ?? null, precision[place]];
  return {
    location: at[place]!,
    ...(value !== null && { estimatedValue: { minor: value, currency: value % 3 === 0 ? 'USD' : 'EUR' } }),
    ...(exactness !== undefined && { coordinates: { latitude: 38.1, longitude: 13.3 + place / 10, precision: exactness } }),
  };
} // prettier-ignore

onBothDatabases((fresh) => {
  const seed = Math.floor(Math.random() * 2 ** 31);
  let portal: TestPortal;
  let database: ReadDatabase;
  const days = new Set<LegalDate>([
    '2001-01-01',
    '2012-02-15',
    '2012-02-16',
    '2012-02-29',
    '2012-03-01',
    '2012-06-30',
    '2012-07-01',
    '2012-12-31',
    '2013-01-01',
    '2090-07-01',
  ]);

  beforeAll(async () => {
    const settings: ReadDatabaseSettings = await fresh();
    portal = await aPortal(settings);
    database = await ReadDatabase.openForReading(settings);
    const wrong = new Map<number, string[]>();
    for (const [number, life] of fc.sample(lives, { numRuns: 1, seed })[0]!.entries()) {
      const [first, ...later] = [...life.days].sort((a, b) => a - b).map(dayOf);
      const legal: Entry[] = [
        { command: 'order-confiscation', on: later[1]!, data: { instance: 'first' } },
        { command: 'make-confiscation-final', on: later[2]!, data: {} },
        { command: 'decide-destination', on: later[3]!, data: { purpose: 'social', recipient: { kind: 'municipality', name: 'Comune' } } },
        { command: 'transfer-asset', on: later[4]!, data: { to: { kind: 'municipality', name: 'Comune' } } },
      ]; // prettier-ignore
      const entries: Entry[] = [
        // Of some nobody says when they were seized.
        { command: 'record-seizure', on: number % 5 === 3 ? null : first!, data: { kind: life.kind, identifiers: [{ scheme: 'it-anbsc', id: `L-${number}` }], ...described(life, 0) } },
        ...legal.slice(0, life.acts),
        // Written down last, and dated anywhere between.
        { command: 'describe-asset', on: dayOf(life.days[4]!), data: described(life, 1) },
        { command: 'describe-asset', on: dayOf(life.days[2]!), data: described(life, 2) },
      ]; // prettier-ignore
      for (const { on } of entries) if (number % 4 === 0 && on !== null) days.add(on);
      const { id } = await portal.record(`L-${number}`, ...entries);
      const written = await portal.store.readStream(`asset-${id}`);
      if (life.annulled < 4)
        wrong.set(
          number,
          written
            .map(({ id: entry }) => entry)
            .reverse()
            .slice(0, life.annulled || written.length),
        );
    }
    // What was believed for two days: a whole dossier, or one entry of it.
    for (const [number, entries] of wrong) for (const entry of entries) await portal.record(`L-${number}`, { command: 'annul-entry', on: '2026-11-04', data: { entry, reason: 'Wrong.' }, by: 'officer-2', at: '2026-11-04T10:00:00.000Z' }); // prettier-ignore
    await portal.settled();
  }, 120_000);
  afterAll(async () => {
    await database.close();
    await portal.close();
  });

  const listed = async (
    asOf: LegalDate,
    filters: Partial<Record<FilterColumn, string>> = {},
  ): Promise<readonly RegisterItem[]> => (await registerSlice(database, { asOf, ...filters, limit: 1000 })).items;

  /** The cells of what a list shows, as text, in a stable order. */
  function cellsOf(items: readonly RegisterItem[], level: MapLevel): string[] {
    const cells = new Map<string, [number, number, number]>();
    for (const item of items) {
      const name = JSON.stringify([item[`${level}_code`] ?? '', item.kind, item.phase, item.currency ?? '']);
      const [assets, valued, value] = cells.get(name) ?? [0, 0, 0];
      cells.set(name, [assets + 1, valued + (item.value_minor === null ? 0 : 1), value + (item.value_minor ?? 0)]);
    }
    return [...cells].map(([name, sums]) => `${name} ${sums.join(' ')}`).sort();
  }

  it('the counts of a day are those of the register of that day, with their values', async () => {
    const seen = new Set<string>();
    for (const day of days) {
      const { cells } = await stock(database, day);
      const told = cells.map(({ region_code, kind, phase, currency, assets, valued, value_minor }) => `${JSON.stringify([region_code, kind, phase, currency])} ${assets} ${valued} ${value_minor}`); // prettier-ignore
      expect([seed, day, told.sort()]).toEqual([seed, day, cellsOf(await listed(day), 'region')]);
      for (const { region_code: code, region } of cells) if (code !== '') seen.add(region);
    }
    expect([...seen].sort()).toEqual(['Emilia-Romagna', 'Sicilia']);
    const now = await stock(database);
    expect((await stock(database, '2090-07-01')).cells).toEqual(now.cells);
  }, 60_000);

  it.each(['19', '082', '082053', '040012'])('the counts of %s on a day are those of its list', async (code) => {
    const path = (await areaPath(database, code))!;
    const { level } = path.at(-1)!;
    const within = Object.fromEntries(path.map((each) => [`${each.level}_code`, each.code]));
    const part = level === 'region' ? 'province' : 'municipality';
    let counted = 0;
    for (const day of days) {
      const { cells } = await stockOfArea(database, path, day);
      const told = cells.map(({ area_code, kind, phase, currency, assets, valued, value_minor }) => `${JSON.stringify([area_code, kind, phase, currency])} ${assets} ${valued} ${value_minor}`); // prettier-ignore
      expect([seed, day, told.sort()]).toEqual([seed, day, cellsOf(await listed(day, within), part)]);
      for (const { area_code, area } of cells) expect(area === '').toBe(area_code === '');
      counted += cells.length;
    }
    expect([seed, counted > 0]).toEqual([seed, true]);
  });

  it.each([
    ['region', {}],
    ['region', { kind: 'company', phase: 'seized' }],
    ['region', { province_code: '082' }],
    ['region', { municipality_code: '082053' }],
    ['province', {}],
    ['province', { region_code: '19', kind: 'real-estate' }],
    ['municipality', { region_code: '19', province_code: '082' }],
    ['municipality', { province_code: '082', phase: 'confiscated-first' }],
  ] satisfies [MapLevel, Partial<Record<FilterColumn, string>>][])('the map of a day counts %s by %j as the list does', async (level, filters) => {
    for (const day of days) {
      const { areas } = await assetsByArea(database, level, { ...filters, asOf: day });
      const wanted = new Map<string, [number, number]>();
      for (const item of await listed(day, filters)) {
        const code = item[`${level}_code`] ?? '';
        const [assets, located] = wanted.get(code) ?? [0, 0];
        wanted.set(code, [assets + 1, located + (item.latitude === null || item.precision === 'municipality' ? 0 : 1)]);
      }
      const told = areas.map(({ code, assets, located }): [string, [number, number]] => [code, [assets, located]]);
      expect([seed, day, told.sort()]).toEqual([seed, day, [...wanted].sort()]);
      expect(areas.map(({ assets }) => assets)).toEqual(areas.map(({ assets }) => assets).sort((a, b) => b - a));
    }
  }); // prettier-ignore

  it('what a day leaves out for lack of a date are the assets of today without a day of seizure that its list has not', async () => {
    const { items: present } = await registerSlice(database, { limit: 1000 });
    const leftOut = new Set<number>();
    for (const day of days) {
      const there = new Set((await listed(day)).map(({ id }) => id));
      const wanted = present.filter(({ id, seized_on }) => seized_on === null && !there.has(id)).length;
      const { assets, acts } = await undatedStock(database, day, there.size);
      expect([seed, day, assets]).toEqual([seed, day, wanted]);
      expect([seed, acts]).toEqual([seed, { seized: present.filter(({ seized_on }) => seized_on === null).length }]);
      leftOut.add(assets);
    }
    // Some that have no day of their own are there by something behind it, from that day on.
    expect([seed, leftOut.size > 2, leftOut.has(0)]).toEqual([seed, true, true]);
  });

  it('counts no municipalities of the whole country on a day', async () => {
    await expect(assetsByArea(database, 'municipality', { asOf: '2012-07-01' })).rejects.toThrow('within a province');
  });

  it('is found again by a rebuild', async () => {
    const register = projectionsFor(italy).filter(({ name }) => name === 'register');
    const [checked] = await check(database, register, () => wholeLog(portal.store));
    expect([seed, checked?.failure, checked?.drift]).toEqual([seed, undefined, []]);
  });
});
