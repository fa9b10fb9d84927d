import { closed } from '../api/system';
import { anOffice } from './office';
import type { Page, TestOffice } from './office';

const NOTE = 'Bills were not paid for a year.';

describe('the publication of a withheld field in the back office', () => {
  let office: TestOffice;
  let asset: string;
  let dossier: Page;
  beforeAll(async () => {
    office = await anOffice();
    const answer = await office.system.post(
      '/api/v1/assets',
      { occurredOn: '2015-03-12', data: { kind: 'company', title: 'Cantina' } },
      { 'idempotency-key': 'seized' },
    );
    ({ asset } = (await answer.json()) as { asset: string });
    await byRosa('appoint-administrator', { office: 'agency' });
    await byRosa('discharge-administrator', { reason: 'removed', note: NOTE });
    await byRosa('describe-asset', { protectedAddress: 'Via Segreta 1' });
    dossier = await office.open(`/office/assets/${asset}`);
  }, 60_000);
  afterAll(() => closed(office.system));

  async function byRosa(name: string, data: object): Promise<void> {
    const origin = {
      actor: { subject: 'rosa', agency: 'local', role: 'officer' },
      source: { kind: 'form' },
      idempotencyKey: name,
      correlationId: 'test',
    } as const;
    const command = { name, occurredOn: '2016-01-01', data: { ...data } };
    const recorded = await office.system.recorder.record(`asset-${asset}`, command, origin);
    expect(recorded.kind).toBe('recorded');
  }

  const linkIn = ({ html }: Page): string =>
    /href="([^"]*disclose-field\?[^"]*)"/.exec(html)?.[1]?.replaceAll('&amp;', '&') ?? '';

  it('is offered on the entry that withholds it, and for nothing that never opens', () => {
    const links = dossier.html.match(/disclose-field\?/g) ?? [];
    expect(links).toHaveLength(1);
    expect(linkIn(dossier)).toContain('data.field=note');
    expect(dossier.html).toContain('Publish “Note”');
  });

  it('shows what will be published before it is, asks for no value, and tells of it with the entry', async () => {
    const form = await office.open(linkIn(dossier));
    expect(form.html).toMatch(/<h1[^>]*>Publish “Note”/);
    expect([form.form.get('data.field'), form.form.has('data.value'), form.form.has('data.salt')]).toEqual([
      'note',
      false,
      false,
    ]);
    const confirm = await office.send(form, 'check', { 'data.reason': 'The case is closed.' });
    expect([confirm.status, confirm.html.includes(NOTE), confirm.html.includes('Is this right?')]).toEqual([200, true, true]);
    const done = await office.send(confirm, 'record');
    expect([done.status, done.html.includes('Recorded.'), linkIn(done)]).toEqual([200, true, '']);
    expect(done.html).toContain('was withheld at first and published on');
    const last = (await office.system.store.readStream(`asset-${asset}`)).at(-1);
    expect(last).toMatchObject({ type: 'FieldDisclosed', data: { field: 'note', value: NOTE, reason: 'The case is closed.' } });
    const page = await fetch(`${office.system.url}/en/assets/${asset}?after=${last!.position}`);
    expect((await page.text()).includes(NOTE)).toBe(true);
  }); // prettier-ignore
});
