import { SideBySide } from '../../libs/scenario/side-by-side';

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('tales side by side', () => {
  it('are so many at a time, and all are told', async () => {
    const [told, seen] = [[] as number[], [] as number[]];
    let inside = 0;
    await new SideBySide(3).tell([...Array(10).keys()], async (number) => {
      seen.push((inside += 1));
      await turn();
      told.push(number);
      inside -= 1;
    });
    expect(told).toEqual([...Array(10).keys()]);
    expect(Math.max(...seen)).toBe(3);
  });

  it('leave their place to others while they wait outside, and come back before what has not begun', async () => {
    const together = new SideBySide(1);
    const order: string[] = [];
    let rung = (): void => undefined;
    const bell = new Promise<void>((resolve) => (rung = resolve));
    await together.tell(['waits', 'rings', 'last'], async (name) => {
      order.push(name);
      if (name === 'waits') {
        await together.outside(() => bell);
        order.push('came back');
      }
      if (name !== 'rings') return;
      rung();
      await turn();
    });
    expect(order).toEqual(['waits', 'rings', 'came back', 'last']);
  });

  it('begin no other when one fails, and say why', async () => {
    const begun: number[] = [];
    const telling = new SideBySide(1).tell([1, 2, 3], async (number) => {
      begun.push(number);
      await turn();
      if (number === 2) throw new Error('the disk is full');
    });
    await expect(telling).rejects.toThrow('the disk is full');
    await turn();
    expect(begun).toEqual([1, 2]);
  });
});
