import { spawn } from 'node:child_process';
import type { ChildProcessByStdio } from 'node:child_process';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';

const ROOT = resolve(__dirname, '..');
const HOOK = resolve(__dirname, 'typescript-hook.cjs');

export interface ChildOptions {
  readonly env?: Readonly<Record<string, string>>;
  /** A shell line to be run first in the same process, for instance `ulimit -f 100`. */
  readonly shell?: string;
}

export interface Exit {
  /** Null when a signal ended it. */
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  /** What it wrote to standard output and standard error. */
  readonly output: string;
  readonly errors: string;
}

/** Runs a TypeScript program of this repository, named from its root, in a process of its own, from the sources and without a build. */
export function startProgram(program: string, args: readonly string[] = [], options: ChildOptions = {}): Child {
  return spawned(
    ['--conditions=source', '--enable-source-maps', '--require', HOOK, resolve(ROOT, program), ...args],
    options,
  );
}

/** Runs a program as it is installed: compiled, as the build (which `npm test` does first) left it. */
export function startBuilt(program: string, options: ChildOptions = {}): Child {
  return spawned([resolve(ROOT, 'dist', program)], options);
}

/** What still runs when a file's tests are over, most often because one of them failed: it would keep the whole run from ending. */
const running = new Set<Child>();
afterAll(async () => {
  await Promise.all([...running].map((child) => child.kill()));
});

function spawned(args: readonly string[], options: ChildOptions): Child {
  const command = [process.execPath, ...args];
  const shell = options.shell === undefined ? '' : `${options.shell}; `;
  const child = new Child(
    spawn('/bin/sh', ['-c', `${shell}exec "$@"`, 'sh', ...command], {
      cwd: ROOT,
      env: { ...process.env, ...options.env },
      stdio: ['ignore', 'pipe', 'pipe'],
    }),
  );
  running.add(child);
  const gone = () => running.delete(child);
  child.exit.then(gone, gone);
  return child;
}

/** A program that runs. End it with `kill`, or wait for `exit`. */
export class Child {
  readonly pid: number | undefined;
  readonly exit: Promise<Exit>;
  /** The whole lines it has written to standard output so far. */
  readonly lines: string[] = [];
  private errors = '';
  private watchers: (() => void)[] = [];

  constructor(private readonly process: ChildProcessByStdio<null, Readable, Readable>) {
    this.pid = process.pid;
    process.stderr.setEncoding('utf8').on('data', (text: string) => {
      this.errors += text;
      this.look();
    });
    createInterface({ input: process.stdout }).on('line', (line) => {
      this.lines.push(line);
      this.look();
    });
    this.exit = new Promise((resolve, reject) => {
      process.on('error', reject);
      process.on('close', (code, signal) => {
        resolve({ code, signal, output: this.lines.join('\n'), errors: this.errors });
      });
    });
  }

  /** The first line that fits. Rejects, with what it wrote to standard error, when the program ends without one. */
  async line(pattern: RegExp): Promise<string> {
    return this.waitFor(() => this.lines.find((each) => pattern.test(each)), pattern);
  }

  /** Asks it to stop, as a terminal or a container engine does. Resolves when it is gone. */
  async stop(signal: 'SIGTERM' | 'SIGINT' = 'SIGTERM'): Promise<Exit> {
    this.process.kill(signal);
    return this.exit;
  }

  /** The first line on standard error that fits. Rejects when the program ends without one. */
  async complaint(pattern: RegExp): Promise<string> {
    return this.waitFor(() => this.errors.split('\n').find((line) => pattern.test(line)), pattern);
  }

  /** SIGKILL: no handler runs, nothing is finished. Resolves when the process is gone. */
  async kill(): Promise<Exit> {
    this.process.kill('SIGKILL');
    return this.exit;
  }

  private look(): void {
    for (const look of [...this.watchers]) look();
  }

  private async waitFor(find: () => string | undefined, pattern: RegExp): Promise<string> {
    const found = new Promise<string>((resolve) => {
      const look = () => {
        const line = find();
        if (line !== undefined) resolve(line);
      };
      this.watchers.push(look);
      look();
    });
    const ended = this.exit.then(({ code, errors }): never => {
      throw new Error(`the program ended (${code}) before it wrote ${String(pattern)}: ${errors}`);
    });
    return Promise.race([found, ended]);
  }
}
