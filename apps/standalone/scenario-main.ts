import 'reflect-metadata';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { SingleBar } from 'cli-progress';
import { Command, InvalidArgumentError } from 'commander';
import { dateOf } from '#domain';
import { run } from '#process';
import { play } from '#scenario';
import { fillWithSample } from './sample';
import { Cast } from './scenario/cast';
import { beginning } from './scenario/beginning';
import { HttpStage } from './scenario/http-stage';
import { keptBook } from './scenario/kept-book';
import { settingsFromEnv } from './settings';
import { startSystem } from './system';

/** How much a scenario of scale 1 tells. */
const ONE = { assets: 120, dossiers: 24, organisations: 40, groups: 2, calls: 5 };

interface Options {
  readonly scale: number;
  readonly seed: string;
  readonly together: number;
  readonly deadline: number;
  readonly stop?: true;
}

/**
 * `npm run scenario`: the whole system with years of invented life over the sample's real assets, every line by the public command API under accounts of its own. The data folder must be one
 * whose administrator nobody is yet: this is for showing and measuring, and never for a registry in use. Broken off, it goes on where it was when it is started again on the same folder.
 */
const program = new Command('scenario')
  .description(
    'Plays years of plausible, invented life over the sample data by the public command API, and goes on serving it.',
  )
  .option('--scale <number>', 'how much: 1 is some thousand entries', positive, 1)
  .option('--seed <text>', 'the same seed gives the same scenario', '1')
  .option('--together <number>', 'tales told at the same time', positive, 16)
  .option('--deadline <seconds>', 'for how long each call of the scenario is open', positive, 90)
  .option('--stop', 'stop when everything is told');

function positive(text: string): number {
  const number = Number(text);
  if (Number.isFinite(number) && number > 0) return number;
  throw new InvalidArgumentError('Give a number above 0.');
}

run(async (handOver) => {
  program.parse();
  const { scale, seed, together, deadline, stop } = program.opts<Options>();
  // Nobody plays against the limits that keep strangers from guessing.
  const env = { REGISTRY_DATA: './data-scenario', REGISTRY_COMMANDS_A_MINUTE: '1000000', ...process.env };
  const settings = settingsFromEnv(env);
  mkdirSync(settings.dataFolder, { recursive: true });
  const book = keptBook(join(settings.dataFolder, 'scenario.jsonl'));
  const system = await startSystem(settings, env);
  handOver(system);
  const say = (line: string): void => void process.stdout.write(`${line}\n`);
  if (!system.signIn) throw new Error('A scenario is played by people who sign in: leave REGISTRY_SIGN_IN on.');
  const { profile, actor } = settings;
  say(`Social Reuse Registry, a scenario in ${settings.dataFolder}: everything it tells is invented.`);
  if (settings.sample) await fillWithSample(system, settings, say);
  const cast = await Cast.of({ url: system.url, signIn: system.signIn, profile, agency: actor.agency });
  const stage = new HttpStage(system.url, cast, book, deadline * 1000);
  const many = (count: number): number => Math.max(1, Math.round(count * scale));
  const today = dateOf(new Date().toISOString(), profile.timeZone);
  const { until, assets } = await beginning(book, { seed, scale }, async () => ({
    until: today,
    assets: await stage.assets(many(ONE.assets)),
  }));
  // A register has only so many assets: what a larger scale asks for beyond them is told of dossiers of the scenario's own.
  const dossiers = many(ONE.dossiers) + many(ONE.assets) - assets.length;
  const [organisations, groups, calls] = [many(ONE.organisations), many(ONE.groups), many(ONE.calls)];
  const tales = organisations + assets.length + dossiers + groups + calls;
  const bar = new SingleBar({
    format: '  told [{bar}] {value} of {total} tales | {lines} lines',
    noTTYOutput: true,
    notTTYSchedule: 10_000,
    stream: process.stdout,
  });
  const began = performance.now();
  bar.start(tales, 0, { lines: 0 });
  const report = await play({
    stage,
    seed,
    agency: actor.agency,
    until,
    assets,
    dossiers,
    organisations,
    groups,
    calls: { count: calls, desk: stage },
    returns: stage,
    book,
    together,
    onTale: ({ told }) => bar.increment(1, { lines: told }),
  });
  bar.stop();
  const seconds = (performance.now() - began) / 1000;
  const refused = [...report.refused].map(([ground, count]) => `${ground} ${count}`).join(', ');
  say(`  ${report.told} lines in ${Math.round(seconds)} s${refused && `; the law ended some tales: ${refused}`}`);
  await system.projecting.runner.reached(await system.store.head(), 3_600_000);
  say(`  Pages   ${system.url}/`);
  if (stop) process.kill(process.pid, 'SIGTERM');
  else say('Ctrl-C stops it.');
});
