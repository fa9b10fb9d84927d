import type { CallLine, DialogueLine, GroupLine, OrganisationLine } from '../civic/views';
import type { RegisterLine } from '../register/view';

/** The first of a kind that have the words, and how many there are. */
export interface FoundPart<Item> {
  readonly items: readonly Item[];
  readonly total: number;
  /** There are at least so many. */
  readonly totalIsMinimum: boolean;
}

/** An area in which the register has assets. */
export interface AreaLine {
  readonly level: 'region' | 'province' | 'municipality';
  readonly code: string;
  readonly name: string;
  /** The larger areas it lies in, the smaller first. */
  readonly within: readonly string[];
  readonly assets: number;
}

/** An entry of the log, as it is told. */
export interface EntryLine {
  readonly id: string;
  /** What it is about and what it says. */
  readonly title: string;
  /** Address of what it is about. */
  readonly href: string;
}

/** What a search page shows of each kind: all that was found, or what is called exactly so. */
export interface FoundLines {
  readonly assets: FoundPart<RegisterLine>;
  readonly areas: FoundPart<AreaLine>;
  readonly organisations: FoundPart<OrganisationLine>;
  readonly calls: FoundPart<CallLine>;
  readonly dialogues: FoundPart<DialogueLine>;
  readonly groups: FoundPart<GroupLine>;
}

export interface SearchView {
  /** What was typed. */
  readonly q: string;
  readonly found: FoundLines;
  readonly exactly: {
    readonly assets: readonly RegisterLine[];
    readonly organisations: readonly OrganisationLine[];
    readonly calls: readonly CallLine[];
    readonly dialogues: readonly DialogueLine[];
    readonly groups: readonly GroupLine[];
    readonly entry: EntryLine | null;
  };
  /** Whether a text of ours has the words. */
  readonly holds: (text: string) => boolean;
  readonly position: number;
}
