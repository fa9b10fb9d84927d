import { leafHash, leafSubject, parseLogKeys, verifyProofFile } from '#transparency-log';
import { EventStoreDbServer } from '../eventstoredb-server/server';
import { onBothDatabases } from '../read-models/databases';
import { aSystem, closed } from './system';

/** One fact on its way from an officer's entry to a citizen's page. */
onBothDatabases((fresh) => {
  describe.each(['embedded', 'eventstoredb'])('with the log in %s', (kind) => {
    it('leads a fact from the command API to the page, the API and the timeline', async () => {
      const server = kind === 'eventstoredb' ? await EventStoreDbServer.start() : undefined;
      const database = await fresh();
      const system = await aSystem({
        EVENT_STORE: kind,
        ...(server && { EVENTSTOREDB_URL: server.connectionString }),
        ...(database.kind === 'sqlite'
          ? { READ_DATABASE: 'sqlite', READ_DATABASE_PATH: database.path }
          : { READ_DATABASE: 'postgres', READ_DATABASE_URL: database.url }),
      });
      const seizure = { occurredOn: '2015-03-12', data: { kind: 'company', title: 'Cantina sociale' } };
      const opened = await system.post('/api/v1/assets', seizure, { 'idempotency-key': 'one' });
      const { asset, position } = (await opened.json()) as { asset: string; position: number };
      const read = await system.get(`/api/v1/assets/${asset}?after=${position}`);
      expect(await read.json()).toMatchObject({ asset: { phase: 'seized', phaseSince: '2015-03-12' } });
      const found = await system.get('/api/v1/assets?q=cantina');
      expect(await found.json()).toMatchObject({ total: 1 });
      const page = await (await system.get(`/en/assets/${asset}`)).text();
      expect(page).toContain('Cantina sociale');
      expect((await system.get('/health/ready')).status).toBe(200);
      // Its proof is found by its id, whatever positions the store gives.
      const [event] = await system.store.readStream(`asset-${asset}`, { max: 1 });
      expect(await system.notarising!.notary.reached(position, 10_000)).toBe(true);
      expect(await system.notarising!.indexed(10_000)).toBe(true);
      const proof = await (await system.get(`/api/v1/entries/${event!.id}/proof`)).text();
      const leaf = Buffer.from(await (await system.get(`/api/v1/entries/${event!.id}/leaf`)).arrayBuffer());
      const keys = parseLogKeys(await (await system.get('/log/keys')).text());
      const { index } = verifyProofFile(proof, leafHash(leaf), { origin: keys[0]!.verifier.name, keys });
      expect([index, leafSubject(leaf).id]).toEqual([0, event!.id]);
      expect(await (await system.get('/api/v1/integrity')).json()).toMatchObject({ waitingSince: null });
      await closed(system);
      server?.stop();
    });
  });
});
