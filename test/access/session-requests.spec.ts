import { idFrom } from '#domain';
import type { JsonObject } from '#domain';
import { sealingKeysDigest } from '#sealing';
import { draft } from '../domain/calls';
import { recordedIn } from '../domain/stream-specification';
import { aCall } from '../sealing/calls';
import { behindTheDoor } from './behind-the-door';
import type { Behind, SignedIn } from './behind-the-door';
import { Visitor } from './server';

const KEEPER = 'ANBSC';
const call = idFrom('call', 'IT', 'key', 'session');
const own = idFrom('organisation', 'IT', 'it-runts', 'own');
const { keys } = aCall({ call, threshold: 2, evaluators: 3 });
const dealt = {
  keys: JSON.parse(JSON.stringify(keys)) as JsonObject,
  keysDigest: sealingKeysDigest(keys),
  custodians: ['Comune', 'Prefettura', 'Università'],
  accounts: ['rosa', 'vito', 'ines'].map((login) => ({ login, agency: KEEPER })),
};

/** A browser sends its session along whoever asks it to: what changes something must come from a page of ours. */
describe('files and sealed applications of somebody with a session', () => {
  let door: Behind;
  let gina: SignedIn;
  beforeAll(async () => {
    door = await behindTheDoor(KEEPER);
    const told = [
      { type: 'CallDrafted', on: '2026-05-01', data: { ...draft, deadline: '2999-06-30T12:00:00+02:00' } },
      { type: 'CallKeyDealt', on: '2026-05-01', data: dealt },
      { type: 'CallPublished', on: '2026-05-02', data: {} },
    ];
    await door.append('call', call, told.map((each, place) => recordedIn('call', each, place))); // prettier-ignore
    const registered = { type: 'OrganisationRegistered', on: '2018-01-01', data: { kind: 'civil-society', name: 'Cooperativa' } }; // prettier-ignore
    await door.append('organisation', own, [recordedIn('organisation', registered, 0)]);
    gina = await door.person('gina', { organisation: own }, { role: 'organisation-member' });
  });
  afterAll(() => door.close());

  const page = `/en/calls/${call}/apply`;
  const submission = `/api/v1/calls/${call}/sealed-applications?organisation=${own}&digest=${'0'.repeat(64)}`;
  /** What becomes of some bytes that are sent with a browser's cookies. */
  async function sent(who: Visitor, path: string, more: Record<string, string> = {}): Promise<[number, string]> {
    const cookie = [...who.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const headers = { cookie, 'content-type': 'application/octet-stream', 'idempotency-key': 'one', ...more };
    const answer = await fetch(door.system.url + path, { method: 'POST', headers, body: 'bytes' });
    const { type } = (await answer.json()) as { type: string };
    return [answer.status, type.replace('/problems/', '')];
  }

  it.each(['photos', 'documents', `calls/${call}/ciphertexts`, `calls/${call}/opening`])(
    'are not taken at /api/v1/%s without the token of a page',
    async (path) => {
      expect(await sent(gina, `/api/v1/${path}`)).toEqual([403, 'forged-request']);
      expect(await sent(gina, `/api/v1/${path}`, { 'x-form-token': 'x' })).toEqual([403, 'forged-request']); // prettier-ignore
    },
  );

  it('are taken from the page on which an organisation applies', async () => {
    const html = await (await gina.get(page)).text();
    const token = /data-form-token="([^"]+)"/.exec(html)?.[1] ?? '';
    expect(await sent(gina, submission)).toEqual([403, 'forged-request']);
    // Let in: what is wrong now is what was sent.
    expect(await sent(gina, submission, { 'x-form-token': token })).toEqual([422, 'file-refused']); // prettier-ignore
    expect(html).not.toContain('/sign-in?');
    const foreign = { 'x-form-token': token, origin: 'https://elsewhere.example' };
    expect(await sent(gina, submission, foreign)).toEqual([403, 'forged-request']);
  });

  it('are sealed with a key that is shown to accounts alone before the call is published', async () => {
    const drafted = idFrom('call', 'IT', 'key', 'drafted');
    const its = JSON.parse(JSON.stringify(aCall({ call: drafted, threshold: 2, evaluators: 3 }).keys)) as JsonObject;
    const told = [
      { type: 'CallDrafted', on: '2026-05-01', data: { ...draft, deadline: '2999-06-30T12:00:00+02:00' } },
      { type: 'CallKeyDealt', on: '2026-05-01', data: { ...dealt, keys: its } },
    ];
    await door.append('call', drafted, told.map((each, place) => recordedIn('call', each, place))); // prettier-ignore
    const asked = async (who: Visitor, id: string) => (await who.get(`/api/v1/calls/${id}/sealing`)).status;
    const visitor = new Visitor(door.system.url);
    expect([await asked(visitor, drafted), await asked(gina, drafted)]).toEqual([404, 200]);
    expect(await asked(visitor, call)).toBe(200);
  });

  it('need a sign-in, which the page says before anything is written, and nobody is given a cookie for looking', async () => {
    const visitor = new Visitor(door.system.url);
    const html = await (await visitor.get(page)).text();
    expect(html).toContain(`/sign-in?returnTo=${encodeURIComponent(page)}`);
    expect(html).not.toContain('data-form-token');
    expect([...visitor.cookies]).toEqual([]);
    expect(await sent(visitor, submission)).toEqual([401, 'not-signed-in']);
  });
});
