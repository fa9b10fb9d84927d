import { writeFileSync } from 'node:fs';
import { Command, InvalidArgumentError } from 'commander';
import { Roster } from '#access';
import { endOf, isLegalDate, italy } from '#domain';
import { EventStoreError } from '#event-store';
import type { EventStore } from '#event-store';
import { transparencyLogFolderFrom } from '#notary';
import { ReadDatabase, ReadDatabaseError, check, projectionsFor, readDatabaseSettingsFromEnv } from '#read-models';
import { REGISTRY_SOURCE } from '#privacy';
import { TransparencyError } from '#transparency-log';
import { WrongRequest, eventsOf, openLog, wholeLog } from './log';
import { exportLog } from './export';
import { rebuild } from './rebuild';
import { diff, diffText, replay, replayText } from './replay';
import { readings, readingsText, rightsAt, rightsText } from './rights';
import { verifiedText, verifyLog } from './verify';

/** Exit codes. */
const [FATAL, DRIFT, FORGED] = [1, 3, 4];

interface Common {
  readonly data: string;
  readonly json?: true;
}

interface VerifyOptions {
  readonly log?: string;
  readonly keys?: string;
  readonly since?: string;
  readonly keep?: string;
  readonly withoutStore?: true;
}

/** Tells a person at a terminal how far it is, once a second. */
function told(): (progress: { readonly entries: number; readonly of?: number }) => void {
  let last = Date.now();
  return ({ entries, of }) => {
    if (Date.now() - last < 1000) return;
    last = Date.now();
    process.stderr.write(of === undefined ? `${entries} entries\n` : `${entries} of ${of} entries\n`);
  };
}

const say = (text: string): void => void process.stdout.write(`${text}\n`);
const date = (text: string): string => {
  if (isLegalDate(text)) return text;
  throw new InvalidArgumentError('Give a date that exists, as YYYY-MM-DD.');
};

const program = new Command('auditor')
  .description('Reads the log beside the running registry, and never writes to it.')
  .option('--data <folder>', 'folder of the event log and read models', process.env.REGISTRY_DATA ?? 'data')
  .option('--json', 'print JSON')
  .addHelpText(
    'after',
    '\nExit codes: 0 done, 1 it could not be done, 3 the stored reports are not what the log says, 4 the log or the event store is not what was signed.',
  );

program
  .command('replay')
  .description('the history of an asset and what it adds up to')
  .argument('<asset>', 'registry id')
  .option('--as-of <date>', 'the state on that day', date)
  .option('--known-at <date>', 'as it was known at the end of that day', date)
  .action(async (asset: string, { asOf, knownAt }: { asOf?: string; knownAt?: string }) => {
    const events = await reading((store) => eventsOf(store, asset));
    const result = replay(events, { ...(asOf !== undefined && { asOf }), ...(knownAt !== undefined && { knownAt }) });
    say(common().json ? JSON.stringify(result) : replayText(result));
  });

program
  .command('diff')
  .description('what changed between two dates, and which entries changed it')
  .argument('<asset>', 'registry id')
  .requiredOption('--from <date>', 'first date', date)
  .requiredOption('--to <date>', 'second date', date)
  .option('--known', 'compare what was known on the two dates, not what had happened by them')
  .action(async (asset: string, { from, to, known }: { from: string; to: string; known?: true }) => {
    const events = await reading((store) => eventsOf(store, asset));
    const result = known
      ? diff(events, { knownAt: from }, { knownAt: to })
      : diff(events, { asOf: from }, { asOf: to });
    say(common().json ? JSON.stringify(result) : diffText(result));
  });

program
  .command('rights')
  .description('who could do what on a day, and who let them; accounts with personal data: keep the answer to yourself')
  .option('--on <date>', 'at the end of that day; now when left out', date)
  .action(async ({ on }: { on?: string }) => {
    const accounts = await reading((store) => new Roster(store).accounts());
    const rights = rightsAt(accounts, on === undefined ? new Date().toISOString() : endOf(on));
    say(common().json ? JSON.stringify(rights) : rightsText(rights));
  });

