import { commandIn, noCommands, withCommand } from './command-index';
import type { CommandIndex } from './command-index';

const command = (revision: number) => ({ digest: `digest ${revision}`, revision, position: revision + 1 });
const indexOf = (count: number): CommandIndex =>
  Array.from({ length: count }).reduce<CommandIndex>(
    (index, _, place) => withCommand(index, `command ${place}`, command(place)),
    noCommands,
  );

describe('the index of commands', () => {
  it('finds each command, and none that is not there', () => {
    const index = indexOf(1000);
    for (let place = 0; place < 1000; place += 1) expect(commandIn(index, `command ${place}`)).toEqual(command(place));
    expect(commandIn(index, 'command 1000')).toBeUndefined();
    expect(commandIn(noCommands, 'command 0')).toBeUndefined();
  });

  it('knows a command by the last thing it did', () => {
    const index = withCommand(indexOf(3), 'command 0', command(3));
    expect(commandIn(index, 'command 0')).toEqual(command(3));
    const many = withCommand(indexOf(1000), 'command 0', command(1000));
    expect(commandIn(many, 'command 0')).toEqual(command(1000));
  });

  it('leaves the index it grew from as it was', () => {
    const before = indexOf(7);
    const [one, other] = [withCommand(before, 'one', command(7)), withCommand(before, 'other', command(7))];
    expect(before).toEqual(indexOf(7));
    expect(commandIn(one, 'other')).toBeUndefined();
    expect(commandIn(other, 'one')).toBeUndefined();
  });

  it('grows in few runs, most of which it shares with the index before', () => {
    const before = indexOf(4095);
    expect(before.runs.length).toBeLessThanOrEqual(7);
    const grown = withCommand(before, 'a', command(4095));
    expect(grown.runs.map(({ size }) => size)).toEqual([4096]);
    expect(grown.latest).toEqual([]);
    const later = withCommand(grown, 'b', command(4096));
    expect(later.runs).toBe(grown.runs);
  });
});
