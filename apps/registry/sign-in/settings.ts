import { isIP } from 'node:net';
import { SettingsReader, WrongSetting, variables } from '#process';
import type { Environment } from '#process';

/** How people reach the registry from outside. */
export interface PublicSettings {
  /** Scheme and host; undefined for whatever host the browser asked for. */
  readonly publicUrl?: string;
  readonly trustedProxies: readonly string[];
}

const PUBLIC_URL = /^(https:\/\/[A-Za-z0-9.-]+|http:\/\/(localhost|127(\.\d{1,3}){3}|\[::1\]))(:\d{1,5})?$/;

/** Reads REGISTRY_PUBLIC_URL and REGISTRY_TRUSTED_PROXIES; throws WrongSetting. */
export function publicSettingsFromEnv(env: Environment): PublicSettings {
  const settings = new SettingsReader(env);
  const publicUrl = settings.text('REGISTRY_PUBLIC_URL', '', new RegExp(`^$|${PUBLIC_URL.source}`));
  const trustedProxies = settings
    .text('REGISTRY_TRUSTED_PROXIES', '', /^[0-9A-Fa-f.:/, ]*$/)
    .split(',')
    .map((each) => each.trim())
    .filter(Boolean);
  const wrong = trustedProxies.find((each) => !isNetwork(each));
  if (wrong !== undefined) {
    throw new WrongSetting(`REGISTRY_TRUSTED_PROXIES holds "${wrong}". ${variables.REGISTRY_TRUSTED_PROXIES}`);
  }
  return { trustedProxies, ...(publicUrl !== '' && { publicUrl: new URL(publicUrl).origin }) };
}

/** An address, or one with the length of its network (RFC 4632). Everybody's network, /0, is nobody to trust. */
function isNetwork(text: string): boolean {
  const [address = '', length, ...rest] = text.split('/');
  const bits = { 0: 0, 4: 32, 6: 128 }[isIP(address)] ?? 0;
  if (bits === 0 || rest.length > 0) return false;
  return length === undefined || (/^\d{1,3}$/.test(length) && Number(length) >= 1 && Number(length) <= bits);
}
