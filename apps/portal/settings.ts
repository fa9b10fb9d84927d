import { availableParallelism } from 'node:os';
import type { Profile } from '#domain';
import { transparencyLogFolderFrom } from '#notary';
import { SettingsReader, dataFolderFrom, profileFrom, publicFilesFolderFrom } from '#process';
import type { Environment, Where } from '#process';
import { knownDaysFolderFrom } from '#read-models';
import { licences, usualTerms } from './open-data/publication';
import type { LicenceName, Terms } from './open-data/publication';
import type { MapTiles } from '#web';
import { mapTilesFrom } from './map-tiles';

/** Each takes some 150 MB and a connection to the read database. */
const [USUAL_PROCESSES, MOST_PROCESSES] = [4, 64];

/** What the portal needs to know when it runs as a process of its own. */
export interface PortalSettings {
  readonly where: Where;
  readonly dataFolder: string;
  readonly profile: Profile;
  /** Folder of the public files, and of no others. */
  readonly files: string;
  /** Folder of the transparency log, without its secret key. */
  readonly transparencyLog: string;
  /** Folder of the read databases of days of knowledge. */
  readonly knownDays: string;
  /** Public address of the registry whose form takes questions; undefined where none is offered. */
  readonly asking?: string;
  /** So many processes make answers. */
  readonly processes: number;
  /** Who publishes the data, and how they may be used. */
  readonly terms: Terms;
  /** Where the map's pictures of the ground come from; undefined for none. */
  readonly mapTiles?: MapTiles;
}

/** Reads the settings from the environment; throws WrongSetting at the first that cannot be right. */
export function portalSettingsFromEnv(env: Environment): PortalSettings {
  const settings = new SettingsReader(env);
  const asking = settings.address('PORTAL_QUESTIONS');
  const mapTiles = mapTilesFrom(env);
  return {
    where: {
      host: settings.host('PORTAL_HOST'),
      port: settings.port('PORTAL_PORT', 3001),
      variables: { host: 'PORTAL_HOST', port: 'PORTAL_PORT' },
    },
    dataFolder: dataFolderFrom(env),
    profile: profileFrom(settings),
    files: publicFilesFolderFrom(env),
    transparencyLog: transparencyLogFolderFrom(env, dataFolderFrom(env)),
    knownDays: knownDaysFolderFrom(env, dataFolderFrom(env)),
    processes: settings.count('PORTAL_PROCESSES', Math.min(availableParallelism(), USUAL_PROCESSES), MOST_PROCESSES),
    terms: termsFromEnv(env),
    ...(asking !== undefined && { asking }),
    ...(mapTiles && { mapTiles }),
  };
}

/** Who publishes the data and how they may be used; throws WrongSetting. */
export function termsFromEnv(env: Environment): Terms {
  const settings = new SettingsReader(env);
  const allowed = new RegExp(`^(${Object.keys(licences).join('|').replaceAll('.', '\\.')})$`);
  const prefix = settings.text('OCDS_PREFIX', '', /^(ocds-[a-z0-9]{6})?$/);
  const [, scheme, uid] = PUBLISHER_ID.exec(settings.text('OCDS_PUBLISHER', '', PUBLISHER_ID)) ?? [];
  const sourceCode = settings.text('PORTAL_SOURCE_CODE', '', PAGE);
  const contact = settings.text('PORTAL_CONTACT', '', CONTACT);
  return {
    publisher: settings.text('PORTAL_PUBLISHER', usualTerms.publisher, /^[^\p{C}]{1,200}$/u),
    licence: settings.text('PORTAL_LICENCE', usualTerms.licence, allowed) as LicenceName,
    ...(prefix !== '' && { ocdsPrefix: prefix }),
    ...(sourceCode !== '' && { sourceCode }),
    ...(contact !== '' && { contact: contact.includes('://') ? contact : `mailto:${contact}` }),
    ...(scheme !== undefined && uid !== undefined && { publisherId: { scheme, uid } }),
  };
}

/** The https: address of a page, or nothing. */
const PAGE = /^(https:\/\/[0-9A-Za-z.:-]+(\/[0-9A-Za-z._~/%-]{0,200})?)?$/;
/** An e-mail address, the https: address of a page, or nothing. */
const CONTACT =
  /^([0-9A-Za-z._+-]{1,64}@[0-9A-Za-z-]+(\.[0-9A-Za-z-]+)+|https:\/\/[0-9A-Za-z.:-]+(\/[0-9A-Za-z._~/%-]{0,200})?)?$/;

/** A list of org-id.guide, such as `IT-CF`, and an id in it; or nothing. */
const PUBLISHER_ID = /^(?:([A-Z]{2,3}(?:-[A-Z0-9]+)+)\/([0-9A-Za-z._-]{1,100}))?$/;
