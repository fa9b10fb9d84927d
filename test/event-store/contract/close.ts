import { StoreUnavailable } from '#event-store';
import { aStream, facts } from '../facts';
import type { TheStore } from '../contract';

export function closeContract(theStore: TheStore): void {
  describe('closing', () => {
    test('settles the appends that are under way', async () => {
      const appends = Array.from({ length: 50 }, () => theStore().append(aStream(), facts(1), 'no-stream'));
      await theStore().close();
      const settled = await Promise.all(
        appends.map((append) =>
          append.then(
            () => 'settled',
            () => 'settled',
          ),
        ),
      );
      expect(settled).toHaveLength(50);
    });

    test('refuses what comes later', async () => {
      await theStore().close();
      await expect(theStore().append(aStream(), facts(1), 'no-stream')).rejects.toThrow(StoreUnavailable);
      await expect(theStore().readStream(aStream())).rejects.toThrow(StoreUnavailable);
      await expect(theStore().readAll(-1, 1)).rejects.toThrow(StoreUnavailable);
      await expect(theStore().head()).rejects.toThrow(StoreUnavailable);
    });

    test('twice is the same as once', async () => {
      await theStore().close();
      await expect(theStore().close()).resolves.toBeUndefined();
    });
  });
}
