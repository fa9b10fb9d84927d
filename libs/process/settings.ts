import { join, resolve } from 'node:path';
import { profiles } from '#domain';
import type { Profile } from '#domain';
import { WrongSetting } from './failures';

export type Environment = Readonly<Record<string, string | undefined>>;

/** Every variable of our own, with what it means and what is allowed; docs/configuration.md says the same. Where the log and the
 *  read models lie is said by EVENT_STORE, READ_DATABASE and their like, which belong to those libraries. */
export const variables = {
  REGISTRY_HOST: 'Address the registry listens on; a loopback address where nobody signs in. Default 127.0.0.1.',
  REGISTRY_PORT: 'Port the registry listens on, 0 for any free one. Default 3000.',
  REGISTRY_DATA: 'Folder of the embedded event log and read models. Default ./data.',
  REGISTRY_PROFILE: `Jurisdiction: ${Object.keys(profiles).join(' or ')}. Default IT.`,
  REGISTRY_SIGN_IN:
    'on or off: whether people sign in. off is for trying out: whoever sits at this machine acts, and nobody else can. Default on.',
  REGISTRY_COMMANDS_A_MINUTE:
    'How many commands one account, or one address of visitors, may send in a minute. Default 600.',
  REGISTRY_OFFICER: 'Who acts where nobody signs in. Default local-officer.',
  REGISTRY_AGENCY: 'For which agency. Default local.',
  REGISTRY_AGENCY_NAMES:
    'What agencies are called on pages, by the codes for which their people act, such as MEF=Ministero dell’economia; CT=Comune di Catania. They come beside the names the profile knows. Default none: a page shows the code.',
  REGISTRY_SAMPLE: 'on or off: fill an empty log with sample data. Default on.',
  REGISTRY_FILES: 'Folder of documents, photos and sealed applications. Default files in the data folder.',
  REGISTRY_FILES_MAX_BYTES:
    'What the files of each class (public, restricted, sealed) may take together, in bytes from 1048576. Default 10737418240, 10 GiB.',
  PORTAL_FILES: 'Folder of the public files, and of no others. Default public in the folder files of the data folder.',
  REGISTRY_QUESTIONS: 'on or off: take questions and observations of visitors by the form at /ask. Default on.',
  REGISTRY_PAGES:
    'Public address of the portal, such as https://registry.example, for links from the form. Default none.',
  PORTAL_QUESTIONS: 'Public address of the registry whose form takes questions. Default none: no form is offered.',
  REGISTRY_PUBLIC_URL:
    'Where people reach sign-in, such as https://registry.example: scheme and host alone. Cookies are then for HTTPS alone. http:// is allowed for this machine. Default: whatever host the browser asked for, over HTTP.',
  REGISTRY_TRUSTED_PROXIES:
    'Reverse proxies whose X-Forwarded-For and -Proto are believed: addresses or networks such as 10.0.0.0/8, separated by commas. Default: none.',
  PORTAL_PUBLISHER:
    'Name of the authority that publishes the data, as catalogues show it. Default Social Reuse Registry.',
  OCDS_PREFIX:
    'Prefix of contracting processes that the Open Contracting Partnership gave to the publisher, such as ocds-a1b2c3. Default none: ids begin with unregistered.',
  OCDS_PUBLISHER:
    'What the publisher is known by in OCDS: a list of org-id.guide and the id in it, such as IT-CF/80000000000. Default none.',
  PORTAL_LICENCE: 'Licence of the data: CC-BY-4.0 or CC0-1.0. Default CC-BY-4.0.',
  PORTAL_SOURCE_CODE:
    'Where the source of this program lies, such as https://code.example/registry: an https address. Pages that say how to check link there. Default none: they say whom to ask.',
  PORTAL_CONTACT:
    'Where readers say that a page does not work for them: an e-mail address or an https address. The page on accessibility shows it. Default none.',
  PORTAL_MAP_TILES:
    'Address of pictures of the ground for the map, with {z}, {x} and {y}, such as https://tiles.example/{z}/{x}/{y}.png. Readers’ browsers then load them from there. Default none: outlines alone.',
  PORTAL_MAP_ATTRIBUTION:
    'Whom these pictures are from, as it is said on the map; at most 200 characters. Needed with them.',
  PORTAL_HOST: 'Address the portal listens on. Default 127.0.0.1; 0.0.0.0 lets everybody in.',
  PORTAL_PORT: 'Port the portal listens on, 0 for any free one. Default 3001.',
  PORTAL_PROCESSES:
    'How many processes of the portal make answers, 1 to 64. Default: as many as the machine has processors, 4 at most.',
  PROJECTOR_HOST: 'Address of the projector’s health and metrics. Default 127.0.0.1.',
  PROJECTOR_PORT: 'Port of the projector’s health and metrics, 0 for any free one. Default 3002.',
} as const satisfies Readonly<Record<string, string>>;
export type Variable = keyof typeof variables;

