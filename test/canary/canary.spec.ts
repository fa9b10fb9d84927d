import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { CLASSIFICATION, aggregates, events, kindOfCollection } from '#domain';
import type { StreamKind } from '#domain';
import { languages, stylesheets } from '#web';
import { routesIn } from '../access/matrix-rows';
import { aRegistry } from '../access/registry';
import type { TestRegistry } from '../access/registry';
import { formsOf, plant } from './planting';
import type { Planted } from './planting';

/** Something that not everybody may see, and where it was found. */
interface Leak {
  readonly field: string;
  readonly form: string;
  readonly where: string;
}

/** Finds any of many texts in bytes in one pass: by their first eight characters, then whole. */
class Search {
  private readonly byStart = new Map<string, { readonly form: string; readonly field: string }[]>();

  constructor(planted: Planted, which: (classification: string) => boolean) {
    for (const { needle, field, classification } of planted.canaries) {
      if (!which(classification)) continue;
      for (const form of formsOf(needle)) {
        const start = form.slice(0, 8);
        this.byStart.set(start, [...(this.byStart.get(start) ?? []), { form, field }]);
      }
    }
  }

  in(bytes: Uint8Array, where: string): Leak[] {
    const text = Buffer.from(bytes).toString('latin1');
    const leaks: Leak[] = [];
    for (let place = 0; place + 8 <= text.length; place += 1)
      for (const { form, field } of this.byStart.get(text.slice(place, place + 8)) ?? [])
        if (text.startsWith(form, place)) leaks.push({ field, form, where });
    return leaks;
  }
}

const said: string[] = [];
for (const stream of [process.stdout, process.stderr]) {
  const write = stream.write.bind(stream);
  stream.write = (chunk: string | Uint8Array, ...rest: []) => {
    said.push(Buffer.from(chunk as string).toString('latin1'));
    return write(chunk, ...rest);
  };
}

