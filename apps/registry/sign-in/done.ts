import type { AccessDone } from '#web';

const all = {
  'signed-out': true,
  'password-changed': true,
  'session-ended': true,
  'others-ended': true,
  'token-revoked': true,
  'set-up': true,
  'password-chosen': true,
  'factor-on': true,
} as const satisfies Record<AccessDone, true>;

/** What an address says was just done; undefined for what nobody of us says. */
export const doneFrom = (value: unknown): AccessDone | undefined =>
  typeof value === 'string' && Object.hasOwn(all, value) ? (value as AccessDone) : undefined;
