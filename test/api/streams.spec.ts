import { randomUUID } from 'node:crypto';
import { assetIdFrom, idFrom, isIdOf } from '#domain';
import type { Problem } from '#http';
import { aSystem, closed } from './system';
import type { TestSystem } from './system';

/** Every kind of stream is written through the same door as the dossiers (commands.spec.ts). */
describe('the command API for other streams than dossiers', () => {
  let system: TestSystem;
  beforeAll(async () => {
    system = await aSystem();
  });
  afterAll(() => closed(system));

  const key = () => ({ 'idempotency-key': randomUUID() });
  const registration = (id: string = randomUUID()) => ({
    occurredOn: '2020-03-01',
    data: { kind: 'civil-society', name: 'Cooperativa Terra Buona', identifiers: [{ scheme: 'it-runts', id }] },
  });

  it('opens an organisation and adds to it', async () => {
    const opened = await system.post('/api/v1/organisations', registration('77001'), key());
    expect(opened.status).toBe(201);
    const { organisation } = (await opened.json()) as { organisation: string };
    expect(organisation).toBe(idFrom('organisation', 'IT', 'it-runts', '77001'));
    expect(opened.headers.get('location')).toMatch(`/api/v1/organisations/${organisation}?after=`);
    const described = await system.post(
      `/api/v1/organisations/${organisation}/describe-organisation`,
      { occurredOn: '2021-01-01', data: { aims: 'Olive groves' } },
      { ...key(), 'if-match': '"0"' },
    );
    expect(described.status).toBe(201);
    expect(await system.store.readStream(`organisation-${organisation}`)).toHaveLength(2);
  });

  it('opens by the name of the command too', async () => {
    const answer = await system.post('/api/v1/organisations/register-organisation', registration(), key());
    expect(answer.status).toBe(201);
  });

  it('opens one with no identifier under the sender’s key', async () => {
    const headers = key();
    const body = { occurredOn: '2020-03-01', data: { kind: 'academia', name: 'University' } };
    const answers = [
      await system.post('/api/v1/organisations', body, headers),
      await system.post('/api/v1/organisations', body, headers),
    ];
    expect(answers.map(({ status }) => status)).toEqual([201, 200]);
  });

  it('takes a question, and lets nobody moderate or answer it out of turn', async () => {
    const question = { kind: 'question', report: 'register', addressedTo: 'local', text: 'Why is it empty?' };
    const opened = await system.post('/api/v1/dialogues', { occurredOn: '2026-05-01', data: question }, key());
    expect(opened.status).toBe(201);
    const { dialogue } = (await opened.json()) as { dialogue: string };
    expect(isIdOf('dialogue', dialogue)).toBe(true);
    const moderation = { outcome: 'published', reason: 'in-order', text: question.text };
    const own = await system.post(
      `/api/v1/dialogues/${dialogue}/moderate-thread`,
      { occurredOn: '2026-05-02', data: moderation },
      key(),
    );
    expect([own.status, ((await own.json()) as Problem).type]).toEqual([409, '/problems/same-person']);
    const early = await system.post(
      `/api/v1/dialogues/${dialogue}/publish-answer`,
      { occurredOn: '2026-05-02', data: { text: 'It waits for works.' } },
      key(),
    );
    expect([early.status, ((await early.json()) as Problem).type]).toEqual([409, '/problems/answer-before-moderation']);
    const withdrawn = await system.post(
      `/api/v1/dialogues/${dialogue}/close-thread`,
      { occurredOn: '2026-05-02', data: { reason: 'withdrawn' } },
      key(),
    );
    expect(withdrawn.status).toBe(201);
    // It is overdue, so the process managers may have taken it further meanwhile.
    const recorded = (await system.store.readStream(`dialogue-${dialogue}`)).filter(({ metadata }) => metadata.source.kind === 'api'); // prettier-ignore
    expect(recorded.map(({ type }) => type)).toEqual(['QuestionAsked', 'ThreadClosed']);
  });

  it('takes an observation by the name of its command, about an asset it knows', async () => {
    const opened = await system.post('/api/v1/assets', { occurredOn: '2015-03-12', data: { kind: 'company' } }, key());
    const { asset } = (await opened.json()) as { asset: string };
    const observe = (about: string) =>
      system.post(
        '/api/v1/dialogues/file-observation',
        { occurredOn: '2026-05-01', data: { asset: about, addressedTo: 'local', text: 'The gate is open.' } },
        key(),
      );
    expect((await observe(asset)).status).toBe(201);
    expect((await observe(assetIdFrom('IT', 'it-anbsc', 'nobody'))).status).toBe(409);
  });

  it('forms a group and admits a member the registry knows', async () => {
    const academia = { kind: 'academia', name: 'University' };
    const known = await system.post('/api/v1/organisations', { occurredOn: '2020-03-01', data: academia }, key());
    const { organisation } = (await known.json()) as { organisation: string };
    const formed = await system.post(
      '/api/v1/groups',
      { occurredOn: '2025-01-10', data: { name: 'Tavolo', aims: 'Reuse that lasts', quorumPercent: 50 } },
      key(),
    );
    expect(formed.status).toBe(201);
    const { group } = (await formed.json()) as { group: string };
    const admit = (represents: string) =>
      system.post(
        `/api/v1/groups/${group}/admit-member`,
        { occurredOn: '2025-02-01', data: { represents, organisation } },
        key(),
      );
    const refused = await admit('company');
    expect([refused.status, ((await refused.json()) as Problem).type]).toEqual([409, '/problems/represents-others']);
    expect((await admit('academia')).status).toBe(201);
    expect(await system.store.readStream(`group-${group}`)).toHaveLength(2);
  });

  const bad: [name: string, status: number, type: string, send: () => Promise<Response>][] = [
    ['an unknown collection', 404, 'not-found', () => system.post('/api/v1/castles', registration(), key())],
    ['a command that opens nothing', 404, 'not-found', () => system.post('/api/v1/organisations/describe-organisation', registration(), key())],
    ['a command of another collection', 404, 'not-found', () => system.post(`/api/v1/organisations/${idFrom('organisation', 'IT', 'a', 'b')}/order-confiscation`, registration(), key())],
    ['the id of another kind', 404, 'not-found', () => system.post(`/api/v1/organisations/${idFrom('call', 'IT', 'a', 'b')}/describe-organisation`, registration(), key())],
    ['an organisation nobody registered', 409, 'not-opened', () => system.post(`/api/v1/organisations/${idFrom('organisation', 'IT', 'a', 'b')}/describe-organisation`, { occurredOn: '2021-01-01', data: {} }, key())],
  ]; // prettier-ignore

  it.each(bad)('answers %s with %i %s', async (_, status, type, send) => {
    const answer = await send();
    const problem = (await answer.json()) as Problem;
    expect({ status: answer.status, type: problem.type }).toEqual({ status, type: `/problems/${type}` });
    expect(problem.detail.length).toBeGreaterThan(10);
  });
});
