import type { JsonObject, LegalDate, StreamKind } from '#domain';

/** Who acts for the agency. Each part is played under an account of its own, so that four eyes are four (rule 6). */
export const parts = [
  'officer',
  'colleague',
  'approver',
  'director',
  'moderator',
  'evaluator-1',
  'evaluator-2',
  'evaluator-3',
] as const;

/** A part of the agency, a visitor who does not sign in, or somebody who acts for an organisation. */
export type Part = (typeof parts)[number] | 'visitor' | `member of ${string}`;

/** One command as somebody sends it. */
export interface Line {
  readonly by: Part;
  readonly command: string;
  readonly on: LegalDate;
  readonly data: JsonObject;
}

/** What the registry answered to an accepted command. */
export interface Said {
  readonly id: string;
  /** Id of the entry, by which later lines name it. */
  readonly entry: string;
}

/** The law refused a line. The tale it belongs to ends there; others go on. */
export class TurnedDown extends Error {
  constructor(
    readonly ground: string,
    message: string,
  ) {
    super(message);
    this.name = 'TurnedDown';
  }
}

/**
 * Where a scenario is played: the public command API. `key` names the line, so that a scenario broken off and played again records nothing twice. Throws TurnedDown
 * when the law refuses, and whatever else went wrong as it is.
 */
export interface Stage {
  open(kind: StreamKind, line: Line, key: string): Promise<Said>;
  add(kind: StreamKind, id: string, line: Line, key: string): Promise<Said>;
}
