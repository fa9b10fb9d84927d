import { existsSync } from 'node:fs';
import { chmod, copyFile, mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { italy } from '#domain';
import type { RecordedEvent } from '#domain';
import type { Problem } from '#http';
import { ReadDatabase, forgetDay, keptDays, makeDay } from '#read-models';
import type { Making } from '#read-models';
import { KnownDays, MOST_OPEN } from '../../apps/portal/known-days/known-days';
import type { Portal } from '../../apps/portal/server';
import { onBothDatabases } from '../read-models/databases';
import { textOf } from '../web/text-of';
import { GrowingWorld, entriesInOrder } from './growing-world';

const NOW = '2026-11-25T12:00:00.000Z';
const [TODAY, DAY, ANOTHER] = ['2026-11-25', '2026-11-05', '2026-10-30'];

/** A log of one stream that nobody else has, to be taken for another log. */
const ofAnother = (entries: readonly RecordedEvent[]): readonly RecordedEvent[] =>
  entries.map((event) => ({ ...event, id: `${event.id.slice(0, -1)}${event.id.endsWith('0') ? '1' : '0'}` }));

onBothDatabases((fresh, kind) => {
  describe('a day of knowledge beside the present read database', () => {
    let world: GrowingWorld;
    let portal: Portal;
    let entries: readonly RecordedEvent[];
    const making = (day: string, more: Partial<Making> = {}): Making => ({ folder: world.knownDays, day, today: TODAY, profile: italy, ...more }); // prettier-ignore
    const get = (path: string, headers: Record<string, string> = {}): Promise<Response> =>
      fetch(portal.url + path, { headers, redirect: 'manual' });
    const problem = async (path: string): Promise<Problem> => (await get(path)).json() as Promise<Problem>;
    const page = async (path: string): Promise<string> => (await get(path, { accept: 'text/html' })).text();

    beforeAll(async () => {
      const settings = await fresh();
      world = await GrowingWorld.begin(() => settings);
      ({ entries } = await entriesInOrder());
      await world.write(entries);
      portal = await world.portalAt(NOW);
    }, 120_000);
    afterAll(() => world.end());

    it('that is not kept is a problem document, with the days that are and the command that makes another', async () => {
      expect(await (await get('/api/v1/known-days')).json()).toEqual({ knownDays: [] });
      const said = await problem(`/api/v1/waiting?knownAt=${DAY}`);
      expect(said).toMatchObject({ type: '/problems/day-not-kept', status: 404, facts: { knownAt: DAY, kept: [] } });
      expect(said.detail).toContain(`npm run auditor -- known-at ${DAY}`);
      const told = textOf(await page(`/it/attese?knownAt=${DAY}`));
      expect(told).toContain('Non si conserva ancora alcun giorno passato.');
      expect(told).toContain(`npm run auditor -- known-at ${DAY}`);
    });

    it.each([['2026-02-30'], ['yesterday'], ['2026-11-05&knownAt=2026-11-06']])('named %s is refused', async (text) => {
      const said = await problem(`/api/v1/money?knownAt=${text}`);
      expect(said).toMatchObject({ status: 400, errors: [{ pointer: '/knownAt' }] });
    });

    it('of today, of a day to come or of no day is the present', async () => {
      const present = await (await get('/api/v1/money')).text();
      for (const day of [TODAY, '2030-01-01', ''])
        expect(await (await get(`/api/v1/money?knownAt=${day}`)).text()).toBe(present);
      expect((await get(`/en/money?knownAt=${TODAY}`)).headers.get('location')).toBe('/en/money');
    });

    it('is not made before it is over, nor where nothing had been recorded', async () => {
      await expect(makeDay(world.store, making(TODAY))).rejects.toThrow('is not over');
      await expect(makeDay(world.store, making('2001-01-01'))).rejects.toThrow('Nothing had been recorded');
      expect(await keptDays(world.knownDays, italy)).toEqual([]);
    });

    it('has its name when it is whole, and goes on after an interruption where it was', async () => {
      const stopping = new AbortController();
      const taken: number[] = [];
      const cut = makeDay(world.store, making(DAY, { signal: stopping.signal, onProgress: (so) => { taken.push(so); stopping.abort(new Error('cut off')); } })); // prettier-ignore
      await expect(cut).rejects.toThrow('cut off');
      expect(taken.length).toBeGreaterThan(0);
      expect([existsSync(join(world.knownDays, `${DAY}.sqlite`)), existsSync(join(world.knownDays, `${DAY}.unfinished`))]).toEqual([false, true]);
      expect((await problem(`/api/v1/money?knownAt=${DAY}`)).type).toBe('/problems/day-not-kept');
      const again: number[] = [];
      const { note } = await makeDay(world.store, making(DAY, { onProgress: (so) => again.push(so) }));
      const known = entries.filter(({ metadata }) => metadata.recordedAt <= `${DAY}T23:59:59.999Z`);
      expect(note).toMatchObject({ day: DAY, entries: known.length, profile: 'IT' });
      expect(again.length).toBeLessThan(taken.length + 1);
      expect(await readdir(world.knownDays)).toEqual([`${DAY}.sqlite`]);
    }, 60_000); // prettier-ignore

    it('is listed, and chosen on every page where a day is chosen; links, forms, data and citation keep it', async () => {
      await makeDay(world.store, making(ANOTHER));
      const { knownDays } = (await (await get('/api/v1/known-days')).json()) as { knownDays: { day: string; entries: number }[] };
      expect(knownDays.map(({ day }) => day)).toEqual([DAY, ANOTHER]);
      expect(knownDays[0]!.entries).toBeGreaterThan(knownDays[1]!.entries);
      const chosen = await page(`/en/money?knownAt=${DAY}&year=2018`);
      const [text, addresses] = [textOf(chosen), [...chosen.matchAll(/href="(\/[^"]*)"/g)].map(([, href]) => href!)];
      expect(text).toContain('This page says what was known at the end of 5 November 2026 (UTC).');
      expect(text).toMatch(/As known on 5 November 2026, at http:\/\/[^ ]+\/en\/money\?[^ ]*knownAt=2026-11-05/);
      expect(addresses).toContain('/en/money?year=2018');
      const reports = addresses.filter((href) => /^\/(en\/(waiting|use|calls|map|assets)|api\/v1\/money)/.test(href));
      expect(reports.length).toBeGreaterThan(8);
      expect(reports.filter((href) => !href.includes(`knownAt=${DAY}`) && !href.includes(`knownAt=${ANOTHER}`))).toEqual([]);
      expect(chosen).toContain(`<option value="${DAY}" selected>`);
      expect(chosen).toContain('<meta name="robots" content="noindex"/>');
      for (const where of ['/en/calls', '/it/organizzazioni', '/ar/groups', '/it/indicatori'])
        expect([where, (await page(where)).includes(`<option value="${ANOTHER}">`)]).toEqual([where, true]);
      // The form with a choice of the day says it by that alone.
      expect(await page(`/en/calls?knownAt=${DAY}`)).not.toMatch(/<form[^>]* data-known[^>]*><input type="hidden" name="knownAt"/);
      expect(await page(`/en?knownAt=${DAY}`)).toContain(`<input type="hidden" name="knownAt" value="${DAY}"/>`);
    }, 60_000); // prettier-ignore

    it('keeps the pages of a list together', async () => {
      const first = await get(`/api/v1/organisations?limit=1&knownAt=${DAY}`);
      const next = /<([^>]+)>; rel="next"/.exec(first.headers.get('link') ?? '')![1]!;
      expect(next).toContain(`knownAt=${DAY}`);
      expect((await get(next)).headers.get('memento-datetime')).not.toBeNull();
      const redirected = await get(`/en/money?knownAt=${DAY}&year=`);
      expect(redirected.headers.get('location')).toBe(`/en/money?knownAt=${DAY}`);
    });

    it('answers with how it stood on a day, as known on this one', async () => {
      const told = async (query: string) => (await get(`/api/v1/use.json?${query}`)).json() as Promise<unknown[]>;
      const [then, now] = [await told(`asOf=2030-01-01&knownAt=${ANOTHER}`), await told('')];
      expect(then.length).toBeLessThan(now.length);
      expect(then).toEqual(await told(`knownAt=${ANOTHER}`));
      expect((await told(`asOf=2001-01-01&knownAt=${DAY}`)).length).toBe(0);
    });

    it('does not make readers wait for what was recorded later', async () => {
      const began = Date.now();
      expect((await get(`/api/v1/money?knownAt=${ANOTHER}&after=${await world.store.head()}`)).status).toBe(200);
      expect(Date.now() - began).toBeLessThan(4000);
    });

    it('is refused when it was made by another version of the program, of another log, or is damaged; the command says how to mend it', async () => {
      const aside = join(world.folder, 'aside.sqlite');
      const path = join(world.knownDays, `${ANOTHER}.sqlite`);
      await copyFile(path, aside);
      const again = async (): Promise<void> => {
        await rm(path);
        await copyFile(aside, path);
      };
      const spoil = async (sql: string): Promise<void> => {
        await again();
        const file = new Database(path);
        file.exec(sql);
        file.close();
      };
      await spoil(`UPDATE projections SET version = version - 1 WHERE name = 'register'`);
      const [, old] = await keptDays(world.knownDays, italy);
      expect(old?.refused).toMatch(/another version of the program.*Make it again: npm run auditor -- known-at 2026-10-30/);
      expect((await problem(`/api/v1/money?knownAt=${ANOTHER}`)).detail).toContain('npm run auditor -- known-at 2026-10-30');
      await spoil(`UPDATE known_day SET profile = 'generic'`);
      expect((await keptDays(world.knownDays, italy))[1]?.refused).toContain('profile');
      await spoil(`UPDATE known_day SET last = 'f0f0f0f0-0000-4000-8000-000000000000'`);
      expect((await keptDays(world.knownDays, italy))[1]?.refused).toBeUndefined();
      await rm(path);
      await makeDay(world.store, making(ANOTHER));
      expect((await get(`/api/v1/money?knownAt=${ANOTHER}`)).status).toBe(200);
    }, 60_000); // prettier-ignore

    it('of another log is refused', async () => {
      const other = await GrowingWorld.begin();
      await other.write(ofAnother(entries.filter(({ revision }) => revision === 0 && entries[0]!.stream !== '').slice(0, 5)));
      await forgetDay(world.knownDays, ANOTHER);
      await makeDay(other.store, making(ANOTHER));
      expect((await problem(`/api/v1/money?knownAt=${ANOTHER}`)).detail).toContain('of another log');
      await other.end();
      await forgetDay(world.knownDays, ANOTHER);
    }, 60_000); // prettier-ignore

    it('is opened when it is asked for, few at a time, and forgotten when it is removed', async () => {
      const days = ['2026-11-01', '2026-11-02', '2026-11-03', '2026-11-04', '2026-11-06'];
      for (const day of days) await makeDay(world.store, making(day));
      for (const day of [...days, ...days.slice(0, 2)])
        expect([day, (await get(`/api/v1/waiting/totals?knownAt=${day}`)).status]).toEqual([day, 200]);
      const all = await Promise.all(days.flatMap((day) => Array.from({ length: 4 }, () => get(`/api/v1/changes?limit=50&knownAt=${day}`))));
      expect(all.map(({ status }) => status)).toEqual(all.map(() => 200));
      await forgetDay(world.knownDays, '2026-11-01');
      expect((await get('/api/v1/waiting?knownAt=2026-11-01')).status).toBe(404);
      if (process.getuid?.() !== 0) await chmod(world.knownDays, 0o555);
      expect((await get('/api/v1/waiting?knownAt=2026-11-02')).status).toBe(200);
      await chmod(world.knownDays, 0o755);
    }, 120_000); // prettier-ignore

    if (kind === 'sqlite')
      it('is held open by no more than the limit, and closed with the portal', async () => {
        const closed: string[] = [];
        const opened = (day: string, database: ReadDatabase) => ({ answer: () => undefined, close: () => database.close().then(() => void closed.push(day)) });
        await mkdir(world.knownDays, { recursive: true });
        const present = await ReadDatabase.openForReading({ kind: 'sqlite', path: join(world.knownDays, `${DAY}.sqlite`) });
        const known = new KnownDays(world.knownDays, italy, present, async ({ day }, database) => opened(day, database), 2);
        for (const day of ['2026-11-02', '2026-11-03', '2026-11-02', '2026-11-04']) await known.of(day);
        expect(known.openDays).toEqual(['2026-11-02', '2026-11-04']);
        await known.close();
        expect(closed.sort()).toEqual(['2026-11-02', '2026-11-03', '2026-11-04']);
        expect(MOST_OPEN).toBe(4);
        await present.close();
      }); // prettier-ignore
  });
});
