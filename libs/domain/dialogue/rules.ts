import type { LegalDate } from '../event';
import { demand } from '../refusal';
import type { Thread } from './thread';

/** A closed thread takes nothing further. */
export function openThread({ closed }: Thread): void {
  demand(closed === undefined, 'thread-closed', { closedOn: closed?.on ?? null, reason: closed?.reason ?? null });
}

/** What was withheld from the public is not answered in public, and nobody is late with an answer to it. */
export function notWithheld({ moderation }: Thread): void {
  demand(moderation?.outcome !== 'withheld', 'thread-withheld', { withheldOn: moderation?.on ?? null });
}

/** An answer repeats what it answers: it waits until somebody has read that. */
export function moderated({ moderation }: Thread, on: LegalDate | null): void {
  const before = moderation === undefined || (on !== null && moderation.on !== null && on < moderation.on);
  demand(!before, 'answer-before-moderation', { moderatedOn: moderation?.on ?? null });
}
