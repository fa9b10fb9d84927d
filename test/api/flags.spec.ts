import { randomUUID } from 'node:crypto';
import { parse } from 'csv-parse/sync';
import { assetIdFrom, idFrom, italy, streamName } from '#domain';
import type { Actor, JsonObject, StreamKind } from '#domain';
import type { EventStore } from '#event-store';
import { ReadDatabase, check, projectionsFor } from '#read-models';
import type { ReadDatabaseSettings } from '#read-models';
import { Recorder } from '#recording';
import type { FlagTotal } from '../../apps/portal/api/reports/flag-totals';
import type { FlagLine } from '../../apps/portal/api/reports/resources';
import { onBothDatabases } from '../read-models/databases';
import { aPortal } from './portal';
import type { TestPortal } from './portal';

const DAY = 86_400_000;
const at = (subject: string): Actor => ({ subject, agency: 'ANBSC', role: 'officer' });
const [drafter, publisher, anna] = [at('drafter'), at('publisher'), at('anna')];
const asset = assetIdFrom('IT', 'it-anbsc', 'FLAGGED');
const [terra, mare] = ['TERRA', 'MARE'].map((id) => idFrom('organisation', 'IT', 'it-runts', id)) as [string, string];
const group = idFrom('group', 'IT', 'test', 'group');
const callId = (name: string): string => idFrom('call', 'IT', 'test', name);
const digest = 'cd'.repeat(32);
const region = { code: '19', name: 'Sicilia' };

/** Three calls won by one organisation, the first of which nobody else applied to; one that was left without an outcome; and a group nobody answers. */
async function recordSuspicions(store: EventStore): Promise<void> {
  const now = Date.now();
  let time = new Date(now).toISOString();
  const recorder = new Recorder(store, { profile: italy, clock: () => time });
  const record = async (kind: StreamKind, id: string, name: string, data: JsonObject, day: number, actor = publisher) => {
    time = new Date(now + day * DAY).toISOString();
    const origin = { actor, source: { kind: 'form' } as const, idempotencyKey: randomUUID(), correlationId: 'scene' };
    const recorded = await recorder.record(streamName(kind, id), { name, occurredOn: time.slice(0, 10), data }, origin);
    if (recorded.kind !== 'recorded') throw new Error(`${name}: ${JSON.stringify(recorded)}`);
    return (await store.readStream(streamName(kind, id))).at(-1)!.id;
  };
  const opened = async (name: string, begin: number, organisations: readonly string[]) => {
    const call = callId(name);
    const criteria = [{ code: 'impact', words: 'Che cosa fa.', maximum: 10, weight: 1 }];
    const deadline = new Date(now + (begin + 20) * DAY).toISOString().replace(/\.\d+/, '');
    const sealing = { scheme: 'x', publicKey: '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo' };
    const draft = { assets: [asset], object: `Bando ${name}`, summary: 'Per tutti.', criteria, tieBreak: 'draw', deadline, sealing };
    await record('call', call, 'draft-call', draft, begin, drafter);
    await record('call', call, 'publish-call', {}, begin + 1);
    const sealed = { scheme: 'x', ciphertext: { sha256: digest, size: 4096 }, digest };
    const applications = [];
    for (const organisation of organisations)
      applications.push({ application: await record('call', call, 'submit-application', { organisation, sealed }, begin + 2), organisation });
    return { call, applications, after: begin + 21 };
  };
  const awarded = async (name: string, begin: number, organisations: readonly string[]) => {
    const { call, applications, after } = await opened(name, begin, organisations);
    await record('call', call, 'appoint-evaluator', { account: { login: 'anna', agency: 'ANBSC' }, name: 'Anna' }, begin + 3);
    await record('call', call, 'close-call', {}, after);
    await record('call', call, 'open-applications', { custodians: ['Prefettura'], releasedKey: digest, applications }, after);
    for (const [place, { application }] of applications.entries()) {
      await record('call', call, 'admit-application', { application }, after);
      await record('call', call, 'score-application', { application, criterion: 'impact', points: 10 - place }, after, anna);
    }
    const ranking = applications.map(({ application }, place) => {
      const points = 10 - place;
      const weightedTotal = { numerator: place === 0 ? '1' : '9', denominator: place === 0 ? '1' : '10' };
      return { application, points: [{ criterion: 'impact', sum: points }], weightedTotal };
    });
    await record('call', call, 'award-call', { ranking, evaluators: 1, awardedTo: ranking[0]!.application }, after + 1);
  };
  const location = { country: 'IT', region };
  await record('asset', asset, 'record-seizure', { kind: 'real-estate', identifiers: [{ scheme: 'it-anbsc', id: 'FLAGGED' }], location }, -900);
  for (const [id, name] of [[terra, 'Terra Buona'], [mare, 'Mare']] as const) {
    await record('organisation', id, 'register-organisation', { kind: 'academia', name }, -900, drafter);
    await record('organisation', id, 'verify-organisation', { checks: ['identity'] }, -899);
  }
  await awarded('alone', -800, [terra]);
  await awarded('second', -700, [terra, mare]);
  await awarded('third', -600, [terra, mare]);
  await opened('forgotten', -300, [mare]);
  await opened('running', -30, [mare]);

  await record('group', group, 'form-group', { name: 'Tavolo di Palermo', aims: 'Riuso.', quorumPercent: 50, location }, -100);
  const member = await record('group', group, 'admit-member', { represents: 'academia', organisation: terra }, -99);
  const minutes = { sha256: digest, title: 'Verbale' };
  const meeting = await record('group', group, 'record-meeting', { place: 'Palermo', agenda: ['Case'], present: [member], minutes }, -90);
  const votes = { inFavour: 1, against: 0, abstained: 0 };
  const answerBy = (day: number) => new Date(now + day * DAY).toISOString().slice(0, 10);
  for (const day of [-20, 20])
    await record('group', group, 'adopt-recommendation', { meeting, addressedTo: 'Palermo', text: 'Aprite.', answerBy: answerBy(day), votes }, -90);
} // prettier-ignore

