import { randomInt } from 'node:crypto';
import { digestOf } from './secrets';

/** Without letters and digits that are taken for one another when read from paper. */
const ALPHABET = 'abcdefghjkmnpqrstuvwxyz23456789';
const CODES = 10;
const GROUPS = 4;
const GROUP_LENGTH = 4;

/** Ten codes of 79 bits, each good once in place of the second factor. */
export const newRecoveryCodes = (): string[] =>
  Array.from({ length: CODES }, () => Array.from({ length: GROUPS }, group).join('-'));

const group = (): string => Array.from({ length: GROUP_LENGTH }, () => ALPHABET[randomInt(ALPHABET.length)]).join('');

/** Looks like one, so that a person may type either kind of code into one field. */
export const isRecoveryCode = (typed: string): boolean => normal(typed).length === GROUPS * GROUP_LENGTH;

/** What is kept of a code of an account. */
export const recoveryDigest = (account: string, typed: string): string => digestOf(`${account}\n${normal(typed)}`);

const normal = (typed: string): string => typed.toLowerCase().replace(/[\s-]/g, '');
