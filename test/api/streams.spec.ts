import { randomUUID } from 'node:crypto';
import { idFrom } from '#domain';
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
