import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { accountIdFrom, assetIdFrom, derivedUuid, idFrom, streamName } from '#domain';
import { sample } from '#intake';
import type { System } from '../../apps/standalone/system';
import { behindTheDoor } from '../access/behind-the-door';
import type { Behind } from '../access/behind-the-door';
import type { Visitor } from '../access/server';
import { transferred } from '../domain/given-estate';
import { fact, recorded } from '../domain/specification';
import type { SpecifiedFact } from '../domain/specification';
import { recordedIn } from '../domain/stream-specification';

const KEEPER = 'ANBSC';
const CANARY = 'Via del Rifugio 7';
const asset = assetIdFrom('IT', 'it-anbsc', 'signed-in');
const own = idFrom('organisation', 'IT', 'it-runts', 'own');
const stranger = idFrom('organisation', 'IT', 'it-runts', 'stranger');
const agreement = { proposal: derivedUuid('none'), organisation: own, name: 'Cooperativa', act: {}, object: 'Housing', from: '2019-04-01', to: '2040-03-01', charge: 'free', renewable: true }; // prettier-ignore

/** An asset with a protected address, in the hands of an organisation that uses it. */
const [seized, ...since] = transferred as readonly SpecifiedFact[];
const facts: readonly SpecifiedFact[] = [
  { ...seized!, data: { ...seized!.data, protectedAddress: CANARY } },
  ...since,
  fact('AgreementSigned', '2019-04-01', agreement),
  fact('AssetHandedOver', '2019-04-01'),
  fact('UseStarted', '2019-05-01', { purpose: 'social' }),
];

