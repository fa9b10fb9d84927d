import { profiles } from '#domain';
import type { Profile } from '#domain';

/** What the portal needs to know when it runs as a process of its own. */
export interface PortalSettings {
  readonly host: string;
  readonly port: number;
  readonly profile: Profile;
}

/** A setting is wrong; the message names the variable and what is allowed. */
export class WrongPortalSetting extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'WrongPortalSetting';
  }
}

/** Every variable of the portal's own; where its read database lies is said by READ_DATABASE and its like. */
export const portalVariables: Readonly<Record<string, string>> = {
  PORTAL_HOST: 'Address to listen on. Default 127.0.0.1; 0.0.0.0 lets everybody in.',
  PORTAL_PORT: 'Port to listen on, 0 for any free one. Default 3001.',
  REGISTRY_DATA: 'Folder of the read models where READ_DATABASE is sqlite. Default ./data.',
  REGISTRY_PROFILE: `Jurisdiction: ${Object.keys(profiles).join(' or ')}. Default IT.`,
};

/** Reads the settings from the environment; throws WrongPortalSetting at the first that cannot be right. */
export function portalSettingsFromEnv(env: Readonly<Record<string, string | undefined>>): PortalSettings {
  const unknown = Object.keys(env).find((name) => name.startsWith('PORTAL_') && !(name in portalVariables));
  if (unknown !== undefined) {
    throw new WrongPortalSetting(
      `${unknown} is not a setting. Use one of: ${Object.keys(portalVariables).join(', ')}.`,
    );
  }
  const wrong = (name: string): WrongPortalSetting =>
    new WrongPortalSetting(`${name} is "${env[name]}". ${portalVariables[name]}`);
  const port = env.PORTAL_PORT ?? '3001';
  if (!/^\d{1,5}$/.test(port) || Number(port) > 65_535) throw wrong('PORTAL_PORT');
  const host = env.PORTAL_HOST ?? '127.0.0.1';
  if (!/^[0-9A-Za-z.:-]+$/.test(host)) throw wrong('PORTAL_HOST');
  const profile = Object.hasOwn(profiles, env.REGISTRY_PROFILE ?? 'IT')
    ? profiles[env.REGISTRY_PROFILE ?? 'IT']
    : undefined;
  if (!profile) throw wrong('REGISTRY_PROFILE');
  return { host, port: Number(port), profile };
}
