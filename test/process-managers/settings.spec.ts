import { writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generic, italy } from '#domain';
import { inOneSentence } from '#process';
import { ProcessDatabase, ProcessesError, processesSettingsFromEnv } from '#processes';

const read = (env: Record<string, string> = {}, profile = italy) => processesSettingsFromEnv(env, '/srv', profile);

describe('the settings of the process managers', () => {
  it('are all given when none is', () => {
    expect(read()).toMatchObject({
      database: { kind: 'sqlite', path: '/srv/processes.sqlite' },
      escalateTo: 'transparency-officer',
      book: { lines: [], otherwise: { to: 'officers@localhost', language: 'it' } },
      letterhead: { from: 'registry@localhost' },
    });
    expect(read()!.transport().name).toBe('the folder /srv/outbox');
    expect(read({}, generic)!.book.otherwise.language).toBe('en');
    expect(read({ NOTICES_SINCE: '2026-07-01' })!.since).toBe('2026-06-30T22:00:00.000Z');
  });
  it('turn them off', () => expect(read({ PROCESSES_RUN: 'off' })).toBeUndefined());
  it('send by SMTP, and say no password', async () => {
    const transport = read({ NOTICES_BY: 'smtp', SMTP_URL: 'smtps://user:secret@mail.example.org:465' })!.transport();
    expect(transport.name).toBe('smtps://mail.example.org:465');
    await transport.close();
  });
  it.each([
    ['PROCESSES_RUN', { PROCESSES_RUN: 'yes' }],
    ['PROCESSES_ESCALATE_TO', { PROCESSES_ESCALATE_TO: 'two words' }],
    ['PROCESS_DATABASE', { PROCESS_DATABASE: 'mysql' }],
    ['PROCESS_DATABASE_URL', { PROCESS_DATABASE: 'postgres' }],
    ['NOTICES_BY', { NOTICES_BY: 'pigeon' }],
    ['SMTP_URL', { NOTICES_BY: 'smtp' }],
    ['SMTP_URL', { NOTICES_BY: 'smtp', SMTP_URL: 'https://mail.example.org' }],
    ['NOTICES_FROM', { NOTICES_FROM: 'Registry <a@b>' }],
    ['NOTICES_TO', { NOTICES_TO: 'a@b, c@d' }],
    ['NOTICES_LANGUAGE', { NOTICES_LANGUAGE: 'de' }],
    ['NOTICES_PAGES', { NOTICES_PAGES: 'registry.example.org' }],
    ['NOTICES_SINCE', { NOTICES_SINCE: '2026-02-30' }],
    ['NOTICES_ADDRESSES', { NOTICES_ADDRESSES: '/nowhere/book.json' }],
    ['NOTICES_ADRESSES is not a setting', { NOTICES_ADRESSES: 'book.json' }],
  ])('are refused with the name of %s', (name, env) => {
    expect(() => read(env)).toThrow(ProcessesError);
    expect(() => read(env)).toThrow(name);
  });
  it('take an address book', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'book-'));
    const path = join(folder, 'book.json');
    writeFileSync(path, JSON.stringify([{ to: 'office@example.org', area: '19', language: 'en' }]));
    expect(read({ NOTICES_ADDRESSES: path })!.book.lines).toEqual([
      { to: 'office@example.org', area: '19', language: 'en' },
    ]);
    await rm(folder, { recursive: true });
  });
});

describe('a database of the process managers that cannot be opened', () => {
  it('says so in a sentence, without its password', async () => {
    const opening = ProcessDatabase.open(
      { kind: 'postgres', url: 'postgres://processes:secret@localhost:1/registry' },
      '',
    );
    const error: unknown = await opening.catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(ProcessesError);
    expect(inOneSentence(error)).toMatch(
      /PROCESS_DATABASE_URL cannot be opened .*ECONNREFUSED.* PROCESSES_RUN to off\.$/,
    );
    expect(inOneSentence(error)).not.toContain('secret');
  });
  it('names the file', async () => {
    const path = '/dev/null/below/processes.sqlite';
    await expect(ProcessDatabase.open({ kind: 'sqlite', path }, '')).rejects.toThrow(
      `The file ${path} cannot be opened`,
    );
  });
});
