import type { Profile } from '#domain';
import { SettingsReader, dataFolderFrom, profileFrom } from '#process';
import type { Environment, Where } from '#process';

/** What the projector needs to know when it runs as a process of its own. */
export interface ProjectorSettings {
  /** Its health and metrics. */
  readonly where: Where;
  readonly dataFolder: string;
  readonly profile: Profile;
}

/** Reads the settings from the environment; throws WrongSetting at the first that cannot be right. */
export function projectorSettingsFromEnv(env: Environment): ProjectorSettings {
  const settings = new SettingsReader(env);
  return {
    where: {
      host: settings.host('PROJECTOR_HOST'),
      port: settings.port('PROJECTOR_PORT', 3002),
      variables: { host: 'PROJECTOR_HOST', port: 'PROJECTOR_PORT' },
    },
    dataFolder: dataFolderFrom(env),
    profile: profileFrom(settings),
  };
}
