import { ITALIAN_CODE } from './ground';
import type { Ground } from './ground';

/** The judicial administrator and the problems of an asset in custody. */
export const custody = {
  'no-administrator': {
    rule: null,
    source: `${ITALIAN_CODE} art. 35`,
    message: 'No administrator is in office. Record the appointment first.',
  },
  'administrator-in-office': {
    rule: null,
    source: `${ITALIAN_CODE} art. 35`,
    message: 'An administrator is in office since {appointedOn}. Record the discharge first.',
  },
  'no-such-problem': {
    rule: null,
    source: 'Social Reuse Registry, custody',
    message: 'There is no open problem {problem} in this dossier. Choose one of the open problems.',
  },
} as const satisfies Record<string, Ground>;
