import type { Command } from 'commander';
import { FORGED } from './terminal';
import type { Terminal } from './terminal';
import { verifiedText, verifyReturn } from './verify-return';

/** The annual return: whether what was published is what the log says. */
export function addReturnCommand(program: Command, terminal: Terminal): void {
  program
    .command('return')
    .description('the annual return of a year')
    .command('verify')
    .description('count a published return again, from the log up to its position, and compare hash and figures')
    .argument('<year>', 'which year')
    .option('--prepared', 'the figures that were prepared last, as before they are published')
    .action(async (year: string, { prepared = false }: { prepared?: boolean }) => {
      const verified = await terminal.reading((store) => verifyReturn(store, year, prepared));
      terminal.show(verified, verifiedText);
      if (verified.findings.length > 0) process.exitCode = FORGED;
    });
}
