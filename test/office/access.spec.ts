import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FastifyRequest } from 'fastify';
import { italy } from '#domain';
import type { Actor, StreamKind } from '#domain';
import { openEmbeddedLog } from '#event-store';
import type { EventStore } from '#event-store';
import { serve } from '#process';
import type { Served } from '#process';
import { Recorder } from '#recording';
import { OfficeAccess } from '../../apps/registry/back-office/access';
import { BackOfficeModule } from '../../apps/registry/back-office/back-office.module';
import { RegistryModule } from '../../apps/registry/registry.module';
import { ReturnCounting } from '../../apps/registry/return-counting';
import { anywhere } from '../api/portal';

/** As sign-in will: whoever the session names, with a role that allows some of the acts. */
class Sessions extends OfficeAccess {
  override readonly signIn = '/sign-in';

  actorOf({ headers }: FastifyRequest): Actor | undefined {
    const subject = /session=(\w+)/.exec(headers.cookie ?? '')?.[1];
    return subject === undefined ? undefined : { subject, agency: 'ANBSC', role: 'officer' };
  }

  override mayDo(_request: FastifyRequest, kind: StreamKind, command: string): boolean {
    return kind === 'asset' && command !== 'order-confiscation' && command !== 'import-file';
  }
}

describe('the back office behind a sign-in', () => {
  let folder: string;
  let store: EventStore;
  let served: Served;
  let asset: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'office-'));
    store = openEmbeddedLog(join(folder, 'events.sqlite'));
    const recorder = new Recorder(store, { profile: italy });
    const actor = { subject: 'api', agency: 'local', role: 'officer' };
    const counting = new ReturnCounting({ log: store, recorder, profile: italy, onNotice: () => undefined });
    const rooms = [
      { module: RegistryModule.forRoot(recorder, { profile: italy, actor }, store) },
      { module: BackOfficeModule.forRoot({ recorder, store, profile: italy, access: new Sessions(), counting }) },
    ];
    served = await serve(rooms, anywhere, italy);
    const seizure = await fetch(`${served.url}/api/v1/assets`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'idempotency-key': 'one' },
      body: JSON.stringify({ occurredOn: '2015-03-12', data: { kind: 'company', formerHolder: 'Canary Person' } }),
    });
    ({ asset } = (await seizure.json()) as { asset: string });
  });
  afterAll(async () => {
    await served.close();
    await store.close();
    await rm(folder, { recursive: true, force: true });
  });

  const get = (path: string, session = 'anna'): Promise<Response> =>
    fetch(served.url + path, {
      headers: { cookie: `session=${session}`, 'accept-language': 'en' },
      redirect: 'manual',
    });
  const post = (path: string, fields: Record<string, string>, session = 'anna'): Promise<Response> =>
    fetch(served.url + path, {
      method: 'POST',
      headers: { cookie: `session=${session}`, 'accept-language': 'en' },
      body: new URLSearchParams(fields),
      redirect: 'manual',
    });
  const hidden = (html: string, name: string): string => new RegExp(`name="${name}" value="([^"]*)"`).exec(html)?.[1] ?? ''; // prettier-ignore

  it('sends who is not signed in to sign in, and back to where they wanted to go', async () => {
    const answer = await fetch(`${served.url}/office/assets/${asset}`, { redirect: 'manual' });
    expect([answer.status, answer.headers.get('location')]).toEqual([303, `/sign-in?returnTo=%2Foffice%2Fassets%2F${asset}`]);
    expect((await fetch(`${served.url}/office/assets/${asset}/record-problem`, { method: 'POST', redirect: 'manual' })).status).toBe(303);
  }); // prettier-ignore

  it('offers and takes no act that the role does not allow', async () => {
    const html = await (await get(`/office/assets/${asset}`)).text();
    expect(html).not.toContain('/order-confiscation"');
    expect(html).toContain('Your role does not allow it.');
    expect((await get(`/office/assets/${asset}/order-confiscation`)).status).toBe(403);
    expect((await post(`/office/assets/${asset}/order-confiscation`, { step: 'record' })).status).toBe(403);
    expect((await get('/office/organisations/new/register-organisation')).status).toBe(403);
    expect((await get('/office/import')).status).toBe(403);
    expect(await (await get('/office')).text()).not.toContain('/office/import');
  });

  it('records under the name of who is signed in, and takes nobody else’s form', async () => {
    const path = `/office/assets/${asset}/record-problem`;
    const form = await (await get(path)).text();
    const fields = {
      occurredOn: '1/5/2016',
      'data.kind': 'occupied',
      'data.blocking': 'yes',
      key: hidden(form, 'key'),
      revision: hidden(form, 'revision'),
      token: hidden(form, 'token'),
      step: 'record',
    };
    const foreign = await post(path, fields, 'bruno');
    expect(await foreign.text()).toContain('open for too long');
    expect(await store.readStream(`asset-${asset}`)).toHaveLength(1);
    expect((await post(path, fields)).status).toBe(303);
    const [, problem] = await store.readStream(`asset-${asset}`);
    expect(problem?.metadata.actor).toEqual({ subject: 'anna', agency: 'ANBSC', role: 'officer' });
  });

  it('says that another person is needed where that is all that is missing', async () => {
    const of = async (session: string): Promise<string> => (await (await get(`/office/assets/${asset}`, session)).text()).split('class="impossible"')[0] ?? '';
    expect(await of('anna')).not.toContain('/waive-blocking-problem"');
    expect(await of('bruno')).toContain('/waive-blocking-problem"');
  }); // prettier-ignore

  it('shows no personal data in passing', async () => {
    const html = await (await get(`/office/assets/${asset}`)).text();
    expect(html).toContain('Former holder (personal data)');
    expect(html).not.toContain('Canary');
  });
});
