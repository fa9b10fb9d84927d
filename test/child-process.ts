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
  const node = [process.execPath, '--conditions=source', '--enable-source-maps', '--require', HOOK];
  const command = [...node, resolve(ROOT, program), ...args];
  const shell = options.shell === undefined ? '' : `${options.shell}; `;
  return new Child(
    spawn('/bin/sh', ['-c', `${shell}exec "$@"`, 'sh', ...command], {
      cwd: ROOT,
      env: { ...process.env, ...options.env },
      stdio: ['ignore', 'pipe', 'pipe'],
    }),
  );
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
    process.stderr.setEncoding('utf8').on('data', (text: string) => (this.errors += text));
    createInterface({ input: process.stdout }).on('line', (line) => {
      this.lines.push(line);
      for (const look of [...this.watchers]) look();
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
    const found = new Promise<string>((resolve) => {
      const look = () => {
        const line = this.lines.find((each) => pattern.test(each));
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

  /** SIGKILL: no handler runs, nothing is finished. Resolves when the process is gone. */
  async kill(): Promise<Exit> {
    this.process.kill('SIGKILL');
    return this.exit;
  }
}
