import { randomUUID } from 'node:crypto';
import { assetIdFrom, idFrom, italy, streamName } from '#domain';
import type { Actor, JsonObject, StreamKind } from '#domain';
import type { EventStore } from '#event-store';
import { Recorder } from '#recording';

const DAY = 86_400_000;
const at = (subject: string): Actor => ({ subject, agency: 'ANBSC', role: 'officer' });
const [drafter, publisher, anna] = [at('drafter'), at('publisher'), at('anna')];
const [asset, another] = ['FLAGGED', 'ANOTHER'].map((code) => assetIdFrom('IT', 'it-anbsc', code)) as [string, string];
export const [terra, mare] = ['TERRA', 'MARE'].map((id) => idFrom('organisation', 'IT', 'it-runts', id)) as [
  string,
  string,
];
export const group = idFrom('group', 'IT', 'test', 'group');
export const callId = (name: string): string => idFrom('call', 'IT', 'test', name);
const digest = 'cd'.repeat(32);
const region = { code: '19', name: 'Sicilia' };

/** Three calls won by one organisation, the first of which nobody else applied to; one that was left without an outcome; and a group nobody answers. */
export async function recordSuspicions(store: EventStore): Promise<void> {
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
  const opened = async (name: string, begin: number, organisations: readonly string[], assets = [asset]) => {
    const call = callId(name);
    const criteria = [{ code: 'impact', words: 'Che cosa fa.', maximum: 10, weight: 1 }];
    const deadline = new Date(now + (begin + 20) * DAY).toISOString().replace(/\.\d+/, '');
    const sealing = { scheme: 'x', publicKey: '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo' };
    const draft = { assets, object: `Bando ${name}`, summary: 'Per tutti.', criteria, tieBreak: 'draw', deadline, sealing };
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
  const elsewhere = { country: 'IT', region: { code: '08', name: 'Emilia-Romagna' } };
  await record('asset', asset, 'record-seizure', { kind: 'real-estate', identifiers: [{ scheme: 'it-anbsc', id: 'FLAGGED' }], location }, -900);
  await record('asset', another, 'record-seizure', { kind: 'real-estate', identifiers: [{ scheme: 'it-anbsc', id: 'ANOTHER' }], location: elsewhere }, -900);
  for (const [id, name] of [[terra, 'Terra Buona'], [mare, 'Mare']] as const) {
    await record('organisation', id, 'register-organisation', { kind: 'academia', name }, -900, drafter);
    await record('organisation', id, 'verify-organisation', { checks: ['identity'] }, -899);
  }
  await awarded('alone', -800, [terra]);
  await awarded('second', -700, [terra, mare]);
  await awarded('third', -600, [terra, mare]);
  await opened('forgotten', -300, [mare], [asset, another]);
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
