import { readFileSync, existsSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sample } from '#intake';
import { closed } from '../api/system';
import { anOffice } from './office';
import type { Page, TestOffice } from './office';

const lines = readFileSync(join(sample.folder, 'companies-managed.csv'), 'utf8').split('\n');
const file = (...rows: string[]): string => [lines[0], ...rows, ''].join('\n');

describe('importing in the browser', () => {
  let office: TestOffice;
  beforeAll(async () => {
    office = await anOffice();
  });
  afterAll(() => closed(office.system));

  async function upload(content: string, fields: Record<string, string> = {}): Promise<Page> {
    const start = await office.open('/office/import');
    const body = new FormData();
    for (const [name, value] of Object.entries({ token: start.form.get('token') ?? '', profile: sample.profile, ...fields }))
      body.set(name, value);
    body.set('file', new Blob([content]), '../beni 2024;x.csv');
    const answer = await fetch(`${office.system.url}/office/import`, { method: 'POST', body, headers: { 'accept-language': 'en', origin: office.system.url } });
    const html = await answer.text();
    return { status: answer.status, url: answer.url.replace(office.system.url, ''), html, form: new URLSearchParams() };
  } // prettier-ignore

  async function settled(page: Page): Promise<Page> {
    for (;;) {
      const now = await office.open(page.url);
      if (!now.html.includes('http-equiv="refresh"')) return now;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  it('checks every row without recording anything, then records when told to, and once only', async () => {
    const broken = (lines[3] ?? '').replace(/^[^;,]*/, '');
    const checked = await settled(await upload(file(lines[1] ?? '', lines[2] ?? '', broken)));
    expect(checked.html).toContain('The file was checked');
    expect(checked.html).toContain('Refused:');
    expect(await office.system.store.head()).toBe(-1);
    const problems = await (await fetch(`${office.system.url}${checked.url}/problems.csv`)).text();
    expect(problems.split('\n')[0]).toMatch(/^row,kind,column,value,reason,/);
    expect(problems).toContain('refused');
    const done = await settled(await office.send(checked, 'go'));
    expect(done.html).toContain('The file was imported');
    const events = await office.system.store.readAll(-1, 100);
    expect(events.length).toBeGreaterThan(1);
    expect(events[0]?.metadata).toMatchObject({ actor: { subject: 'local-officer', role: 'import' }, source: { kind: 'import', file: 'beni 2024_x.csv', row: 1 } }); // prettier-ignore
    await office.send(checked, 'go');
    const again = await settled(await upload(file(lines[1] ?? '', lines[2] ?? '')));
    expect(again.html).not.toContain('action="/office/import/');
    expect(await office.system.store.readAll(-1, 100)).toHaveLength(events.length);
  });

  it.each([
    ['no file', '', {}, 'Choose a file that is not empty.'],
    ['an unknown way to read it', 'a', { profile: '../x' }, 'Choose how the file is to be read.'],
    ['a forged token', 'a', { token: 'x.y' }, 'open for too long'],
    ['a file that is too large', 'x'.repeat(21 * 1024 * 1024), {}, 'The file is too large.'],
  ])('says what is wrong with %s', async (_, content, fields, fault) => {
    const page = await upload(content, fields);
    expect([page.status, page.html]).toEqual([422, expect.stringContaining(fault)]);
  });

  it('says why a file cannot be read at all, without a path of this machine', async () => {
    const failed = await settled(await upload('one;two\n1;2\n'));
    expect(failed.html).toContain('The import stopped');
    expect(failed.html).not.toContain(tmpdir());
  });

  it('leaves nothing behind when it stops', async () => {
    const other = await anOffice();
    const folders = (): string[] => readdirSync(tmpdir()).filter((name) => name.startsWith('registry-import-'));
    const before = folders();
    const start = await other.open('/office/import');
    const body = new FormData();
    body.set('token', start.form.get('token') ?? '');
    body.set('profile', sample.profile);
    body.set('file', new Blob([file(lines[1] ?? '')]), 'a.csv');
    await fetch(`${other.system.url}/office/import`, { method: 'POST', body });
    const made = folders().filter((name) => !before.includes(name));
    expect(made).toHaveLength(1);
    await closed(other.system);
    expect(existsSync(join(tmpdir(), made[0]!))).toBe(false);
  });
});
