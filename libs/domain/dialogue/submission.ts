import { Type } from '@sinclair/typebox';
import { personBehind } from '../asset/four-eyes';
import type { EntryFacts } from '../entry';
import { demand } from '../refusal';
import { defineEvent } from '../schema/definition';
import {
  agencyCode, idOf, line, oneOf, optional, personalField, publicField, record, restrictedField, text,
} from '../schema/fields'; // prettier-ignore
import { actsOf } from '../stream/act';
import type { StreamName, Surroundings } from '../surroundings';
import { filedPhoto } from './photos';
import type { FiledPhoto } from './photos';
import type { ContributionKind, Subject, Thread } from './thread';

/** What the public hands in. Whatever was typed freely is personal, because nobody has read it yet (docs/decisions/008-dialogue.md). */

/** The reports of the registry one can ask about. */
export const reports = [
  'register', 'money-trail', 'assigned-assets', 'private-support', 'social-impact', 'indicators', 'organisations', 'calls', 'dialogue',
  'annual-return', 'red-flags', 'integrity',
] as const; // prettier-ignore

const submitted = {
  asset: optional(publicField(idOf('asset'), 'The asset it is about.')),
  call: optional(publicField(idOf('call'), 'The call it is about.')),
  report: optional(publicField(oneOf(reports), 'The report it is about.')),
  addressedTo: publicField(agencyCode(), 'The authority that is to answer.'),
  follows: optional(publicField(idOf('dialogue'), 'The earlier thread it goes on from.')),
  organisation: optional(restrictedField(idOf('organisation'), 'The organisation that speaks, where one does.')),
  text: personalField(text(), 'What is asked or observed, as it was handed in. What the public reads is in ThreadModerated.'),
  askerName: optional(personalField(line(), 'Who asks.')),
  askerContact: optional(personalField(line(500), 'Where the answer is sent.')),
}; // prettier-ignore

export const QuestionAsked = defineEvent('QuestionAsked', {
  subject: 'stream',
  description:
    'Somebody asked an authority a question, or complained to it. The deadline for the answer runs from here.',
  source: 'Legislative decree 33/2013 art. 5(2) and (6); United Nations Convention against Corruption art. 10 and 13',
  data: record({ kind: publicField(oneOf(['question', 'complaint']), 'What sort of contribution.'), ...submitted }),
});

export const ObservationFiled = defineEvent('ObservationFiled', {
  subject: 'stream',
  description: 'Somebody reported what they saw, with photos where there are any. The authority answers it as it does a question.',
  source: 'United Nations Convention against Corruption art. 13(1)(a); Directive (EU) 2024/1260 art. 19',
  data: record({
    ...submitted,
    photos: optional(personalField(Type.Array(filedPhoto(), { minItems: 1, maxItems: 10 }), 'Photos, as they were handed in.')),
  }),
}); // prettier-ignore

interface Submitted extends Subject {
  readonly addressedTo: string;
  readonly follows?: string;
  readonly organisation?: string;
  readonly text: string;
  readonly photos?: readonly FiledPhoto[];
}

const subjectOf = ({ asset, call, report }: Subject): Subject => ({
  ...(asset !== undefined && { asset }),
  ...(call !== undefined && { call }),
  ...(report !== undefined && { report }),
});

const rules = {
  consults: ({ asset, call, follows, organisation }: Submitted): readonly StreamName[] => [
    ...(asset === undefined ? [] : [`asset-${asset}` as const]),
    ...(call === undefined ? [] : [`call-${call}` as const]),
    ...(follows === undefined ? [] : [`dialogue-${follows}` as const]),
    ...(organisation === undefined ? [] : [`organisation-${organisation}` as const]),
  ],
  admit: (data: Submitted): void => {
    const named = Object.keys(subjectOf(data));
    demand(named.length === 1, 'one-subject', { named: named.length });
  },
  judge: ({ asset, call, follows, organisation }: Submitted, surroundings: Surroundings): void => {
    const known = (what: 'asset' | 'call' | 'dialogue' | 'organisation', id: string | undefined): void =>
      demand(id === undefined || surroundings.find(what, id) !== undefined, 'not-in-registry', { what, id });
    known('asset', asset);
    known('call', call);
    known('dialogue', follows);
    known('organisation', organisation);
  },
};

function opened(kind: ContributionKind, data: Submitted, entry: EntryFacts): Thread {
  const { addressedTo, organisation, photos } = data;
  const filedBy = personBehind(entry);
  return {
    kind,
    subject: subjectOf(data),
    addressedTo,
    askedOn: entry.occurredOn,
    askedAt: entry.recordedAt,
    ...(filedBy !== undefined && { filedBy }),
    ...(organisation !== undefined && { organisation }),
    text: data.text,
    photos: photos ?? [],
    moderators: [],
    answers: [],
    escalatedTo: [],
  };
}

const { opening } = actsOf<Thread>();

export const submission = [
  opening('ask-question', QuestionAsked, { ...rules, evolve: (data, entry) => opened(data.kind, data, entry) }),
  opening('file-observation', ObservationFiled, {
    ...rules,
    evolve: (data, entry) => opened('observation', data, entry),
  }),
];
