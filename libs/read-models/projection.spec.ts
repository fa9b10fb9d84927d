import { ofLast } from './projection';

it('makes what several ask of one state once, and of another state anew', () => {
  let made = 0;
  const size = ofLast(({ history }: { history: readonly number[] }) => {
    made += 1;
    return history.length;
  });
  const [one, other] = [{ history: [1] }, { history: [1, 2] }];
  expect([size(one), size(one), size(other), size(other), size(one)]).toEqual([1, 1, 2, 2, 1]);
  expect(made).toBe(3);
});

it('remembers that nothing is made of a state', () => {
  let made = 0;
  const nothing = ofLast(() => void (made += 1));
  const state = {};
  nothing(state);
  nothing(state);
  expect(made).toBe(1);
});
