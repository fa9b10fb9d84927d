/** Runs it and says how many seconds it took. */
export async function secondsOf(task: () => Promise<void> | void): Promise<number> {
  const began = performance.now();
  await task();
  return (performance.now() - began) / 1000;
}

/**
 * Measures several things turn by turn, so that what else the machine does meets all of them alike, and takes the median of each.
 * A thing makes itself ready and gives back the task whose seconds count.
 */
export async function medians<Name extends string>(
  rounds: number,
  things: Readonly<Record<Name, () => Promise<() => Promise<void> | void>>>,
): Promise<Record<Name, number>> {
  const names = Object.keys(things) as Name[];
  const seconds = new Map<Name, number[]>(names.map((name) => [name, []]));
  for (let round = 0; round < rounds; round += 1) {
    for (const name of names) seconds.get(name)!.push(await secondsOf(await things[name]()));
  }
  const median = (name: Name): number => seconds.get(name)!.sort((a, b) => a - b)[Math.floor(rounds / 2)]!;
  return Object.fromEntries(names.map((name) => [name, median(name)])) as Record<Name, number>;
}

/** The value below which this share of them lies. */
export function percentile(values: readonly number[], share: number): number {
  const inOrder = [...values].sort((a, b) => a - b);
  return inOrder[Math.min(inOrder.length - 1, Math.floor(inOrder.length * share))] ?? 0;
}

/** Runs tasks with so many under way at any time. */
export async function side<Item>(
  concurrency: number,
  items: Iterable<Item>,
  task: (item: Item) => Promise<unknown>,
): Promise<void> {
  const rest = items[Symbol.iterator]();
  const worker = async (): Promise<void> => {
    for (let next = rest.next(); !next.done; next = rest.next()) await task(next.value);
  };
  await Promise.all(Array.from({ length: concurrency }, worker));
}

/** The largest resident memory seen while the task runs, in MiB, looked at every 50 ms. */
export async function peakMemory(task: () => Promise<void>): Promise<number> {
  let peak = 0;
  const look = (): void => {
    peak = Math.max(peak, process.memoryUsage.rss());
  };
  const timer = setInterval(look, 50);
  try {
    await task();
  } finally {
    clearInterval(timer);
    look();
  }
  return peak / 2 ** 20;
}
