import { openEventStoreDbLog } from '#event-store';
import { startProgram } from '../child-process';
import { EventStoreDbServer } from '../eventstoredb-server/server';
import { storeContract } from './contract';

describe('the store on EventStoreDB', () => {
  let server: EventStoreDbServer;
  beforeAll(async () => {
    server = await EventStoreDbServer.start();
  });
  afterAll(() => server.stop());

  storeContract('eventstoredb', () => openEventStoreDbLog(server.connectionString));

  test('lets the process end once it is closed', async () => {
    const { code, output, errors } = await startProgram('test/event-store/eventstoredb-client.ts', [
      server.connectionString,
    ]).exit;
    expect({ code, errors }).toEqual({ code: 0, errors: '' });
    expect(output).toMatch(/closed$/);
  });

  test('never uses the batch append, whose pending answers all clients of a process share', () => {
    expect(server.batchAppends).toBe(0);
  });
});

// The judge of the small server and of the adapter alike.
const url = process.env.EVENTSTOREDB_URL;
if (url) storeContract('eventstoredb on the server named by EVENTSTOREDB_URL', () => openEventStoreDbLog(url));
