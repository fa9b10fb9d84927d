import type { ClosingReason, ContributionKind, Instant, LegalDate, ModerationOutcome } from '#domain';
import type { PublicPart } from '#privacy';
import { begun, latestOf, opened } from './standing';
import type { Latest } from './standing';

/** A document, by the digest of its file. */
export interface DocumentReference {
  readonly sha256: string;
  readonly title: string;
  readonly number?: string;
  readonly date?: LegalDate;
}

/** A photo that may be seen, by the digest of its file. */
export interface PublicPhoto {
  readonly sha256: string;
  readonly mediaType: string;
  readonly alternative: string;
  readonly redactionOf?: string;
}

/** What a moderator decided the public may read, and why. */
export interface Moderation {
  readonly id: string;
  readonly on: LegalDate | null;
  readonly outcome: ModerationOutcome;
  readonly reason: string;
  readonly details?: string;
  readonly text?: string;
  readonly photos?: readonly PublicPhoto[];
  readonly organisation?: string;
}

export interface PublicAnswer {
  readonly id: string;
  readonly on: LegalDate | null;
  readonly at: Instant;
  readonly agency: string;
  readonly text: string;
  readonly document?: DocumentReference;
}

export interface Escalation {
  readonly to: string;
  readonly on: LegalDate | null;
  readonly details?: string;
}

/** What a thread's entries add up to for everybody: nothing of what was typed, before a moderator let it pass. */
export interface DialogueState extends Latest {
  readonly kind: ContributionKind;
  readonly asset?: string;
  readonly call?: string;
  readonly report?: string;
  readonly addressedTo: string;
  readonly follows?: string;
  readonly askedOn: LegalDate | null;
  readonly askedAt: Instant;
  /** The decision in force. */
  readonly moderation?: Moderation;
  readonly answers: readonly PublicAnswer[];
  readonly escalations: readonly Escalation[];
  readonly closed?: { readonly on: LegalDate | null; readonly reason: ClosingReason; readonly details?: string };
}

type Submitted = Pick<DialogueState, 'asset' | 'call' | 'report' | 'addressedTo' | 'follows'> & {
  readonly kind?: 'question' | 'complaint';
};

/** The thread after one more entry. What it says follows from public fields alone. */
export function dialogueAfter(state: DialogueState | undefined, recorded: PublicPart, id: string): DialogueState {
  const { event, data } = opened<Submitted>(recorded);
  const { type, metadata } = event;
  const on = metadata.occurredOn;
  if (type === 'QuestionAsked' || type === 'ObservationFiled') {
    const { asset, call, report, addressedTo, follows } = data;
    return {
      ...latestOf(id, event),
      kind: type === 'QuestionAsked' ? (data.kind ?? 'question') : 'observation',
      ...(asset !== undefined && { asset }),
      ...(call !== undefined && { call }),
      ...(report !== undefined && { report }),
      addressedTo,
      ...(follows !== undefined && { follows }),
      askedOn: on,
      askedAt: metadata.recordedAt,
      answers: [],
      escalations: [],
    };
  }
  const thread = begun(state, recorded);
  return { ...thread, ...changeOf(thread, recorded, on), ...latestOf(id, event) };
}

function changeOf(thread: DialogueState, recorded: PublicPart, on: LegalDate | null): Partial<DialogueState> {
  const { id, type, metadata } = opened(recorded).event;
  switch (type) {
    case 'ThreadModerated':
      return { moderation: { ...opened<Omit<Moderation, 'id' | 'on'>>(recorded).data, id, on } };
    case 'AnswerPublished': {
      const { text, document } = opened<Pick<PublicAnswer, 'text' | 'document'>>(recorded).data;
      const { agency } = metadata.actor;
      const answer: PublicAnswer = { id, on, at: metadata.recordedAt, agency, text, ...(document && { document }) };
      return { answers: [...thread.answers, answer] };
    }
    case 'ThreadEscalated':
      return { escalations: [...thread.escalations, { ...opened<Omit<Escalation, 'on'>>(recorded).data, on }] };
    case 'ThreadClosed':
      return { closed: { ...opened<Pick<NonNullable<DialogueState['closed']>, 'reason'>>(recorded).data, on } };
    default:
      return {};
  }
}