program
  .command('readings')
  .description('who read what is not public, when and what for')
  .argument('[what]', 'an account, or the id of what was read; everything when left out')
  .action(async (what: string | undefined) => {
    const found = await reading((store) => readings(wholeLog(store), what));
    say(common().json ? JSON.stringify(found) : readingsText(found));
  });

program
  .command('export')
  .description('the public log as NDJSON of CloudEvents; a file that is there is gone on with')
  .argument('<file>', 'where it is written')
  .option('--source <address>', 'what the events say they are from', REGISTRY_SOURCE)
  .action(async (file: string, { source }: { source: string }) => {
    const tell = told();
    const { written, position } = await reading((store) => exportLog(store, file, source, (so) => tell({ entries: so.written })));
    say(common().json ? JSON.stringify({ written, position }) : `${written} public events written, up to position ${position} of the log.`);
  }); // prettier-ignore

program
  .command('check')
  .description('rebuild every projection in memory and compare it row by row with the stored one')
  .action(async () => {
    const database = await ReadDatabase.openForReading(readDatabaseSettingsFromEnv(process.env, common().data));
    try {
      const results = await reading((store) => check(database, projectionsFor(italy), () => wholeLog(store)));
      if (common().json) say(JSON.stringify(results));
      for (const { name, rows, drift, failure } of common().json ? [] : results) {
        say(
          failure === undefined
            ? `${name}: ${rows} rows, ${drift.length === 0 ? 'all as the log says' : `${drift.length} not as the log says`}`
            : `${name}: ${failure}`,
        );
        for (const { table, key, what, columns } of drift)
          say(`  ${table} ${key} ${what}${columns ? ` ${JSON.stringify(columns)}` : ''}`);
      }
      if (results.some(({ drift, failure }) => drift.length > 0 || failure !== undefined)) process.exitCode = DRIFT;
    } finally {
      await database.close();
    }
  });

program
  .command('verify')
  .description('hold the transparency log against its signatures, and every event of the store against the log')
  .option('--log <place>', 'folder of the transparency log, or the address it is published under; in the data folder when left out')
  .option('--keys <file>', 'the public keys you trust, kept from before; those beside the log prove nothing against whoever keeps both')
  .option('--since <file>', 'a checkpoint you kept: the log must have grown out of it')
  .option('--keep <file>', 'write the checkpoint to this file, for the next --since')
  .option('--without-store', 'the log alone, from anywhere')
  .action(async ({ log, keys, since, keep, withoutStore }: VerifyOptions) => {
    const place = log ?? transparencyLogFolderFrom(process.env, common().data);
    const request = { log: place, ...(keys !== undefined && { keys }), ...(since !== undefined && { since }), onProgress: told() };
    try {
      const verified = withoutStore ? await verifyLog(request) : await reading((store) => verifyLog({ ...request, store }));
      say(common().json ? JSON.stringify(verified) : verifiedText(verified));
      if (verified.findings.length > 0) process.exitCode = FORGED;
      else if (keep !== undefined) writeFileSync(keep, verified.checkpoint);
    } catch (error) {
      if (!(error instanceof TransparencyError)) throw error;
      say(common().json ? JSON.stringify({ findings: [{ code: error.code, message: error.message }] }) : `  ${error.code}: ${error.message}`);
      process.exitCode = FORGED;
    }
  }); // prettier-ignore

program
  .command('rebuild')
  .description(
    'build reports anew from the log; run again after an interruption, it goes on. Stop the projector first. Until it is done, the pages that show them say they are being prepared.',
  )
  .argument('[names...]', 'which reports; all of them when left out')
  .action(async (names: string[]) => {
    const settings = readDatabaseSettingsFromEnv(process.env, common().data);
    if (!(await reading((store) => rebuild(store, settings, names, say)))) process.exitCode = DRIFT;
  });

const common = (): Common => program.opts<Common>();

async function reading<Result>(task: (store: EventStore) => Promise<Result>): Promise<Result> {
  const store = await openLog(common().data);
  try {
    return await task(store);
  } finally {
    await store.close();
  }
}

program.parseAsync().catch((error: unknown) => {
  const known = error instanceof WrongRequest || error instanceof EventStoreError || error instanceof ReadDatabaseError;
  process.stderr.write(
    `${known ? error.message : error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
  );
  process.exit(FATAL);
});
