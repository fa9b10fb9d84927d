import type { LegalDate, Provenance } from '#domain';
import type { CivicList, CivicQuery } from '../addresses';

/** What the pages of the civic reports are made of, as queries answer it. */

export interface ListView<Item> {
  readonly list: CivicList;
  /** What chooses what is shown, as it stands in the address. */
  readonly query: CivicQuery;
  readonly items: readonly Item[];
  readonly total: number;
  /** By the ids of the items, for those that are about assets. */
  readonly where?: ReadonlyMap<string, Whereabouts>;
  /** For filters, how many each of their values would find under all others; left out where no counters tell. */
  readonly counts?: Readonly<Record<string, Readonly<Record<string, number>>>> | undefined;
  /** Cursors of the neighbouring pages. */
  readonly next?: string;
  readonly previous?: string;
  readonly position: number;
}

/** Where the assets lie that a line of a list is about. */
export interface Whereabouts {
  /** Municipalities, or provinces where no source says which; each once. */
  readonly places: readonly string[];
  /** The asset, where it is one and its position is published. */
  readonly mapped?: string;
  /** The first asset by its name, and how many more there are. */
  readonly asset?: { readonly label: Label; readonly others: number };
}

/** Where the form for questions is; undefined where none is offered. The empty text is this very site. */
export type Asking = string | undefined;

export interface Label {
  readonly id: string;
  readonly kind: string;
  readonly category: string | null;
  readonly subcategory: string | null;
  readonly title: string | null;
  readonly municipality: string | null;
  readonly province: string | null;
}

export interface ActView {
  readonly authority?: string;
  readonly number?: string;
  readonly date?: LegalDate;
  readonly title?: string;
  readonly url?: string;
}

export interface CallLine {
  readonly id: string;
  readonly state: string;
  readonly object: string;
  readonly summary: string;
  readonly authority: string;
  readonly publishedOn: LegalDate | null;
  readonly deadline: string;
  readonly repeats: string | null;
  readonly assets: number;
  readonly applications: number;
  readonly awardedTo: { readonly id: string; readonly name: string | null } | null;
  readonly endedOn: LegalDate | null;
  readonly provenance: Provenance;
}

export interface CallView extends CallLine {
  readonly detail: {
    readonly assets: readonly string[];
    readonly criteria: readonly {
      readonly code: string;
      readonly words: string;
      readonly maximum: number;
      readonly weight: number;
    }[];
    readonly tieBreak: string;
    readonly scheme: string;
    readonly notice?: string;
    readonly clarifications: readonly {
      readonly id: string;
      readonly on: LegalDate | null;
      readonly question: string;
      readonly answer: string;
    }[];
    readonly applications: readonly {
      readonly id: string;
      readonly receivedAt: string;
      readonly sha256: string;
      readonly status: string;
      readonly organisation?: string;
      readonly excluded?: { readonly ground: string; readonly reason: string };
    }[];
    readonly opening?: {
      readonly on: LegalDate | null;
      readonly custodians: readonly string[];
      readonly releasedKey: string;
    };
    readonly evaluators: readonly { readonly id: string; readonly recused?: string }[];
    readonly counted?: number;
    readonly ranking?: readonly {
      readonly application: string;
      readonly points: readonly { readonly criterion: string; readonly sum: number }[];
      readonly weightedTotal: { readonly numerator: string; readonly denominator: string };
    }[];
    readonly awardedTo?: string;
    readonly ended?: { readonly on: LegalDate | null; readonly reason?: string; readonly act?: ActView };
  };
  readonly assetLabels: ReadonlyMap<string, Label>;
  readonly names: ReadonlyMap<string, string>;
  readonly attempts: readonly { readonly id: string; readonly repeats: string | null; readonly call?: CallLine }[];
  readonly position: number;
}

export interface OrganisationLine {
  readonly id: string;
  readonly kind: string;
  readonly name: string;
  readonly legalForm: string | null;
  readonly standing: string;
  readonly registeredOn: LegalDate | null;
  readonly region: string | null;
  readonly province: string | null;
  readonly municipality: string | null;
  readonly identifiers: readonly { readonly scheme: string; readonly id: string }[];
  readonly holds: number;
  readonly held: number;
  readonly renewals: number;
  readonly revocations: number;
  readonly applications: number;
  readonly awards: number;
}

export interface HoldingView {
  readonly asset: string;
  readonly status: string;
  readonly call: string | null;
  readonly proposedOn: LegalDate | null;
  readonly object: string | null;
  readonly from: LegalDate | null;
  readonly to: LegalDate | null;
  readonly renewal: { readonly from: LegalDate; readonly to: LegalDate } | null;
  readonly renewals: number;
  readonly suspended: boolean;
  readonly inForce: boolean;
  readonly inHands: boolean;
  readonly handedOverOn: LegalDate | null;
  readonly returnedOn: LegalDate | null;
  readonly endedOn: LegalDate | null;
  readonly endedCause: string | null;
  readonly endedReason: string | null;
}