const AGENCY_NAME = '[A-Za-z0-9][A-Za-z0-9._-]{0,63}=[^\\p{C};=]{1,200}';
/** Names of agencies by their codes, or nothing. */
const AGENCY_NAMES = new RegExp(`^(${AGENCY_NAME}(; *${AGENCY_NAME}){0,199})?$`, 'u');
const OURS = /^(REGISTRY|PORTAL|PROJECTOR|OCDS)_/;
const ADDRESS = /^[0-9A-Za-z.:-]+$/;

/** Reads settings from the environment; each that cannot be right throws WrongSetting. One file of settings may serve every process. */
export class SettingsReader {
  constructor(private readonly env: Environment) {
    const unknown = Object.keys(env).find((name) => OURS.test(name) && !Object.hasOwn(variables, name));
    if (unknown !== undefined) {
      const alike = Object.keys(variables).filter((name) => name.split('_')[0] === unknown.split('_')[0]);
      throw new WrongSetting(`${unknown} is not a setting. Use one of: ${alike.join(', ')}.`);
    }
  }

  /** A text of the form allowed. */
  text(name: Variable, otherwise: string, allowed: RegExp): string {
    const given = this.env[name] ?? otherwise;
    if (allowed.test(given)) return given;
    throw new WrongSetting(`${name} is "${given}". ${variables[name]}`);
  }

  host(name: Variable, otherwise = '127.0.0.1', allowed = ADDRESS): string {
    return this.text(name, otherwise, allowed);
  }

  /** The public address of a server: scheme and host, no path. Undefined where none is given. */
  address(name: Variable): string | undefined {
    const given = this.text(name, '', /^(https?:\/\/[0-9A-Za-z.:[\]-]+)?$/);
    return given === '' ? undefined : given;
  }

  port(name: Variable, otherwise: number): number {
    const port = Number(this.text(name, String(otherwise), /^\d{1,5}$/));
    if (port > 65_535) throw new WrongSetting(`${name} is "${port}". ${variables[name]} Ports go up to 65535.`);
    return port;
  }

  count(name: Variable, otherwise: number, most: number): number {
    const count = Number(this.text(name, String(otherwise), /^[1-9]\d{0,5}$/));
    if (count > most) throw new WrongSetting(`${name} is "${count}". ${variables[name]}`);
    return count;
  }
}

/** The folder in which the embedded log and the embedded read models lie. */
export const dataFolderFrom = (env: Environment): string => resolve(env.REGISTRY_DATA ?? 'data');

/** Where documents, photos and sealed applications lie. */
export const filesFolderFrom = (env: Environment): string =>
  resolve(env.REGISTRY_FILES ?? join(dataFolderFrom(env), 'files'));

/** Where the files lie that everybody may have. */
export const publicFilesFolderFrom = (env: Environment): string =>
  resolve(env.PORTAL_FILES ?? join(filesFolderFrom(env), 'public'));

/** The jurisdiction. Throws WrongSetting. */
export function profileFrom(settings: SettingsReader): Profile {
  const code = settings.text('REGISTRY_PROFILE', 'IT', new RegExp(`^(${Object.keys(profiles).join('|')})$`));
  const profile = profiles[code];
  if (!profile) throw new WrongSetting(`REGISTRY_PROFILE is "${code}". ${variables.REGISTRY_PROFILE}`);
  const named = settings.text('REGISTRY_AGENCY_NAMES', '', AGENCY_NAMES);
  if (named === '') return profile;
  const names = named.split(';').map((each) => each.trim().split(/=(.*)/s).slice(0, 2));
  return { ...profile, agencies: { ...profile.agencies, ...(Object.fromEntries(names) as Profile['agencies']) } };
}
