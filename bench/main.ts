import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import { append } from './append';
import { browser } from './browser';
import { commands } from './commands';
import { dumps } from './dumps';
import { files } from './files';
import { keys } from './keys';
import { mixed } from './mixed';
import { notary } from './notary';
import { pages } from './pages';
import { proofs } from './proofs';
import { rebuild } from './rebuild';
import { replay } from './replay';
import { tableOf } from './report';
import type { Measured } from './report';

export interface BenchSettings {
  /** For what one run makes; gone afterwards. */
  readonly folder: string;
  /** For logs that later runs use again. */
  readonly cache: string;
  /** Size of the log that is replayed and built from. */
  readonly events: number;
  /** Assets in the register that pages are asked of. */
  readonly assets: number;
  /** How long the mixed load lasts, each time. */
  readonly seconds: number;
  /** A CSV file to import beside the sample, and the profile that reads it. */
  readonly file?: string;
  /** Of the pages only those whose name holds this. */
  readonly match?: string;
}

const benches: Readonly<Record<string, (settings: BenchSettings) => Promise<Measured[]>>> = {
  append, commands, replay, rebuild, files, pages, dumps, browser, mixed, notary, proofs, keys,
}; // prettier-ignore

const program = new Command('bench')
  .description('Measures the registry against what the machine and named peers can do in the same run.')
  .argument('[names...]', `which: ${Object.keys(benches).join(', ')}; all of them when left out`)
  .option('--events <count>', 'size of the log that is replayed and built from', Number, 1_000_000)
  .option('--assets <count>', 'assets in the register that pages are asked of', Number, 1_000_000)
  .option('--seconds <count>', 'how long the mixed load lasts, each of four times', Number, 20)
  .option('--file <csv>', 'a file of the agency to import beside the sample')
  .option('--match <words>', 'of the pages only those whose name holds this')
  .option('--json <file>', 'write the measurements to this file too')
  .option('--only-here', 'measure in this process and print JSON; used for each bench in turn')
  .action(run);

type Options = Pick<BenchSettings, 'events' | 'assets' | 'seconds' | 'file' | 'match'> & {
  readonly json?: string;
  readonly onlyHere?: true;
};

async function run(names: readonly string[], options: Options): Promise<void> {
  const unknown = names.find((name) => !(name in benches));
  if (unknown !== undefined)
    throw new Error(`There is no bench "${unknown}". Use: ${Object.keys(benches).join(', ')}.`);
  const chosen = names.length === 0 ? Object.keys(benches) : names;
  if (options.onlyHere) return measureHere(chosen, options);
  const rows: Measured[] = [];
  for (const name of chosen) {
    say(`${name} …`);
    const fresh = await inProcessOfItsOwn(name, options);
    rows.push(...fresh);
    say(tableOf(fresh));
  }
  process.stdout.write(
    `${cpus()[0]?.model}, ${cpus().length} cores, ${Math.round(totalmem() / 2 ** 30)} GiB, Node.js ${process.version}\n\n${tableOf(rows)}\n`,
  );
  if (options.json !== undefined) writeFileSync(options.json, `${JSON.stringify(rows, null, 2)}\n`);
}

async function measureHere(names: readonly string[], { events, assets, seconds, file, match }: Options): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-'));
  const cache = join(tmpdir(), 'social-reuse-registry-bench');
  mkdirSync(cache, { recursive: true });
  try {
    for (const name of names) {
      const rows = await benches[name]!({
        folder,
        cache,
        events,
        assets,
        seconds,
        ...(file !== undefined && { file }),
        ...(match !== undefined && { match }),
      });
      process.send?.(rows);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const say = (text: string): void => void process.stderr.write(`${text}\n`);

/** So that one bench's memory and compiled code are not another's. */
async function inProcessOfItsOwn(name: string, { events, assets, seconds, ...words }: Options): Promise<Measured[]> {
  const sizes = { events, assets, seconds };
  const args = [name, '--only-here', ...Object.entries(sizes).flatMap(([size, count]) => [`--${size}`, String(count)])];
  const given = Object.entries({ file: words.file, match: words.match }).flatMap(([option, word]) =>
    word === undefined ? [] : [`--${option}`, word],
  );
  const child = spawn(process.execPath, [__filename, ...args, ...given], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const rows: Measured[] = [];
  child.on('message', (message) => rows.push(...(message as Measured[])));
  const [code] = (await once(child, 'exit')) as [number | null];
  if (code !== 0) throw new Error(`The bench "${name}" failed; its message is above.`);
  return rows;
}

program.parseAsync().catch((error: unknown) => {
  say(error instanceof Error ? (error.stack ?? error.message) : String(error));
  process.exit(1);
});
