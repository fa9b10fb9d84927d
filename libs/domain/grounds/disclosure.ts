import type { Ground } from './ground';

const DEFERRAL = 'Legislative decree 33/2013 art. 5-bis(5)';

/** When what was not for publication may be published. */
export const disclosure = {
  'field-never-opens': {
    rule: 11,
    source: 'Regulation (EU) 2016/679 art. 5(1)(c); Directive 2012/29/EU art. 21',
    message:
      'The field "{field}" stays closed for ever: it holds personal data, or what protects somebody. Nobody can publish it.',
  },
  'no-such-withheld-field': {
    rule: null,
    source: 'Social Reuse Registry, publication of closed fields',
    message: 'The entry withholds no field "{field}". Choose a field that the entry says is not published.',
  },
  'already-disclosed': {
    rule: null,
    source: 'Social Reuse Registry, publication of closed fields',
    message: 'The field "{field}" was published already, on {disclosedOn}. Nothing is left to do.',
  },
  'disclosed-before-recorded': {
    rule: 2,
    source: 'Social Reuse Registry, rule 2',
    message: 'Nothing is published before it is recorded, which was on {recordedOn}. Check the date.',
  },
  'delay-not-passed': {
    rule: null,
    source: DEFERRAL,
    message:
      'The time of the field "{field}" passes on {publicFrom}. Until then only a person can publish it, by decision.',
  },
} as const satisfies Record<string, Ground>;
