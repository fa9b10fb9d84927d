import { ITALIAN_CODE } from './ground';
import type { Ground } from './ground';

/** The use of an asset, and reports on it. */
export const use = {
  'use-needs-handover': {
    rule: 5,
    source: `${ITALIAN_CODE} art. 48(3)(c)`,
    message:
      'An agreement with {name} is in force, and the asset was not handed over to it. Record the handing over first.',
  },
  'use-needs-transfer': {
    rule: null,
    source: `${ITALIAN_CODE} art. 48(3)`,
    message:
      'The asset was handed over to nobody, so nobody can use it. Record the transfer, or the grant of provisional use, first.',
  },
  'already-in-use': {
    rule: null,
    source: 'Social Reuse Registry, use',
    message: 'The asset is in use since {since}. If it stood empty since then, record the non-use first.',
  },
  'use-not-started': {
    rule: null,
    source: 'Social Reuse Registry, use',
    message:
      'No use of the asset is recorded on that day, so there is nothing to report. Record the start of its use first.',
  },
  'report-before-use': {
    rule: null,
    source: 'Social Reuse Registry, use',
    message: 'The period begins on {from}, before the asset was first used on {usedSince}. Check both dates.',
  },
  'report-before-end': {
    rule: null,
    source: 'Social Reuse Registry, use',
    message: 'The period ends on {to}, after the report of {reportedOn}. Report a period once it is over.',
  },
  'report-overlaps': {
    rule: null,
    source: 'Social Reuse Registry, use',
    message:
      'A report already covers {from} to {to}; a day is counted once. Report the days that are missing, or correct that report.',
  },
  'parts-exceed-total': {
    rule: null,
    source: 'Social Reuse Registry, use',
    message:
      '{what}: the parts add up to {counted}, more than the total of {total}. Correct either; leave out what nobody counted.',
  },
} as const satisfies Record<string, Ground>;
