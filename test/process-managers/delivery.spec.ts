import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SMTPServer } from 'smtp-server';
import type { SMTPServerOptions } from 'smtp-server';
import { italy } from '#domain';
import {
  BACK_OFF,
  Delivery,
  NotSent,
  ProcessDatabase,
  addressees,
  fileSink,
  isAddress,
  messageOf,
  readAddressBook,
  smtpTransport,
} from '#processes';
import type { Message, Transport } from '#processes';

const NOTICE = '3f0c1c7e-1111-8111-8111-111111111111';
const facts = {
  asset: { id: 'IT-0000000000-0', kind: 'real-estate', title: 'Villa\r\nBcc: all@example.org' },
  name: 'Terra',
  to: '2026-12-31',
  days: 90,
};
const book = { from: 'registry@example.org', pages: 'https://registry.example.org' };

/** A real mail server that keeps what it takes and refuses as it is told. */
async function mailServer(
  refuse: (recipient: string) => number | undefined = () => undefined,
  port = 0,
  over: SMTPServerOptions = {},
) {
  const taken: string[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onRcptTo: ({ address }, _, done) => {
      const code = refuse(address);
      done(code === undefined ? null : Object.assign(new Error('refused here'), { responseCode: code }));
    },
    onData: (stream, _, done) => {
      let text = '';
      stream
        .on('data', (part: Buffer) => (text += part.toString()))
        .on('end', () => {
          taken.push(text);
          done();
        });
    },
    ...over,
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const at = (server.server.address() as AddressInfo).port;
  return {
    taken,
    port: at,
    url: `smtp://127.0.0.1:${at}`,
    close: () => new Promise<void>((resolve) => server.close(resolve)),
  };
}

describe('the delivery of notices', () => {
  let folder: string;
  let database: ProcessDatabase;
  let closing: (() => Promise<void>)[];
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'delivery-'));
    database = await ProcessDatabase.open(
      { kind: 'sqlite', path: join(folder, 'processes.sqlite') },
      '2026-01-01T00:00:00.000Z',
    );
    const at = '2026-10-02T22:00:00.000Z';
    await database.query(
      "INSERT INTO effects (id, process, key, kind, what, at, status, payload) VALUES (?, 'assets', 'k', 'notice', 'agreement-ending', ?, 'released', ?)",
      [NOTICE, at, JSON.stringify({ facts })],
    );
    closing = [];
  });
  afterEach(async () => {
    for (const close of closing) await close();
    await database.close();
    await rm(folder, { recursive: true });
  });

  const start = '2026-10-03T00:00:00.000Z';
  const after = (minutes: number): string => new Date(Date.parse(start) + minutes * 60_000).toISOString();
  const waitFor = (id: string, address = 'office@example.org') =>
    database.query(
      "INSERT INTO deliveries (id, notice, address, language, status, attempts, next_at) VALUES (?, ?, ?, 'en', 'waiting', 0, ?)",
      [id, NOTICE, address, start],
    );
  const stateOf = () =>
    database.query<{ status: string; attempts: number; detail: string | null }>(
      'SELECT status, attempts, detail FROM deliveries ORDER BY id',
    );
  const by = (transport: Transport, notices: string[] = []): Delivery => {
    // Before the servers, which wait for their connections to end.
    closing.unshift(() => transport.close());
    return new Delivery(database, transport, book, italy, (notice) => notices.push(notice));
  };
  const server = async (...parts: Parameters<typeof mailServer>) => {
    const made = await mailServer(...parts);
    closing.push(made.close);
    return made;
  };

  it('sends by SMTP, once, in the words of the reader, with an id that follows from the notice', async () => {
    const { taken, url } = await server();
    await waitFor('a');
    const delivery = by(smtpTransport(url));
    expect(await delivery.work(start)).toBe(1);
    expect(await delivery.work(after(60))).toBe(0);
    expect(await stateOf()).toEqual([{ status: 'sent', attempts: 1, detail: null }]);
    const [mail] = taken;
    const { id } = messageOf(
      { id: NOTICE, notice: 'agreement-ending', at: start, facts },
      { to: 'office@example.org', language: 'en' },
      book,
      italy,
    );
    expect(taken).toHaveLength(1);
    expect(mail).toContain(`Message-ID: <${id}@example.org>`);
    expect(mail).toContain('Auto-Submitted: auto-generated');
    expect(mail).toMatch(/^To: office@example\.org\r?$/m);
    // A fact with a line break in it makes no header of its own.
    expect(mail!.split(/\r?\n\r?\n/)[0]).not.toMatch(/^Bcc:/m);
    expect(mail).toContain('31 December 2026');
    expect(mail).toContain('https://registry.example.org/en/assets/IT-0000000000-0');
  });

  it('waits while the server is down, which costs the message nothing, and sends when it is back', async () => {
    const gone = await mailServer();
    await gone.close();
    const notices: string[] = [];
    await waitFor('a');
    const delivery = by(smtpTransport(gone.url), notices);
    for (const minutes of [0, 1, 3, 30, 600, 6000]) expect(await delivery.work(after(minutes))).toBe(0);
    expect(notices).toEqual([expect.stringContaining('Notices wait')]);
    expect(delivery.trouble).toContain('cannot take notices');
    expect(await stateOf()).toEqual([{ status: 'waiting', attempts: 0, detail: null }]);
    const { taken } = await server(undefined, gone.port);
    expect(await delivery.work(after(6100))).toBe(1);
    expect(taken).toHaveLength(1);
    expect(delivery.trouble).toBeUndefined();
  });

  it('tries again later what was put off, and gives up after a day and a half', async () => {
    let busy = true;
    const { taken, url } = await server(() => (busy ? 451 : undefined));
    await waitFor('a');
    const delivery = by(smtpTransport(url));
    await delivery.work(start);
    expect(await stateOf()).toMatchObject([
      { status: 'waiting', attempts: 1, detail: expect.stringContaining('451') as string },
    ]);
    expect(await delivery.work(after(0.5))).toBe(0);
    expect((await stateOf())[0]!.attempts).toBe(1);
    busy = false;
    expect(await delivery.work(after(1))).toBe(1);
    expect(taken).toHaveLength(1);

    busy = true;
    await waitFor('b', 'other@example.org');
    for (let attempt = 0, minutes = 0; attempt <= BACK_OFF.length; minutes += BACK_OFF[attempt] ?? 0, attempt += 1)
      await delivery.work(after(minutes));
    expect(await stateOf()).toMatchObject([{ status: 'sent' }, { status: 'dead', attempts: BACK_OFF.length + 1 }]);
  });

  it('gives up at once what will never be taken, says so, and goes on with the next', async () => {
    const { taken, url } = await server((to) => (to.startsWith('nobody') ? 550 : undefined));
    await waitFor('a', 'nobody@example.org');
    await waitFor('b');
    const notices: string[] = [];
    await by(smtpTransport(url), notices).work(start);
    expect(await stateOf()).toMatchObject([{ status: 'dead', attempts: 1 }, { status: 'sent' }]);
    expect(taken).toHaveLength(1);
    expect(notices).toEqual([expect.stringMatching(/nobody@example\.org cannot be delivered.*550/)]);
  });

  it('takes a refused sign-in for its own fault and not for the message’s', async () => {
    const { url } = await server(undefined, 0, {
      authOptional: false,
      onAuth: (_auth, _session, done) => done(new Error('no')),
    });
    await waitFor('a');
    const delivery = by(smtpTransport(url.replace('//', '//user:secret@')));
    await delivery.work(start);
    expect(await stateOf()).toEqual([{ status: 'waiting', attempts: 0, detail: null }]);
    expect(delivery.trouble).not.toContain('secret');
  });

  it('sends again under the same id after a crash between sending and marking', async () => {
    const { taken, url } = await server();
    await waitFor('a');
    const smtp = smtpTransport(url);
    const crashing: Transport = {
      ...smtp,
      send: async (message) => {
        await smtp.send(message);
        throw new NotSent('unreachable', 'killed here');
      },
    };
    await by(crashing).work(start);
    expect(await stateOf()).toMatchObject([{ status: 'waiting' }]);
    await by(smtpTransport(url)).work(after(10));
    const ids = taken.map((mail) => /^Message-ID: (.*)$/im.exec(mail)?.[1]);
    expect(ids).toHaveLength(2);
    expect(new Set(ids).size).toBe(1);
    expect(await stateOf()).toMatchObject([{ status: 'sent' }]);
  });

  it('puts each message into a folder as one whole file, and the same one when it comes again', async () => {
    const outbox = join(folder, 'outbox');
    const sink = fileSink(outbox);
    const message: Message = {
      id: NOTICE,
      from: 'a@example.org',
      to: 'b@example.org',
      language: 'it',
      subject: 'Perché',
      text: 'Città\n',
      date: start,
    };
    await sink.send(message);
    const [first] = await readdir(outbox);
    const before = await readFile(join(outbox, first!), 'utf8');
    await sink.send(message);
    expect(await readdir(outbox)).toEqual([`${NOTICE}.eml`]);
    expect(await readFile(join(outbox, first!), 'utf8')).toBe(before);
    expect(before).toMatch(/^Subject: =\?UTF-8\?/m);
    await writeFile(join(folder, 'file'), '');
    await expect(fileSink(join(folder, 'file')).send(message)).rejects.toMatchObject({ failure: 'unreachable' });
  });
});