describe('what not everybody may see', () => {
  let registry: TestRegistry;
  let planted: Planted;
  let everything: Search;
  let routes: readonly string[];

  beforeAll(async () => {
    registry = await aRegistry();
    planted = plant(new Date().toISOString());
    everything = new Search(planted, () => true);
    for (const [stream, facts] of planted.streams) await registry.store.append(stream, facts, 'no-stream');
    const head = await registry.store.head();
    await registry.projecting.runner.reached(head, 120_000);
    await registry.publishedFiles.reached(head);
    await registry.erasing.reached(head);
    expect(await registry.notarising!.notary.reached(head, 60_000)).toBe(true);
    expect(await registry.notarising!.indexed(60_000)).toBe(true);
    // A projection that stopped would show nothing, and so hide a leak.
    expect((await registry.projecting.health()).reasons).toEqual([]);
    routes = routesIn(registry.app.getHttpAdapter().getInstance().printRoutes({ commonPrefix: false }));
  }, 240_000);
  afterAll(() => registry.close());

  it('was planted in every field of every event type that is not public, but for those that can hold nothing of its own', () => {
    const wanted = [...events.values()].flatMap(({ definition: { type, data } }) =>
      Object.entries(data.properties)
        .filter(([, schema]) => schema[CLASSIFICATION] !== 'public')
        .map(([field]) => `${type}.${field}`),
    );
    const found = new Set(planted.canaries.map(({ field }) => field));
    expect(wanted.filter((field) => !found.has(field)).sort()).toEqual([...planted.closed].sort());
    expect(wanted.length).toBeGreaterThan(75);
    expect(planted.closed.length).toBeLessThan(wanted.length / 3);
  });

  it('is found by this search in each of its forms, whatever stands around', () => {
    const { needle, field } = planted.canaries[0]!;
    for (const before of ['', 'x', 'xy'])
      for (const coding of ['base64', 'base64url', 'hex'] as const)
        expect(
          everything.in(Buffer.from(Buffer.from(`${before}${needle}z`).toString(coding)), 'here')[0],
        ).toMatchObject({ field });
    expect(everything.in(Buffer.from(`a${needle}b`), 'here')).toHaveLength(1);
  });

  /** Paths of a route, with each id there is of the kind its address names. */
  function pathsOf(route: string): readonly string[] {
    const address = route.split(' ')[1]!;
    if (address.endsWith('.css')) return stylesheets.map(({ path }) => path);
    const parts = address.split('/');
    const place = parts.findIndex((part) => part.startsWith(':id') || part.startsWith(':call'));
    const kind = kindIn(parts[place - 1] ?? '');
    const filled = (id: string): string =>
      parts.map((part, at) => (at === place ? id : (fillings[part.replace(/\(.*/, '')] ?? part))).join('/');
    if (place < 0) return [filled('')];
    if (kind) return planted.ids[kind].map(filled);
    const entries = [...planted.streams.values()].flat().map(({ id }) => id);
    return /entr|annot/.test(parts[place - 1] ?? '') ? entries.filter((_, at) => at % 5 === 0).map(filled) : [filled('none')];
  } // prettier-ignore

  const byWord: Readonly<Record<string, StreamKind>> = {
    beni: 'asset', asset: 'asset', bandi: 'call', organizzazioni: 'organisation', dialogo: 'dialogue', dialogue: 'dialogue', gruppi: 'group', received: 'dialogue',
  }; // prettier-ignore
  const kindIn = (word: string): StreamKind | undefined => kindOfCollection(word) ?? byWord[word];
  const fillings: Readonly<Record<string, string>> = {
    ':language': 'en', ':about': 'asset', ':application': 'none', ':number': '1', ':sha256': '0'.repeat(64), ':code': 'not-found', ':part': 'pages.xml', ':act': 'invite',
    ':day': new Date().toISOString().slice(0, 10), ':file': 'any', '*': 'tile/entries/000', ':collection': 'assets', ':command': 'record-problem', ':script': 'apply.js',
  }; // prettier-ignore

  async function leaksIn(path: string, accept: string): Promise<Leak[]> {
    const answer = await fetch(registry.url + path, { headers: { accept, 'accept-encoding': 'identity' }, redirect: 'manual' });
    const where = `GET ${path} (${accept}): ${answer.status}`;
    const headers = [...answer.headers].map((pair) => pair.join(': ')).join('\n');
    return [...everything.in(Buffer.from(await answer.arrayBuffer()), where), ...everything.in(Buffer.from(headers), `${where}, headers`)];
  } // prettier-ignore

  it('is in no answer to a visitor, on any route', async () => {
    const leaks: Leak[] = [];
    let asked = 0;
    const known = routes.filter((route) => route.startsWith('GET '));
    for (const route of known)
      for (const path of pathsOf(route))
        for (const accept of /\/api\/|\/data\//.test(path) ? ['application/json', 'text/csv'] : ['text/html']) {
          asked += 1;
          leaks.push(...(await leaksIn(path, accept)));
        }
    expect(leaks.slice(0, 20)).toEqual([]);
    expect(known.length).toBeGreaterThan(150);
    expect(asked).toBeGreaterThan(1000);
  }, 600_000);

  it('is in no answer to bad requests', async () => {
    const leaks: Leak[] = [];
    const [stream] = planted.streams.keys();
    for (const language of languages) leaks.push(...(await leaksIn(`/${language}/no-such-page`, 'text/html')));
    for (const path of [
      '/api/v1/assets?region=%00', '/api/v1/assets?cursor=x', '/api/v1/changes?after=-1', '/api/v1/changes?after=0&limit=1000', `/api/v1/restricted/assets/${stream}?purpose=abc`, '/log/checkpoint', '/log/keys', '/log/tile/0/000',
    ]) leaks.push(...(await leaksIn(path, 'application/json'))); // prettier-ignore
    expect(leaks).toEqual([]);
  });

  /** Files below the data folder, by what may hold what. */
  const files = (): readonly (readonly [string, Buffer])[] =>
    readdirSync(registry.folder, { recursive: true, withFileTypes: true })
      .filter((each) => each.isFile())
      .map((each) => join(each.parentPath, each.name))
      .map((path) => [path.slice(registry.folder.length + 1), readFileSync(path)] as const);

  /** Tiles may be served as they lie there, and a browser unpacks them. */
  const unpacked = (name: string, bytes: Buffer): Buffer =>
    name.endsWith('.gz') ? gunzipSync(bytes) : name.endsWith('.br') ? brotliDecompressSync(bytes) : bytes;

  it('is in no file but the event log, whatever else lies in the data folder', () => {
    const leaks = files()
      .filter(([name]) => !name.startsWith('events.sqlite'))
      .flatMap(([name, bytes]) => everything.in(unpacked(name, bytes), name));
    expect(leaks.slice(0, 20)).toEqual([]);
    const names = files().map(([name]) => name);
    for (const each of [/^read-models\.sqlite/, /^processes\.sqlite/, /^transparency-log\/.*tile/])
      expect(names.some((name) => each.test(name))).toBe(true);
  });

  it('is not in the event log in plain either, where it is personal', () => {
    const personal = new Search(planted, (classification) => classification === 'personal');
    const logs = files().filter(([name]) => name.startsWith('events.sqlite'));
    expect(logs.flatMap(([name, bytes]) => personal.in(bytes, name)).slice(0, 20)).toEqual([]);
    const restricted = new Search(planted, (classification) => classification === 'restricted');
    expect(logs.flatMap(([name, bytes]) => restricted.in(bytes, name)).length).toBeGreaterThan(100);
  });

  it('is in nothing that the program says', () => {
    process.stderr.write('The search listens.\n');
    expect(said.join('')).toContain('The search listens.');
    expect(everything.in(Buffer.from(said.join('')), 'stdout or stderr')).toEqual([]);
  });

  it('does not show that there are streams which are closed as a whole', async () => {
    const closed = planted.ids.account.flatMap((id) => [id]);
    expect(closed.length).toBe(aggregates.account.commands.size);
    for (const path of ['/api/v1/changes?after=0&limit=1000', '/en', '/en/assets', '/sitemap.xml']) {
      const text = await (await fetch(registry.url + path)).text();
      expect(closed.filter((id) => text.includes(id))).toEqual([]);
    }
  });
});
