import type { Command } from 'commander';
import { NotaryError, beginRotation, endRotation, keysOf, notarySettingsFromEnv } from '#notary';
import type { KeysOfLog, NotarySettings } from '#notary';
import { TransparencyError } from '#transparency-log';
import { WrongRequest } from './log';

/** The only commands of the auditor that write: to the keys, never to the log. They are for whoever keeps the notary's key, where the notary runs. */
export function addLogKeyCommand(program: Command, data: () => string, say: (text: string) => void): void {
  const command = program.command('log-key').description('the signing keys of the transparency log, for whoever runs the notary');
  const step = (name: string, description: string, work: (settings: NotarySettings) => Promise<KeysOfLog>, words: (keys: KeysOfLog) => string): void => {
    command.command(name).description(description).action(async () => {
      say(words(await work(settingsOf(data())).catch(explained)));
    });
  };
  step('show', 'which keys speak for the log', keysOf, shown);
  step('rotate', 'make a new key that signs beside the old one', beginRotation, (keys) => `${shown(keys)}\n\nNow:\n1. Start the notary anew (projector or standalone): it signs with both keys.\n2. Publish the new key where you published the first one; auditors and witnesses take the new key list.\n3. When they have had time, a month for instance: auditor log-key retire.`);
  step('retire', 'end the office of the old key', endRotation, (keys) => `${shown(keys)}\n\nThe old key is gone from this machine; destroy its backups. Start the notary anew: it signs with the new key alone. Auditors and witnesses who have not taken the new key list are told that no key they know signed.`);
} // prettier-ignore

function settingsOf(data: string): NotarySettings {
  const settings = notarySettingsFromEnv(process.env, data);
  if (settings) return settings;
  throw new WrongRequest('The transparency log is off (TRANSPARENCY_LOG).');
}

function explained(error: unknown): never {
  if (error instanceof NotaryError || error instanceof TransparencyError) throw new WrongRequest(error.message);
  throw error;
}

function shown({ origin, size, current, next, signedByNext, keys }: KeysOfLog): string {
  return [
    `Log       ${origin}, ${size} entries`,
    ...keys.map(({ verifier: { text }, retiredAtSize }) => `Key       ${text} ${retiredAtSize !== undefined ? `until ${retiredAtSize}` : text === current ? 'in office' : text === next ? `takes over${signedByNext ? ', signs' : ', does not sign yet'}` : 'in office, not here'}`),
  ].join('\n');
} // prettier-ignore