describe('the address book', () => {
  const otherwise = { to: 'all@example.org', language: 'it' } as const;
  const lines = [
    { to: 'anbsc@example.org', language: 'it', agency: 'ANBSC' },
    { to: 'sicily@example.org', language: 'it', area: '19' },
    { to: 'sicily@example.org', language: 'it', area: '082' },
    { to: 'villa@example.org', language: 'en', asset: 'IT-1', notices: ['agreement-ending'] },
  ] as const;
  const told = (...parts: [Parameters<typeof addressees>[1], Parameters<typeof addressees>[2]]) =>
    addressees({ lines, otherwise }, ...parts).map(({ to }) => to);

  it('tells the agency, the area and the asset’s own office, each address once, and somebody in any case', () => {
    const about = { agency: 'ANBSC', asset: 'IT-1', areas: ['19', '082'] };
    expect(told('agreement-ending', about)).toEqual(['anbsc@example.org', 'sicily@example.org', 'villa@example.org']);
    expect(told('visit-overdue', about)).toEqual(['anbsc@example.org', 'sicily@example.org']);
    expect(told('call-closed', { agency: 'Comune' })).toEqual(['all@example.org']);
  });
  it.each(['a@b\r\nBcc: c@d', 'a@b, c@d', '<a@b>', 'a b@c', '@b', 'a@', 'à@b.it', 'a'.repeat(65) + '@b'])(
    'takes %j for no address',
    (text) => expect(isAddress(text)).toBe(false),
  );
  it('is refused with the place of what is wrong', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'book-'));
    const path = join(folder, 'book.json');
    const reading = async (content: unknown) => {
      await writeFile(path, typeof content === 'string' ? content : JSON.stringify(content));
      return () => readAddressBook(path, otherwise);
    };
    expect(await reading('{')).toThrow('cannot be read');
    expect(await reading({})).toThrow('must be a JSON array');
    expect(await reading([{ to: 'a@b' }, { to: 'a@b, c@d' }])).toThrow('line 2: "to" is one plain e-mail address');
    expect(await reading([{ to: 'a@b', agancy: 'x' }])).toThrow('"agancy" is not known');
    expect(await reading([{ to: 'a@b', notices: ['nothing'] }])).toThrow('"notices" is a list of');
    expect((await reading([{ to: 'a@b' }]))()).toMatchObject({ lines: [{ to: 'a@b', language: 'it' }] });
    await rm(folder, { recursive: true });
  });
});
