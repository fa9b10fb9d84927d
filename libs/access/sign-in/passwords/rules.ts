import { commonPasswords } from './common-passwords';

/** In characters (code points), as NIST SP 800-63B-4 §3.1.1 counts them. */
export const PASSWORD_LENGTH = { least: 12, most: 128 } as const;

/** Why a password is not accepted. There is no rule about digits or signs: they make passwords harder to remember and not to guess (the same §). */
export type PasswordFault = 'too-short' | 'too-long' | 'too-common' | 'holds-user-name';

/** The password as it is hashed: letters with accents are the same however they were typed (NFC). */
export const normalPassword = (typed: string): string => typed.normalize('NFC');

/** What keeps a normal password from being accepted; undefined for a good one. */
export function passwordFault(password: string, userName: string): PasswordFault | undefined {
  const { length } = [...password];
  if (length < PASSWORD_LENGTH.least) return 'too-short';
  if (length > PASSWORD_LENGTH.most) return 'too-long';
  if (isCommon(password)) return 'too-common';
  const [person = userName] = userName.split('@');
  return person.length > 3 && password.toLowerCase().includes(person) ? 'holds-user-name' : undefined;
}

/** On the list as it is or after the tricks everybody knows: capitals, digits and signs at the ends, a word twice, one character over and over. */
function isCommon(password: string): boolean {
  const low = password.toLowerCase().replace(/\s/g, '');
  const word = low.replace(/^[^\p{L}]+|[^\p{L}]+$/gu, '');
  const half = low.slice(0, Math.ceil(low.length / 2));
  const twice = low === half + half ? half : low;
  return [low, word, twice].some((each) => commonPasswords.has(each)) || new Set(low).size < 5 || isRun(low);
}

const RUNS = [
  'abcdefghijklmnopqrstuvwxyz',
  '01234567890123456789',
  'qwertyuiopasdfghjklzxcvbnm',
  '1qaz2wsx3edc4rfv5tgb6yhn',
];

/** A walk along the alphabet, the digits or the keyboard, in either direction. */
const isRun = (text: string): boolean =>
  RUNS.some((run) => run.includes(text) || run.includes([...text].reverse().join('')));
