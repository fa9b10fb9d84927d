import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { strFromU8, unzipSync } from 'fflate';
import { italy } from '#domain';
import { addressOf, languages, wordsFor } from '#web';
import type { Language } from '#web';
import { codes, codesOf } from '../../apps/portal/open-data/codes';
import { fieldType } from '../../apps/portal/open-data/fields';
import { publishedTables } from '../../apps/portal/open-data/published-tables';
import { recordScene } from '../api/civic-scene';
import { aPortal } from '../api/portal';
import type { TestPortal } from '../api/portal';
import { recordEstate } from '../reuse/estate';
import { textOf } from '../web/text-of';
import { asText, rowsIn } from './sheet';
import type { Cell } from './sheet';

interface Book {
  readonly sheet: string;
  readonly fromTheRight: boolean;
  readonly rows: Cell[][];
}

const inBooks = publishedTables.filter(({ at }) => at.xlsx !== undefined);

describe('a workbook in the language of a page', () => {
  let folder: string;
  let portal: TestPortal;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'workbook-in-words-'));
    portal = await aPortal({ kind: 'sqlite', path: join(folder, 'read.sqlite') });
    await recordEstate(portal.store);
    await recordScene(portal.store, '2026-11-02T09:30:00.000Z');
    await portal.settled();
  }, 60_000);
  afterAll(async () => {
    await portal.close();
    await rm(folder, { recursive: true });
  });

  const book = async (path: string): Promise<Book> => {
    const answer = await portal.get(path);
    expect([path, answer.status]).toEqual([path, 200]);
    const bytes = Buffer.from(await answer.arrayBuffer());
    const parts = unzipSync(bytes);
    const [, sheet = ''] = /<sheet name="([^"]*)"/.exec(strFromU8(parts['xl/workbook.xml']!)) ?? [];
    const fromTheRight = strFromU8(parts['xl/worksheets/sheet1.xml']!).includes('<sheetView rightToLeft="1"');
    return { sheet, fromTheRight, rows: await rowsIn(bytes) };
  };
  const csv = async (path: string): Promise<string[][]> => parse(await (await portal.get(path)).text());

  it.each(languages.flatMap((language) => inBooks.map(({ name }) => [name, language] as const)))(
    'holds of %s in %s the rows of the CSV, and in the place of its codes the words of the pages',
    async (name, language) => {
      const { columns, at } = inBooks.find((table) => table.name === name)!;
      const words = wordsFor(language, italy);
      const { sheet, fromTheRight, rows } = await book(`${at.xlsx}?lang=${language}`);
      const [header, ...said] = rows;
      const [, ...lines] = await csv(at.csv);
      expect([sheet, fromTheRight]).toEqual([words.t(`openData.table.${name}.title`), language === 'ar']);
      expect(header).toEqual(columns.map((column) => words.column(name, column)));
      expect(said.length).toBe(lines.length);
      const plain = (text: string, column: string): string =>
        ['number', 'integer'].includes(fieldType(name, column).type) && text !== '' ? String(Number(text)) : text;
      const coded = (column: string): boolean =>
        codesOf(name, column) !== undefined || fieldType(name, column).type === 'boolean' || column === 'authority' || `${name}.${column}` === 'annual-returns.part'; // prettier-ignore
      for (const [place, column] of columns.entries()) {
        const cells = said.map((row) => asText(row[place] ?? null));
        const codesThere = lines.map((line) => plain(line[place]!, column));
        if (!coded(column)) {
          expect([column, cells]).toEqual([column, codesThere]);
          continue;
        }
        // Blank where nothing is said, and the same word for the same code, another for another.
        expect([column, cells.map((cell) => cell === '')]).toEqual([column, codesThere.map((code) => code === '')]);
        // What a part of the annual return is called depends on the item it is a part of.
        const keys = codesThere.map((code, row) => (column === 'part' ? `${lines[row]![columns.indexOf('item')]} ${code}` : code)); // prettier-ignore
        const pairs = new Set(cells.map((cell, row) => `${keys[row]} ${cell}`));
        expect([column, pairs.size]).toEqual([column, new Set(keys).size]);
      }
    },
  ); // prettier-ignore

  it('calls things as the page does from which it is taken', async () => {
    const page = await (await portal.get('/it/assegnati')).text();
    const [, link = ''] = /href="(\/api\/v1\/assigned\.xlsx[^"]*)"/.exec(page) ?? [];
    const { rows } = await book(link.replaceAll('&amp;', '&'));
    const [header, ...lines] = rows;
    const text = textOf(page);
    for (const title of ['A che cosa è destinato', 'Se è usato']) {
      const place = header!.indexOf(title);
      const said = lines.map((row) => asText(row[place] ?? null)).filter((cell) => cell !== '');
      expect([title, said.length > 0, said.filter((cell) => !text.includes(cell))]).toEqual([title, true, []]);
    }
    expect(header).toContain('Giorno della consegna');
    expect(link).toBe('/api/v1/assigned.xlsx?lang=it');
  });

  it.each(languages)('is linked in %s by every page that has one, under the very filters of the page', async (language) => {
    const pages = [
      addressOf(language, { page: 'register', query: { kind: 'real-estate' } }),
      addressOf(language, { page: 'calls', query: { state: 'awarded' } }),
      addressOf(language, { page: 'money', query: { source: 'eu' } }),
      addressOf(language, { page: 'indicators' }),
      addressOf(language, { page: 'annual-return' }),
      addressOf(language, { page: 'data' }),
    ];
    for (const page of pages) {
      const html = await (await portal.get(page)).text();
      const links = [...html.matchAll(/href="([^"]*\.xlsx[^"]*)"/g)].map(([, href]) => href!.replaceAll('&amp;', '&'));
      expect([page, links.length > 0, links.filter((link) => !link.endsWith(`lang=${language}`))]).toEqual([page, true, []]);
      for (const link of new Set(links)) expect([link, (await portal.get(link)).status]).toEqual([link, 200]);
    }
  }); // prettier-ignore

  it('is another answer in each language, with a tag of its own', async () => {
    const tags = await Promise.all(
      ['', '?lang=it', '?lang=en', '?lang=ar'].map(async (query) => {
        const answer = await portal.get(`/api/v1/groups.xlsx${query}`);
        const tag = answer.headers.get('etag')!;
        const again = await portal.get(`/api/v1/groups.xlsx${query}`, { 'if-none-match': tag });
        expect([query, answer.headers.get('content-language'), again.status]).toEqual([query, query.slice(6) || null, 304]);
        return tag;
      }),
    ); // prettier-ignore
    expect(new Set(tags).size).toBe(tags.length);
  });

  it.each(['assets', 'money', 'calls', 'indicators', 'annual-returns'])('of %s is refused in a language nobody reads here; other forms have none', async (list) => {
    const answer = await portal.get(`/api/v1/${list}.xlsx?lang=de`);
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({ errors: [{ pointer: '/lang', detail: 'Use one of: it, en, ar.' }] });
    for (const form of ['csv', 'json'])
      if (list !== 'indicators' || form !== 'json')
        expect([form, (await portal.get(`/api/v1/${list}.${form}?lang=it`)).status]).toEqual([form, 400]);
  }); // prettier-ignore

  it('leaves no column of codes without its words', async () => {
    const codeLike = /^[a-z]+(-[a-z]+)*$/;
    const unsaid: string[] = [];
    for (const { name, columns, at } of inBooks) {
      const [, ...lines] = await csv(at.csv);
      for (const [place, column] of columns.entries()) {
        const said = codesOf(name, column) !== undefined || fieldType(name, column).type !== 'string';
        const cells = lines.map((line) => line[place]!).filter((cell) => cell !== '');
        if (!said && cells.length > 0 && cells.every((cell) => codeLike.test(cell))) unsaid.push(`${name}.${column}`);
      }
    }
    expect(unsaid).toEqual([]);
  });
});