onBothDatabases((fresh) => {
  describe('red flags beyond one dossier', () => {
    let settings: ReadDatabaseSettings;
    let portal: TestPortal;

    beforeAll(async () => {
      settings = await fresh();
      portal = await aPortal(settings);
      await recordSuspicions(portal.store);
      await portal.settled();
    }, 60_000);
    afterAll(() => portal.close());

    const json = async <Answer>(path: string): Promise<Answer> => {
      const answer = await portal.get(`/api/v1/${path}`);
      expect([path, answer.status]).toEqual([path, 200]);
      return (await answer.json()) as Answer;
    };
    const found = async (query: string) =>
      (await json<FlagLine[]>(`flags.json?${query}`)).map(({ subject, measure, outOf, duty }) => [
        subject.name,
        measure,
        outOf,
        duty,
      ]);

    it('ask about the call with one applicant, the winner of three, the call without an outcome, and the silence', async () => {
      expect(await found('rule=single-applicant')).toEqual([['Bando alone', 1, 1, null]]);
      expect(await found('rule=same-winner')).toEqual([['Bando third', 3, 3, null]]);
      expect(await found('rule=overdue-publication')).toEqual([
        ['Tavolo di Palermo', null, null, 'recommendation-answer'],
        ['Bando forgotten', null, null, 'call-outcome'],
      ]);
      const [again] = await json<FlagLine[]>('flags.json?rule=same-winner');
      expect(again).toMatchObject({ asset: null, kind: null, subject: { kind: 'call', id: callId('third') }, organisation: terra, authority: 'ANBSC' }); // prettier-ignore
    });

    it('count as many as they list, by rule and by region', async () => {
      const page = await json<{ flags: FlagLine[]; totals: FlagTotal[] }>('flags');
      expect(page.flags).toHaveLength(4);
      for (const { rule, hits } of page.totals)
        expect([rule, page.flags.filter((flag) => flag.rule === rule).length]).toEqual([rule, hits]);
      expect(await found('region=19')).toEqual([['Tavolo di Palermo', null, null, 'recommendation-answer']]);
      const regions = await json<FlagTotal[]>('flags/totals?by=region');
      expect(regions).toContainEqual({ code: '19', name: 'Sicilia', rule: 'overdue-publication', hits: 1 });
      expect(regions.reduce((sum, { hits }) => sum + hits, 0)).toBe(4);
    });

    it('come page by page and back again in one order', async () => {
      const all = await json<FlagLine[]>('flags.json');
      const walk = async (path: string, rel: string): Promise<string[]> => {
        const answer = await portal.get(path);
        const { flags } = (await answer.json()) as { flags: FlagLine[] };
        const on = new RegExp(`<([^>]+)>; rel="${rel}"`).exec(answer.headers.get('link') ?? '')?.[1];
        const rest = on === undefined ? [path] : await walk(on, rel);
        return [...flags.map(({ entry }) => entry), ...rest];
      };
      const forwards = await walk('/api/v1/flags?limit=1', 'next');
      expect(forwards.slice(0, -1)).toEqual(all.map(({ entry }) => entry));
      const backwards = await walk(forwards.at(-1)!, 'prev');
      expect(backwards.slice(0, -1)).toEqual(all.map(({ entry }) => entry).toReversed());
    });

    it('are in the table and on the page, leading to call, group, winner and entry', async () => {
      const rows: Record<string, string>[] = parse(
        await (await portal.get('/api/v1/flags.csv?rule=same-winner')).text(),
        { columns: true },
      );
      expect(rows).toMatchObject([{ asset: '', subject_kind: 'call', subject_name: 'Bando third', measure: '3', out_of: '3', authority: 'ANBSC' }]); // prettier-ignore
      const html = await (await portal.get('/en/red-flags')).text();
      const [single] = await json<FlagLine[]>('flags.json?rule=single-applicant');
      for (const link of [`/en/calls/${callId('alone')}`, `/en/groups/${group}`, `/en/organisations/${terra}`, `/en/integrity/entries/${single!.entry}`])
        expect(html).toContain(`href="${link}"`); // prettier-ignore
      expect(html).toContain('Terra Buona');
      expect(html).toContain('3 of 3 awards');
    });

    it('are what the log says, row by row', async () => {
      const database = await ReadDatabase.openForReading(settings);
      const events = await portal.store.readAll(-1, 10_000);
      const results = await check(database, projectionsFor(italy), async function* () {
        yield events;
      });
      const passes = await check(database, projectionsFor(italy), async function* () { yield events; }, 20); // prettier-ignore
      await database.close();
      expect([...results, ...passes].filter(({ drift, failure }) => drift.length > 0 || failure)).toEqual([]);
      expect(results.find(({ name }) => name === 'civic_flags')!.rows).toBeGreaterThan(6);
    });
  });
});
