import { existsSync, renameSync } from 'node:fs';
import type { Command } from 'commander';
import { makeMasterKey, masterKeyFrom, personKeysSettingsFromEnv, rotateMasterKey } from '#privacy';
import { WrongRequest } from './log';
import type { Terminal } from './terminal';

/** The master key of the keys of persons, for whoever runs the registry and has stopped it. */
export function addPersonKeysCommand(program: Command, terminal: Terminal): void {
  program
    .command('person-keys')
    .description('the keys under which personal data lie in the log, for whoever runs the registry')
    .command('rotate')
    .description('wrap every key with a new master key, with the registry stopped; run again after an interruption, it goes on')
    .action(async () => {
      const { path, master } = personKeysSettingsFromEnv(process.env, terminal.data);
      if (!('file' in master)) throw new WrongRequest('The master key is given as text (PERSON_KEYS_MASTER). Put both keys into files, and name the one in use with PERSON_KEYS_MASTER_FILE.');
      const { file } = master;
      if (!existsSync(path) || !existsSync(file)) throw new WrongRequest(`There are no keys of persons in ${path}, or no master key in ${file}.`);
      const next = `${file}.next`;
      // One that is there already was made by a run that did not come to its end, and is used.
      makeMasterKey(next);
      const rewrapped = await rotateMasterKey(path, masterKeyFrom(master), masterKeyFrom({ file: next }));
      renameSync(next, file);
      terminal.show({ rewrapped, file }, () => `${rewrapped} keys are wrapped with the new master key in ${file}. Backups of the key store from before need the old one: destroy them, or keep it for as long as them.`);
    });
} // prettier-ignore
