import { randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { AccountsFromSetUp, TokenRecords } from '#access';
import { assetIdFrom, idFrom, italy } from '#domain';
import type { RecordedEvent } from '#domain';
import type { Problem } from '#http';
import { LocalRequests } from '../../apps/registry/local-requests.guard';
import { TODAY, aRegistry, newKey } from './registry';
import type { Person, TestRegistry } from './registry';

const seizure = (code: string, municipality = '082053') => ({
  occurredOn: '2015-03-12',
  data: {
    kind: 'real-estate',
    identifiers: [{ scheme: 'it-anbsc', id: code }],
    protectedAddress: 'Via del Rifugio 7',
    location: {
      country: 'IT',
      region: { code: '19', name: 'Sicilia' },
      province: { code: municipality.slice(0, 3), name: 'Provincia' },
      municipality: { code: municipality, name: 'Comune' },
    },
  },
});

const typeOf = async (answer: Response): Promise<[number, string]> => [
  answer.status,
  ((await answer.json()) as Problem).type,
];

describe('a registry where people sign in', () => {
  let registry: TestRegistry;
  let officer: Person;
  let elsewhere: Person;
  let auditor: Person;
  let asset: string;
  const order = { occurredOn: '2016-05-01', data: { instance: 'first' } };
  const orderOn = (id: string, by?: Person) =>
    registry.send('POST', `/api/v1/assets/${id}/order-confiscation`, by, order, newKey());
  const events = (stream: string): Promise<RecordedEvent[]> => registry.store.readStream(stream);

  beforeAll(async () => {
    registry = await aRegistry();
    officer = await registry.person({ agency: 'ANBSC' }, { role: 'officer', agency: 'ANBSC' });
    elsewhere = await registry.person({ agency: 'MEF' }, { role: 'officer', agency: 'MEF' });
    auditor = await registry.person({ agency: 'CORTE-CONTI' }, { role: 'auditor' });
    const opened = await registry.send('POST', '/api/v1/assets', officer, seizure('I-1'), newKey());
    expect(opened.status).toBe(201);
    asset = ((await opened.json()) as { asset: string }).asset;
  });
  afterAll(() => registry.close());

  it('takes actor, agency and role from sign-in', async () => {
    const [event] = await events(`asset-${asset}`);
    expect(event?.metadata).toMatchObject({
      actor: { subject: officer.account, agency: 'ANBSC', role: 'officer' },
      source: { kind: 'api' },
    });
  });

  it('turns away who does not say who they are, and says how to', async () => {
    const answer = await orderOn(asset);
    expect(answer.headers.get('www-authenticate')).toMatch(/^Bearer/);
    expect(await typeOf(answer)).toEqual([401, '/problems/not-signed-in']);
    expect(await typeOf(await orderOn(asset, { account: 'x', proof: 'Bearer unknown' }))).toEqual([401, '/problems/not-signed-in']); // prettier-ignore
  });

  it('says the same of what another agency keeps and of what is not there', async () => {
    const nowhere = assetIdFrom('IT', 'it-anbsc', 'nowhere');
    const answers = await Promise.all(
      [asset, nowhere].map(async (id) => (await orderOn(id, elsewhere)).json() as Promise<Problem>),
    );
    const [kept, absent] = answers.map(({ status, type, title, detail }) => ({ status, type, title, detail }));
    expect(kept).toMatchObject({ status: 403, type: '/problems/not-allowed' });
    expect(absent).toEqual(kept);
  });

  it('turns away an account nobody opened, and one that was suspended or closed, at once', async () => {
    const unopened = registry.proofOf({ account: idFrom('account', 'IT', 'local', 'nobody'), by: 'session' });
    expect(await typeOf(await orderOn(asset, unopened))).toEqual([403, '/problems/not-allowed']);
    const short = await registry.person({ agency: 'ANBSC' }, { role: 'officer', agency: 'ANBSC' });
    const on = (command: string) =>
      registry.send('POST', `/api/v1/accounts/${short.account}/${command}`, registry.administrator, { occurredOn: TODAY, data: { reason: 'Absence' } }, newKey()); // prettier-ignore
    const statuses: number[] = [];
    for (const command of ['suspend-account', 'reinstate-account', 'close-account']) {
      expect((await on(command)).status).toBe(201);
      statuses.push((await orderOn(assetIdFrom('IT', 'it-anbsc', 'I-1'), short)).status);
    }
    expect(statuses).toEqual([403, 201, 403]);
  });

  it('limits an officer to the areas of their role', async () => {
    const local = await registry.person({ agency: 'ANBSC' }, { role: 'officer', agency: 'ANBSC', areas: ['082'] });
    const far = await registry.person({ agency: 'ANBSC' }, { role: 'officer', agency: 'ANBSC', areas: ['08', '087015'] }); // prettier-ignore
    const open = (by: Person, code: string, municipality?: string) =>
      registry.send('POST', '/api/v1/assets', by, seizure(code, municipality), newKey());
    expect((await open(local, 'I-2')).status).toBe(201);
    expect(await typeOf(await open(local, 'I-3', '087015'))).toEqual([403, '/problems/not-allowed']);
    expect((await open(far, 'I-4', '087015')).status).toBe(201);
    // Region 08 is not province 082.
    expect(await typeOf(await open(far, 'I-5'))).toEqual([403, '/problems/not-allowed']);
    const nowhere = { occurredOn: '2015-03-12', data: { kind: 'company' } };
    expect((await registry.send('POST', '/api/v1/assets', local, nowhere, newKey())).status).toBe(403);
  });

  it('lets a token do what it is for, and nothing more', async () => {
    const { account } = officer;
    const proof = (scopes: string[], token?: string) =>
      registry.proofOf({ account, by: 'token', scopes, ...(token !== undefined && { token }) });
    expect((await orderOn(asset, proof(['read-restricted']))).status).toBe(403);
    expect((await orderOn(asset, proof(['record'], 'never-issued'))).status).toBe(403);
    const report = { occurredOn: '2016-01-10', data: { condition: 'good', readyForDestination: true } };
    const inspect = (by: Person) => registry.send('POST', `/api/v1/assets/${asset}/record-inspection`, by, report, newKey()); // prettier-ignore
    expect((await inspect(proof(['record']))).status).toBe(201);
    expect((await inspect(proof(['read-restricted']))).status).toBe(403);
  });

  it('takes a token that names itself only while the log knows it', async () => {
    const tokens = new TokenRecords({ recorder: registry.recorder, profile: italy });
    const { account } = officer;
    const [id, inAYear] = [randomUUID(), new Date(Date.now() + 365 * 86_400_000).toISOString()];
    const by = registry.proofOf({ account, by: 'token', scopes: ['record'], token: id });
    const report = { occurredOn: '2016-01-11', data: { condition: 'fair', readyForDestination: false } };
    const inspect = async () => (await registry.send('POST', `/api/v1/assets/${asset}/record-inspection`, by, report, newKey())).status; // prettier-ignore
    const statuses = [await inspect()];
    await tokens.issued(account, { id, label: 'Nightly', scopes: ['record'], until: inAYear });
    statuses.push(await inspect());
    expect(await tokens.revoked(account, id, elsewhere.account)).toMatchObject({ kind: 'refused' });
    expect(await tokens.revoked(account, id)).toMatchObject({ kind: 'recorded' });
    statuses.push(await inspect());
    expect(statuses).toEqual([403, 201, 403]);
  });

  it('knows a program’s entries as nobody’s second look', async () => {
    const service = { agency: 'ANBSC', kind: 'service' };
    const { account } = await registry.person(service, { role: 'officer', agency: 'ANBSC' });
    const program = registry.proofOf({ account, by: 'token', scopes: ['record'] });
    const opened = await registry.send('POST', '/api/v1/assets', program, seizure('I-6'), newKey());
    expect(opened.status).toBe(201);
    const [event] = await events(`asset-${assetIdFrom('IT', 'it-anbsc', 'I-6')}`);
    expect(event?.metadata.source).toEqual({ kind: 'process', name: 'program' });
  });

  it('lets everybody ask, and nobody speak for an organisation that is not theirs', async () => {
    const question = { kind: 'question', report: 'register', addressedTo: 'ANBSC', text: 'Why is it empty?' };
    const ask = (data: object) =>
      registry.send('POST', '/api/v1/dialogues', undefined, { occurredOn: TODAY, data }, newKey());
    const asked = await ask(question);
    expect(asked.status).toBe(201);
    const { dialogue } = (await asked.json()) as { dialogue: string };
    expect((await events(`dialogue-${dialogue}`))[0]?.metadata.actor).toEqual({ subject: 'visitor', agency: 'public', role: 'visitor' }); // prettier-ignore
    const organisation = idFrom('organisation', 'IT', 'it-runts', '1');
    expect((await ask({ ...question, organisation })).status).toBe(401);
  });

  it('lets a member speak for their organisation alone', async () => {
    const ids: string[] = [];
    for (const id of ['1', '2']) {
      const data = { kind: 'civil-society', name: `Cooperativa ${id}`, identifiers: [{ scheme: 'it-runts', id }] };
      const opened = await registry.send('POST', '/api/v1/organisations', officer, { occurredOn: TODAY, data }, newKey()); // prettier-ignore
      ids.push(((await opened.json()) as { organisation: string }).organisation);
    }
    const [own, other] = ids as [string, string];
    const member = await registry.person({ organisation: own }, { role: 'organisation-member' });
    const pledge = (organisation: string) =>
      registry.send('POST', `/api/v1/assets/${asset}/pledge-support`, member, {
        occurredOn: TODAY,
        data: { supporter: { name: 'Cooperativa 1', organisation }, kind: 'money', amount: { minor: 100, currency: 'EUR' } },
      }, newKey()); // prettier-ignore
    expect((await pledge(own)).status).toBe(201);
    expect((await pledge(other)).status).toBe(403);
    expect((await events(`asset-${asset}`)).at(-1)?.metadata.actor).toEqual({ subject: member.account, agency: 'organisation', role: 'organisation-member' }); // prettier-ignore
  });

  describe('and reads what is not public', () => {
    const read = (path: string, by?: Person, purpose = 'Audit 7/2026') =>
      registry.send('GET', `/api/v1/restricted/${path}?purpose=${encodeURIComponent(purpose)}`, by);

    it('records who read what and why before it is shown', async () => {
      const answer = await read(`assets/${asset}`, auditor);
      expect(answer.status).toBe(200);
      expect(await answer.text()).toContain('Via del Rifugio 7');
      expect((await events(`account-${auditor.account}`)).at(-1)).toMatchObject({
        type: 'RestrictedDataRead',
        data: { what: `asset-${asset}`, purpose: 'Audit 7/2026' },
        metadata: { actor: { subject: auditor.account, role: 'auditor' } },
      });
    });
    it('shows it to nobody else, and notes nothing', async () => {
      const before = (await events(`account-${elsewhere.account}`)).length;
      expect((await read(`assets/${asset}`)).status).toBe(401);
      const [kept, absent] = await Promise.all([
        read(`assets/${asset}`, elsewhere),
        read(`assets/${assetIdFrom('IT', 'it-anbsc', 'nowhere')}`, elsewhere),
      ]);
      expect(await typeOf(kept)).toEqual([403, '/problems/not-allowed']);
      expect(await typeOf(absent)).toEqual([403, '/problems/not-allowed']);
      expect(await events(`account-${elsewhere.account}`)).toHaveLength(before);
    });
    it('asks what for', async () => {
      expect(await typeOf(await read(`assets/${asset}`, auditor, ''))).toEqual([400, '/problems/malformed-request']);
    });
    it('shows personal data of an account to its holder, not of a dossier to anybody', async () => {
      expect(await (await read(`accounts/${officer.account}`, officer)).text()).toContain('displayName":"user-');
      const { entries } = (await (await read(`assets/${asset}`, officer)).json()) as { entries: { withheld: string[] }[] }; // prettier-ignore
      expect(entries[0]?.withheld).toEqual([]);
    });
    it('tells an auditor who could do what on a day', async () => {
      const passing = await registry.person({ agency: 'ANBSC' }, { role: 'approver', agency: 'ANBSC' });
      const rolesIn = async (address: string) => {
        const { accounts } = (await (await registry.send('GET', address, auditor)).json()) as { accounts: { account: string; roles: { role: string }[] }[] }; // prettier-ignore
        return accounts.find(({ account }) => account === passing.account)?.roles.map(({ role }) => role);
      };
      expect(await rolesIn('/api/v1/restricted/accounts?purpose=Audit')).toEqual(['approver']);
      expect(await rolesIn('/api/v1/restricted/accounts?purpose=Audit&on=2020-01-01')).toBeUndefined();
      expect((await read('accounts', officer)).status).toBe(403);
    });
  });

  describe('and is set up once', () => {
    const setUp = () => {
      const { recorder, roster } = registry;
      return new AccountsFromSetUp({ recorder, roster, profile: italy, agency: 'ANBSC' });
    };
    it('answers the same administrator again, and makes no second one', async () => {
      const again = await setUp().openFirstAdministrator({ name: 'Any', userName: 'prima' });
      expect(again).toBe(registry.administrator.account);
      expect(await setUp().openFirstAdministrator({ name: 'Any', userName: 'seconda' })).toBeUndefined();
    });
  });

  it('keeps an administrator, however many take rights from one another at once', async () => {
    const others: Person[] = [];
    for (let place = 0; place < 3; place += 1) others.push(await registry.person({ agency: 'ANBSC' }, { role: 'administrator' })); // prettier-ignore
    const ring = [...others, ...others.slice(0, 1)];
    const attempts = others.map((by, place) =>
      registry.send('POST', `/api/v1/accounts/${ring[place + 1]!.account}/suspend-account`, by, { occurredOn: TODAY, data: { reason: 'Race' } }, newKey()),
    ); // prettier-ignore
    const statuses = (await Promise.all(attempts)).map(({ status }) => status);
    // In a ring of three each is the next one's judge: two can go at most, and whoever went first judges no more.
    expect(statuses.filter((status) => status === 201).length).toBeLessThan(3);
    expect(statuses.filter((status) => status === 201).length).toBeGreaterThan(0);
  });

  it('lets nothing of accounts reach the read database or the public', async () => {
    const position = await registry.store.head();
    await registry.projecting.runner.reached(position, 10_000);
    expect((await registry.send('GET', '/health/ready')).status).toBe(200);
    const { account } = await registry.person({ agency: 'ANBSC', displayName: 'CANARY-NAME' }, { role: 'officer', agency: 'ANBSC', reason: 'CANARY-REASON' }); // prettier-ignore
    await registry.projecting.runner.reached(await registry.store.head(), 10_000);
    const files = readdirSync(registry.folder).filter((name) => name.startsWith('read-models'));
    expect(files.length).toBeGreaterThan(0);
    const bytes = files.map((name) => readFileSync(join(registry.folder, name), 'latin1')).join('');
    for (const secret of ['CANARY-NAME', 'CANARY-REASON', account, officer.account, 'Via del Rifugio'])
      expect([secret, bytes.includes(secret)]).toEqual([secret, false]);
    expect(bytes).toContain(asset);
    for (const path of ['/api/v1/assets', `/api/v1/assets/${asset}`, `/api/v1/assets/${asset}/timeline`, '/en/', '/metrics'])
      expect(await (await registry.send('GET', path)).text()).not.toMatch(/CANARY|IT-A-|Rifugio/);
  }); // prettier-ignore
});

describe('a registry with doorkeepers', () => {
  let registry: TestRegistry;
  beforeAll(async () => {
    registry = await aRegistry({ doorkeepers: [LocalRequests] });
  });
  afterAll(() => registry.close());

  it('lets a command pass them before anything else is said about it', async () => {
    const send = (headers: Record<string, string>) =>
      registry.send('POST', '/api/v1/assets', undefined, seizure('I-1'), { ...newKey(), ...headers });
    expect(await typeOf(await send({ origin: 'https://evil.example' }))).toEqual([403, '/problems/not-from-a-page']);
    expect(await typeOf(await send({}))).toEqual([401, '/problems/not-signed-in']);
  });
});
