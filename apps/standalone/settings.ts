import { SettingsReader } from '#process';
import type { Environment } from '#process';
import { registrySettingsFromEnv } from '../registry/settings';
import type { RegistryProcessSettings } from '../registry/settings';

/** What the whole system in one process needs to know; made once at start. */
export interface Settings extends RegistryProcessSettings {
  /** Fill an empty log with the sample. */
  readonly sample: boolean;
}

/** Reads the settings from the environment; throws WrongSetting at the first that cannot be right. */
export function settingsFromEnv(env: Environment): Settings {
  const sample = new SettingsReader(env).text('REGISTRY_SAMPLE', 'on', /^(on|off)$/) === 'on';
  return { ...registrySettingsFromEnv(env), sample };
}
