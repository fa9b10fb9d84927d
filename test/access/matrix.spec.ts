import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { aggregates, streamKinds } from '#domain';
import { checkOf, dataFor, rowsOf, routesIn } from './matrix-rows';
import type { Row } from './matrix-rows';
import { PERSONAL, RESTRICTED, aWorld } from './matrix-world';
import type { Column, World } from './matrix-world';
import { aRegistry, newKey } from './registry';
import type { TestRegistry } from './registry';

const FILE = join(__dirname, 'matrix.txt');

/** Written anew only when this is set; then look at what has changed, line by line. */
const updating = process.env.UPDATE_MATRIX === '1';

/**
 * Who may ask for what: every route and every command of the running registry, asked over HTTP by people in every role and relation, and compared with one file that is read and
 * agreed on. A route that is not in the file fails, and so does one that is gone.
 */
describe('the matrix of who may do what', () => {
  let registry: TestRegistry;
  let world: World;
  let rows: readonly Row[];

  beforeAll(async () => {
    registry = await aRegistry();
    world = await aWorld(registry);
    await registry.projecting.runner.reached(await registry.store.head(), 60_000);
    const router = registry.app.getHttpAdapter().getInstance();
    rows = routesIn(router.printRoutes({ commonPrefix: false })).flatMap((route) => rowsOf(route, world));
  });
  afterAll(() => registry.close());

  /**
   * `+` is let in, whatever is said then, and `-` too, and finds nothing; `R` is shown restricted fields, `P` personal ones; `.` is turned away, `?` is asked to sign in.
   */
  async function cell(row: Row, column: Column): Promise<string> {
    const answer = await asked(row, column);
    const { status } = answer;
    if (status === 401 || /^\/sign-in\b/.test(answer.headers.get('location') ?? '')) return '?';
    const text = await answer.text();
    if (status === 403) return '.';
    if (status >= 500) return '!';
    if (status === 404) return '-';
    return text.includes(PERSONAL) ? 'P' : text.includes(RESTRICTED) ? 'R' : '+';
  }

  const tokens = new Map<Column, string>();
  /** What proves that a form is from a page that was shown to this very person. */
  async function tokenFor(column: Column): Promise<string> {
    const known = tokens.get(column);
    if (known !== undefined) return known;
    const page = await registry.send('GET', '/office/dialogues/new/ask-question', column.person);
    const token = /name="token" value="([^"]*)"/.exec(await page.text())?.[1] ?? '';
    tokens.set(column, token);
    return token;
  }

  async function asked({ method, path, body, form }: Row, column: Column): Promise<Response> {
    if (form) {
      const sent = new URLSearchParams([...form, ['token', await tokenFor(column)]].map((pair) => [...pair]));
      return registry.send('POST', path(column), column.person, sent);
    }
    // No stream is at this revision: what is let in is answered, and nothing is recorded.
    const headers = method === 'POST' ? { ...newKey(), 'if-match': '"999999999"' } : {};
    const from = { ...headers, ...(path(column).startsWith('/ask/') && { origin: registry.url }) };
    return registry.send(method, path(column), column.person, body, from);
  }

  /** The cells of each line, once they were asked for. */
  const found = new Map<string, readonly string[]>();

  async function matrix(): Promise<string> {
    const { columns } = world;
    const lines: string[] = [];
    const open: string[] = [];
    for (const row of rows) {
      const cells = await Promise.all(columns.map((column) => cell(row, column)));
      const route = `${row.method.padEnd(4)} ${row.label}`;
      found.set(route, cells);
      if (new Set(cells).size === 1 && /[+-]/.test(cells[0] ?? '')) open.push(route);
      else lines.push(`${cells.map((each) => each.padEnd(2)).join(' ')}  ${route}`);
    }
    return [
      'Who may ask for what. Written by UPDATE_MATRIX=1 npx jest test/access/matrix; read docs/decisions/011-access.md.',
      '+ let in (the rules of the domain come after)   . turned away: 403   ? asked to sign in: 401, or the page to sign in',
      'R let in, and shown restricted fields   P let in, and shown personal fields   - finds nothing there: 404',
      '',
      ...columns.map(({ code, words }) => `${code}  ${words}`),
      '',
      columns.map(({ code }) => code).join(' '),
      ...lines,
      '',
      'Open to everybody, and without restricted or personal fields:',
      ...open,
      '',
    ].join('\n');
  }

  it('is as agreed', async () => {
    const before = await registry.store.head();
    const text = await matrix();
    if (updating) writeFileSync(FILE, text);
    expect(text).toBe(readFileSync(FILE, 'utf8'));
    // Reading restricted data is recorded; nothing else was, but what the process managers do whenever it is due.
    const since = await registry.store.readAll(before, 10_000);
    expect([
      ...new Set(since.filter(({ metadata }) => metadata.source.kind !== 'process').map(({ type }) => type)),
    ]).toEqual(['RestrictedDataRead']);
  }, 120_000);

  it('takes by a form of the back office what the command API takes from the same person, and nothing else', async () => {
    const { columns, ids } = world;
    const people = columns.filter(({ code }) => !['VI', 'OT', 'OR'].includes(code));
    const differing: string[] = [];
    for (const kind of streamKinds) {
      const { collection, commands, openings } = aggregates[kind];
      for (const name of [...commands.keys()].filter((each) => !openings.includes(each))) {
        const cells = found.get(`POST /api/v1/${collection}/{id}/${name}`);
        const form = checkOf(kind, name, dataFor(kind, name));
        const row: Row = {
          method: 'POST',
          label: name,
          path: () => `/office/${collection}/${ids[kind]}/${name}`,
          form,
        };
        const answers = await Promise.all(people.map((column) => asked(row, column)));
        people.forEach((column, place) => {
          const status = answers[place]?.status ?? 0;
          const taken = status === 200 || status === 409;
          const api = cells?.[columns.indexOf(column)] ?? 'not asked';
          if (status !== 403 && !taken) differing.push(`${column.code} ${kind} ${name}: ${status}`);
          else if (taken !== /[+-]/.test(api)) differing.push(`${column.code} ${kind} ${name}: ${status}, by the API ${api}`); // prettier-ignore
        });
      }
    }
    expect(differing).toEqual([]);
  }, 120_000);

  it('has no line twice, and lets nobody find a server error', () => {
    const text = readFileSync(FILE, 'utf8');
    const labels = text.split('\n').flatMap((line) => /(?:GET|POST) +\/.*$/.exec(line) ?? []);
    expect(new Set(labels).size).toBe(labels.length);
    expect(labels.length).toBeGreaterThan(150);
    expect(text).not.toMatch(/^[^A-Z]*!/m);
  });
});
