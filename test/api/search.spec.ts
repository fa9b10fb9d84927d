import type { JsonObject } from '#domain';
import { recordEstate } from '../reuse/estate';
import { onBothDatabases } from '../read-models/databases';
import { loopholesIn, textOf } from '../web/text-of';
import { CANARY, HOSTILE, recordScene, scene } from './civic-scene';
import { aPortal, seizure } from './portal';
import type { TestPortal } from './portal';

interface Part {
  readonly items: readonly JsonObject[];
  readonly total: number;
  readonly totalIsMinimum: boolean;
  readonly all: string | null;
}
const kinds = ['assets', 'areas', 'organisations', 'calls', 'dialogues', 'groups'] as const;
type Found = Readonly<Record<(typeof kinds)[number], Part>> & {
  readonly exactly: Readonly<Record<string, readonly { readonly id: string }[]>> & {
    readonly entry: JsonObject | null;
  };
};

onBothDatabases((fresh) => {
  describe('one search over everything', () => {
    let portal: TestPortal;
    let entry: string;
    beforeAll(async () => {
      portal = await aPortal(await fresh());
      await recordEstate(portal.store);
      await recordScene(portal.store, '2026-11-02T09:30:00.000Z');
      await portal.record('12/A', seizure('12/A', 'Forlì', { title: 'Bottega' }));
      await portal.record('12/B', seizure('12/B', 'Forlì', { title: 'Officina', address: 'Via Roma 12, scala A' }));
      await portal.settled();
      [entry = ''] = (await portal.store.readStream(`asset-${scene.villa}`, { max: 1 })).map(({ id }) => id);
    }, 120_000);
    afterAll(() => portal.close());

    const find = async (q: string): Promise<Found> => {
      const answer = await portal.get(`/api/v1/search?q=${encodeURIComponent(q)}`);
      expect([q, answer.status]).toEqual([q, 200]);
      return (await answer.json()) as Found;
    };
    const page = async (q: string, path = '/en/search'): Promise<string> => {
      const answer = await portal.get(`${path}?q=${encodeURIComponent(q)}`);
      expect([q, answer.status]).toEqual([q, 200]);
      return answer.text();
    };
    const totals = (found: Found): Record<string, number> =>
      Object.fromEntries(kinds.filter((kind) => found[kind].total > 0).map((kind) => [kind, found[kind].total]));

    it('finds of every kind what has all words by their beginnings, without accents, and says how many', async () => {
      expect(totals(await find('terra buona'))).toEqual({ organisations: 2 });
      expect(totals(await find('FORLI'))).toEqual({ areas: 2, assets: 4 });
      expect(totals(await find('aspettano lav'))).toEqual({ dialogues: 1 });
      expect(totals(await find('perche vuota'))).toEqual({ dialogues: 1 });
      expect(totals(await find('riuso duri'))).toEqual({ groups: 1 });
      expect(totals(await find('secondo bando'))).toEqual({ calls: 1 });
      expect(totals(await find('terra nowhere'))).toEqual({});
    });

    it('leads to the list of all of them, which holds as many', async () => {
      const found = await find('palermo');
      expect(Object.keys(totals(found)).length).toBeGreaterThan(3);
      for (const kind of kinds.filter((each) => each !== 'areas' && found[each].total > 0)) {
        const list = (await (await portal.get(found[kind].all!)).json()) as Record<string, unknown>;
        expect([kind, list.total]).toEqual([kind, found[kind].total]);
      }
      const html = await page('forli');
      expect(textOf(/<a href="\/en\/assets\?q=forli">.*?<\/a>/.exec(html)![0]).trim()).toBe('All results: 4 assets');
      expect((await portal.get('/en/assets?q=forli')).status).toBe(200);
      // Where all are shown there is nothing more to see.
      expect(await page('palermo')).not.toContain('href="/en/groups?q=palermo"');
    });

    it('finds areas by their own names, those called exactly so first, each with its assets and its page', async () => {
      const { areas } = await find('palermo');
      expect(areas.items.map(({ level, name }) => [level, name])).toEqual([
        ['province', 'Palermo'],
        ['municipality', 'Palermo'],
      ]);
      const { total } = (await (await portal.get('/api/v1/assets?province=082')).json()) as { total: number };
      expect(areas.items[0]!.assets).toBe(total);
      // A region is found by its name, its municipalities are not; they are by both names.
      expect((await find('sicilia')).areas.items.map(({ level }) => level)).toEqual(['region']);
      expect((await find('palermo sicilia')).areas.total).toBe(2);
      expect((await find('forli-cesena')).areas.items.map(({ name }) => name)).toEqual(['Forlì-Cesena', 'Forlì']);
      const html = await page('sicilia');
      expect(html).toContain('href="/en/areas/19"');
      expect(textOf(html)).toMatch(/Region: \d+ assets\./);
    });

    it('leads straight to what has exactly this id, whatever its kind and the case of its letters', async () => {
      for (const [kind, id, path] of [
        ['assets', scene.villa, `/en/assets/${scene.villa}`],
        ['organisations', scene.terra, `/en/organisations/${scene.terra}`],
        ['calls', scene.open, `/en/calls/${scene.open}`],
        ['dialogues', scene.answered, `/en/dialogue/${scene.answered}`],
        ['groups', scene.group, `/en/groups/${scene.group}`],
      ] as const)
        for (const q of [id, ` ${id.toLowerCase()} `]) {
          expect((await find(q)).exactly[kind]!.map((each) => each.id)).toEqual([id]);
          const [, first = ''] = /<ul class="found-list">.*?href="([^"]+)"/s.exec(await page(q)) ?? [];
          expect(first).toBe(path);
        }
    });

    it('leads to assets and organisations by the codes of other registers, and to no other by a part of one', async () => {
      const titles = async (q: string): Promise<unknown[]> => (await find(q)).exactly.assets!.map((each) => (each as JsonObject).title as string); // prettier-ignore
      expect(await titles('12/A')).toEqual(['Bottega']);
      expect(await titles('12/a')).toEqual(['Bottega']);
      expect(await titles('12')).toEqual([]);
      expect(await titles('12 A')).toEqual([]);
    });

    it('leads to an entry and its proof by its id', async () => {
      expect((await find(entry)).exactly.entry).toEqual({ id: entry, kind: 'asset', of: scene.villa });
      const html = await page(entry.toUpperCase());
      expect(html).toContain(`href="/en/integrity/entries/${entry}"`);
      expect(html).toContain(`href="/en/assets/${scene.villa}#entry-0"`);
    });

    it('says of an id that has the form of one and belongs to nothing that it was mistyped', async () => {
      const wrong = `${scene.villa.slice(0, -1)}${scene.villa.endsWith('7') ? '8' : '7'}`;
      expect(textOf(await page(wrong))).toContain(`No dossier has the code ${wrong}`);
    });

    it('finds what the site explains, in the language of the page', async () => {
      expect(await page('confisca', '/it/cerca')).toContain('href="/it/glossario#confiscation"');
      expect(await page('red fl')).toContain('href="/en/red-flags"');
      expect(await page('مصادرة', '/ar/search')).toMatch(/href="\/ar\/glossary#\w+"/);
    });

    it('finds nothing that nobody may read: neither before moderation nor of what is withheld, drafted or restricted', async () => {
      for (const q of [CANARY, 'kanarien', 'bozza']) expect([q, totals(await find(q))]).toEqual([q, {}]);
      expect((await find(scene.draft)).exactly.calls).toEqual([]);
      expect(await page('terra')).not.toContain(CANARY);
    });

    it('helps whoever found nothing, typed nothing, or typed no word', async () => {
      for (const path of ['/it/cerca', '/en/search', '/ar/search']) {
        const html = await (await portal.get(path)).text();
        expect(html).toMatch(/href="\/(it\/cerca|en\/search|ar\/search)\?q=Sicilia"/);
      }
      expect(textOf(await page('xyzxyz'))).toContain('Nothing has “xyzxyz”');
      expect(textOf(await page('!?'))).toContain('Write at least one word or number');
      expect(totals(await find('!?'))).toEqual({});
      expect(totals(await find(''))).toEqual({});
    });

    it('takes two hundred characters and eight words, and no more', async () => {
      expect((await portal.get(`/en/search?q=${'a'.repeat(200)}`)).status).toBe(200);
      expect((await portal.get(`/en/search?q=${'a'.repeat(201)}`)).status).toBe(400);
      expect((await portal.get(`/api/v1/search?q=${'a'.repeat(201)}`)).status).toBe(400);
      expect((await portal.get('/api/v1/search?q=a&unknown=1')).status).toBe(400);
      expect(totals(await find(`${'terra '.repeat(8)}nowhere`))).toEqual(totals(await find('terra')));
    });

    it('stays text whatever is typed, and is no pattern of the database', async () => {
      for (const q of [HOSTILE, '"', "'", '%', '_', '*', 'a" OR "b', "x') --", 'terra*', '\\', 'NEAR(a b)', '-', '--', "a'b", 'a:*', 'a & b | !c', '\u202Eabc', '𝔸', '\0']) {
        const html = await page(q);
        expect([q, loopholesIn(html)]).toEqual([q, []]);
        await find(q);
      }
      expect(totals(await find('t_rra'))).toEqual({});
      expect(totals(await find('%'))).toEqual({});
    }); // prettier-ignore

    it('stands in the header of every page, where the page does not begin with it', async () => {
      const box = /<form class="site-search" role="search" method="get" action="([^"]+)"/;
      for (const [path, action] of [['/en/assets', '/en/search'], ['/it/bandi', '/it/cerca'], ['/ar/glossary', '/ar/search'], ['/en/areas', '/en/search']] as const)
        expect([path, box.exec(await (await portal.get(path)).text())?.[1]]).toEqual([path, action]);
      for (const path of ['/en', '/en/search', '/en/search?q=terra']) {
        const html = await (await portal.get(path)).text();
        expect([path, box.test(html), /<form role="search" method="get" action="\/en\/search"/.test(html)]).toEqual([path, false, true]);
      }
    }); // prettier-ignore

    it('is a page of its own for search engines, and its results are not', async () => {
      expect(await (await portal.get('/en/search')).text()).not.toContain('noindex');
      expect(await page('terra')).toContain('noindex');
    });

    it('is told anew after every entry', async () => {
      const before = await portal.get('/api/v1/search?q=cantina');
      expect(totals((await before.json()) as Found)).toEqual({});
      await portal.record('NEW', seizure('NEW', 'Palermo', { title: 'Cantina' }));
      await portal.settled();
      const after = await portal.get('/api/v1/search?q=cantina', { 'if-none-match': before.headers.get('etag')! });
      expect(after.status).toBe(200);
    });
  });
});