export interface OrganisationView extends OrganisationLine {
  /** Proposals to give it an asset, and agreements; of which `holdings` may list some alone. */
  readonly proposals: number;
  readonly detail: {
    readonly legalFormInWords?: string;
    readonly website?: string;
    readonly aims?: string;
    readonly owners?: { readonly on: LegalDate | null; readonly owners: number; readonly basis: string };
    readonly suspended?: { readonly on: LegalDate | null; readonly reason: string };
    readonly history: readonly {
      readonly id: string;
      readonly type: string;
      readonly on: LegalDate | null;
      readonly reason?: string;
      readonly details?: string;
      readonly checks?: readonly string[];
      readonly act?: ActView;
    }[];
  };
  readonly verifiedOn: LegalDate | null;
  readonly holdings: readonly HoldingView[];
  readonly appliedFor: readonly { readonly call: string; readonly status: string; readonly awarded: boolean }[];
  readonly groups: readonly {
    readonly id: string;
    readonly name: string;
    readonly represents: string;
    readonly left: boolean;
  }[];
  readonly assetLabels: ReadonlyMap<string, Label>;
  readonly callObjects: ReadonlyMap<string, string>;
  readonly position: number;
}

export interface DialogueLine {
  readonly id: string;
  readonly kind: string;
  readonly state: string;
  readonly asset: string | null;
  readonly call: string | null;
  readonly report: string | null;
  readonly authority: string;
  readonly askedOn: LegalDate;
  readonly dueOn: LegalDate;
  readonly answeredOn: LegalDate | null;
  readonly daysToAnswer: number | null;
  readonly moderation: string | null;
  readonly text: string | null;
  readonly closed: string | null;
  readonly provenance: Provenance;
}

export interface DocumentView {
  readonly sha256: string;
  readonly title: string;
  readonly number?: string;
  readonly date?: LegalDate;
}

export interface DialogueView extends DialogueLine {
  readonly detail: {
    readonly follows?: string;
    readonly moderation?: {
      readonly on: LegalDate | null;
      readonly outcome: string;
      readonly reason: string;
      readonly details?: string;
      readonly text?: string;
      readonly photos?: readonly { readonly sha256: string; readonly alternative: string }[];
      readonly organisation?: string;
    };
    readonly answers: readonly {
      readonly id: string;
      readonly on: LegalDate | null;
      readonly at: string;
      readonly agency: string;
      readonly text: string;
      readonly document?: DocumentView;
    }[];
    readonly escalations: readonly {
      readonly to: string;
      readonly on: LegalDate | null;
      readonly details?: string;
    }[];
    readonly closed?: { readonly on: LegalDate | null; readonly reason: string; readonly details?: string };
  };
  readonly assetLabel: Label | undefined;
  readonly callObject: string | undefined;
  readonly organisationName: string | undefined;
  readonly position: number;
}

/** How an authority answers. */
export interface AuthorityLine {
  readonly authority: string;
  readonly threads: number;
  readonly answered: number;
  readonly late: number;
  readonly awaited: number;
  readonly overdue: number;
  readonly medianDays: number | null;
}

export interface GroupLine {
  readonly id: string;
  readonly name: string;
  readonly aims: string;
  readonly formedOn: LegalDate | null;
  readonly region: string | null;
  readonly province: string | null;
  readonly municipality: string | null;
  readonly members: number;
  readonly meetings: number;
  readonly recommendations: number;
  readonly answered: number;
  readonly overdue: number;
  readonly provenance: Provenance;
}

export interface GroupView extends GroupLine {
  readonly quorumPercent: number;
  readonly detail: {
    readonly act?: ActView;
    readonly members: readonly {
      readonly id: string;
      readonly represents: string;
      readonly organisation?: string;
      readonly from: LegalDate | null;
      readonly left?: { readonly on: LegalDate | null; readonly reason: string };
    }[];
    readonly meetings: readonly {
      readonly id: string;
      readonly on: LegalDate | null;
      readonly place: string;
      readonly agenda: readonly string[];
      readonly present: readonly string[];
      readonly minutes: DocumentView;
    }[];
    readonly recommendations: readonly {
      readonly id: string;
      readonly adoptedOn: LegalDate | null;
      readonly addressedTo: string;
      readonly text: string;
      readonly answerBy: LegalDate;
      readonly votes: { readonly inFavour: number; readonly against: number; readonly abstained: number };
      readonly answer?: {
        readonly at: string;
        readonly outcome: string;
        readonly reasons: string;
        readonly answeringOffice: string;
        readonly document?: DocumentView;
      };
    }[];
  };
  readonly states: ReadonlyMap<string, string>;
  readonly names: ReadonlyMap<string, string>;
  readonly position: number;
}
