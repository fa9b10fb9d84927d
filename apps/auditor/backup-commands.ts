import { SingleBar } from 'cli-progress';
import type { Command } from 'commander';
import type { BackupProgress } from '#backup';
import { TransparencyError } from '#transparency-log';
import { backUp, backedUpText } from './backup';
import { NotWhatWasSigned, restore, restoredText } from './restore';
import type { RestoreOptions } from './restore';
import { DRIFT, FORGED } from './terminal';
import type { Terminal } from './terminal';

/** Copies of everything, and their way back. */
export function addBackupCommands(program: Command, terminal: Terminal): void {
  program
    .command('backup')
    .description('copy everything that follows from nothing else into a new folder, while the registry runs; run again after an interruption, it begins anew')
    .argument('<folder>', 'new folder, best on another disk')
    .option('--with-keys', 'the secret keys too: whoever has the backup can then sign for the log')
    .action(async (folder: string, { withKeys = false }: { withKeys?: boolean }) => {
      const { data } = terminal;
      const done = await withBar((tell) => backUp(process.env, { data, folder, withKeys }, tell));
      terminal.show(done, backedUpText);
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
      const { data } = terminal;
      try {
        const done = await withBar((tell) => restore(process.env, { ...options, backup, data }, tell));
        terminal.show(done, restoredText);
      } catch (error) {
        if (!(error instanceof NotWhatWasSigned) && !(error instanceof TransparencyError)) throw error;
        process.stderr.write(`${error.message}\nNothing was put in place.\n`);
        process.exitCode = FORGED;
      }
    }); // prettier-ignore
}

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
