import type { SealingKeys } from '#sealing';
import type { EntryFacts } from '../entry';
import type { Actor, LegalDate } from '../event';
import type { AssetId } from '../ids';
import type { OrganisationId } from '../organisation/organisation';
import { demand } from '../refusal';

/** The id of a call in this registry, such as `IT-C-4GQ2X9PK3M-7`. */
export type CallId = string;

/** Where a call stands. From `awarded` on it has ended. */
export const callStatuses = ['draft', 'published', 'closed', 'opened', 'awarded', 'deserted', 'cancelled'] as const;
export type CallStatus = (typeof callStatuses)[number];

/** How applications with the same total are put in order: by a draw anybody can repeat, or the one handed in earlier first. */
export const tieBreaks = ['draw', 'earliest'] as const;
export type TieBreak = (typeof tieBreaks)[number];

/** What applications are judged by. */
export interface Criterion {
  readonly code: string;
  readonly words: string;
  /** The most points an evaluator can give; the least is 0. */
  readonly maximum: number;
  /** How much the criterion counts beside the others, whatever its maximum. */
  readonly weight: number;
}

/** A public key and the scheme under which applications are sealed with it. */
export interface Sealing {
  readonly scheme: string;
  readonly publicKey: string;
}

/** How the key of a call was dealt, and what became of it. */
export interface Ceremony {
  /** All that was published of it. */
  readonly keys: SealingKeys;
  readonly digest: string;
  /** The offices of those who hold a share, number 1 first. */
  readonly custodians: readonly string[];
  /** The accounts of those persons, in the same order; a public fold has none. */
  readonly accounts?: readonly Pick<Actor, 'subject' | 'agency'>[];
  /** Numbers of those who confirmed the digest. */
  readonly confirmed: readonly number[];
  /** Who gave their share back after the deadline; a public fold does not see the shares. */
  readonly released: readonly { readonly custodian: number; readonly share?: string }[];
}

export type ApplicationStatus = 'sealed' | 'withdrawn' | 'opened' | 'admitted' | 'excluded';

/** An application; its id is the entry that recorded it. */
export interface Application {
  readonly id: string;
  readonly status: ApplicationStatus;
  /** Who applies. In a public fold only from the opening on. */
  readonly organisation?: OrganisationId;
  /** The ciphertext in the store, and the digest of the content, by which it is also bound. */
  readonly ciphertext?: string;
  readonly digest?: string;
}

/** A person who judges applications, known to the public by the entry of the appointment alone. */
export interface Evaluator {
  readonly id: string;
  /** The account they sign in with; a public fold has none. */
  readonly account?: Pick<Actor, 'subject' | 'agency'>;
  /** They declared an interest: nothing they gave counts, and they decide nothing more (rule 6). */
  readonly recused: boolean;
}

/** Points that stand; an earlier score by the same evaluator stays in the stream and counts no more. */
export interface Score {
  readonly application: string;
  readonly criterion: string;
  /** The entry of the evaluator's appointment. */
  readonly evaluator: string;
  readonly points: number;
}

/** What the entries of a call add up to. */
export interface Call {
  readonly status: CallStatus;
  readonly assets: readonly AssetId[];
  readonly object: string;
  readonly criteria: readonly Criterion[];
  readonly tieBreak: TieBreak;
  /** Instant with offset. */
  readonly deadline: string;
  /** None before the key of the call was dealt. */
  readonly sealing?: Sealing;
  readonly ceremony?: Ceremony;
  /** The entry that drafted it. */
  readonly draft: string;
  /** The earlier call for the same asset that this one repeats. */
  readonly repeats?: CallId;
  readonly publishedOn?: LegalDate | null;
  /** Who drafted it; a public fold has none. */
  readonly draftedBy?: Actor;
  /** In the order they were handed in. */
  readonly applications: readonly Application[];
  /** The private key; a public fold has none. */
  readonly callKey?: string;
  /** Digest of the private key, released after the deadline; also the seed of a draw. */
  readonly releasedKey?: string;
  readonly evaluators: readonly Evaluator[];
  /** Empty in a public fold, which does not see who gave how much. */
  readonly scores: readonly Score[];
  /** The application the call was awarded to. */
  readonly awardedTo?: string;
  /** The person who awarded it; a public fold does not see who. */
  readonly awardedBy?: string;
}

/** Refuses where the call stands elsewhere. */
export function standsAt({ status }: Call, ...allowed: readonly CallStatus[]): void {
  demand(allowed.includes(status), 'call-at-other-stage', { status, allowed: allowed.join(', ') });
}

/** The application an entry names; refused where the call has none. */
export function applicationIn({ applications }: Call, id: string): Application {
  const found = applications.find((application) => application.id === id);
  demand(found !== undefined, 'no-such-application', { application: id });
  return found;
}

export const withApplication = (call: Call, id: string, change: Partial<Application>): Call => ({
  ...call,
  applications: call.applications.map((each) => (each.id === id ? { ...each, ...change } : each)),
});

/** The applications that stand at this status, in the order they were handed in. */
export const applicationsAt = ({ applications }: Call, status: ApplicationStatus): readonly Application[] =>
  applications.filter((application) => application.status === status);

/** The evaluator behind an entry: the signed-in person, never somebody named in the request. */
export const evaluatorBehind = ({ evaluators }: Call, { recordedBy }: EntryFacts): Evaluator | undefined =>
  evaluators.find(({ account }) => account !== undefined && isAccountOf(account, recordedBy));

type Account = Pick<Actor, 'subject' | 'agency'>;

export const isAccountOf = (account: Account, other: Account | undefined): boolean =>
  account.subject === other?.subject && account.agency === other.agency;

/** Rule 6: nobody decides where they declared an interest. */
export function disinterested(call: Call, entry: EntryFacts): void {
  const interested = evaluatorBehind(call, entry);
  demand(interested?.recused !== true, 'interest-declared', { appointment: interested?.id ?? null });
}
