import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { strFromU8, unzipSync } from 'fflate';
import { parse } from 'csv-parse/sync';
import { recordScene } from '../api/civic-scene';
import { aPortal, anywhere, seizure } from '../api/portal';
import type { TestPortal } from '../api/portal';
import { recordEstate } from '../reuse/estate';
import { italy } from '#domain';
import { startPortal } from '../../apps/portal/server';
import { MAX_ROWS, refuseTooManyRows, workbookOf } from '../../apps/portal/api/workbook';
import { fieldType } from '../../apps/portal/open-data/fields';
import { asText, rowsIn } from './sheet';
import type { Cell } from './sheet';

const written = async (rows: readonly Record<string, string | number | null>[], table: string, columns: readonly string[]) =>
  rowsIn(Buffer.concat(await workbookOf(rows, table, columns).toArray())); // prettier-ignore

describe('a workbook', () => {
  let folder: string;
  let portal: TestPortal;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'workbook-'));
    portal = await aPortal({ kind: 'sqlite', path: join(folder, 'read.sqlite') });
    await recordEstate(portal.store);
    await recordScene(portal.store, '2026-11-02T09:30:00.000Z');
    const position = { coordinates: { latitude: 38.5, longitude: -9.14, precision: 'locality' } };
    await portal.record('LX', seizure('LX', 'Palermo', { title: 'Casa', ...position }));
    await portal.settled();
  }, 60_000);
  afterAll(async () => {
    await portal.close();
    await rm(folder, { recursive: true });
  });

  const sheet = async (path: string): Promise<Cell[][]> => {
    const answer = await portal.get(`/api/v1/${path}`);
    expect([path, answer.status, answer.headers.get('content-type')]).toEqual([path, 200, 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet']); // prettier-ignore
    return rowsIn(Buffer.from(await answer.arrayBuffer()));
  };

  it.each([
    'assets', 'assets.xlsx?region=19&kind=real-estate', 'assets.xlsx?q=villa', 'assets.xlsx?asOf=2015-06-01', 'money', 'money.xlsx?source=eu', 'support', 'support.xlsx?type=pledge',
    'use', 'use.xlsx?type=visit', 'assigned', 'waiting', 'flags', 'calls', 'calls.xlsx?state=awarded', 'organisations', 'organisations.xlsx?kind=academia', 'dialogues', 'groups', 'indicators',
  ])('holds of %s what its CSV holds, cell by cell', async (asked) => {
    const path = asked.includes('.xlsx') ? asked : `${asked}.xlsx`;
    const [header, ...rows] = await sheet(path);
    const csv = await (await portal.get(`/api/v1/${path.replace('.xlsx', '.csv')}`)).text();
    const [names, ...lines] = parse(csv);
    expect(header).toEqual(names);
    const table = path.split('.')[0]!;
    const types = names!.map((name) => fieldType(table, name).type);
    const said = (text: string, place: number): string => ['number', 'integer'].includes(types[place]!) && text !== '' ? String(Number(text)) : text.replace(/^'(?=[=+\-@])/, ''); // prettier-ignore
    expect(rows.map((row) => row.map(asText))).toEqual(lines.map((line) => line.map(said)));
    expect(rows.length).toBeGreaterThan(0);
  }); // prettier-ignore

  it('has numbers and days as what they are, and never a formula', async () => {
    const columns = ['id', 'title', 'value', 'seized_on', 'assets'];
    const hostile = '=HYPERLINK("http://evil") <b>&amp; _x0041_ \u0000 😀';
    const rows = [
      { id: 'IT-1', title: hostile, value: '1234567.89', seized_on: '2010-05-14', assets: 3 },
      { id: 'IT-2', title: ' two  blanks\nand a line ', value: '12345678901234567.89', seized_on: '1899-01-01', assets: null },
    ]; // prettier-ignore
    const [, first, second] = await written(rows, 'assets', columns);
    expect(first).toEqual([
      'IT-1',
      hostile.replace('\u0000', '\ufffd'),
      1234567.89,
      new Date('2010-05-14T00:00:00Z'),
      3,
    ]);
    // More digits than a double holds, and a day before the days of spreadsheets: as they are, in letters.
    expect(second).toEqual(['IT-2', ' two  blanks\nand a line ', '12345678901234567.89', '1899-01-01', null]);
  });

  it('has money with the decimals of its currency', async () => {
    const rows = ['1200.00', '0.99', '1200', '1.250'].map((value) => ({ value, share: '0.5', currency: 'EUR' }));
    const bytes = Buffer.concat(await workbookOf(rows, 'assets', ['value', 'share', 'currency']).toArray());
    const parts = unzipSync(bytes);
    const [sheet, styles] = ['xl/worksheets/sheet1.xml', 'xl/styles.xml'].map((name) => strFromU8(parts[name]!));
    expect([...sheet!.matchAll(/<c r="A\d" s="(\d)"><v>/g)].map(([, style]) => style)).toEqual(['4', '4', '3', '5']);
    expect(sheet).toContain('<c r="B2"><v>0.5</v></c>');
    const formats = [...styles!.matchAll(/<xf(?: numFmtId="(\d+)")?[^>]*\/>/g)].slice(1).map(([, format]) => format);
    expect(formats.slice(3)).toEqual(['3', '4', '164']);
  });

  it('is refused where it would be too long, with what to do instead', () => {
    expect(() => refuseTooManyRows(MAX_ROWS, MAX_ROWS)).not.toThrow();
    expect(() => refuseTooManyRows(MAX_ROWS + 1, MAX_ROWS)).toThrow(
      /Narrow the filter, or take the same address with \.csv/,
    );
  });

  it('of every list is refused where it would be too long, before anything is sent', async () => {
    const strict = await startPortal({ where: anywhere, profile: italy, workbookRows: 0 }, { kind: 'sqlite', path: join(folder, 'read.sqlite') }); // prettier-ignore
    try {
      const { paths } = (await (await portal.get('/api/v1/openapi.json')).json()) as { paths: object };
      const lists = Object.keys(paths).filter((path) => path.endsWith('.xlsx'));
      expect(lists.length).toBeGreaterThan(8);
      for (const path of lists) {
        const answer = await fetch(strict.url + path);
        expect([path, answer.status, await answer.text()]).toEqual([path, 422, expect.stringContaining('more than 0 rows')]); // prettier-ignore
        expect((await portal.get(path)).status).toBe(200);
      }
    } finally {
      await strict.close();
    }
  });

  it('takes no more memory for many rows than for few', async () => {
    function* many(): Generator<Record<string, string | number>> {
      for (let number = 0; number < MAX_ROWS; number += 1) yield { id: `IT-${number}`, title: `Villa ${number}`.repeat(20), value: '1.00' }; // prettier-ignore
    }
    let [bytes, peak] = [0, 0];
    const before = process.memoryUsage().arrayBuffers;
    for await (const chunk of workbookOf(many(), 'assets', ['id', 'title', 'value'])) {
      bytes += (chunk as Buffer).length;
      peak = Math.max(peak, process.memoryUsage().arrayBuffers - before);
    }
    expect(bytes).toBeGreaterThan(500_000);
    expect(peak).toBeLessThan(64 * 1024 * 1024);
  });

  it('is given as a map too, of what has a position, with how exact it is', async () => {
    const answer = await portal.get('/api/v1/assets.geojson?region=19');
    expect(answer.headers.get('content-type')).toBe('application/geo+json; charset=utf-8');
    const { type, features } = (await answer.json()) as { type: string; features: { geometry: unknown; properties: Record<string, unknown> }[] }; // prettier-ignore
    expect([type, features.length]).toEqual(['FeatureCollection', 1]);
    expect(features[0]!.geometry).toEqual({ type: 'Point', coordinates: [-9.14, 38.5] });
    expect(features[0]!.properties).toMatchObject({ title: 'Casa', precision: 'locality', kind: 'real-estate' });
    expect((await fetch(String(features[0]!.properties.page))).status).toBe(200);
    expect(await (await portal.get('/api/v1/assets.geojson?region=08')).json()).toEqual({ type: 'FeatureCollection', features: [] }); // prettier-ignore
  });
});
