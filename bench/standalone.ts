import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/** Runs the whole system as it is built, in a process of its own, and hands its origin to the task. Throws when it ends before it listens. */
export async function withStandalone<Result>(
  env: Readonly<Record<string, string>>,
  task: (origin: string) => Promise<Result>,
): Promise<Result> {
  const system = spawn(process.execPath, [join(__dirname, '../apps/standalone/main.js')], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, ...env },
  });
  try {
    let origin: string | undefined;
    for await (const line of createInterface({ input: system.stdout })) {
      origin = /^\s*Pages\s+(http:\S+?)\/?$/.exec(line)?.[1];
      if (origin !== undefined) break;
    }
    if (origin === undefined) throw new Error('The system ended before it said where it listens.');
    // What it goes on to say must not fill the pipe.
    system.stdout.resume();
    return await task(origin);
  } finally {
    if (system.exitCode === null) {
      system.kill();
      await once(system, 'exit');
    }
  }
}
