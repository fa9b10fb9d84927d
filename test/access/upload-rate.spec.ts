import { randomUUID } from 'node:crypto';
import type { Problem } from '#http';
import { idFrom } from '#domain';
import { behindTheDoor } from './behind-the-door';
import type { Behind, SignedIn } from './behind-the-door';

/** An office sends from one address: everybody here does. */
describe('uploads are counted', () => {
  let door: Behind;
  let maria: SignedIn;
  let luca: SignedIn;
  beforeAll(async () => {
    door = await behindTheDoor('ANBSC');
    const officer = [{ agency: 'ANBSC' }, { role: 'officer', agency: 'ANBSC' }] as const;
    maria = await door.person('maria', ...officer);
    luca = await door.person('luca', ...officer);
  }, 30_000);
  afterAll(() => door.close());

  const tokenOf = async ({ account }: SignedIn): Promise<string> => {
    const made = await door.system.signIn!.apiTokens.make(account, { name: 'test', scopes: ['record'], days: 1 });
    if (typeof made === 'string') throw new Error(made);
    return made.secret;
  };
  const upload = (token: string): Promise<Response> => {
    const body = new FormData();
    body.set('file', new Blob(['no document']), 'x');
    const headers = { authorization: `Bearer ${token}` };
    return fetch(`${door.system.url}/api/v1/documents`, { method: 'POST', body, headers });
  };
  const handIn = (token: string): Promise<Response> =>
    fetch(`${door.system.url}/api/v1/calls/${idFrom('call', 'IT', 'nobody', 'none')}/ciphertexts`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/octet-stream' },
      body: 'no application',
    });
  const statuses = async (times: number, send: () => Promise<Response>): Promise<number[]> =>
    (await Promise.all(Array.from({ length: times }, send))).map(({ status }) => status);

  it.each([
    ['of documents', 60, 422, upload],
    ['of sealed applications', 30, 404, handIn],
  ])(
    '%s by account: one over its limit leaves the others theirs, and has no more of it by further tokens',
    async (_, most, taken, send) => {
      const [marias, lucas] = [await tokenOf(maria), await tokenOf(luca)];
      expect(await statuses(most, () => send(marias))).toEqual(Array(most).fill(taken));
      const refused = await send(marias);
      expect([refused.status, ((await refused.json()) as Problem).type]).toEqual([429, '/problems/too-many-requests']);
      expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
      expect((await send(await tokenOf(maria))).status).toBe(429);
      expect((await send(lucas)).status).toBe(taken);
    },
  );

  it('by address where a token is made up, whatever token', async () => {
    const invented = () => upload(`srr_${randomUUID().replaceAll('-', '')}AAAAAAAAAAA`);
    const answered = await statuses(62, invented);
    expect(answered.filter((status) => status === 401)).toHaveLength(60);
    expect(answered.filter((status) => status === 429)).toHaveLength(2);
    // Whoever is known loses nothing by it.
    expect((await upload(await tokenOf(luca))).status).toBe(422);
  });
});
