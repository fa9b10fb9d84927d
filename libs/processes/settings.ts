import { resolve, join } from 'node:path';
import { isLegalDate } from '#domain';
import type { Instant, Profile } from '#domain';
import { isOfficeLanguage, officeLanguages } from '#web';
import type { OfficeLanguage } from '#web';
import { ProcessesError, processDatabaseSettingsFromEnv } from './database/settings';
import type { ProcessDatabaseSettings } from './database/settings';
import { beginningOf } from './managers/day';
import { isAddress, readAddressBook } from './notices/address-book';
import type { AddressBook } from './notices/address-book';
import { fileSink } from './notices/file-sink';
import { smtpTransport } from './notices/mail';
import type { Letterhead } from './notices/message';
import type { Transport } from './notices/transport';

/** How the process managers run here. */
export interface ProcessesSettings {
  readonly database: ProcessDatabaseSettings;
  readonly transport: () => Transport;
  readonly book: AddressBook;
  readonly letterhead: Letterhead;
  /** Agency code of the body that questions nobody answers go on to. */
  readonly escalateTo: string;
  readonly since?: Instant;
}

type Environment = Readonly<Record<string, string | undefined>>;

const OURS = /^(PROCESS|PROCESSES|NOTICES|SMTP)_/;
const NAMES = [
  'PROCESSES_RUN', 'PROCESSES_ESCALATE_TO', 'PROCESS_DATABASE', 'PROCESS_DATABASE_PATH', 'PROCESS_DATABASE_URL', 'NOTICES_BY', 'NOTICES_FOLDER',
  'NOTICES_FROM', 'NOTICES_TO', 'NOTICES_ADDRESSES', 'NOTICES_LANGUAGE', 'NOTICES_PAGES', 'NOTICES_SINCE', 'SMTP_URL',
]; // prettier-ignore

const CODE = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;

/** Reads PROCESS…, NOTICES… and SMTP_URL; undefined where PROCESSES_RUN is off. Throws ProcessesError naming the variable that is wrong. */
export function processesSettingsFromEnv(
  env: Environment,
  dataFolder: string,
  profile: Profile,
): ProcessesSettings | undefined {
  const unknown = Object.keys(env).find((name) => OURS.test(name) && !NAMES.includes(name));
  if (unknown !== undefined) throw new ProcessesError(`${unknown} is not a setting. Use one of: ${NAMES.join(', ')}.`);
  const { PROCESSES_RUN: run = 'on', PROCESSES_ESCALATE_TO: escalateTo = 'transparency-officer' } = env;
  if (run !== 'on' && run !== 'off') throw new ProcessesError(`PROCESSES_RUN is "${run}"; use "on" or "off".`);
  if (run === 'off') return undefined;
  if (!CODE.test(escalateTo))
    throw new ProcessesError(`PROCESSES_ESCALATE_TO is "${escalateTo}"; give the code of an agency.`);
  const { NOTICES_SINCE: since } = env;
  if (since !== undefined && !isLegalDate(since))
    throw new ProcessesError(`NOTICES_SINCE is "${since}"; give a day as YYYY-MM-DD.`);
  return {
    database: processDatabaseSettingsFromEnv(env, dataFolder),
    transport: transportFrom(env, dataFolder),
    book: bookFrom(env, profile),
    letterhead: {
      from: addressFrom(env.NOTICES_FROM, 'NOTICES_FROM', 'registry@localhost'),
      ...pagesFrom(env.NOTICES_PAGES),
    },
    escalateTo,
    ...(since !== undefined && { since: beginningOf(since, profile.timeZone) }),
  };
}

function transportFrom(env: Environment, dataFolder: string): () => Transport {
  const { NOTICES_BY: kind = 'file', NOTICES_FOLDER: folder = join(dataFolder, 'outbox'), SMTP_URL: url } = env;
  if (kind === 'file') return () => fileSink(resolve(folder));
  if (kind !== 'smtp') throw new ProcessesError(`NOTICES_BY is "${kind}"; use "file" or "smtp".`);
  if (url === undefined || !/^smtps?:\/\/./.test(url) || !URL.canParse(url))
    throw new ProcessesError(
      'SMTP_URL must be given as smtp://user:password@host:port or smtps://… where NOTICES_BY is "smtp".',
    );
  return () => smtpTransport(url);
}

function bookFrom(env: Environment, { country }: Profile): AddressBook {
  const { NOTICES_ADDRESSES: path, NOTICES_LANGUAGE: language = country === 'IT' ? 'it' : 'en' } = env;
  if (!isOfficeLanguage(language))
    throw new ProcessesError(`NOTICES_LANGUAGE is "${String(language)}"; use one of: ${officeLanguages.join(', ')}.`);
  const spoken: OfficeLanguage = language;
  const otherwise = { to: addressFrom(env.NOTICES_TO, 'NOTICES_TO', 'officers@localhost'), language: spoken };
  return path === undefined ? { lines: [], otherwise } : readAddressBook(path, otherwise);
}

function addressFrom(given: string | undefined, name: string, otherwise: string): string {
  const address = given ?? otherwise;
  if (isAddress(address)) return address;
  throw new ProcessesError(`${name} is "${address}"; give one plain e-mail address.`);
}

function pagesFrom(pages: string | undefined): { readonly pages?: string } {
  if (pages === undefined) return {};
  if (/^https?:\/\/./.test(pages) && URL.canParse(pages)) return { pages };
  throw new ProcessesError(
    `NOTICES_PAGES is "${pages}"; give the address of the public pages, such as https://registry.example.org.`,
  );
}
