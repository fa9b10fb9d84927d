import type { Command } from 'commander';
import type { Fact, Moment } from '#domain';
import { factsIn } from './evidence/leaves';
import { historyOf, historyText } from './history';
import { WrongRequest, eventsOf, openWithKeys } from './log';
import { diff, diffText, replay, replayText } from './replay';
import { date } from './terminal';
import type { Terminal } from './terminal';

/** Where the events of a dossier are read: the event store, or the published log, which shows what everybody may see. */
interface Where {
  readonly log?: string;
  readonly keys?: string;
}

interface DiffOptions extends Where {
  readonly from?: string;
  readonly to?: string;
  readonly knownFrom?: string;
  readonly knownTo?: string;
  readonly known?: true;
}

/** What happened to one asset, and what it adds up to. */
export function addDossierCommands(program: Command, terminal: Terminal): void {
  const about = (name: string, description: string): Command =>
    program
      .command(name)
      .description(description)
      .argument('<asset>', 'registry id')
      .option(
        '--log <place>',
        'read the transparency log instead of the event store, by folder or address: its public fields',
      )
      .option('--keys <file>', 'with --log: the public keys you trust; those beside the log when left out');

  const eventsFrom = (asset: string, { log, keys }: Where): Promise<readonly Fact[]> =>
    log === undefined ? terminal.reading((store) => eventsOf(store, asset), openWithKeys) : factsIn(asset, log, keys);

  about('replay', 'the history of an asset and what it adds up to')
    .option('--as-of <date>', 'the state on that day', date)
    .option('--known-at <date>', 'as it was known at the end of that day', date)
    .action(async (asset: string, { asOf, knownAt, ...where }: Where & { asOf?: string; knownAt?: string }) => {
      await terminal.orForged(async () => {
        const result = replay(await eventsFrom(asset, where), momentOf(asOf, knownAt));
        terminal.show(result, replayText);
      });
    });

  about('history', 'every event of an asset as it was written down, with both its times and the act it rests on')
    .action(async (asset: string, where: Where) => {
      await terminal.orForged(async () => {
        const lines = historyOf(await eventsFrom(asset, where));
        terminal.show(lines, historyText);
      });
    }); // prettier-ignore

  about('diff', 'what changed between two dates on either axis of time, and which entries changed it')
    .option('--from <date>', 'first date: what had happened by then', date)
    .option('--to <date>', 'second date: what had happened by then', date)
    .option('--known-from <date>', 'as it was known at the end of that day, at the first date', date)
    .option('--known-to <date>', 'as it was known at the end of that day, at the second date', date)
    .option('--known', '--from and --to are days of knowledge: the same as --known-from and --known-to')
    .action(async (asset: string, options: DiffOptions) => {
      const [from, to] = momentsIn(options);
      await terminal.orForged(async () => {
        const result = diff(await eventsFrom(asset, options), from, to);
        terminal.show(result, diffText);
      });
    });
}

const momentOf = (asOf: string | undefined, knownAt: string | undefined): Moment => ({
  ...(asOf !== undefined && { asOf }),
  ...(knownAt !== undefined && { knownAt }),
});

/** Throws WrongRequest where a pair is given by half, or nothing is asked. */
function momentsIn({ from, to, knownFrom, knownTo, known }: DiffOptions): [from: Moment, to: Moment] {
  if ((from === undefined) !== (to === undefined)) throw new WrongRequest('Give both --from and --to.');
  if ((knownFrom === undefined) !== (knownTo === undefined)) throw new WrongRequest('Give both --known-from and --known-to.');
  if (from === undefined && knownFrom === undefined) throw new WrongRequest('Give --from and --to, or --known-from and --known-to, or all four.');
  if (known && knownFrom !== undefined) throw new WrongRequest('--known says that --from and --to are days of knowledge; leave it out beside --known-from.');
  if ((from ?? '') > (to ?? '') || (knownFrom ?? '') > (knownTo ?? '')) throw new WrongRequest('The first date lies after the second. Exchange them.');
  return known ? [momentOf(undefined, from), momentOf(undefined, to)] : [momentOf(from, knownFrom), momentOf(to, knownTo)];
} // prettier-ignore
