import type { Command } from 'commander';
import { Roster } from '#access';
import { endOf } from '#domain';
import { openWithKeys, wholeLog } from './log';
import { readings, readingsText, rightsAt, rightsText } from './rights';
import { date } from './terminal';
import type { Terminal } from './terminal';

/** Who may use the registry, and who read what is not public. */
export function addAccountCommands(program: Command, terminal: Terminal): void {
  program
    .command('rights')
    .description(
      'who could do what on a day, and who let them; accounts with personal data: keep the answer to yourself',
    )
    .option('--on <date>', 'at the end of that day; now when left out', date)
    .action(async ({ on }: { on?: string }) => {
      const accounts = await terminal.reading((store) => new Roster(store).accounts(), openWithKeys);
      const rights = rightsAt(accounts, on === undefined ? new Date().toISOString() : endOf(on));
      terminal.show(rights, rightsText);
    });

  program
    .command('readings')
    .description('who read what is not public, when and what for')
    .argument('[what]', 'an account, or the id of what was read; everything when left out')
    .action(async (what: string | undefined) => {
      const found = await terminal.reading((store) => readings(wholeLog(store), what));
      terminal.show(found, readingsText);
    });
}
