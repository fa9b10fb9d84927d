import type { Actor, LegalDate } from '../event';
import type { DataOf, EventDefinition } from '../schema/definition';
import type { Asset } from './asset';

/** Who recorded an entry. An import or a process is no person: nobody looked, so it is never the second pair of eyes (rule 6). */
export interface Recorder extends Actor {
  readonly person: boolean;
}

/** A fact as it stands in the dossier: corrected where a correction names it, and absent where it was annulled. */
export interface Entry {
  /** The id of the event that recorded it. */
  readonly id: string;
  readonly type: string;
  readonly version: number;
  readonly occurredOn: LegalDate | null;
  readonly recordedAt: string;
  readonly data: Readonly<Record<string, unknown>>;
  /** Who recorded it; the public does not see it, so a public fold has none. Rules, which run for the agency alone, always do. */
  readonly recordedBy?: Recorder;
}

/** What a rule or a fold may know of an entry beside its data. */
export type EntryFacts = Pick<Entry, 'id' | 'occurredOn' | 'recordedAt' | 'recordedBy'>;

/** The facts of an asset before its phase is derived from them. */
export type AssetFacts = Omit<Asset, 'phase' | 'phaseSince'>;

/**
 * One thing that can be recorded in a dossier: the event it becomes, the rules it must pass, and what it changes. Rules see the
 * asset as it stood where the entry falls in the order of events, which for a late entry is not today.
 */
export interface Act {
  /** The command that records it, an imperative in kebab case; also its path in the API. */
  readonly command: string;
  readonly event: EventDefinition;
  /** May be recorded after the asset left the system (rule 1). */
  readonly afterExit: boolean;
  /** Throws Refused. */
  readonly admit: (data: never, asset: Asset, entry: EntryFacts) => void;
  readonly evolve: (asset: AssetFacts, data: never, entry: EntryFacts) => AssetFacts;
  /**
   * Only for what a second person agrees to (rule 6): what they had before them beside the entry's own data, as JSON. No correction may
   * change it afterwards, or it would change what they agreed to behind their back.
   */
  readonly agreedTo?: (data: never, asset: Asset) => unknown;
}

/** Ties rules and fold to an event definition; the data is typed by the definition's schema. */
export function act<D extends EventDefinition>(
  command: string,
  event: D,
  rules: {
    afterExit?: boolean;
    admit?: (data: DataOf<D>, asset: Asset, entry: EntryFacts) => void;
    evolve?: (asset: AssetFacts, data: DataOf<D>, entry: EntryFacts) => AssetFacts;
    agreedTo?: (data: DataOf<D>, asset: Asset) => unknown;
  } = {},
): Act {
  return {
    command,
    event,
    afterExit: rules.afterExit ?? false,
    admit: rules.admit ?? (() => undefined),
    evolve: rules.evolve ?? ((asset) => asset),
    ...(rules.agreedTo && { agreedTo: rules.agreedTo }),
  };
}
