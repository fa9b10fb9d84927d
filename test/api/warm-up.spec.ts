import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ReadDatabase } from '#read-models';
import { warmUp } from '../../apps/portal/warm-up';
import { aPortal, seizure } from './portal';

describe('a portal before it listens', () => {
  it('asks itself for dossiers now and on a day, and their feeds, in each language, and gets all of them', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'warm-up-'));
    const settings = { kind: 'sqlite', path: join(folder, 'read.sqlite') } as const;
    const portal = await aPortal(settings);
    const database = await ReadDatabase.openForReading(settings);
    const asked: string[] = [];
    const ask = async (address: string): Promise<void> => {
      expect([address, (await portal.get(address)).status]).toEqual([address, 200]);
      asked.push(address);
    };
    try {
      await portal.settled();
      await warmUp(database, ask);
      expect(asked).toEqual([]);
      const { id } = await portal.record('W-1', seizure('W-1', 'Palermo'));
      await portal.settled();
      await warmUp(database, ask, -1);
      expect(asked).toEqual([]);
      await warmUp(database, ask, Infinity);
      const [it, en, ar] = [`/it/beni/${id}`, `/en/assets/${id}`, `/ar/assets/${id}`];
      expect(asked).toEqual([it, en, ar].flatMap((page) => [page, `${page}?asOf=2020-12-31`, `${page}/feed.atom`]));
    } finally {
      await database.close();
      await portal.close();
      await rm(folder, { recursive: true });
    }
  });
});
