import { setImmediate as nextTurn } from 'node:timers/promises';
import { Turns } from './turns';

describe('turns', () => {
  it('come one after another under one key, in the order they were taken', async () => {
    const turns = new Turns();
    const told: string[] = [];
    const task = (name: string) => async () => {
      told.push(`${name} begins`);
      await nextTurn();
      told.push(`${name} ends`);
      return name;
    };
    const names = await Promise.all(['a', 'b', 'c'].map((name) => turns.take('key', task(name))));
    expect(names).toEqual(['a', 'b', 'c']);
    expect(told).toEqual(['a begins', 'a ends', 'b begins', 'b ends', 'c begins', 'c ends']);
  });
  it('come side by side under different keys', async () => {
    const turns = new Turns();
    let release: () => void = () => undefined;
    const held = turns.take('a', () => new Promise<void>((resolve) => (release = resolve)));
    await expect(turns.take('b', async () => 'done')).resolves.toBe('done');
    release();
    await held;
  });
  it('go on after one that failed', async () => {
    const turns = new Turns();
    const failed = turns.take('a', () => Promise.reject(new Error('no')));
    const next = turns.take('a', async () => 'done');
    await expect(failed).rejects.toThrow('no');
    await expect(next).resolves.toBe('done');
  });
});
