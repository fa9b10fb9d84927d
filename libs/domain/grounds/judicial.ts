import { ITALIAN_CODE } from './ground';
import type { Ground } from './ground';

/** Seizure and confiscation, and what may follow the end of a dossier. */
export const judicial = {
  'not-seized': {
    rule: 1,
    source: `${ITALIAN_CODE} art. 20`,
    message: 'Nothing can be recorded on an asset before its seizure. Record the seizure first.',
  },
  'already-seized': {
    rule: 1,
    source: `${ITALIAN_CODE} art. 20`,
    message: 'This asset is already registered as seized. Open its dossier and enrich or correct it there.',
  },
  'before-seizure': {
    rule: 2,
    source: 'Social Reuse Registry, rule 2',
    message:
      'The date {occurredOn} lies before the seizure of {seizedOn}. Check both dates; correct the seizure if that one is wrong.',
  },
  'after-exit': {
    rule: 1,
    source: 'Social Reuse Registry, rule 1',
    message:
      'The asset left the system on {exitedOn} ({phase}). Only proceeds, corrections and annulments can follow; for an earlier fact give its earlier date.',
  },
  'instance-out-of-order': {
    rule: 3,
    source: `${ITALIAN_CODE} artt. 24, 27; Directive (EU) 2024/1260 art. 12`,
    message:
      'Confiscation at instance "{instance}" cannot follow {previous}. Instances follow their order: first, appeal, final.',
  },
  'confiscation-not-ordered': {
    rule: 3,
    source: `${ITALIAN_CODE} art. 24`,
    message: 'There is no confiscation order in the dossier. Record the order before what depends on it.',
  },
  'confiscation-already-final': {
    rule: 3,
    source: `${ITALIAN_CODE} art. 45`,
    message: 'The confiscation is already final since {finalOn}.',
  },
  'seizure-superseded': {
    rule: 3,
    source: `${ITALIAN_CODE} art. 24`,
    message:
      'The seizure has been followed by a confiscation order. Record the revocation of the confiscation instead.',
  },
} as const satisfies Record<string, Ground>;
