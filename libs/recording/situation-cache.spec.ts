import type { Dossier } from '#domain';
import { emptyDossier } from '#domain';
import { SituationCache } from './situation-cache';

const dossier = (revision: number) => ({ ...emptyDossier, revision });

describe('the cache of situations', () => {
  it('gives back what was put last', () => {
    const cache = new SituationCache<Dossier>(2);
    cache.put('a', dossier(0));
    cache.put('a', dossier(1));
    expect(cache.get('a')?.revision).toBe(1);
    expect(cache.get('b')).toBeUndefined();
  });
  it('lets go of what was unused for longest', () => {
    const cache = new SituationCache<Dossier>(2);
    cache.put('a', dossier(0));
    cache.put('b', dossier(0));
    cache.get('a');
    cache.put('c', dossier(0));
    expect(['a', 'b', 'c'].map((stream) => cache.get(stream) !== undefined)).toEqual([true, false, true]);
  });
  it('counts a dossier that is put again as used, and once', () => {
    const cache = new SituationCache<Dossier>(2);
    cache.put('a', dossier(0));
    cache.put('b', dossier(0));
    cache.put('a', dossier(1));
    cache.put('c', dossier(0));
    expect(['a', 'b', 'c'].map((stream) => cache.get(stream)?.revision)).toEqual([1, undefined, 0]);
  });
  it('forgets when told to', () => {
    const cache = new SituationCache<Dossier>(2);
    cache.put('a', dossier(0));
    cache.forget('a');
    cache.forget('b');
    expect(cache.get('a')).toBeUndefined();
  });
});
