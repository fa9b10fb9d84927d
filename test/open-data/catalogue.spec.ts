import { execFileSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { italy, generic } from '#domain';
import { officeLanguages, wordsFor } from '#web';
import { catalogueOf, prefixes } from '../../apps/portal/open-data/catalogue';
import { licences } from '../../apps/portal/open-data/publication';
import { publishedTables } from '../../apps/portal/open-data/published-tables';
import { jsonLdOf, turtleOf } from '../../apps/portal/open-data/rdf';
import { aPortal, seizure } from '../api/portal';
import type { TestPortal } from '../api/portal';

interface Read {
  readonly triples: readonly (readonly [subject: string, predicate: string, object: string])[];
  readonly flaws: readonly string[];
  readonly same: boolean;
}

const DCAT = 'http://www.w3.org/ns/dcat#';

/** The catalogue as readers of others understand it (n3, jsonld, rdf-validate-shacl). */
function read(turtle: string, jsonld: unknown, shapes = join(__dirname, 'dcat-ap.ttl')): Read {
  const input = JSON.stringify({ turtle, jsonld });
  const output = execFileSync(process.execPath, [join(__dirname, 'rdf.mjs'), shapes], { input, maxBuffer: 64 * 1024 * 1024 }); // prettier-ignore
  return JSON.parse(output.toString('utf8')) as Read;
}

describe('the catalogue', () => {
  let folder: string;
  let portal: TestPortal;
  let turtle: string;
  let jsonld: unknown;
  let graph: Read;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'catalogue-'));
    portal = await aPortal({ kind: 'sqlite', path: join(folder, 'read.sqlite') });
    await portal.record('A', seizure('A', 'Palermo', {}, '2011-02-03'));
    await portal.record('B', seizure('B', 'Forlì', {}, '2009-11-30'));
    await portal.settled();
    turtle = await (await portal.get('/data/catalogue.ttl')).text();
    jsonld = await (await portal.get('/data/catalogue.jsonld')).json();
    graph = read(turtle, jsonld);
  }, 60_000);
  afterAll(async () => {
    await portal.close();
    await rm(folder, { recursive: true });
  });

  it('is what DCAT-AP 3 asks for', () => expect(graph.flaws).toEqual([]));

  it('is one graph, in Turtle and in JSON-LD', () => {
    expect(graph.same).toBe(true);
    expect(read(turtle.replace('2009-11-30', '2009-12-01'), jsonld).same).toBe(false);
  });

  it('is checked by shapes that find what is missing', () => {
    for (const [gone, what] of [['dct:publisher', 'publisher'], ['dcat:accessURL', 'accessURL'], ['dcat:startDate', 'startDate']] as const)
      expect(read(turtle.replaceAll(gone, 'dct:relation'), jsonld).flaws.join('\n')).toContain(what);
  }); // prettier-ignore

  it('leads to every table by addresses that answer in the form it says', async () => {
    const of = (predicate: string): Map<string, string> =>
      new Map(graph.triples.filter(([, name]) => name === DCAT + predicate).map(([subject, , object]) => [subject, object])); // prettier-ignore
    const [addresses, types] = [of('downloadURL'), of('mediaType')];
    expect(addresses.size).toBeGreaterThanOrEqual(2 * publishedTables.length);
    for (const [distribution, address] of addresses) {
      const answer = await fetch(address);
      const [type] = (answer.headers.get('content-type') ?? '').split(';');
      expect([address, answer.status, `https://www.iana.org/assignments/media-types/${type}`]).toEqual([address, 200, types.get(distribution)]); // prettier-ignore
      await answer.arrayBuffer();
    }
  });

  it('begins with the first seizure and was changed with the last entry', () => {
    const said = (name: string) => new Set(graph.triples.filter(([, predicate]) => predicate.endsWith(name)).map(([, , object]) => object)); // prettier-ignore
    expect(said('#startDate')).toEqual(new Set(['2009-11-30']));
    expect(said('/modified')).toEqual(new Set(['2026-11-02T09:30:00.000Z']));
  });

  it('lets nothing of a hostile host or publisher out of its place', () => {
    const origin = 'http://a> . <urn:x> <urn:y> <urn:z> . <b';
    const publication = { origin, publisher: 'A "quoted" \\ name\n. <urn:x> <urn:y> <urn:z> .', licence: licences['CC0-1.0'], position: 3 }; // prettier-ignore
    const spoken = officeLanguages.map((language) => wordsFor(language, italy));
    const resources = catalogueOf(publishedTables, spoken, publication, { from: '2009-11-30', modified: '2026-11-02T09:30:00.000Z', country: 'IT' }); // prettier-ignore
    const { triples, same } = read(turtleOf(resources, prefixes), jsonLdOf(resources, prefixes));
    expect(triples.filter(([subject]) => subject === 'urn:x')).toEqual([]);
    expect(triples.map(([, , object]) => object)).toContain(publication.publisher);
    expect(same).toBe(true);
  });

  it('says nothing of a place or a time that nobody knows', () => {
    const publication = { origin: 'http://host', publisher: 'P', licence: licences['CC-BY-4.0'], position: -1 };
    const spoken = officeLanguages.map((language) => wordsFor(language, generic));
    const resources = catalogueOf(publishedTables, spoken, publication, { from: undefined, modified: undefined, country: 'XX' }); // prettier-ignore
    expect(turtleOf(resources, prefixes)).not.toMatch(/spatial|temporal|modified|undefined/);
  });
});
