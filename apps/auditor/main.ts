import { Command } from 'commander';
import { AccessError } from '#access';
import { BackupError } from '#backup';
import { italy } from '#domain';
import { EventStoreError } from '#event-store';
import { NotaryError } from '#notary';
import { KeysError, REGISTRY_SOURCE } from '#privacy';
import { inOneSentence } from '#process';
import { ProcessesError } from '#processes';
import { ReadDatabase, ReadDatabaseError, check, projectionsFor, readDatabaseSettingsFromEnv } from '#read-models';
import { addAccountCommands } from './account-commands';
import { addBackupCommands } from './backup-commands';
import { addDossierCommands } from './dossier-commands';
import { addEvidenceCommands } from './evidence-commands';
import { exportLog } from './export';
import { WrongRequest, wholeLog } from './log';
import { addKnownDaysCommand } from './known-days-command';
import { addLogKeyCommand } from './log-key-command';
import { addPersonKeysCommand } from './person-keys-command';
import { addReturnCommand } from './return-command';
import { rebuild } from './rebuild';
import { DRIFT, FATAL, FORGED, Terminal, told } from './terminal';
import { addWatchCommand } from './watch-command';
import { addWitnessCommand } from './witness/witness-command';

/** What an operator can mend: one sentence says how. */
const KNOWN = [
  WrongRequest,
  BackupError,
  EventStoreError,
  ReadDatabaseError,
  AccessError,
  NotaryError,
  ProcessesError,
  KeysError,
];

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

const terminal = new Terminal(program);

addDossierCommands(program, terminal);
addAccountCommands(program, terminal);
addEvidenceCommands(program, terminal);
addBackupCommands(program, terminal);
addWatchCommand(program, { say: terminal.say, json: () => terminal.json, forged: FORGED });
addWitnessCommand(program, terminal.say);
addLogKeyCommand(program, () => terminal.data, terminal.say);
addPersonKeysCommand(program, terminal);
addReturnCommand(program, terminal);
addKnownDaysCommand(program, terminal);

program
  .command('export')
  .description('the public log as NDJSON of CloudEvents; a file that is there is gone on with')
  .argument('<file>', 'where it is written')
  .option('--source <address>', 'what the events say they are from', REGISTRY_SOURCE)
  .action(async (file: string, { source }: { source: string }) => {
    const tell = told();
    const { written, position } = await terminal.reading((store) => exportLog(store, file, source, (so) => tell({ entries: so.written })));
    terminal.say(terminal.json ? JSON.stringify({ written, position }) : `${written} public events written, up to position ${position} of the log.`);
  }); // prettier-ignore

program
  .command('check')
  .description('rebuild every projection in memory and compare it row by row with the stored one')
  .action(async () => {
    const database = await ReadDatabase.openForReading(readDatabaseSettingsFromEnv(process.env, terminal.data));
    try {
      const results = await terminal.reading((store) => check(database, projectionsFor(italy), () => wholeLog(store)));
      if (terminal.json) terminal.say(JSON.stringify(results));
      for (const { name, rows, drift, failure } of terminal.json ? [] : results) {
        terminal.say(
          failure === undefined
            ? `${name}: ${rows} rows, ${drift.length === 0 ? 'all as the log says' : `${drift.length} not as the log says`}`
            : `${name}: ${failure}`,
        );
        for (const { table, key, what, columns } of drift)
          terminal.say(`  ${table} ${key} ${what}${columns ? ` ${JSON.stringify(columns)}` : ''}`);
      }
      if (results.some(({ drift, failure }) => drift.length > 0 || failure !== undefined)) process.exitCode = DRIFT;
    } finally {
      await database.close();
    }
  });

program
  .command('rebuild')
  .description(
    'build reports anew from the log; run again after an interruption, it goes on. Stop the projector first. Until it is done, the pages that show them say they are being prepared.',
  )
  .argument('[names...]', 'which reports; all of them when left out')
  .action(async (names: string[]) => {
    const settings = readDatabaseSettingsFromEnv(process.env, terminal.data);
    if (!(await terminal.reading((store) => rebuild(store, settings, names, terminal.say)))) process.exitCode = DRIFT;
  });

program.parseAsync().catch((error: unknown) => {
  const known = error instanceof Error && KNOWN.some((kind) => error instanceof kind);
  const whole = error instanceof Error ? (error.stack ?? error.message) : String(error);
  process.stderr.write(`${known ? error.message : (inOneSentence(error) ?? whole)}\n`);
  process.exit(FATAL);
});
