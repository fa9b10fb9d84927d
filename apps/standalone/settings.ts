import { resolve } from 'node:path';
import type { Actor, Profile } from '#domain';
import { profiles } from '#domain';

/** What the whole system in one process needs to know; made once at start. */
export interface Settings {
  readonly host: string;
  readonly port: number;
  readonly dataFolder: string;
  readonly profile: Profile;
  readonly actor: Actor;
  /** Fill an empty log with the sample. */
  readonly sample: boolean;
}

/** A setting is wrong; the message names the variable and what is allowed. */
export class WrongSetting extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'WrongSetting';
  }
}

/** Every variable of our own, with what it means; docs/configuration.md says the same. */
export const variables: Readonly<Record<string, string>> = {
  REGISTRY_HOST: 'Address to listen on; a loopback address until sign-in arrives. Default 127.0.0.1.',
  REGISTRY_PORT: 'Port to listen on, 0 for any free one. Default 3000.',
  REGISTRY_DATA: 'Folder of the embedded event log and read models. Default ./data.',
  REGISTRY_PROFILE: `Jurisdiction: ${Object.keys(profiles).join(' or ')}. Default IT.`,
  REGISTRY_OFFICER: 'Who acts on the command API until sign-in arrives. Default local-officer.',
  REGISTRY_AGENCY: 'For which agency. Default local.',
  REGISTRY_SAMPLE: 'on or off: fill an empty log with sample data. Default on.',
};

const LOOPBACK = /^(127(\.\d{1,3}){3}|::1|localhost)$/;
const NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;

/** Reads the settings from the environment; throws WrongSetting at the first that cannot be right. */
export function settingsFromEnv(env: Readonly<Record<string, string | undefined>>): Settings {
  for (const name of Object.keys(env)) {
    if (name.startsWith('REGISTRY_') && !(name in variables)) {
      throw new WrongSetting(`${name} is not a setting. Use one of: ${Object.keys(variables).join(', ')}.`);
    }
  }
  const value = (name: string, otherwise: string, allowed: RegExp): string => {
    const given = env[name] ?? otherwise;
    if (allowed.test(given)) return given;
    throw new WrongSetting(`${name} is "${given}". ${variables[name]}`);
  };
  const port = Number(value('REGISTRY_PORT', '3000', /^\d{1,5}$/));
  if (port > 65_535) throw new WrongSetting(`REGISTRY_PORT is ${port}; ports go up to 65535.`);
  const profile = profiles[value('REGISTRY_PROFILE', 'IT', new RegExp(`^(${Object.keys(profiles).join('|')})$`))]!;
  return {
    host: value('REGISTRY_HOST', '127.0.0.1', LOOPBACK),
    port,
    dataFolder: resolve(env.REGISTRY_DATA ?? 'data'),
    profile,
    actor: {
      subject: value('REGISTRY_OFFICER', 'local-officer', NAME),
      agency: value('REGISTRY_AGENCY', 'local', NAME),
      role: 'officer',
    },
    sample: value('REGISTRY_SAMPLE', 'on', /^(on|off)$/) === 'on',
  };
}