/** The whole way: real accounts, real passwords, real sessions; nobody stands in for anybody. */
describe('the back office of people who signed in', () => {
  let door: Behind;
  let system: System;
  beforeAll(async () => {
    door = await behindTheDoor(KEEPER);
    ({ system } = door);
    await door.append('asset', asset, facts.map(recorded));
    const registered = { type: 'OrganisationRegistered', on: '2018-01-01', data: { kind: 'civil-society', name: 'Cooperativa' } }; // prettier-ignore
    for (const id of [own, stranger])
      await door.append('organisation', id, [recordedIn('organisation', registered, 0)]);
  });
  afterAll(() => door.close());

  const officer = (user: string, agency: string) => door.person(user, { agency }, { role: 'officer', agency });

  const page = async (who: Visitor, path: string) => {
    const answer = await who.get(path);
    return { status: answer.status, html: await answer.text() };
  };
  const hidden = (html: string, name: string) => new RegExp(`name="${name}" value="([^"]*)"`).exec(html)?.[1] ?? '';
  /** Fills in the form of an act and presses `step`. */
  async function fill(who: Visitor, path: string, fields: Record<string, string>, step = 'record'): Promise<Response> {
    const { html } = await page(who, path);
    const of = (name: string): [string, string] => [name, hidden(html, name)];
    return who.post(path, { ...Object.fromEntries(['token', 'key', 'revision'].map(of)), ...fields, step });
  }
  const readings = async (account: string) =>
    (await system.store.readStream(streamName('account', account))).filter(({ type }) => type === 'RestrictedDataRead');
  const at = (command = '') => `/office/assets/${asset}${command && `/${command}`}`;
  const problem = { occurredOn: '1/5/2020', 'data.kind': 'occupied', 'data.blocking': 'yes' };
  const report = {
    occurredOn: '31/1/2021',
    'data.from': '1/6/2019',
    'data.to': '31/12/2019',
    'rows:data.activities': '1',
    'data.activities.0.kind': 'education',
  };

  it('shows restricted fields to an officer of the agency that keeps them, and notes it once a day', async () => {
    const anna = await officer('anna', KEEPER);
    expect((await page(anna, at())).html).toContain(CANARY);
    expect(await readings(anna.account)).toMatchObject([{ data: { what: `asset-${asset}` } }]);
    await page(anna, at());
    await page(anna, at('record-problem'));
    expect(await readings(anna.account)).toHaveLength(1);
  });

  it('records under the account of who signed in, with the role that lets them', async () => {
    const olga = await officer('olga', KEEPER);
    expect((await fill(olga, at('record-problem'), problem)).status).toBe(303);
    const last = (await system.store.readStream(streamName('asset', asset))).at(-1);
    expect([last?.type, last?.metadata.actor]).toEqual([
      'ProblemRecorded',
      { subject: olga.account, agency: KEEPER, role: 'officer' },
    ]);
    // What is filled in is read: the form itself is noted, for it may show what is restricted.
    expect(await readings(olga.account)).toHaveLength(1);
  });

  it('shows an officer of another agency public fields only, and takes no form from them', async () => {
    const mario = await officer('mario', 'MEF');
    const { status, html } = await page(mario, at());
    expect([status, html.includes(CANARY)]).toEqual([200, false]);
    expect((await page(mario, at('record-problem'))).status).toBe(403);
    expect((await fill(mario, at('record-problem'), problem)).status).toBe(403);
    expect(await readings(mario.account)).toEqual([]);
  });

  it('lets a member report what their organisation does with what it holds, and nothing else', async () => {
    const gina = await door.person('gina', { organisation: own }, { role: 'organisation-member' });
    expect((await page(gina, at())).html).not.toContain(CANARY);
    expect((await fill(gina, at('report-activity'), report)).status).toBe(303);
    const last = (await system.store.readStream(streamName('asset', asset))).at(-1);
    expect([last?.type, last?.metadata.actor.role]).toEqual(['ActivityReported', 'organisation-member']);
    for (const act of ['record-problem', 'correct-entry', 'sign-agreement', 'decide-destination'])
      expect([act, (await page(gina, at(act))).status]).toEqual([act, 403]);
    const other = await door.person('rosa', { organisation: stranger }, { role: 'organisation-member' });
    expect((await page(other, at('report-activity'))).status).toBe(403);
    expect((await fill(other, at('report-activity'), report)).status).toBe(403);
    const theirs = { 'data.supporter.name': 'X', 'data.supporter.organisation': own, 'data.kind': 'expertise', occurredOn: '1/2/2021' }; // prettier-ignore
    expect((await fill(other, at('pledge-support'), theirs, 'check')).status).toBe(403);
  });

  it('tells an approver who came with a password alone that a second factor is needed', async () => {
    const dario = await door.person('dario', { agency: KEEPER }, { role: 'approver', agency: KEEPER });
    const { status, html } = await page(dario, at('revoke-destination'));
    expect([status, html.includes('This needs a second factor')]).toEqual([403, true]);
    expect((await page(dario, at())).html).not.toContain(CANARY);
    // What no role of theirs is for is not a matter of how they signed in.
    expect((await page(dario, at('record-problem'))).html).toContain('Your role does not allow this');
  });

  it('does not tell others that there is an account, and shows its holder their own', async () => {
    const lina = await officer('lina', KEEPER);
    const nino = await officer('nino', KEEPER);
    const never = accountIdFrom('IT', { issuer: 'local', user: 'never-opened' });
    const told = async (id: string) => {
      const { status, html } = await page(nino, `/office/accounts/${id}`);
      const search = await nino.get(`/office?q=${id}`);
      return [status, html.replaceAll(id, '…').replace(/value="[^"]*"/g, ''), search.status];
    };
    expect(await told(lina.account)).toEqual(await told(never));
    expect((await told(lina.account))[0]).toBe(404);
    expect(await page(lina, `/office/accounts/${lina.account}`)).toMatchObject({ status: 200, html: expect.stringContaining('lina') as string }); // prettier-ignore
  });

  it('keeps somebody out from the moment their account is suspended', async () => {
    const ugo = await officer('ugo', KEEPER);
    expect((await ugo.get('/office')).status).toBe(200);
    await door.administer(`/${ugo.account}/suspend-account`, { reason: 'Absence' });
    // The session went with the suspension, so that nobody is there any more.
    const { status, html } = await page(ugo, at());
    expect([status, html.includes(CANARY)]).toEqual([303, false]);
  });

  it('imports no row into a dossier that another agency keeps', async () => {
    const [header = '', row = ''] = readFileSync(join(sample.folder, 'companies-managed.csv'), 'utf8').split('\n');
    const imported = async (who: Visitor): Promise<string> => {
      const { html } = await page(who, '/office/import');
      const form = new FormData();
      form.set('token', hidden(html, 'token'));
      form.set('profile', sample.profile);
      form.set('file', new Blob([`${header}\n${row}\n`]), 'beni.csv');
      const cookie = [...who.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
      const headers = { cookie, 'accept-language': 'en' };
      const sent = await fetch(`${system.url}/office/import`, { method: 'POST', redirect: 'manual', headers, body: form }); // prettier-ignore
      const job = sent.headers.get('location') ?? '';
      const settled = async (): Promise<string> => {
        for (;;) {
          const now = await page(who, job);
          if (!now.html.includes('http-equiv="refresh"')) return now.html;
          await new Promise((resolve) => setTimeout(resolve, 20));
        }
      };
      await who.post(job, { token: hidden(await settled(), 'token') });
      return settled();
    };
    const before = await system.store.head();
    expect(await imported(await officer('paolo', KEEPER))).toContain('The file was imported');
    const after = await system.store.head();
    expect(after).toBeGreaterThan(before);
    expect(await imported(await officer('rita', 'MEF'))).toContain('Another agency keeps the dossier');
    const since = await system.store.readAll(after, 100);
    expect(since.filter(({ stream }) => stream.startsWith('asset-'))).toEqual([]);
  });
});
