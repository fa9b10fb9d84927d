import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import openData from '../../libs/web/i18n/open-data/en.json';
import { publishedTables } from '../../apps/portal/open-data/published-tables';
import { recordScene } from '../api/civic-scene';
import { aPortal, seizure } from '../api/portal';
import type { TestPortal } from '../api/portal';
import { recordEstate } from '../reuse/estate';
import { flawsOf, rowsBy } from './table-schema';
import type { DataPackage, TypedRow } from './table-schema';

describe('the data package', () => {
  let folder: string;
  let portal: TestPortal;
  let described: DataPackage;
  const tables = new Map<string, TypedRow[]>();
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'data-package-'));
    portal = await aPortal({ kind: 'sqlite', path: join(folder, 'read.sqlite') });
    await recordEstate(portal.store);
    await recordScene(portal.store, '2026-11-02T09:30:00.000Z');
    // West of Greenwich: a number that begins with a sign is a number, not a formula.
    const position = { coordinates: { latitude: 38.5, longitude: -9.14, precision: 'locality' }, share: 33.5 };
    await portal.record('LX', seizure('LX', 'Palermo', { title: '=1+1', ...position }));
    await portal.settled();
    described = (await (await portal.get('/data/datapackage.json')).json()) as DataPackage;
    for (const resource of described.resources)
      tables.set(resource.name, rowsBy(resource, await (await fetch(resource.path)).text()));
  }, 60_000);
  afterAll(async () => {
    await portal.close();
    await rm(folder, { recursive: true });
  });

  const json = async <Answer>(path: string): Promise<Answer> => (await (await portal.get(path)).json()) as Answer;

  it('is described by the rules of Data Package 2.0, in each language', async () => {
    const italian = await json<DataPackage>('/data/datapackage.it.json');
    for (const each of [described, italian]) expect(flawsOf(each)).toEqual([]);
    const titles = ({ resources }: DataPackage) => resources.flatMap(({ title, schema }) => [title, ...schema.fields.map((field) => field.title)]); // prettier-ignore
    const pairs = titles(described).map((title, place) => [title, titles(italian)[place]]);
    // Few words are the same in both languages.
    expect(pairs.filter(([one, other]) => one === other).length).toBeLessThan(5);
    const meanings = ({ resources }: DataPackage) => resources.flatMap(({ schema }) => schema.fields.map(({ description }) => description)); // prettier-ignore
    expect(meanings(described).filter((text, place) => text === meanings(italian)[place])).toEqual([]);
    expect(described.licenses).toMatchObject([{ name: 'CC-BY-4.0' }]);
    expect(described.contributors).toEqual([{ title: 'Social Reuse Registry', roles: ['publisher'] }]);
  });

  it('says what each column means in the words kept for it, none of which are of no column', () => {
    const columns = publishedTables.flatMap((table) => table.columns.map((column) => [table.name, column] as const));
    const counted = (column: string): string => /^(beneficiaries|jobs|volunteers)_/.exec(column)?.[1] ?? column;
    const ofNoColumn = Object.keys(openData.means).filter((key) => !columns.some(([, column]) => counted(column) === key));
    const ofNoTable = Object.entries(openData.meansIn).flatMap(([table, own]) =>
      Object.keys(own).filter((key) => !columns.some(([name, column]) => name === table && column === key)),
    );
    expect([ofNoColumn, ofNoTable]).toEqual([[], []]);
    const phase = described.resources[0]!.schema.fields.find(({ name }) => name === 'phase')!;
    expect(phase.categories).toContainEqual({ value: 'confiscated-final', label: 'Confiscated for good' });
  }); // prettier-ignore

  it('describes every table, each of which has rows that are what their columns say', () => {
    expect([...tables.keys()]).toEqual(['assets', 'money', 'support', 'use', 'assigned', 'municipalities', 'waiting', 'waiting-curve', 'flags', 'calls', 'organisations', 'dialogues', 'dialogue-answers', 'groups', 'indicators', 'annual-returns']); // prettier-ignore
    for (const [name, rows] of tables) expect([name, rows.length > 0]).toEqual([name, true]);
  });

  it('leaves no column of numbers, dates or answers without one, or this spec proves little', () => {
    const never = described.resources.flatMap(({ name, schema }) =>
      schema.fields
        .filter(({ type }) => type !== 'string')
        .filter((field) => tables.get(name)!.every((row) => row[field.name] === null))
        .map((field) => `${name}.${field.name}`),
    );
    // Measures have one rule for all.
    expect(never.filter((name) => !/^use\.(beneficiaries|jobs|volunteers)_/.test(name))).toEqual([
      // No agreement of these dossiers was renewed before its end.
      'assigned.renewal_act_date',
      'assigned.renewal_from_day',
      'assigned.renewal_to_day',
      'assigned.fee',
      'flags.out_of',
    ]);
  });

  it('calls no column text that holds nothing but numbers or dates', () => {
    const looksTyped = /^-?\d+(\.\d+)?$|^\d{4}-\d{2}-\d{2}$/;
    const texts = described.resources.flatMap(({ name, schema }) =>
      schema.fields
        .filter(({ type }) => type === 'string')
        .filter((field) => {
          const values = tables.get(name)!.map((row) => row[field.name]).filter((value) => value !== null); // prettier-ignore
          return values.length > 0 && values.every((value) => looksTyped.test(String(value)));
        })
        .map((field) => `${name}.${field.name}`),
    );
    // Codes of areas begin with zeros; a year is the name of one.
    expect(texts.filter((name) => !name.endsWith('_code'))).toEqual(['municipalities.code', 'annual-returns.year']);
  }); // prettier-ignore

  it('keeps signed numbers as they are, and takes from spreadsheets what they would run', () => {
    const [row] = tables.get('assets')!.filter(({ share }) => share === 33.5);
    expect([row!.latitude, row!.longitude, row!.title]).toEqual([38.5, -9.14, "'=1+1"]);
  });

  it('leads by each foreign key to a row that is there', () => {
    for (const { name, schema } of described.resources)
      for (const { fields, reference } of schema.foreignKeys ?? []) {
        const there = new Set(tables.get(reference.resource)!.map((row) => row[reference.fields[0]!]));
        const named = tables.get(name)!.map((row) => row[fields[0]!]!).filter((value) => value !== null); // prettier-ignore
        expect([name, named.filter((value) => !there.has(value))]).toEqual([name, []]);
      }
  });

  it('says of money, the register, support and use what the API says', async () => {
    const minor = (amount: unknown): number | null => (amount === null ? null : Math.round(Number(amount) * 100));
    const movements = await json<{ asset: string; number: number; amount: { minor: number }; after: { paid: number } }[]>('/api/v1/money.json'); // prettier-ignore
    expect(tables.get('money')!.map((row) => [row.asset, row.number, minor(row.amount), minor(row.paid)])).toEqual(
      movements.map(({ asset, number, amount, after }) => [asset, number, amount.minor, after.paid]),
    );
    const assets = await json<{ id: string; title: string | null; value: { minor: number } | null; seizedOn: string }[]>('/api/v1/assets.json'); // prettier-ignore
    expect(tables.get('assets')!.map((row) => [row.id, row.title, minor(row.value), row.seized_on])).toEqual(
      assets.map(({ id, title, value, seizedOn }) => [
        id,
        title?.replace(/^=/, "'=") ?? null,
        value?.minor ?? null,
        seizedOn,
      ]),
    );
    const support = await json<{ id: string; screening: { passed: boolean } | null; delivered: string; form: string }[]>('/api/v1/support.json'); // prettier-ignore
    expect(tables.get('support')!.map((row) => [row.id, row.screening_passed])).toEqual(
      support.map(({ id, screening }) => [id, screening?.passed ?? null]),
    );
    const use = await json<{ id: string; counts: Record<string, number | null> }[]>('/api/v1/use.json');
    expect(tables.get('use')!.map((row) => [row.id, row.beneficiaries_total, row.jobs_other_gender])).toEqual(
      use.map(({ id, counts }) => [id, counts['beneficiaries.total'], counts['jobs.otherGender']]),
    );
  });

  it.each(['calls', 'organisations', 'dialogues', 'groups', 'assigned', 'waiting'])('has of %s the rows of the API, in its order', async (name) => {
    const items = await json<{ id?: string; asset?: string }[]>(`/api/v1/${name}.json`);
    expect(tables.get(name)!.map((row) => row.id ?? row.asset)).toEqual(items.map(({ id, asset }) => id ?? asset));
  }); // prettier-ignore

  it('has of every table as many rows as the API counts', async () => {
    const length = async (path: string): Promise<number> => (await json<unknown[]>(path)).length;
    const curves = await json<{ steps: unknown[] }[]>('/api/v1/waiting/totals');
    const counted: Readonly<Record<string, number>> = {
      municipalities: await length('/api/v1/assigned/totals?by=municipality'),
      'waiting-curve': curves.reduce((sum, { steps }) => sum + steps.length, 0),
      'dialogue-answers': (await json<{ authorities: unknown[] }>('/api/v1/dialogue-answers')).authorities.length,
      indicators: (await json<{ cells: unknown[] }>('/api/v1/indicators')).cells.length,
    };
    for (const [name, rows] of tables)
      expect([name, rows.length]).toEqual([name, counted[name] ?? (await length(`/api/v1/${name}.json`))]);
  });

  it('has of the flags those of the API, of whatever they are about', async () => {
    const flags = await json<{ rule: string; entry: string; subject: { kind: string; id: string } }[]>('/api/v1/flags.json'); // prettier-ignore
    expect(tables.get('flags')!.map((row) => [row.rule, row.entry, row.subject_kind, row.subject])).toEqual(
      flags.map(({ rule, entry, subject }) => [rule, entry, subject.kind, subject.id]),
    );
  });

  it('names its version by the log, and is answered 304 while nothing is recorded', async () => {
    const answer = await portal.get('/data/datapackage.json');
    expect(described.version).toBe(String(await portal.store.head()));
    const tag = answer.headers.get('etag')!;
    expect((await portal.get('/data/datapackage.json', { 'if-none-match': tag })).status).toBe(304);
  });
});
