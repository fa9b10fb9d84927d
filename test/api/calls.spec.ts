import { hash, randomBytes, randomUUID } from 'node:crypto';
import { aggregates, isIdOf } from '#domain';
import type { JsonObject } from '#domain';
import type { Problem } from '#http';
import { aSystem, closed } from './system';
import type { TestSystem } from './system';

/** A call through the command API: two officers one after the other, since four eyes need two people (rule 6). */
describe('the command API for calls', () => {
  let system: TestSystem;
  beforeAll(async () => {
    system = await aSystem({ REGISTRY_OFFICER: 'drafter' });
  });
  afterAll(() => closed(system));

  const key = () => ({ 'idempotency-key': randomUUID() });
  const sent = (path: string, data: JsonObject, occurredOn = '2026-01-10', headers = key()) =>
    system.post(`/api/v1/${path}`, { occurredOn, data }, headers);
  const idIn = async (answer: Response, kind: string): Promise<string> => {
    expect(answer.status).toBe(201);
    return ((await answer.json()) as Record<string, string>)[kind]!;
  };
  const refused = async (answer: Response) => {
    const { type, detail } = (await answer.json()) as Problem;
    expect(detail.length).toBeGreaterThan(10);
    return [answer.status, type];
  };

  it('drafts a call, has a second person publish it, and takes a sealed application from a registered organisation', async () => {
    const seizure = { kind: 'real-estate', identifiers: [{ scheme: 'it-anbsc', id: 'I-PA-1' }] };
    const asset = await idIn(await sent('assets', seizure, '2015-03-12'), 'asset');
    const university = { kind: 'academia', name: 'University' };
    const organisation = await idIn(await sent('organisations', university, '2020-03-01'), 'organisation');
    const draft = {
      assets: [asset],
      object: 'A villa for social work',
      summary: 'We look for an organisation that opens the villa to the neighbourhood.',
      criteria: [{ code: 'impact', words: 'What it does for people.', maximum: 30, weight: 60 }],
      tieBreak: 'draw',
      deadline: '2999-06-30T12:00:00+02:00',
      sealing: { scheme: 'threshold-x25519', publicKey: '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo' },
    };
    const call = await idIn(await sent('calls', draft), 'call');
    expect(isIdOf('call', call)).toBe(true);
    const digest = 'ab'.repeat(32);
    // Anything of the right size may be a ciphertext, as far as anybody can tell before the deadline.
    const bytes = randomBytes(4148);
    const ciphertext = { sha256: hash('sha256', bytes, 'hex'), size: bytes.length };
    const sealed = { scheme: 'threshold-x25519', ciphertext, digest };
    const apply = (headers = key()) =>
      sent(`calls/${call}/submit-application`, { organisation, sealed }, '2026-01-11', headers);
    expect(await refused(await sent(`calls/${call}/publish-call`, {}))).toEqual([409, '/problems/same-person']);
    expect(await refused(await apply())).toEqual([409, '/problems/file-missing']);

    await system.close();
    system = await aSystem({ REGISTRY_DATA: system.folder, REGISTRY_OFFICER: 'publisher' });
    expect((await sent(`calls/${call}/publish-call`, {})).status).toBe(201);
    if (aggregates.organisation.commands.has('verify-organisation'))
      expect((await sent(`organisations/${organisation}/verify-organisation`, { checks: ['identity'] })).status).toBe(
        201,
      );
    expect(await refused(await apply())).toEqual([409, '/problems/file-missing']);
    const uploaded = await system.post(`/api/v1/calls/${call}/ciphertexts`, bytes, {
      'content-type': 'application/octet-stream',
    });
    expect([uploaded.status, await uploaded.json()]).toEqual([201, ciphertext]);
    const headers = key();
    expect([(await apply(headers)).status, (await apply(headers)).status]).toEqual([201, 200]);
    expect(await refused(await apply())).toEqual([409, '/problems/already-applied']);
    expect(await refused(await sent(`calls/${call}/close-call`, {}))).toEqual([409, '/problems/call-deadline-not-reached']); // prettier-ignore
    const stranger = { organisation: organisation.replace(/.$/, '?'), sealed };
    expect(await refused(await sent(`calls/${call}/submit-application`, stranger))).toEqual([400, '/problems/malformed-entry']); // prettier-ignore
    expect((await system.store.readStream(`call-${call}`)).map(({ type }) => type)).toEqual([
      'CallDrafted',
      'CallPublished',
      'ApplicationSubmitted',
    ]);
  });
});
