/** What a form sent: every field's values by its name, as typed. */
export class Posted {
  private readonly values = new Map<string, string[]>();

  constructor(pairs: Iterable<readonly [string, string]> = []) {
    for (const [name, value] of pairs) this.add(name, value);
  }

  add(name: string, value: string): void {
    const known = this.values.get(name);
    if (known) known.push(value);
    else this.values.set(name, [value]);
  }

  set(name: string, value: string): void {
    this.values.set(name, [value]);
  }

  delete(name: string): void {
    this.values.delete(name);
  }

  has(name: string): boolean {
    return this.values.has(name);
  }

  /** The first value; empty where there is none. */
  one(name: string): string {
    return this.values.get(name)?.[0] ?? '';
  }

  all(name: string): readonly string[] {
    return this.values.get(name) ?? [];
  }

  *pairs(): Iterable<readonly [name: string, value: string]> {
    for (const [name, values] of this.values) for (const value of values) yield [name, value];
  }
}

/** How many items of a list the form showed. */
export const rowsName = (path: string): string => `rows:${path}`;

/** The items of a list that a form shows: as many as it showed before, at least as many as must be filled in. */
export function rowsIn(posted: Posted, path: string, minimum: number, maximum: number): number {
  const rows = Number(posted.one(rowsName(path)));
  return Math.min(Math.max(Number.isSafeInteger(rows) ? rows : 0, minimum, 1), maximum);
}
