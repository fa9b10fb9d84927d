import { Secret, TOTP } from 'otpauth';

const PERIOD_SECONDS = 30;
/** A clock may be one step ahead or behind (RFC 6238 §5.2). */
const WINDOW = 1;
/** 160 bits, the size of the HMAC (RFC 4226 §4). */
const SECRET_BYTES = 20;

export const newTotpSecret = (): string => new Secret({ size: SECRET_BYTES }).base32;

const totp = (secret: string, userName = '', issuer = ''): TOTP =>
  new TOTP({ issuer, label: userName, secret, algorithm: 'SHA1', digits: 6, period: PERIOD_SECONDS });

/** The address an authenticator app reads from a QR code. */
export const totpAddress = (secret: string, userName: string, issuer: string): string =>
  totp(secret, userName, issuer).toString();

/** Codes are typed with blanks, as apps show them. */
export const normalCode = (typed: string): string => typed.replace(/\s/g, '');

/** The time step (RFC 6238 §4.2) whose code this is, at a time in milliseconds; undefined for a code of no step near it. */
export function stepOf(secret: string, code: string, at: number): number | undefined {
  if (!/^\d{6}$/.test(code)) return undefined;
  const delta = totp(secret).validate({ token: code, timestamp: at, window: WINDOW });
  return delta === null ? undefined : Math.floor(at / (PERIOD_SECONDS * 1000)) + delta;
}
