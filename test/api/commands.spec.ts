import { randomUUID } from 'node:crypto';
import { assetIdFrom } from '#domain';
import type { Problem } from '#http';
import { aSystem, closed } from './system';
import type { TestSystem } from './system';

interface Acknowledgement {
  readonly asset: string;
  readonly entry: string;
  readonly revision: number;
  readonly position: number;
}

describe('the command API', () => {
  let system: TestSystem;
  beforeAll(async () => {
    system = await aSystem();
  });
  afterAll(() => closed(system));

  const key = () => ({ 'idempotency-key': randomUUID() });
  const seizure = (id: string = randomUUID()) => ({
    occurredOn: '2015-03-12',
    data: { kind: 'real-estate', identifiers: [{ scheme: 'it-anbsc', id }] },
  });
  const order = { occurredOn: '2016-01-01', data: { instance: 'first' } };
  async function opened(): Promise<string> {
    const answer = await system.post('/api/v1/assets', seizure(), key());
    return ((await answer.json()) as Acknowledgement).asset;
  }
  const problemOf = async (answer: Response): Promise<Problem> => {
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
    return (await answer.json()) as Problem;
  };

  it('opens a dossier and says where it stands in the log', async () => {
    const answer = await system.post('/api/v1/assets', seizure('I-NA-89-S'), key());
    expect(answer.status).toBe(201);
    expect(answer.headers.get('etag')).toBe('"0"');
    const { asset, entry, revision, position } = (await answer.json()) as Acknowledgement;
    expect({ asset, revision }).toEqual({
      asset: expect.stringMatching(/^IT-[0-9A-Z]{10}-[0-9A-Z]$/) as string,
      revision: 0,
    });
    expect(answer.headers.get('location')).toBe(`/api/v1/assets/${asset}?after=${position}`);
    expect(await system.store.readStream(`asset-${asset}`)).toMatchObject([{ id: entry }]);
    expect(await system.projecting.runner.reached(position, 5000)).toBe(true);
  });

  it('records a repeated command once and answers the same', async () => {
    const asset = await opened();
    const headers = key();
    const answers = await Promise.all(
      [1, 2, 3].map(() => system.post(`/api/v1/assets/${asset}/order-confiscation`, order, headers)),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 201]);
    const bodies = await Promise.all(answers.map((answer) => answer.json()));
    expect(new Set(bodies.map((body) => JSON.stringify(body))).size).toBe(1);
    expect(await system.store.readStream(`asset-${asset}`)).toHaveLength(2);
  });

  it('refuses a key that was used for something else', async () => {
    const asset = await opened();
    const headers = key();
    await system.post(`/api/v1/assets/${asset}/order-confiscation`, order, headers);
    const answer = await system.post(
      `/api/v1/assets/${asset}/order-confiscation`,
      { ...order, occurredOn: '2016-01-02' },
      headers,
    );
    expect(await problemOf(answer)).toMatchObject({ type: '/problems/key-reused', status: 422 });
  });

  it('names the rule that was broken and its source', async () => {
    const asset = await opened();
    const entry = { occurredOn: '2016-01-01', data: { purpose: 'social' } };
    const answer = await system.post(`/api/v1/assets/${asset}/decide-destination`, entry, key());
    expect(answer.status).toBe(409);
    expect(await problemOf(answer)).toMatchObject({
      type: '/problems/destination-before-final',
      rule: 4,
      source: expect.stringContaining('159/2011') as string,
    });
  });

  it('keeps to the revision the sender saw', async () => {
    const asset = await opened();
    await system.post(`/api/v1/assets/${asset}/order-confiscation`, order, key());
    const final = { occurredOn: '2017-01-01', data: {} };
    const stale = await system.post(`/api/v1/assets/${asset}/make-confiscation-final`, final, {
      ...key(),
      'if-match': '"0"',
    });
    expect(stale.status).toBe(412);
    expect(await problemOf(stale)).toMatchObject({ facts: { expected: 0, actual: 1 } });
    const fresh = await system.post(`/api/v1/assets/${asset}/make-confiscation-final`, final, {
      ...key(),
      'if-match': '"1"',
    });
    expect(fresh.status).toBe(201);
  });

  it('takes many entries on one dossier at once', async () => {
    const asset = await opened();
    const inspection = { occurredOn: '2016-05-05', data: { condition: 'good', readyForDestination: false } };
    const answers = await Promise.all(
      Array.from({ length: 50 }, () => system.post(`/api/v1/assets/${asset}/record-inspection`, inspection, key())),
    );
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201]));
    const revisions = (await system.store.readStream(`asset-${asset}`)).map(({ revision }) => revision);
    expect(revisions).toEqual(Array.from({ length: 51 }, (_, place) => place));
  });

  describe('answers bad input with a problem that says what to do:', () => {
    const bad: [name: string, status: number, type: string, send: () => Promise<Response>][] = [
      ['malformed JSON', 400, 'malformed-request', () => system.post('/api/v1/assets', '{"occurredOn":', key())],
      ['a wrong content type', 415, 'wrong-content-type', () => system.post('/api/v1/assets', 'a=b', { ...key(), 'content-type': 'text/csv' })],
      ['a form', 415, 'wrong-content-type', () => system.post('/api/v1/assets', 'a=b', { ...key(), 'content-type': 'application/x-www-form-urlencoded' })],
      ['an oversize body', 413, 'too-large', () => system.post('/api/v1/assets', { data: { remarks: 'x'.repeat(300_000) } }, key())],
      ['prototype tricks', 400, 'malformed-request', () => system.post('/api/v1/assets', '{"data":{"__proto__":{"kind":"company"}}}', key())],
      ['no idempotency key', 400, 'idempotency-key-needed', () => system.post('/api/v1/assets', seizure())],
      ['an unknown property around the entry', 400, 'malformed-request', () => system.post('/api/v1/assets', { ...seizure(), actor: 'me' }, key())],
      ['an unknown property of the entry', 400, 'malformed-entry', () => system.post('/api/v1/assets', { ...seizure(), data: { kind: 'company', colour: 'red' } }, key())],
      ['a wrong code', 400, 'malformed-entry', () => system.post('/api/v1/assets', { ...seizure(), data: { kind: 'castle' } }, key())],
      ['a date that does not exist', 400, 'malformed-request', () => system.post('/api/v1/assets', { ...seizure(), occurredOn: '2015-02-30' }, key())],
      ['no date', 422, 'date-needed', () => system.post('/api/v1/assets', { data: { kind: 'company' } }, key())],
      ['a date in the future', 422, 'in-the-future', () => system.post('/api/v1/assets', { ...seizure(), occurredOn: '2999-01-01' }, key())],
      ['a personal tax code in a public field', 422, 'personal-data-in-public-field', () => system.post('/api/v1/assets', { ...seizure(), data: { kind: 'company', title: 'RSSMRA80A01H501U' } }, key())],
      ['an unknown command', 404, 'not-found', async () => system.post(`/api/v1/assets/${await opened()}/paint-it`, order, key())],
      ['a mistyped registry id', 404, 'not-found', () => system.post('/api/v1/assets/IT-0000000000-0/order-confiscation', order, key())],
      ['an asset never seized', 409, 'not-seized', () => system.post(`/api/v1/assets/${assetIdFrom('IT', 'none', 'none')}/order-confiscation`, order, key())],
      ['an unknown address', 404, 'not-found', () => system.get('/api/v2/anything')],
      ['a web page', 403, 'not-from-a-page', () => system.post('/api/v1/assets', seizure(), { ...key(), origin: 'https://evil.example' })],
      ['a wrong If-Match', 400, 'malformed-request', async () => system.post(`/api/v1/assets/${await opened()}/order-confiscation`, order, { ...key(), 'if-match': 'W/"x"' })],
    ]; // prettier-ignore

    it.each(bad)('%s → %i %s', async (_, status, type, send) => {
      const answer = await send();
      const problem = await problemOf(answer);
      expect({ status: answer.status, type: problem.type }).toEqual({ status, type: `/problems/${type}` });
      expect(problem.detail.length).toBeGreaterThan(10);
      expect(JSON.stringify(problem)).not.toMatch(/node_modules|\.ts:|at Object\./);
    });
  });
});
