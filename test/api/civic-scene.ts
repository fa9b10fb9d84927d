import { randomUUID } from 'node:crypto';
import type { Actor, Instant, JsonObject, LegalDate, Profile, StreamKind, StreamName } from '#domain';
import { assetIdFrom, dateOf, derivedUuid, idFrom, italy, streamName } from '#domain';
import type { EventStore } from '#event-store';
import { Recorder } from '#recording';

/** A small world of organisations, calls, dialogue and groups, recorded through the rules by the people who may. */

const at = (subject: string, agency = 'ANBSC'): Actor => ({ subject, agency, role: 'officer' });
export const people = {
  drafter: at('drafter'), publisher: at('publisher'), checker: at('checker'), anna: at('anna', 'Palermo'), luca: at('luca', 'Palermo'), clerk: at('clerk', 'Palermo'),
} as const; // prettier-ignore

export const scene = {
  villa: assetIdFrom('IT', 'it-anbsc', 'VILLA'),
  terra: idFrom('organisation', 'IT', 'it-runts', 'TERRA'),
  mare: idFrom('organisation', 'IT', 'it-runts', 'MARE'),
  university: idFrom('organisation', 'IT', 'it-runts', 'UNI'),
  deserted: idFrom('call', 'IT', 'test', 'deserted'),
  awarded: idFrom('call', 'IT', 'test', 'awarded'),
  open: idFrom('call', 'IT', 'test', 'open'),
  draft: idFrom('call', 'IT', 'test', 'draft'),
  answered: idFrom('dialogue', 'IT', 'test', 'answered'),
  unread: idFrom('dialogue', 'IT', 'test', 'unread'),
  withheld: idFrom('dialogue', 'IT', 'test', 'withheld'),
  group: idFrom('group', 'IT', 'test', 'group'),
} as const;

/** What stands in every field of these events that not everybody may see. */
export const CANARY = 'Kanarienvogel';
/** What breaks a page that does not escape. */
export const HOSTILE = '<script>alert("x")</script> & "quoted" \'text\' <img src=x onerror=1>';

const digest = 'cd'.repeat(32);
const minutes = { sha256: digest, title: 'Verbale della riunione' };

/** A scene in the present is told by its people alone: a process of the registry would close the calls that are due before they do. */
export const BY_PEOPLE_ALONE = { PROCESSES_RUN: 'off' };

