import { appendFileSync, existsSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import type { PromptBook } from '#scenario';

/**
 * A prompt book in a file, a line of JSON for each thing kept: `[name, value]`. A line cut off by a crash is as if never written. It holds the keys of the scenario's calls, and is for this user
 * alone.
 */
export function keptBook(path: string): PromptBook {
  const kept = new Map<string, unknown>();
  const making = new Map<string, Promise<unknown>>();
  if (existsSync(path)) {
    const text = readFileSync(path, 'utf8');
    const whole = text.slice(0, text.lastIndexOf('\n') + 1);
    if (whole.length < text.length) truncateSync(path, Buffer.byteLength(whole));
    for (const line of whole.split('\n').filter(Boolean)) kept.set(...(JSON.parse(line) as [string, unknown]));
  } else {
    writeFileSync(path, '', { mode: 0o600 });
  }
  const made = async <Value>(name: string, make: () => Value | Promise<Value>): Promise<Value> => {
    const value = await make();
    appendFileSync(path, `${JSON.stringify([name, value])}\n`);
    kept.set(name, value);
    return value;
  };
  return {
    has: (name) => kept.has(name),
    keep: async <Value>(name: string, make: () => Value | Promise<Value>) => {
      if (kept.has(name)) return kept.get(name) as Value;
      const value = making.get(name) ?? made(name, make).finally(() => making.delete(name));
      making.set(name, value);
      return (await value) as Value;
    },
  };
}
