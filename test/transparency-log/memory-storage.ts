import { TileStorage, TransparencyError } from '#transparency-log';

/** A folder in memory. `paths` is what stands in it. */
export class MemoryTileStorage extends TileStorage {
  constructor(readonly paths = new Map<string, Uint8Array>()) {
    super();
  }

  async read(path: string): Promise<Uint8Array | undefined> {
    return this.paths.get(path);
  }

  async isEmpty(): Promise<boolean> {
    return this.paths.size === 0;
  }

  async writeOnce(path: string, bytes: Uint8Array): Promise<void> {
    const there = this.paths.get(path);
    if (there && Buffer.compare(there, bytes) !== 0) throw new TransparencyError('resource-conflict', path);
    this.paths.set(path, Uint8Array.from(bytes));
  }

  async replace(path: string, bytes: Uint8Array): Promise<void> {
    this.paths.set(path, Uint8Array.from(bytes));
  }

  async dropPartials(fullPath: string): Promise<void> {
    for (const path of [...this.paths.keys()]) if (path.startsWith(`${fullPath}.p/`)) this.paths.delete(path);
  }

  copy(): MemoryTileStorage {
    return new MemoryTileStorage(new Map(this.paths));
  }

  get sorted(): [path: string, bytes: string][] {
    return [...this.paths].map(([path, bytes]): [string, string] => [path, Buffer.from(bytes).toString('hex')]).sort();
  }
}

/** The storage of a process that dies at its n-th write: before it, or right after it. Once dead it answers nothing. */
export class DyingStorage extends TileStorage {
  private writes = 0;
  private dead = false;

  constructor(
    private readonly inner: TileStorage,
    private readonly last: number,
    private readonly moment: 'before' | 'after',
    /** Sees each write that took effect. */
    private readonly watch: (path: string, bytes: Uint8Array) => void = () => undefined,
  ) {
    super();
  }

  get died(): boolean {
    return this.dead;
  }

  async read(path: string): Promise<Uint8Array | undefined> {
    this.requireLife();
    return this.inner.read(path);
  }

  async isEmpty(): Promise<boolean> {
    return this.inner.isEmpty();
  }

  writeOnce(path: string, bytes: Uint8Array): Promise<void> {
    return this.write(path, bytes, () => this.inner.writeOnce(path, bytes));
  }

  replace(path: string, bytes: Uint8Array): Promise<void> {
    return this.write(path, bytes, () => this.inner.replace(path, bytes));
  }

  dropPartials(fullPath: string): Promise<void> {
    return this.write(`${fullPath}.p`, new Uint8Array(), () => this.inner.dropPartials(fullPath));
  }

  private async write(path: string, bytes: Uint8Array, work: () => Promise<void>): Promise<void> {
    this.requireLife();
    const mine = (this.writes += 1);
    if (mine === this.last && this.moment === 'before') this.die();
    await work();
    this.watch(path, bytes);
    if (mine === this.last) this.die();
  }

  private die(): never {
    this.dead = true;
    throw new Error('the process died');
  }

  private requireLife(): void {
    if (this.dead) throw new Error('the process died');
  }
}
