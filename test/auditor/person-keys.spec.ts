import { existsSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import { KeysError, openPersonKeys, personKeysSettingsFromEnv } from '#privacy';
import { addPersonKeysCommand } from '../../apps/auditor/person-keys-command';
import { Terminal } from '../../apps/auditor/terminal';
import { aFolder } from '../privacy/keys';

describe('a new master key', () => {
  let folder: string;
  beforeEach(() => (folder = aFolder()));
  afterEach(() => rmSync(folder, { recursive: true }));

  const rotate = async (): Promise<void> => {
    const program = new Command().option('--data <folder>').option('--json');
    addPersonKeysCommand(program, new Terminal(program));
    await program.parseAsync(['--json', '--data', folder, 'person-keys', 'rotate'], { from: 'user' });
  };
  const keyFile = () => join(folder, 'person-keys.key');

  it('opens what the old one opened, and the old one opens nothing more', async () => {
    const settings = personKeysSettingsFromEnv({}, folder);
    const before = await openPersonKeys(settings);
    const { key } = await before.keyOf('entry 1');
    await before.close();
    const old = readFileSync(keyFile(), 'utf8').trim();
    await rotate();
    expect(readFileSync(keyFile(), 'utf8').trim()).not.toBe(old);
    expect(existsSync(`${keyFile()}.next`)).toBe(false);
    const after = await openPersonKeys(settings);
    expect((await after.keyOf('entry 1')).key).toEqual(key);
    await after.close();
    await expect(openPersonKeys({ ...settings, master: { hex: old } })).rejects.toThrow(KeysError);
  });

  it('is said to be impossible where there are no keys', () =>
    expect(rotate()).rejects.toThrow(/There are no keys of persons/));

  it('is said not to have been made, in a sentence that says what to do', async () => {
    writeFileSync(join(folder, 'file'), '');
    const settings = personKeysSettingsFromEnv({}, join(folder, 'file', 'data'));
    await expect(openPersonKeys(settings)).rejects.toThrow(/person-keys\.key cannot be made: .* name another one/);
  });

  it('is whole and for one user alone', async () => {
    await (await openPersonKeys(personKeysSettingsFromEnv({}, folder))).close();
    expect(readFileSync(keyFile(), 'utf8')).toMatch(/^[0-9a-f]{64}\n$/);
    expect(statSync(keyFile()).mode & 0o777).toBe(0o600);
  });
});
