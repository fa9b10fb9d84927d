import { ITALIAN_CODE } from './ground';
import type { Ground } from './ground';

/** What becomes of an asset, and its transfer. */
export const destination = {
  'destination-before-final': {
    rule: 4,
    source: `${ITALIAN_CODE} artt. 47, 48; Directive (EU) 2024/1260 art. 21`,
    message:
      'No destination before the confiscation is final, except an authorised interlocutory sale or provisional use. Record the authorisation or the final confiscation first.',
  },
  'authorisation-not-needed': {
    rule: 4,
    source: `${ITALIAN_CODE} art. 40`,
    message:
      'The confiscation is final: an authorisation for sale or use before that no longer applies. Record a destination instead.',
  },
  'already-destined': {
    rule: 4,
    source: `${ITALIAN_CODE} art. 48`,
    message: 'A destination is in force since {destinedOn}. Revoke it before deciding another one.',
  },
  'no-destination': {
    rule: 4,
    source: `${ITALIAN_CODE} art. 48`,
    message: 'There is no destination in force. Record the destination decision first.',
  },
  'already-transferred': {
    rule: 4,
    source: `${ITALIAN_CODE} art. 48`,
    message: 'The asset was already transferred on {transferredOn}.',
  },
  'transfer-not-destined': {
    rule: 4,
    source: `${ITALIAN_CODE} art. 48`,
    message: 'The destination in force ({purpose}) is not one that transfers the asset to a body.',
  },
} as const satisfies Record<string, Ground>;
