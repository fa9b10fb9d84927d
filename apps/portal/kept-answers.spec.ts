import { KeptAnswers } from './kept-answers';

describe('kept answers', () => {
  let now = 0;
  let asked = 0;
  const ask = (): Promise<number> => Promise.resolve((asked += 1));
  let answers: KeptAnswers<number>;

  beforeEach(() => {
    now = 0;
    asked = 0;
    answers = new KeptAnswers(() => now);
  });

  it('stay as long as nothing is written', async () => {
    await answers.to('how many?', 7, ask);
    now = 3_600_000;
    expect(await answers.to('how many?', 7, ask)).toEqual({ position: 7, answer: 1 });
  });

  it('stay two seconds while something is, and say from which position they are', async () => {
    await answers.to('how many?', 7, ask);
    now = 1999;
    expect(await answers.to('how many?', 8, ask)).toEqual({ position: 7, answer: 1 });
    now = 2000;
    expect(await answers.to('how many?', 9, ask)).toEqual({ position: 9, answer: 2 });
  });

  it('are never from before what the reader has just written', async () => {
    await answers.to('how many?', 7, ask);
    expect(await answers.to('how many?', 9, ask, 8)).toEqual({ position: 9, answer: 2 });
  });

  it('are asked for once by many at a time', async () => {
    const all = await Promise.all(Array.from({ length: 20 }, () => answers.to('how many?', 7, ask)));
    expect(new Set(all.map(({ answer }) => answer))).toEqual(new Set([1]));
  });

  it('forget a failure', async () => {
    await expect(answers.to('how many?', 7, () => Promise.reject(new Error('not now')))).rejects.toThrow('not now');
    expect((await answers.to('how many?', 7, ask)).answer).toBe(1);
  });

  it('forget what nobody has asked for longest', async () => {
    await answers.to('first', 7, ask);
    await answers.to('second', 7, ask);
    await answers.to('first', 7, ask);
    for (let other = 0; other < 999; other += 1) await answers.to(`other ${other}`, 7, ask);
    const before = asked;
    await answers.to('first', 7, ask);
    expect(asked).toBe(before);
    await answers.to('second', 7, ask);
    expect(asked).toBe(before + 1);
  });

  it('are as many as was said, and none that was to be forgotten', async () => {
    const two = new KeptAnswers<number>(() => now, 2);
    for (const question of ['first', 'second', 'third', 'second', 'third']) await two.to(question, 7, ask);
    expect(asked).toBe(3);
    await two.to('first', 7, ask);
    expect(asked).toBe(4);
    two.forget('first');
    await two.to('first', 7, ask);
    expect(asked).toBe(5);
  });
});
