import { readFileSync } from 'node:fs';
import { isOfficeLanguage, officeLanguages } from '#web';
import type { OfficeLanguage } from '#web';
import { ProcessesError } from '../database/settings';
import { noticeKinds } from '../process';
import type { About, NoticeKind } from '../process';

/** An office that wants to be told, and of what: every part that is there must fit. */
export interface Line {
  readonly to: string;
  readonly language: OfficeLanguage;
  readonly agency?: string;
  /** Official code of a region, province or municipality. */
  readonly area?: string;
  readonly asset?: string;
  readonly notices?: readonly NoticeKind[];
}

export interface Addressee {
  readonly to: string;
  readonly language: OfficeLanguage;
}

/** Who is told of what. */
export interface AddressBook {
  readonly lines: readonly Line[];
  /** Told of what no line is for, so that nothing is told to nobody. */
  readonly otherwise: Addressee;
}

const fits = ({ agency, area, asset, notices }: Line, notice: NoticeKind, about: About): boolean =>
  (agency === undefined || agency === about.agency) &&
  (area === undefined || (about.areas ?? []).includes(area)) &&
  (asset === undefined || asset === about.asset) &&
  (notices === undefined || notices.includes(notice));

/** Everybody to be told, each address once. */
export function addressees({ lines, otherwise }: AddressBook, notice: NoticeKind, about: About): readonly Addressee[] {
  const found = new Map<string, Addressee>();
  for (const line of lines)
    if (fits(line, notice, about) && !found.has(line.to)) found.set(line.to, { to: line.to, language: line.language });
  return found.size > 0 ? [...found.values()] : [otherwise];
}

/** One address, with nothing in it that could end a header or begin another address (RFC 5321 §4.1.2, without quoted local parts). */
export const isAddress = (text: string): boolean =>
  text.length <= 254 && /^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?$/.test(text);

const NAMES = ['to', 'language', 'agency', 'area', 'asset', 'notices'];

/** Reads the file of NOTICES_ADDRESSES: a JSON array of lines. Throws ProcessesError, naming the line that is wrong. */
export function readAddressBook(path: string, otherwise: Addressee): AddressBook {
  const wrong = (what: string): ProcessesError =>
    new ProcessesError(`The address book ${path} (NOTICES_ADDRESSES) ${what}`);
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    throw wrong(
      `cannot be read: ${error instanceof Error ? error.message : String(error)}. Give a JSON array of lines.`,
    );
  }
  if (!Array.isArray(content))
    throw wrong('must be a JSON array of lines, such as [{"to": "office@example.org", "agency": "ANBSC"}].');
  const lines = content.map((line: unknown, place): Line => {
    const flaw = flawIn(line);
    if (flaw !== undefined) throw wrong(`has a wrong line ${place + 1}: ${flaw}`);
    return { language: otherwise.language, ...(line as Partial<Line> & { to: string }) };
  });
  return { lines, otherwise };
}

function flawIn(line: unknown): string | undefined {
  if (typeof line !== 'object' || line === null || Array.isArray(line)) return 'a line is an object.';
  const parts: Readonly<Record<string, unknown>> = { ...line };
  const unknown = Object.keys(parts).find((name) => !NAMES.includes(name));
  if (unknown !== undefined) return `"${unknown}" is not known. Use ${NAMES.join(', ')}.`;
  if (typeof parts.to !== 'string' || !isAddress(parts.to)) return '"to" is one plain e-mail address.';
  if (parts.language !== undefined && !(typeof parts.language === 'string' && isOfficeLanguage(parts.language)))
    return `"language" is one of ${officeLanguages.join(', ')}.`;
  const text = ['agency', 'area', 'asset'].find((name) => parts[name] !== undefined && typeof parts[name] !== 'string');
  if (text !== undefined) return `"${text}" is text.`;
  const { notices } = parts;
  const known = (kind: unknown): boolean => (noticeKinds as readonly unknown[]).includes(kind);
  if (notices !== undefined && !(Array.isArray(notices) && notices.every(known)))
    return `"notices" is a list of: ${noticeKinds.join(', ')}.`;
  return undefined;
}
