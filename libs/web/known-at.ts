import type { LegalDate } from '#domain';
import { languageFacts, languages } from './language/languages';

/** Which addresses may ask what was known on a day (`knownAt`), and how links and forms of such a page keep it. */

const segments = ['map', 'indicators', 'areas', 'data', 'calls', 'organisations', 'dialogues', 'groups', 'money', 'support', 'use', 'assigned', 'waiting', 'flags', 'annualReturn', 'search'] as const; // prettier-ignore

/** Pages of reports by the first part of their addresses, decoded. */
const pages = new Map<string, ReadonlySet<string>>(
  languages.map((language) => {
    const { paths } = languageFacts[language];
    return [language, new Set(segments.map((segment) => decodeURIComponent(paths[segment])))];
  }),
);
const applying = new Set(languages.map((language) => languageFacts[language].paths.apply));
const registers = new Map<string, string>(
  languages.map((language) => [language, languageFacts[language].paths.assets]),
);

const API = /^\/api\/v1\/(indicators|map|money|support|use|assigned|waiting|flags|calls|organisations|dialogues|dialogue-answers|groups|annual-returns|changes|ocds|search)(?=[/.]|$)/; // prettier-ignore
/** What officers and applicants are answered under the addresses of a call. */
const OF_A_CALL = /^\/api\/v1\/calls\/[^/]+\/(ciphertexts|opening|applications|sealing)/;
const OPEN_DATA = /^\/data\/(datapackage|catalogue|assets)(?=[/.])/;

/** Register and dossier tell any day of knowledge themselves, from versions and entries. */
const tellsItself = (path: string): boolean => {
  if (/^\/api\/v1\/assets(?=[/.]|$)/.test(path)) return true;
  const [, language = '', first] = path.split('/');
  return first !== undefined && first === registers.get(language) && !path.endsWith('/feed.atom');
};

/** True where an address is answered from the read database of the day of knowledge it names. */
export function takesKnownAt(path: string): boolean {
  if (tellsItself(path)) return false;
  if (API.test(path)) return !OF_A_CALL.test(path);
  if (OPEN_DATA.test(path)) return true;
  const [, language = '', first = '', ...further] = path.split('/');
  const known = pages.get(language);
  if (!known) return false;
  if (first === '' || first === 'feed.atom') return true;
  if (first === registers.get(language)) return further.at(-1) === 'feed.atom';
  // Where an organisation applies is no report.
  return known.has(decoded(first)) && !applying.has(further.at(-1) ?? '');
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/** The same address, about what was known on a day; others, and those that name a day already, as they were. */
export function keepingDay(address: string, day: LegalDate): string {
  const [, site = '', rest = ''] = /^(https?:\/\/[^/]+)?(\/.*)?$/s.exec(address) ?? [];
  const [before = '', fragment] = rest.split('#', 2);
  const [path = '', query = ''] = before.split('?', 2);
  if (path === '' || !(takesKnownAt(path) || tellsItself(path)) || /(^|&)knownAt=/.test(query)) return address;
  const asked = `${query === '' ? '' : `${query}&`}knownAt=${day}`;
  return `${site}${path}?${asked}${fragment === undefined ? '' : `#${fragment}`}`;
}

const TAGS = /<(a|link|form)\b[^>]*>/g;
const ADDRESS = /( (?:href|action)=")(\/[^"]*)"/;

/**
 * A page of ours in which every link and form leads on within the day of knowledge it is about, but for those marked `data-now`. Done once for a whole page, where addresses are many and made in many places; what we
 * write as HTML is known to have its addresses in double quotes, escaped.
 */
export function keepingDayIn(html: string, day: LegalDate): string {
  return html.replace(TAGS, (tag, name: string) => {
    if (tag.includes(' data-now')) return tag;
    const address = ADDRESS.exec(tag)?.[2];
    if (address === undefined) return tag;
    if (name === 'form') {
      const isKept = keepingDay(address, day) !== address && /\bmethod="get"/.test(tag) && !tag.includes(' data-known');
      return isKept ? `${tag}<input type="hidden" name="knownAt" value="${day}"/>` : tag;
    }
    const kept = keepingDay(address.replaceAll('&amp;', '&'), day).replaceAll('&', '&amp;');
    return tag.replace(ADDRESS, `$1${kept.replaceAll('$', '$$$$')}"`);
  });
}
