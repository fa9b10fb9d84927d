import { writeFileSync } from 'node:fs';
import { SingleBar } from 'cli-progress';
import { Command, InvalidArgumentError } from 'commander';
import { AccessError, Roster } from '#access';
import { BackupError } from '#backup';
import type { BackupProgress } from '#backup';
import { endOf, isLegalDate, italy } from '#domain';
import type { Fact, Moment } from '#domain';
import { EventStoreError } from '#event-store';
import type { EventStore } from '#event-store';
import { ReadDatabase, ReadDatabaseError, check, projectionsFor, readDatabaseSettingsFromEnv } from '#read-models';
import { REGISTRY_SOURCE } from '#privacy';
import { TransparencyError } from '#transparency-log';
import { WrongRequest, eventsOf, openLog, openWithKeys, wholeLog } from './log';
import { NotaryError, transparencyLogFolderFrom } from '#notary';
import { inOneSentence } from '#process';
import { ProcessesError } from '#processes';
import { backUp, backedUpText } from './backup';
import { createBundle } from './evidence/create';
import { factsIn } from './evidence/leaves';
import { verifiedBundleText, verifyBundle } from './evidence/verify-bundle';
import { exportLog } from './export';
import { historyOf, historyText } from './history';
import { provenText, verifyProof } from './proof';
import { rebuild } from './rebuild';
import { diff, diffText, replay, replayText } from './replay';
import { NotWhatWasSigned, restore, restoredText } from './restore';
import type { RestoreOptions } from './restore';
import { readings, readingsText, rightsAt, rightsText } from './rights';
import { verifiedText, verifyLog } from './verify';
import { addLogKeyCommand } from './log-key-command';
import { addWatchCommand } from './watch-command';
import { addWitnessCommand } from './witness/witness-command';

/** Exit codes. */
const [FATAL, DRIFT, FORGED] = [1, 3, 4];

/** What an operator can mend: one sentence says how. */
const KNOWN = [WrongRequest, BackupError, EventStoreError, ReadDatabaseError, AccessError, NotaryError, ProcessesError];

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
  readonly witness?: readonly string[];
  readonly quorum?: number;
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

