import { createHash, randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { italy } from '#domain';
import type { JsonObject, RecordedEvent } from '#domain';
import { makeDay } from '#read-models';
import { canonicalJson, opensCommitment } from '#transparency-log';
import { settingsFromEnv } from '../../apps/standalone/settings';
import { startSystem } from '../../apps/standalone/system';
import type { System } from '../../apps/standalone/system';

const CANARY = 'the canary sits in the cellar';
/** Where the file of a leaf or an export might hold it in another coding; no other text of this registry has this word. */
const WORD = 'canary';

describe('a field that is withheld for a time, over HTTP', () => {
  let folder: string;
  let system: System;
  let now: string;
  let asset: string;
  let visit: string;
  let shelter: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'disclosure-'));
    const env = { REGISTRY_PORT: '0', REGISTRY_SAMPLE: 'off', REGISTRY_SIGN_IN: 'off', REGISTRY_DATA: folder };
    const profile = {
      ...italy,
      publicationDelays: {
        'MonitoringVisitRecorded.note': { days: 365, source: 'D.lgs. 33/2013 art. 5-bis(5)', since: '2024-01-01' },
      },
    };
    now = '2024-01-10T09:00:00.000Z';
    system = await startSystem({ ...settingsFromEnv(env), profile }, env, () => now);
    const opened = await posted('', '2015-03-12', { kind: 'real-estate', identifiers: [{ scheme: 'it-anbsc', id: 'D-1' }] });
    asset = opened.asset;
    const palermo = { kind: 'municipality', name: 'Comune di Palermo' };
    await posted(`/${asset}/order-confiscation`, '2016-05-01', { instance: 'first' });
    await posted(`/${asset}/make-confiscation-final`, '2018-01-10', {});
    await posted(`/${asset}/decide-destination`, '2018-06-01', { purpose: 'social', recipient: palermo });
    await posted(`/${asset}/transfer-asset`, '2019-01-01', { to: palermo });
    visit = (await posted(`/${asset}/record-monitoring-visit`, '2020-05-04', { found: 'in-use', note: CANARY })).entry;
    shelter = (await posted(`/${asset}/describe-asset`, '2020-05-04', { protectedAddress: 'Via del Canary 1' })).entry;
    await settled();
  }, 60_000); // prettier-ignore
  afterAll(async () => {
    await system.close();
    await rm(folder, { recursive: true });
  });

  async function posted(path: string, occurredOn: string, data: JsonObject): Promise<{ asset: string; entry: string }> {
    const answer = await fetch(`${system.url}/api/v1/assets${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'idempotency-key': randomUUID() },
      body: JSON.stringify({ occurredOn, data }),
    });
    const said = (await answer.json()) as { asset: string; entry: string };
    if (answer.status !== 201) throw new Error(JSON.stringify(said));
    return said;
  } // prettier-ignore

  const entries = (): Promise<RecordedEvent[]> => system.store.readStream(`asset-${asset}`);
  async function settled(): Promise<void> {
    const head = await system.store.head();
    await system.projecting.runner.reached(head, 30_000);
    expect(await system.notarising!.notary.reached(head, 30_000)).toBe(true);
    expect(await system.notarising!.indexed(30_000)).toBe(true);
  }
  const read = async (path: string): Promise<string> => (await fetch(system.url + path)).text();
  const says = async (text: string, path: string): Promise<boolean> => (await read(path)).includes(text);
  const pageOf = (moment = ''): string => `/it/beni/${asset}${moment}`;
  const jsonOf = (moment = ''): string => `/api/v1/assets/${asset}/timeline${moment}`;

  /** Every place where an entry of a dossier is told to the public. */
  const places = (): readonly string[] => [
    pageOf(), `/en/assets/${asset}`, `/api/v1/assets/${asset}`, jsonOf(), `/api/v1/assets/${asset}/timeline.csv`, '/api/v1/assets.json',
    '/api/v1/changes?after=0', '/log/tile/entries/000.p/7', `/api/v1/entries/${visit}/leaf`, `/api/v1/entries/${visit}/proof`, `/api/v1/entries/${shelter}/leaf`,
    `/it/integrita/annotazioni/${visit}`, `/it/beni/${asset}/feed.atom`, '/it/beni/feed.atom', '/it/attese/feed.atom',
  ]; // prettier-ignore
  const showing = async (word: string): Promise<string[]> => {
    const found = await Promise.all(
      places().map(async (path) => {
        const answer = await fetch(system.url + path);
        // What is not there shows nothing, and would hide a leak.
        expect([path, answer.status]).toEqual([path, 200]);
        return [path, await answer.text()] as const;
      }),
    );
    return found.filter(([, text]) => text.toLowerCase().includes(word)).map(([path]) => path);
  };

  interface Told {
    readonly id: string;
    readonly type: string;
    readonly data: JsonObject;
    readonly closed: readonly JsonObject[];
  }
  const timeline = async (moment = ''): Promise<readonly Told[]> =>
    (JSON.parse(await read(jsonOf(moment))) as { timeline: Told[] }).timeline;
  const closedIn = async (entry: string, moment = '') =>
    (await timeline(moment)).find(({ id }) => id === entry)?.closed;

  it('is nowhere before its day, and pages and data say from when on it will be', async () => {
    now = '2025-01-08T22:59:00.000Z';
    expect(await showing(WORD)).toEqual([]);
    // Pages go by the real clock, for which that day has passed: by what was known then it is to come.
    expect(await says('pubblico dal 9 gennaio 2025', pageOf('?knownAt=2024-06-01'))).toBe(true);
    expect(await says('public from 9 January 2025', `/en/assets/${asset}?knownAt=2024-06-01`)).toBe(true);
    const waiting = { field: 'note', classification: 'restricted', opens: 'by-delay', publicFrom: '2025-01-09' };
    expect(await closedIn(visit)).toEqual([{ ...waiting, disclosedBy: null }]);
    expect((await entries()).map(({ type }) => type)).not.toContain('FieldDisclosed');
  });

  it('is there after it, with the day and the reason, and opens what the log was bound to', async () => {
    now = '2025-01-09T08:00:00.000Z';
    const disclosing = await until(async () => (await entries()).find(({ type }) => type === 'FieldDisclosed'));
    await settled();
    expect(disclosing).toMatchObject({
      data: { entry: visit, field: 'note', value: CANARY },
      metadata: { occurredOn: '2025-01-09', source: { kind: 'process', name: 'publication' } },
    });
    const reason = 'Sono passati 365 giorni dalla registrazione (D.lgs. 33/2013 art. 5-bis(5)).';
    for (const text of [CANARY, 'è stato pubblicato il 9 gennaio 2025', reason])
      expect([text, await says(text, pageOf())]).toEqual([text, true]);
    for (const path of [jsonOf(), '/api/v1/changes?after=0', `/api/v1/entries/${disclosing.id}/leaf`])
      expect([path, await says(CANARY, path)]).toEqual([path, true]);
    expect(await closedIn(visit)).toMatchObject([{ publicFrom: '2025-01-09', disclosedBy: disclosing.id }]);
    const { data } = JSON.parse(await read(`/api/v1/entries/${visit}/leaf`)) as { data: { note: { committed: string } } };
    const { value, salt } = (await timeline()).find(({ id }) => id === disclosing.id)!.data as { value: string; salt: string };
    const opening = Buffer.from(salt, 'base64url');
    expect(opensCommitment(data.note, value, opening)).toBe(true);
    expect(opensCommitment(data.note, `${value}.`, opening)).toBe(false);
    // As anybody would check it who has nothing of ours.
    expect(createHash('sha256').update(opening).update(canonicalJson(value)).digest('hex')).toBe(data.note.committed);
  }); // prettier-ignore

  it('is not there at a moment before it, neither of the world nor of what was known', async () => {
    for (const moment of ['?knownAt=2025-01-08', '?asOf=2025-01-08'])
      expect([moment, await says(CANARY, pageOf(moment))]).toEqual([moment, false]);
    expect(await says(CANARY, jsonOf('?knownAt=2025-01-08'))).toBe(false);
    expect(await closedIn(visit, '?knownAt=2025-01-08')).toMatchObject([{ disclosedBy: null }]);
    for (const moment of ['?knownAt=2025-01-09', '?asOf=2025-01-09'])
      expect([moment, await says(CANARY, pageOf(moment))]).toEqual([moment, true]);
  }); // prettier-ignore

  it('is not in what was known on the day before, in no report', async () => {
    for (const day of ['2025-01-08', '2025-01-09'])
      await makeDay(system.log, {
        folder: join(folder, 'known-days'),
        day,
        today: '2025-06-01',
        profile: { ...italy },
      });
    for (const [day, said] of [
      ['2025-01-08', false],
      ['2025-01-09', true],
    ] as const)
      expect([day, await says(CANARY, `/api/v1/changes?after=0&knownAt=${day}`)]).toEqual([day, said]);
  });

  it('opens nothing else: what protects somebody stays closed for ever', async () => {
    expect(await showing('via del canary')).toEqual([]);
    expect(await closedIn(shelter)).toEqual([
      { field: 'protectedAddress', classification: 'restricted', opens: 'never', publicFrom: null, disclosedBy: null },
    ]);
    const asked = fetch(`${system.url}/api/v1/assets/${asset}/disclose-field`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'idempotency-key': randomUUID() },
      body: JSON.stringify({
        occurredOn: '2025-01-08',
        data: { entry: shelter, field: 'protectedAddress', reason: 'Why not.' },
      }),
    });
    const answer = await asked;
    expect([answer.status, await answer.json()]).toMatchObject([422, { type: expect.stringContaining('field-never-opens') as string }]);
  }); // prettier-ignore
});

async function until<Result>(look: () => Promise<Result | undefined>): Promise<Result> {
  for (;;) {
    const found = await look();
    if (found !== undefined) return found;
    await pause(50);
  }
}
