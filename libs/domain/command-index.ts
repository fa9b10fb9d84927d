/** What a dossier remembers of a command that led to it: what it said, the revision of its last event, and where that stands in the log. */
export interface RecordedCommand {
  readonly digest: string;
  readonly revision: number;
  readonly position: number;
}

type Run = ReadonlyMap<string, RecordedCommand>;

/**
 * Commands by their id. A value that is never changed and yet cheap to extend: a short list of the latest, which is all that most dossiers ever need, and runs of
 * growing size behind it, the youngest and smallest first. A full list joins the runs that are no larger than it, so that of n commands each is copied
 * at most log2(n) times (Bentley and Saxe 1980, "Decomposable searching problems"), and indexes that grew from one another share their older runs.
 */
export interface CommandIndex {
  readonly latest: readonly (readonly [id: string, command: RecordedCommand])[];
  readonly runs: readonly Run[];
}

export const noCommands: CommandIndex = { latest: [], runs: [] };

/** So many commands are looked through one by one sooner than a map of them is made. */
const LISTED = 32;

/** The index with one more command; the one before stays what it was. A command of several events is known by its last. */
export function withCommand({ latest, runs }: CommandIndex, id: string, command: RecordedCommand): CommandIndex {
  const grown = [...latest, [id, command] as const];
  return grown.length < LISTED ? { latest: grown, runs } : { latest: [], runs: joined(new Map(grown), runs) };
}

function joined(full: Run, runs: readonly Run[]): readonly Run[] {
  let youngest = full;
  let taken = 0;
  for (let older = runs[taken]; older && older.size <= youngest.size; older = runs[taken]) {
    youngest = new Map([...older, ...youngest]);
    taken += 1;
  }
  return [youngest, ...runs.slice(taken)];
}

/** The command of that id; undefined when it did not lead here. */
export function commandIn({ latest, runs }: CommandIndex, id: string): RecordedCommand | undefined {
  const listed = latest.findLast(([known]) => known === id);
  if (listed) return listed[1];
  for (const run of runs) {
    const command = run.get(id);
    if (command) return command;
  }
  return undefined;
}