const positive = (text: string): number => {
  if (/^[1-9]\d{0,2}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('Give a whole number from 1 to 999.');
};

const program = new Command('auditor')
  .description(
    'Reads the log beside the running registry, and never writes to it; cosigns the logs of others; changes keys.',
  )
  .option('--data <folder>', 'folder of the event log and read models', process.env.REGISTRY_DATA ?? 'data')
  .option('--json', 'print JSON')
  .addHelpText(
    'after',
    '\nExit codes: 0 done, 1 it could not be done, 3 the stored reports are not what the log says, or files are damaged where they lie, 4 the log or the event store is not what was signed, or somebody is to be woken.',
  );

/** Where the events of a dossier are read: the event store, or the published log, which shows what everybody may see. */
interface Where {
  readonly log?: string;
  readonly keys?: string;
}

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
  log === undefined ? reading((store) => eventsOf(store, asset), openWithKeys) : factsIn(asset, log, keys);

about('replay', 'the history of an asset and what it adds up to')
  .option('--as-of <date>', 'the state on that day', date)
  .option('--known-at <date>', 'as it was known at the end of that day', date)
  .action(async (asset: string, { asOf, knownAt, ...where }: Where & { asOf?: string; knownAt?: string }) => {
    await orForged(async () => {
      const result = replay(await eventsFrom(asset, where), momentOf(asOf, knownAt));
      say(common().json ? JSON.stringify(result) : replayText(result));
    });
  });

about('history', 'every event of an asset as it was written down, with both its times and the act it rests on')
  .action(async (asset: string, where: Where) => {
    await orForged(async () => {
      const lines = historyOf(await eventsFrom(asset, where));
      say(common().json ? JSON.stringify(lines) : historyText(lines));
    });
  }); // prettier-ignore

interface DiffOptions extends Where {
  readonly from?: string;
  readonly to?: string;
  readonly knownFrom?: string;
  readonly knownTo?: string;
  readonly known?: true;
}

about('diff', 'what changed between two dates on either axis of time, and which entries changed it')
  .option('--from <date>', 'first date: what had happened by then', date)
  .option('--to <date>', 'second date: what had happened by then', date)
  .option('--known-from <date>', 'as it was known at the end of that day, at the first date', date)
  .option('--known-to <date>', 'as it was known at the end of that day, at the second date', date)
  .option('--known', '--from and --to are days of knowledge: the same as --known-from and --known-to')
  .action(async (asset: string, options: DiffOptions) => {
    const [from, to] = momentsIn(options);
    await orForged(async () => {
      const result = diff(await eventsFrom(asset, options), from, to);
      say(common().json ? JSON.stringify(result) : diffText(result));
    });
  });

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

program
  .command('rights')
  .description('who could do what on a day, and who let them; accounts with personal data: keep the answer to yourself')
  .option('--on <date>', 'at the end of that day; now when left out', date)
  .action(async ({ on }: { on?: string }) => {
    const accounts = await reading((store) => new Roster(store).accounts(), openWithKeys);
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
  .option('--witness <key>', 'a witness that must have cosigned: its key, or a file with keys; once for each', (key: string, before: readonly string[] = []) => [...before, key])
  .option('--quorum <number>', 'how many of the witnesses must have cosigned; all of them when left out', positive)
  .action(async ({ log, keys, since, keep, withoutStore, witness, quorum }: VerifyOptions) => {
    const place = log ?? ownLog();
    const request = { log: place, ...(keys !== undefined && { keys }), ...(since !== undefined && { since }), ...(witness && { witnesses: witness }), ...(quorum !== undefined && { quorum }), onProgress: told() };
    await orForged(async () => {
      const verified = withoutStore ? await verifyLog(request) : await reading((store) => verifyLog({ ...request, store }));
      say(common().json ? JSON.stringify(verified) : verifiedText(verified));
      if (verified.findings.length > 0) process.exitCode = FORGED;
      else if (keep !== undefined) writeFileSync(keep, verified.checkpoint);
    });
  }); // prettier-ignore

addWatchCommand(program, { say, json: () => common().json === true, forged: FORGED });

addWitnessCommand(program, say);
addLogKeyCommand(program, () => common().data, say);

program
  .command('backup')
  .description('copy everything that follows from nothing else into a new folder, while the registry runs; run again after an interruption, it begins anew')
  .argument('<folder>', 'new folder, best on another disk')
  .option('--with-keys', 'the secret keys too: whoever has the backup can then sign for the log')
  .action(async (folder: string, { withKeys = false }: { withKeys?: boolean }) => {
    const { data, json } = common();
    const done = await withBar((tell) => backUp(process.env, { data, folder, withKeys }, tell));
    say(json ? JSON.stringify(done) : backedUpText(done));
    if (done.damaged.length > 0) process.exitCode = DRIFT;
  }); // prettier-ignore

program
  .command('restore')
  .description('bring a backup back as a new data folder, after holding it against what was signed; the folder is there whole or not at all')
  .argument('<folder>', 'the backup')
  .option('--checkpoint <file>', 'the latest checkpoint of the log, kept or published outside of the backup: an older log is refused')
  .option('--keys <file>', 'the public keys you trust; those in the backup prove nothing against whoever made it')
  .option('--acknowledge-rollback <reason>', 'put a log in place that is behind the checkpoint, and write down why')
  .action(async (backup: string, options: Pick<RestoreOptions, 'checkpoint' | 'keys' | 'acknowledgeRollback'>) => {
    const { data, json } = common();
    try {
      const done = await withBar((tell) => restore(process.env, { ...options, backup, data }, tell));
      say(json ? JSON.stringify(done) : restoredText(done));
    } catch (error) {
      if (!(error instanceof NotWhatWasSigned) && !(error instanceof TransparencyError)) throw error;
      process.stderr.write(`${error.message}\nNothing was put in place.\n`);
      process.exitCode = FORGED;
    }
  }); // prettier-ignore

/** Shows how far it is while something is copied. */
async function withBar<Result>(task: (tell: (progress: BackupProgress) => void) => Promise<Result>): Promise<Result> {
  const bar = new SingleBar({ format: '{bar} {percentage}% | {what}', noTTYOutput: true, notTTYSchedule: 5000, clearOnComplete: true });
  bar.start(1, 0, { what: '' });
  try {
    return await task(({ bytes, of, what }) => {
      bar.setTotal(Math.max(1, of));
      bar.update(bytes, { what: what.slice(0, 40) });
    });
  } finally {
    bar.stop();
  }
} // prettier-ignore

program
  .command('proof')
  .description('verify the proof of one entry, offline')
  .argument('<file>', 'the proof, as the registry hands it out')
  .requiredOption('--keys <file>', 'the public keys you trust')
  .option('--leaf <file>', 'the entry as it was logged, where the proof does not hold it')
  .action(async (file: string, { keys, leaf }: { keys: string; leaf?: string }) => {
    await orForged(async () => {
      const proven = await verifyProof(file, keys, leaf);
      say(common().json ? JSON.stringify(proven) : provenText(proven));
    });
  });

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

/** Says what is wrong with a log or a proof, where it is not what was signed. */
async function orForged(task: () => Promise<void>): Promise<void> {
  try {
    await task();
  } catch (error) {
    if (!(error instanceof TransparencyError)) throw error;
    const { code, message } = error;
    say(common().json ? JSON.stringify({ findings: [{ code, message }] }) : `  ${code}: ${message}`);
    process.exitCode = FORGED;
  }
}

interface BundleOptions {
  readonly log?: string;
  readonly keys?: string;
  readonly since?: string;
}

const bundle = program.command('bundle').description('evidence about an asset in one file, for a court or an archive');

bundle
  .command('create')
  .description('put together all that the log has about an asset, with proofs and a report to read')
  .requiredOption('--asset <id>', 'registry id')
  .option('--log <place>', 'folder of the transparency log, or the address it is published under; in the data folder when left out')
  .option('--keys <file>', 'the public keys you trust; those beside the log when left out')
  .option('--since <file>', 'a checkpoint you kept: the bundle shows that the log has grown out of it')
  .option('--out <file>', 'where it is written; <asset>.evidence.zip when left out')
  .action(async ({ asset, out, log, ...more }: BundleOptions & { asset: string; out?: string }) => {
    await orForged(async () => {
      const { bytes, entries, size, findings } = await createBundle({ asset, log: log ?? ownLog(), ...more, onProgress: told() });
      if (findings.length > 0) {
        say(common().json ? JSON.stringify({ findings }) : ['The log is not what was signed; no bundle was made of it:', ...findings.map(({ code, message }) => `  ${code}: ${message}`)].join('\n'));
        process.exitCode = FORGED;
        return;
      }
      const file = out ?? `${asset}.evidence.zip`;
      writeNew(file, bytes);
      say(common().json ? JSON.stringify({ file, entries, size }) : `${file}: ${entries} entries, all that a log of ${size} entries has about ${asset}.`);
    });
  }); // prettier-ignore

bundle
  .command('verify')
  .description('verify such a file, offline; with --log also that nothing came later')
  .argument('<file>', 'the bundle')
  .option(
    '--keys <file>',
    'the public keys you trust, kept from before; those in the bundle prove nothing against whoever made it',
  )
  .option('--since <file>', 'a checkpoint you kept')
  .option('--log <place>', 'a log to look into, by folder or address')
  .action(async (file: string, options: BundleOptions) => {
    const verified = await verifyBundle({ file, ...options, onProgress: told() });
    say(common().json ? JSON.stringify(verified) : verifiedBundleText(verified));
    if (verified.findings.length > 0) process.exitCode = FORGED;
  });

const ownLog = (): string => transparencyLogFolderFrom(process.env, common().data);

/** Never over a file that is there. Throws WrongRequest. */
function writeNew(file: string, bytes: Uint8Array): void {
  try {
    writeFileSync(file, bytes, { flag: 'wx' });
  } catch (error) {
    const there = error instanceof Error && 'code' in error && error.code === 'EEXIST';
    throw new WrongRequest(there ? `${file} is there. Name another file with --out, or move it away.` : `${file} cannot be written: ${String(error)}`);
  }
} // prettier-ignore

const common = (): Common => program.opts<Common>();

async function reading<Result>(task: (store: EventStore) => Promise<Result>, open = openLog): Promise<Result> {
  const store = await open(common().data);
  try {
    return await task(store);
  } finally {
    await store.close();
  }
}

program.parseAsync().catch((error: unknown) => {
  const known = error instanceof Error && KNOWN.some((kind) => error instanceof kind);
  const whole = error instanceof Error ? (error.stack ?? error.message) : String(error);
  process.stderr.write(`${known ? error.message : (inOneSentence(error) ?? whole)}\n`);
  process.exit(FATAL);
});
