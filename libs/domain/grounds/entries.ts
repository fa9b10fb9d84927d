import type { Ground } from './ground';

/** What holds of every entry, whatever it is about: its shape, its date, its author, what it refers to, and how it is corrected. */
export const entries = {
  'malformed-entry': {
    rule: null,
    source: 'Event catalogue',
    message: 'The entry does not have the shape its type asks for. Correct the fields listed under "errors".',
  },
  'key-reused': {
    rule: null,
    source: 'Idempotency',
    message: 'This idempotency key was already used for another entry. Use a new key for a new entry.',
  },
  'not-opened': {
    rule: 1,
    source: 'Social Reuse Registry, rule 1',
    message: 'Nothing can be recorded here before it is opened. Check the id, or open it first.',
  },
  'already-opened': {
    rule: 1,
    source: 'Social Reuse Registry, rule 1',
    message: 'This is already registered since {openedOn}. Add to it instead of opening it a second time.',
  },
  'in-the-future': {
    rule: 2,
    source: 'Social Reuse Registry, rule 2',
    message: 'The date {occurredOn} lies in the future; today is {today}. Record the act once it has happened.',
  },
  'date-needed': {
    rule: 2,
    source: 'Social Reuse Registry, rule 2',
    message: 'Say when it happened. Only an import whose source has no date may leave the date out.',
  },
  'before-opening': {
    rule: 2,
    source: 'Social Reuse Registry, rule 2',
    message: 'The date {occurredOn} lies before {openedOn}, when this was opened. Check the date.',
  },
  'contradicts-later-entry': {
    rule: 2,
    source: 'Social Reuse Registry, rule 2',
    message:
      'Recorded with this date, the entry contradicts {laterType} of {laterOn}: {why} Check the dates, or correct the later entry first.',
  },
  'period-reversed': {
    rule: null,
    source: 'Social Reuse Registry, custody',
    message: 'The period ends on {to}, before it begins on {from}.',
  },
  'no-such-entry': {
    rule: null,
    source: 'Social Reuse Registry, corrections',
    message: 'There is no entry {entry} in force in this dossier. It may have been annulled already.',
  },
  'correction-changes-nothing': {
    rule: null,
    source: 'Social Reuse Registry, corrections',
    message: 'The field "{field}" already has this value.',
  },
  'correction-of-closed-field': {
    rule: 11,
    source: 'Regulation (EU) 2016/679 art. 5(1)(c)',
    message: 'The field "{field}" is not public, and a correction is. Annul the entry and record it again.',
  },
  'correction-of-fixed-field': {
    rule: 6,
    source: 'Social Reuse Registry, rule 6',
    message:
      'The field "{field}" is what others decided upon and cannot be corrected. Annul the entry and record it again, so that they decide again.',
  },
  'correction-breaks-entry': {
    rule: null,
    source: 'Social Reuse Registry, corrections',
    message:
      'With the field "{field}" changed this way the entry would no longer have the shape its type asks for: {why}',
  },
  'correction-contradicts': {
    rule: 2,
    source: 'Social Reuse Registry, rule 2',
    message:
      'Without or with the changed entry the history would no longer be lawful at {laterType} of {laterOn}: {why}',
  },
  'personal-data-in-public-field': {
    rule: 11,
    source: 'Regulation (EU) 2016/679 art. 5(1)(c)',
    message:
      'The public field "{field}" seems to hold personal data ({what}). Move it to a personal field or leave it out.',
  },
  'second-person-needed': {
    rule: 6,
    source: 'Social Reuse Registry, rule 6',
    message:
      'Here a person has to decide: {what} cannot come from an import or a process. Have somebody sign in and record it.',
  },
  'same-person': {
    rule: 6,
    source: 'Social Reuse Registry, rule 6',
    message:
      'Four eyes: {what} needs another person than the ones who recorded what it rests on. Ask a colleague to record it.',
  },
  'annulled-by-recorder': {
    rule: 6,
    source: 'Social Reuse Registry, rule 6',
    message:
      'Four eyes: an entry is annulled by another person than the one who recorded it. Ask a colleague. What an import or a process recorded, any one officer may annul, because no person vouched for it; but an import or a process annuls nothing.',
  },
  'agreed-entry-corrected': {
    rule: 6,
    source: 'Social Reuse Registry, rule 6',
    message:
      '{laterType} of {laterOn} rests on what this correction would change: a second person agreed to it as it stands. Have that entry annulled, correct this one, and have it agreed to again.',
  },
  'no-such-personal-data': {
    rule: 11,
    source: 'Regulation (EU) 2016/679 art. 17(1)',
    message: 'The entry {entry} holds no personal data. Choose the entry in which they stand.',
  },
  'already-erased': {
    rule: 11,
    source: 'Regulation (EU) 2016/679 art. 17(1)',
    message: 'These personal data were erased already, at {erasedAt}. Nothing is left to do.',
  },
  'not-sealed': {
    rule: 11,
    source: 'Regulation (EU) 2016/679 art. 17(1)',
    message:
      'The personal data of entry {entry} were recorded before this registry kept keys of persons, and nothing that stands in the log can be taken out of it. Ask who runs the registry to begin a new log without them.',
  },
  'no-such-reference': {
    rule: null,
    source: 'Social Reuse Registry, references inside a dossier',
    message:
      'On that day there is no {what} {entry} in this dossier. Choose one that is in force, and check the dates.',
  },
  'not-in-registry': {
    rule: null,
    source: 'Social Reuse Registry, references between streams',
    message: 'The {what} {id} is not in this registry. Check the id, or have it registered first.',
  },
} as const satisfies Record<string, Ground>;
