/** What a dossier remembers of a command that led to it: what it said, the revision of its last event, and where that stands in the log. */
export interface RecordedCommand {
  readonly digest: string;
  readonly revision: number;
  readonly position: number;
}

/**
 * Commands by their id. A value that is never changed and yet cheap to extend: runs of growing size, the youngest and smallest first. A new
 * command joins the runs that are no larger than it, so that of n commands each is copied at most log2(n) times (Bentley and Saxe 1980,
 * "Decomposable searching problems"), and indexes that grew from one another share their older runs.
 */
export type CommandIndex = readonly ReadonlyMap<string, RecordedCommand>[];

/** The index with one more command; the one before stays what it was. A command of several events is known by its last. */
export function withCommand(index: CommandIndex, id: string, command: RecordedCommand): CommandIndex {
  let youngest: ReadonlyMap<string, RecordedCommand> = new Map([[id, command]]);
  let joined = 0;
  for (let older = index[joined]; older && older.size <= youngest.size; older = index[joined]) {
    youngest = new Map([...older, ...youngest]);
    joined += 1;
  }
  return [youngest, ...index.slice(joined)];
}

/** The command of that id; undefined when it did not lead here. */
export function commandIn(index: CommandIndex, id: string): RecordedCommand | undefined {
  for (const run of index) {
    const command = run.get(id);
    if (command) return command;
  }
  return undefined;
}