describe.each(languages)('the words of workbooks in %s', (language: Language) => {
  const words = wordsFor(language, italy);

  it('name every table as a sheet can be called', () => {
    const names = publishedTables.map(({ name }) => words.table(name) ?? name);
    expect(names.filter((name) => name.length > 31 || /[[\]:*?/\\]|^'|'$/.test(name))).toEqual([]);
    expect(names.filter((name, place) => name === publishedTables[place]!.name)).toEqual([]);
  });

  it('name every column, and no two of a table alike', () => {
    for (const { name, columns } of publishedTables) {
      const titles = columns.map((column) => words.column(name, column));
      expect([name, columns.filter((_, place) => titles[place] === undefined)]).toEqual([name, []]);
      expect([name, titles.filter((title, place) => titles.indexOf(title) !== place)]).toEqual([name, []]);
    }
  });

  it('say every code of every list, no two of a list alike', () => {
    const lists = Object.entries(codes).map(([column, { all, textOf: key }]) => {
      const texts = all.map((code) => words.named(key(code)));
      const unsaid = all.filter((_, place) => texts[place] === undefined);
      return [column, unsaid, texts.filter((text, place) => texts.indexOf(text) !== place)];
    });
    expect(lists.filter(([, unsaid, twice]) => unsaid!.length + twice!.length > 0)).toEqual([]);
  });
});
