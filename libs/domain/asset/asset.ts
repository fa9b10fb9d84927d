import type { LegalDate } from '../event';
import type { Agreement, Assignment } from './assignment-book';
import type { Description } from './description';
import type { AttachedDocument } from './documents';
import type { Exit } from './exit';
import type { Spending } from './spending-account';
import type { Support } from './support-book';
import type { Use } from './use';

/** Where an asset stands, in the order of its life; those from `kept-by-state` on are exits. Derived from the entries, never stored as truth. */
export const phases = [
  'seized',
  'confiscated-first',
  'confiscated-appeal',
  'confiscated-final',
  'available',
  'destined',
  'transferred',
  'assigned',
  'in-use',
  'kept-by-state',
  'sold',
  'destroyed',
  'returned',
  'split',
  'merged',
] as const;
export type Phase = (typeof phases)[number];

export const exits: ReadonlySet<Phase> = new Set<Phase>([
  'kept-by-state',
  'sold',
  'destroyed',
  'returned',
  'split',
  'merged',
]);

/** A date that may be unknown, wrapped so that "happened on an unknown date" and "did not happen" stay apart. */
export interface Happened {
  readonly on: LegalDate | null;
}

export const instances = ['first', 'appeal', 'not-stated'] as const;
export type Instance = (typeof instances)[number];

/** A circumstance that stands in the way of reuse. Its id is the entry that recorded it. */
export interface Problem {
  readonly id: string;
  readonly kind: string;
  readonly blocking: boolean;
  readonly since: LegalDate | null;
  /** Subject of the person who recorded it; missing in a public fold. */
  readonly recordedBy?: string;
  /** A second person let it pass for an agreement; their subject is missing in a public fold. */
  readonly waived?: { readonly by?: string };
}

export interface Destination extends Happened {
  readonly purpose: string;
  readonly recipient: string;
}

/** What a dossier's entries add up to: all that a rule or a screen may ask about the asset now. */
export interface Asset {
  readonly phase: Phase;
  /** When the phase began; null where the entry that began it has no date. */
  readonly phaseSince: LegalDate | null;
  readonly description: Description;
  readonly seizure: Happened;
  /** Confiscation orders in the order they were made; none are left after a revocation. */
  readonly orders: readonly (Happened & { readonly instance: Instance })[];
  readonly final?: Happened;
  readonly administrator?: Happened & { readonly office: string };
  readonly problems: readonly Problem[];
  /** The latest inspection, or an earlier destination, showed that the asset can be destined. */
  readonly ready: boolean;
  readonly saleAuthorised?: Happened;
  readonly provisionalUse?: Happened & { readonly grantee: string };
  readonly destination?: Destination;
  readonly transfer?: Happened & { readonly to: string; readonly body: string };
  readonly assignment?: Assignment;
  readonly agreement?: Agreement;
  readonly left?: Happened & { readonly as: Phase };
  readonly spending?: Spending;
  readonly support?: Support;
  readonly use?: Use;
  readonly exit?: Exit;
  readonly documents?: readonly AttachedDocument[];
}

/** The phase that follows from the facts. */
export function phaseOf(asset: Omit<Asset, 'phase' | 'phaseSince'>): Phase {
  if (asset.left) return asset.left.as;
  // A suspended agreement lets nobody use the asset; what its use was before goes on when it is resumed.
  if (asset.agreement) return asset.use?.current && !asset.agreement.suspended ? 'in-use' : 'assigned';
  if (asset.transfer) return asset.use?.current ? 'in-use' : 'transferred';
  if (asset.destination) return 'destined';
  if (asset.final)
    return asset.ready && !asset.problems.some((problem) => problem.blocking) ? 'available' : 'confiscated-final';
  const order = asset.orders.at(-1);
  if (!order) return 'seized';
  return order.instance === 'appeal' ? 'confiscated-appeal' : 'confiscated-first';
}
