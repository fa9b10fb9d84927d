import { createWriteStream } from 'node:fs';
import { finished } from 'node:stream/promises';
import { SingleBar } from 'cli-progress';
import { Command } from 'commander';
import { stringify } from 'csv-stringify';
import { UNNAMED_AGENCY, profiles } from '#domain';
import { EventStoreError, eventStoreSettingsFromEnv, openEventStore } from '#event-store';
import { ImportError, importFile, mappingProfile, profileNames } from '#intake';
import type { ImportSummary } from '#intake';
import { KeysError, SealedStore, openPersonKeys, personKeysSettingsFromEnv } from '#privacy';
import { Overlay, Recorder } from '#recording';

interface Options {
  readonly profile: string;
  readonly dryRun?: true;
  readonly remarks?: string;
  readonly data: string;
  readonly json?: true;
}

/** Exit codes: all rows taken, some refused, nothing could be done. */
const [ALL, SOME_REFUSED, FATAL] = [0, 2, 1];

const program = new Command('import')
  .description(
    'Imports a CSV file. The same file may be imported again, also after a crash: nothing is recorded twice.',
  )
  .argument('<file>', 'the CSV file')
  .requiredOption('--profile <name>', `how to read it: ${profileNames().join(', ')}`)
  .option('--dry-run', 'decide on every row and write nothing')
  .option('--remarks <file>', 'write refused rows and warnings to this CSV file, with reason and original row')
  .option('--data <folder>', 'folder of the event log', process.env.REGISTRY_DATA ?? 'data')
  .option('--json', 'print the summary as JSON')
  .addHelpText('after', '\nExit codes: 0 every row taken, 2 some rows refused, 1 nothing could be done.')
  .action(run);

async function run(file: string, options: Options): Promise<void> {
  const profile = mappingProfile(options.profile);
  const log = await openEventStore(eventStoreSettingsFromEnv(process.env, options.data));
  const keys = await openPersonKeys(personKeysSettingsFromEnv(process.env, options.data));
  try {
    const sealed = new SealedStore(log, keys);
    const store = options.dryRun ? new Overlay(sealed) : sealed;
    const jurisdiction =
      Object.values(profiles).find(({ country }) => country === profile.country) ?? profiles.generic!;
    // A row's dossier is not met again: a large memory of dossiers would help nobody.
    const recorder = new Recorder(store, { profile: jurisdiction, cachedStreams: 1000 });
    const remarks = options.remarks === undefined ? undefined : remarksFile(options.remarks);
    const bar = new SingleBar({ format: '{bar} {percentage}% | {rows} rows', noTTYOutput: true, notTTYSchedule: 5000 });
    bar.start(1, 0, { rows: 0 });
    const summary = await importFile({
      file,
      profile,
      recorder,
      actor: { subject: 'import', agency: process.env.REGISTRY_AGENCY ?? UNNAMED_AGENCY, role: 'import' },
      onProgress: ({ rows, bytes, ofBytes }) => bar.update(bytes / ofBytes, { rows }),
      ...(remarks && { onRemark: remarks.write }),
    });
    bar.stop();
    await remarks?.close();
    report(summary, options);
    process.exitCode = summary.refused > 0 ? SOME_REFUSED : ALL;
  } finally {
    await keys.close();
    await log.close();
  }
}

function remarksFile(path: string): {
  write: NonNullable<Parameters<typeof importFile>[0]['onRemark']>;
  close: () => Promise<void>;
} {
  const sheet = stringify({ escape_formulas: true });
  const out = sheet.pipe(createWriteStream(path));
  let headed = false;
  return {
    write: ({ row, kind, column, value, reason }, values, header) => {
      if (!headed) sheet.write(['row', 'kind', 'column', 'value', 'reason', ...header]);
      headed = true;
      sheet.write([String(row), kind, column, value, reason, ...values]);
    },
    close: async () => {
      sheet.end();
      await finished(out);
    },
  };
}

function report(summary: ImportSummary, { json, dryRun }: Options): void {
  if (json) {
    process.stdout.write(`${JSON.stringify(summary)}\n`);
    return;
  }
  const { rows, imported, alreadyThere, refused, warned, events, seconds, reasons } = summary;
  const rate = Math.round(rows / seconds);
  const lines = [
    dryRun ? 'Dry run: nothing was written.' : '',
    `${rows} rows: ${imported} imported (${events} events), ${alreadyThere} there already, ${refused} refused, ${warned} with warnings.`,
    `${seconds.toFixed(1)} s, ${rate} rows/s.`,
    ...reasons.map(
      ({ kind, reason, rows: count }) =>
        `  ${kind === 'refused' ? 'refused' : 'warned '} ${String(count).padStart(6)} × ${reason}`,
    ),
  ];
  process.stdout.write(`${lines.filter((line) => line !== '').join('\n')}\n`);
}

program.parseAsync().catch((error: unknown) => {
  const known = error instanceof ImportError || error instanceof EventStoreError || error instanceof KeysError;
  process.stderr.write(
    `${known ? error.message : error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
  );
  process.exit(FATAL);
});