/** Records the scene in a log. `now` is the instant the last entries are written at; what is asked of the past is written before. */
export async function recordScene(store: EventStore, now: Instant, profile: Profile = italy): Promise<void> {
  let time: Instant = now;
  const recorder = new Recorder(store, { profile, clock: () => time });
  const days = (count: number): Instant => new Date(Date.parse(now) + count * 86_400_000).toISOString();
  const dayOf = (count: number): LegalDate => dateOf(days(count), profile.timeZone);

  async function record(kind: StreamKind, id: string, name: string, data: JsonObject, actor: Actor, day: number, occurredOn?: string): Promise<string> {
    time = days(day);
    const stream: StreamName = streamName(kind, id);
    const origin = { actor, source: { kind: 'form' } as const, idempotencyKey: randomUUID(), correlationId: 'scene' };
    const recorded = await recorder.record(stream, { name, occurredOn: occurredOn ?? dateOf(time, profile.timeZone), data }, origin);
    if (recorded.kind !== 'recorded') throw new Error(`${name}: ${JSON.stringify(recorded)}`);
    return (await store.readStream(stream)).at(-1)!.id;
  } // prettier-ignore

  const { drafter, publisher, checker, anna, luca, clerk } = people;
  const palermo = { country: 'IT', region: { code: '19', name: 'Sicilia' }, province: { code: '082', name: 'Palermo' }, municipality: { code: '082053', name: 'Palermo' } }; // prettier-ignore
  const { villa, terra, mare, university } = scene;
  const seizure = { kind: 'real-estate', category: 'villa', title: 'Villa Rosa', identifiers: [{ scheme: 'it-anbsc', id: 'VILLA' }], location: palermo, formerHolder: CANARY, protectedAddress: CANARY }; // prettier-ignore
  await record('asset', villa, 'record-seizure', seizure, drafter, -400, '2015-03-12');
  await record('asset', villa, 'order-confiscation', { instance: 'first' }, drafter, -400, '2016-03-12');
  await record('asset', villa, 'make-confiscation-final', {}, drafter, -400, '2017-03-12');
  await record('asset', villa, 'decide-destination', { purpose: 'social', recipient: { kind: 'municipality', name: 'Comune di Palermo' } }, drafter, -400, '2018-03-12'); // prettier-ignore
  await record('asset', villa, 'transfer-asset', { to: { kind: 'municipality', name: 'Comune di Palermo' } }, drafter, -400, '2019-03-12'); // prettier-ignore

  const registered = async (id: string, kind: string, name: string, more: JsonObject = {}): Promise<void> => {
    await record('organisation', id, 'register-organisation', { kind, name, ...more, representative: CANARY, contact: CANARY }, drafter, -380); // prettier-ignore
    if (kind !== 'academia') await record('organisation', id, 'declare-beneficial-owners', { basis: 'office', owners: 3, names: [CANARY], note: CANARY }, drafter, -379); // prettier-ignore
    await record('organisation', id, 'verify-organisation', { checks: ['identity', 'register'], note: CANARY }, checker, -378); // prettier-ignore
  };
  await registered(terra, 'civil-society', 'Cooperativa Terra Buona', { legalForm: 'social-cooperative', seat: palermo, website: 'https://terra.example', aims: 'Terre coltivate insieme.', identifiers: [{ scheme: 'it-runts', id: 'TERRA' }] }); // prettier-ignore
  await registered(mare, 'civil-society', `Associazione Mare ${HOSTILE}`, {
    aims: HOSTILE,
    website: 'javascript:alert(1)',
  });
  await registered(university, 'academia', 'Università');

  const criteria = [
    { code: 'impact', words: 'Che cosa fa per le persone del quartiere.', maximum: 30, weight: 60 },
    { code: 'plan', words: 'Se i costi sono coperti per tutta la durata.', maximum: 7, weight: 40 },
  ];
  const call = (deadline: number, more: JsonObject = {}): JsonObject => ({
    assets: [villa],
    object: 'Una villa per il lavoro sociale',
    summary: 'Cerchiamo un ente che apra Villa Rosa al quartiere: chi vuole può usare le stanze e il giardino, senza pagare un affitto, per dieci anni.',
    criteria,
    tieBreak: 'draw',
    deadline: days(deadline).replace(/\.\d+/, ''),
    sealing: { scheme: 'threshold-x25519', publicKey: '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo' },
    ...more,
  }); // prettier-ignore
  await record('call', scene.deserted, 'draft-call', call(-300), drafter, -340);
  await record('call', scene.deserted, 'publish-call', {}, publisher, -339);
  await record('call', scene.deserted, 'close-call', {}, publisher, -299);
  await record('call', scene.deserted, 'desert-call', {}, publisher, -298);

  const sealed = { scheme: 'threshold-x25519', ciphertext: { sha256: digest, size: 4096 }, digest };
  const { awarded } = scene;
  await record('call', awarded, 'draft-call', call(-200, { repeats: scene.deserted }), drafter, -250);
  await record('call', awarded, 'publish-call', { notice: 'https://albo.example/12' }, publisher, -249);
  await record('call', awarded, 'clarify-call', { question: 'Si può visitare la villa?', answer: 'Sì, ogni martedì.' }, publisher, -240); // prettier-ignore
  const ofTerra = await record('call', awarded, 'submit-application', { organisation: terra, sealed }, publisher, -230);
  const ofMare = await record('call', awarded, 'submit-application', { organisation: mare, sealed }, publisher, -229);
  const ofUniversity = await record('call', awarded, 'submit-application', { organisation: university, sealed }, publisher, -228); // prettier-ignore
  for (const { subject: login, agency } of [anna, luca])
    await record('call', awarded, 'appoint-evaluator', { account: { login, agency }, name: CANARY, expertise: CANARY }, publisher, -220); // prettier-ignore
  await record('call', awarded, 'close-call', {}, publisher, -199);
  const rows = [[ofTerra, terra], [ofMare, mare], [ofUniversity, university]].map(([application, organisation]) => ({ application: application!, organisation: organisation! })); // prettier-ignore
  await record('call', awarded, 'open-applications', { custodians: ['Comune di Palermo', 'Prefettura'], custodianNames: [CANARY], releasedKey: 'ef'.repeat(32), applications: rows }, publisher, -198); // prettier-ignore
  await record('call', awarded, 'admit-application', { application: ofTerra }, publisher, -197);
  await record('call', awarded, 'admit-application', { application: ofMare }, publisher, -197);
  await record('call', awarded, 'exclude-application', { application: ofUniversity, ground: 'incomplete', reason: 'Manca il piano dei costi.', note: CANARY }, publisher, -197); // prettier-ignore
  for (const [person, application, impact, plan] of [
    [anna, ofTerra, 30, 2],
    [luca, ofTerra, 20, 3],
    [anna, ofMare, 20, 7],
    [luca, ofMare, 20, 7],
  ] as const) {
    // prettier-ignore
    await record('call', awarded, 'score-application', { application, criterion: 'impact', points: impact, reasons: CANARY }, person, -196); // prettier-ignore
    await record('call', awarded, 'score-application', { application, criterion: 'plan', points: plan }, person, -196);
  }
  await record('call', awarded, 'award-call', {
    ranking: [
      { application: ofMare, points: [{ criterion: 'impact', sum: 40 }, { criterion: 'plan', sum: 14 }], weightedTotal: { numerator: '80', denominator: '1' } },
      { application: ofTerra, points: [{ criterion: 'impact', sum: 50 }, { criterion: 'plan', sum: 5 }], weightedTotal: { numerator: '450', denominator: '7' } },
    ],
    evaluators: 2,
    awardedTo: ofMare,
  }, publisher, -190); // prettier-ignore

  const proposal = await record('asset', villa, 'propose-assignment', { organisation: terra, name: 'Cooperativa Terra Buona', directGround: 'Art. 48', reasons: 'È vicina.', note: CANARY }, drafter, -180); // prettier-ignore
  await record('asset', villa, 'approve-assignment', { proposal }, publisher, -179);
  await record('asset', villa, 'sign-agreement', { proposal, organisation: terra, name: 'Cooperativa Terra Buona', act: { number: '12/2026' }, object: 'Centro diurno', from: '2026-01-01', to: '2035-12-31', charge: 'free', renewable: true }, publisher, -178); // prettier-ignore
  await record('asset', villa, 'record-handover', {}, publisher, -177);

  await record('call', scene.open, 'draft-call', call(10, { object: 'Un secondo bando per la villa' }), drafter, -5);
  await record('call', scene.open, 'publish-call', {}, publisher, -4);
  await record('call', scene.open, 'submit-application', { organisation: terra, sealed }, publisher, -1);
  await record('call', scene.draft, 'draft-call', call(60, { object: 'Una bozza che nessuno ha pubblicato' }), drafter, 0); // prettier-ignore

  const question = { kind: 'question', asset: villa, addressedTo: 'ANBSC', text: `Perché è vuota? ${CANARY} lo chiede.`, askerName: CANARY, askerContact: CANARY }; // prettier-ignore
  await record('dialogue', scene.answered, 'ask-question', question, drafter, -60);
  await record('dialogue', scene.answered, 'moderate-thread', { outcome: 'partly-redacted', reason: 'personal-data', text: 'Perché è vuota? […]', note: CANARY }, checker, -59); // prettier-ignore
  await record('dialogue', scene.answered, 'publish-answer', { text: `Si aspettano i lavori. ${HOSTILE}`, document: minutes }, publisher, -50); // prettier-ignore
  const observation = { call: awarded, addressedTo: 'Palermo', text: CANARY, photos: [{ sha256: digest, mediaType: 'image/jpeg', alternative: CANARY }] }; // prettier-ignore
  await record('dialogue', scene.unread, 'file-observation', observation, drafter, -45);
  await record('dialogue', scene.withheld, 'ask-question', { ...question, kind: 'complaint', report: 'calls', asset: undefined }, drafter, -3); // prettier-ignore
  await record(
    'dialogue',
    scene.withheld,
    'moderate-thread',
    { outcome: 'withheld', reason: 'offensive' },
    checker,
    -2,
  );

  const { group } = scene;
  await record('group', group, 'form-group', { name: 'Tavolo di Palermo', aims: 'Un riuso che duri.', quorumPercent: 50, location: palermo }, drafter, -100); // prettier-ignore
  const member = await record('group', group, 'admit-member', { represents: 'civil-society', organisation: terra }, drafter, -99); // prettier-ignore
  const person = await record('group', group, 'admit-member', { represents: 'academia', person: CANARY, contact: CANARY, accounts: [CANARY] }, drafter, -99); // prettier-ignore
  const meeting = await record('group', group, 'record-meeting', { place: 'Palermo', agenda: ['Case vuote', HOSTILE], present: [member, person], minutes }, drafter, -90); // prettier-ignore
  const votes = { inFavour: 2, against: 0, abstained: 0 };
  const adopt = (text: string, addressedTo: string): Promise<string> =>
    record('group', group, 'adopt-recommendation', { meeting, addressedTo, text, answerBy: dayOf(-20), votes }, drafter, -89, dayOf(-90)); // prettier-ignore
  const first = await adopt('Aprite le case vuote.', 'Palermo');
  await adopt('Pubblicate i costi.', 'ANBSC');
  await record('group', group, 'answer-recommendation', { recommendation: first, outcome: 'accepted', reasons: 'Lo faremo in primavera.', answeringOffice: 'Ufficio patrimonio' }, clerk, -30); // prettier-ignore
}

/** An id that has the form of one and belongs to nothing. */
export const unknown = (kind: 'organisation' | 'call' | 'dialogue' | 'group'): string =>
  idFrom(kind, 'IT', 'test', derivedUuid('nobody'));
