import { closed } from '../api/system';
import { anOffice } from './office';
import type { Page, TestOffice } from './office';

describe('the back office', () => {
  let office: TestOffice;
  beforeAll(async () => {
    office = await anOffice();
  });
  afterAll(() => closed(office.system));

  const seizure = (code: string) => ({
    occurredOn: '12/3/2015',
    'data.kind': 'real-estate',
    'data.title': '<Villa> "Rosa" & figli',
    'data.identifiers.0.scheme': 'it-anbsc',
    'data.identifiers.0.id': code,
  });
  const idIn = (page: Page): string => /\/office\/\w+\/([A-Z0-9-]+)/.exec(page.url)?.[1] ?? '';

  async function opened(code: string): Promise<string> {
    const form = await office.open('/office/assets/new/record-seizure');
    const confirm = await office.send(form, 'check', seizure(code));
    expect([confirm.status, confirm.html]).toEqual([200, expect.stringContaining('Is this right?')]);
    const done = await office.send(confirm, 'record');
    expect(done.status).toBe(200);
    return idIn(done);
  }

  it('opens a dossier and says in one sentence beforehand what it will record', async () => {
    const form = await office.open('/office/assets/new/record-seizure');
    const confirm = await office.send(form, 'check', seizure('one'));
    expect(confirm.html).toContain('On 12 March 2015:');
    expect(confirm.html).toContain('The asset was seized.');
    const done = await office.send(confirm, 'record');
    expect(done.html).toContain('Recorded.');
    expect(done.html).toContain('&lt;Villa> &quot;Rosa&quot; &amp; figli');
    const [event] = await office.system.store.readStream(`asset-${idIn(done)}`);
    expect(event).toMatchObject({
      metadata: { occurredOn: '2015-03-12', source: { kind: 'form' }, actor: { subject: 'local-officer' } },
      data: { kind: 'real-estate', identifiers: [{ scheme: 'it-anbsc', id: 'one' }] },
    });
    expect(Object.keys(event!.data).sort()).toEqual(['identifiers', 'kind', 'title']);
  });

  it('records once what is sent twice', async () => {
    const id = await opened('two');
    const form = await office.open(`/office/assets/${id}/order-confiscation`);
    const confirm = await office.send(form, 'check', { occurredOn: '1/5/2016', 'data.instance': 'first' });
    const answers = await Promise.all([office.send(confirm, 'record'), office.send(confirm, 'record')]);
    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    expect(await office.system.store.readStream(`asset-${id}`)).toHaveLength(2);
  });

  it('names each mistake, and loses nothing that was typed', async () => {
    const id = await opened('three');
    const form = await office.open(`/office/assets/${id}/order-confiscation`);
    const wrong = await office.send(form, 'check', { occurredOn: '31/2/2016', 'data.court': 'Tribunale di "Palermo"' });
    expect(wrong.status).toBe(422);
    expect(wrong.html).toContain('2 things need your attention');
    expect(wrong.html).toContain('href="#occurredOn"');
    expect(wrong.html).toContain('href="#data-instance"');
    expect(wrong.form.get('occurredOn')).toBe('31/2/2016');
    expect(wrong.form.get('data.court')).toBe('Tribunale di "Palermo"');
    expect(wrong.form.get('key')).toBe(form.form.get('key'));
  });

  it('shows the rule that refuses an entry and its source, with the form as it was', async () => {
    const id = await opened('four');
    const form = await office.open(`/office/assets/${id}/make-confiscation-final`);
    const refused = await office.send(form, 'check', { occurredOn: '1/5/2016', 'data.court': 'Cassazione' });
    expect(refused.status).toBe(409);
    expect(refused.html).toContain('Rule 3.');
    expect(refused.html).toContain('/en/problems/confiscation-not-ordered');
    expect(refused.form.get('data.court')).toBe('Cassazione');
  });

  it('shows who wrote meanwhile, and goes on with what was typed', async () => {
    const id = await opened('five');
    const form = await office.open(`/office/assets/${id}/record-problem`);
    const confirm = await office.send(form, 'check', { occurredOn: '1/5/2016', 'data.kind': 'occupied', 'data.blocking': 'yes' }); // prettier-ignore
    const other = await office.system.post(
      `/api/v1/assets/${id}/order-confiscation`,
      { occurredOn: '2016-01-01', data: { instance: 'first' } },
      { 'idempotency-key': 'five' },
    );
    expect(other.status).toBe(201);
    const conflict = await office.send(confirm, 'record');
    expect(conflict.status).toBe(412);
    expect(conflict.html).toContain('1 January 2016: Confiscation was ordered');
    const again = await office.send(conflict, 'check');
    expect(again.html).toContain('Is this right?');
    const done = await office.send(again, 'record');
    expect(done.status).toBe(200);
    expect(await office.system.store.readStream(`asset-${id}`)).toHaveLength(3);
  });

  it('adds another item to a list without a script', async () => {
    const form = await office.open('/office/assets/new/record-seizure');
    const more = await office.send(form, 'add data.identifiers', seizure('six'));
    expect(more.form.get('data.identifiers.0.id')).toBe('six');
    expect(more.form.get('data.identifiers.1.id')).toBe('');
  });

  it('corrects a field of an entry and leaves both to be seen', async () => {
    const id = await opened('seven');
    const [event] = await office.system.store.readStream(`asset-${id}`);
    const choose = await office.open(`/office/assets/${id}/correct-entry?data.entry=${event!.id}`);
    expect(choose.html).toContain('data.field=title');
    const form = await office.open(`/office/assets/${id}/correct-entry?data.entry=${event!.id}&data.field=title`);
    expect(form.form.get('data.value')).toBe('<Villa> "Rosa" & figli');
    const confirm = await office.send({ ...form, url: `/office/assets/${id}/correct-entry` }, 'check', { 'data.value': 'Villa Gialla', 'data.reason': 'Misread' }); // prettier-ignore
    expect([confirm.status, confirm.html]).toEqual([200, expect.stringContaining('Villa Gialla')]);
    const done = await office.send(confirm, 'record');
    expect(done.html).toContain('Recorded.');
    expect(done.html).toContain('<h1>Villa Gialla</h1>');
    expect(done.html).toContain('&lt;Villa>');
  });

  it('fills in the digest of a file that was chosen, and keeps nothing of the file', async () => {
    const id = await opened('eight');
    const form = await office.open(`/office/assets/${id}/attach-document`);
    const body = new FormData();
    for (const [name, value] of form.form) body.append(name, value);
    body.append('file:data.sha256', new Blob(['hello']), 'hello.txt');
    body.set('step', 'edit');
    const answer = await fetch(`${office.system.url}/office/assets/${id}/attach-document`, { method: 'POST', body, headers: { 'accept-language': 'en' } }); // prettier-ignore
    const html = await answer.text();
    expect(html).toContain('2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824');
    expect(html).toContain('“hello.txt”');
  });

  it('takes over from the entry referred to what is still empty, and nothing else', async () => {
    const id = await opened('fill');
    const funds = await office.open(`/office/assets/${id}/allocate-funds`);
    const filled = { occurredOn: '1/3/2020', 'data.source': 'state', 'data.amount.amount': '1234,50', 'data.amount.currency': 'EUR' };
    await office.send(await office.send(funds, 'check', filled), 'record');
    const [, allocation] = await office.system.store.readStream(`asset-${id}`);
    const form = await office.open(`/office/assets/${id}/reduce-allocation`);
    const more = await office.send(form, 'fill', { 'data.allocation': allocation!.id, 'data.reason': 'Mine' });
    expect(more.html).toContain('1 field was filled in');
    expect(more.form.get('data.amount.amount')).toBe('1234.50');
    expect(more.form.get('data.reason')).toBe('Mine');
    const own = await office.send(form, 'fill', { 'data.allocation': allocation!.id, 'data.amount.amount': '7' });
    expect(own.form.get('data.amount.amount')).toBe('7');
  }); // prettier-ignore

  it('opens and goes on with an organisation, a call, a question and a group', async () => {
    for (const path of ['organisations/new/register-organisation', 'calls/new/draft-call', 'dialogues/new/ask-question', 'groups/new/form-group']) {
      const { status, html } = await office.open(`/office/${path}`);
      expect([path, status, html.includes('<form method="post"')]).toEqual([path, 200, true]);
    }
    const form = await office.open('/office/organisations/new/register-organisation');
    const confirm = await office.send(form, 'check', { occurredOn: '1/3/2020', 'data.kind': 'civil-society', 'data.name': 'Terra Buona' });
    const done = await office.send(confirm, 'record');
    expect(done.html).toContain('<h1>Terra Buona</h1>');
    expect(done.html).toContain('/describe-organisation"');
  }); // prettier-ignore

  describe('offers only what the law lets happen now', () => {
    it('and says why not of the rest', async () => {
      const id = await opened('nine');
      const { html } = await office.open(`/office/assets/${id}`);
      expect(html).not.toContain('Recorded.');
      const [possible = '', not = ''] = html.split('class="impossible"');
      expect(possible).toContain('/order-confiscation"');
      expect(possible).not.toContain('/transfer-asset"');
      expect(not).toContain('/transfer-asset"');
      expect(not).toContain('/make-payment"');
    });
  });

  describe('takes no form', () => {
    const refusedBy = async (headers: Record<string, string>, filled: Record<string, string> = {}): Promise<Page> => {
      const form = await office.open('/office/assets/new/record-seizure');
      const confirm = await office.send(form, 'check', seizure('ten'));
      return office.send(confirm, 'record', filled, headers);
    };
    it('of another site', async () => {
      expect((await refusedBy({ origin: 'https://evil.example' })).status).toBe(403);
      expect((await refusedBy({ 'sec-fetch-site': 'cross-site' })).status).toBe(403);
    });
    it('without its token, and shows it again as it was', async () => {
      const again = await refusedBy({}, { token: 'forged' });
      expect(again.html).toContain('open for too long');
      expect(again.form.get('data.identifiers.0.id')).toBe('ten');
    });
    it('by another name of this machine', async () => {
      const { default: http } = await import('node:http');
      const status = await new Promise<number | undefined>((resolve) =>
        http.get(`${office.system.url}/office`, { headers: { host: 'evil.example' } }, (answer) => {
          answer.resume();
          resolve(answer.statusCode);
        }),
      );
      expect(status).toBe(401);
    });
    afterAll(async () => {
      const events = await office.system.store.readAll(-1, 1000);
      expect(JSON.stringify(events)).not.toContain('"ten"');
    });
  });

  it('shows the desk: what was recorded last, a dossier by its id, words of the register', async () => {
    const id = await opened('eleven');
    const desk = await office.open('/office');
    expect(desk.html).toContain(`/office/assets/${id}#entry-0`);
    expect((await office.open(`/office?q=${id.toLowerCase()}`)).url).toBe(`/office/assets/${id}`);
    await office.system.projecting.runner.reached(await office.system.store.head(), 5000);
    expect((await office.open('/office?q=villa')).html).toContain(`/office/assets/${id}"`);
    expect((await office.open('/office?q=castle')).html).toContain('0 assets found');
  });

  it.each(['/office/castles/x', '/office/assets/IT-0000000000-0', '/office/assets/new/order-confiscation', '/office/groups/new/nothing'])(
    '%s is not there',
    async (path) => expect((await office.open(path)).status).toBe(404),
  ); // prettier-ignore
});
