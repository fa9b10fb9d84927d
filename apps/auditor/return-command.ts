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
    .action(async (year: string) => {
      const verified = await terminal.reading((store) => verifyReturn(store, year));
      terminal.show(verified, verifiedText);
      if (verified.findings.length > 0) process.exitCode = FORGED;
    });
}
