import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Misconfigured, eventStoreSettingsFromEnv, openEventStore } from '#event-store';
import { EventStoreDbServer } from '../eventstoredb-server/server';
import { aStream, facts } from './facts';

describe('the store named by the environment', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'open-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  test('is the embedded one in the data folder unless another is named', () => {
    expect(eventStoreSettingsFromEnv({}, folder)).toEqual({ kind: 'embedded', path: join(folder, 'events.sqlite') });
    const path = join(folder, 'elsewhere.sqlite');
    expect(eventStoreSettingsFromEnv({ EVENT_STORE_PATH: path }, folder)).toEqual({ kind: 'embedded', path });
    expect(eventStoreSettingsFromEnv({ EVENT_STORE_PATH: path, EVENT_STORE_MAX_BYTES: '1048576' }, folder)).toEqual({
      kind: 'embedded',
      path,
      maxBytes: 1_048_576,
    });
  });

  test('keeps what was appended when it is the embedded one', async () => {
    const settings = eventStoreSettingsFromEnv({ EVENT_STORE: 'embedded' }, folder);
    const stream = aStream();
    const first = await openEventStore(settings);
    await first.append(stream, facts(2), 'no-stream');
    await first.close();
    const again = await openEventStore(settings);
    expect(await again.readStream(stream)).toHaveLength(2);
    await again.close();
  });

  test('is the server named when it is EventStoreDB', async () => {
    const server = await EventStoreDbServer.start();
    const env = { EVENT_STORE: 'eventstoredb', EVENTSTOREDB_URL: server.connectionString };
    const store = await openEventStore(eventStoreSettingsFromEnv(env, folder));
    const stream = aStream();
    await store.append(stream, facts(2), 'no-stream');
    expect(server.log.stream(stream)).toHaveLength(2);
    await store.close();
    server.stop();
  });

  test.each([
    [{ EVENT_STORE: 'mysql' }, /EVENT_STORE is "mysql". Allowed are "embedded" and "eventstoredb"/],
    [{ EVENT_STORE: '' }, /EVENT_STORE is ""/],
    [{ EVENT_STORE_PATH: '' }, /EVENT_STORE_PATH is empty/],
    [{ EVENT_STORE_MAX_BYTES: '1 GB' }, /EVENT_STORE_MAX_BYTES is "1 GB". Give the size .* as a number of bytes/],
    [{ EVENT_STORE: 'eventstoredb' }, /EVENTSTOREDB_URL is missing/],
    [{ EVENT_STORE: 'eventstoredb', EVENTSTOREDB_URL: 'localhost' }, /EVENTSTOREDB_URL\) cannot be used/],
  ])('is refused with the variable and what is allowed: %j', (env, reason) => {
    expect(() => eventStoreSettingsFromEnv(env, folder)).toThrow(Misconfigured);
    expect(() => eventStoreSettingsFromEnv(env, folder)).toThrow(reason);
  });
});
