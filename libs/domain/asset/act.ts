import type { EntryFacts } from '../entry';
import type { Actor } from '../event';
import type { DataOf, EventDefinition } from '../schema/definition';
import type { StreamName, Surroundings } from '../surroundings';
import type { Asset } from './asset';

export type { Entry, EntryFacts, Recorder } from '../entry';

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
  /** Fields others decided upon, such as whom a second person approved: a wrong one is not corrected but annulled and recorded again (rule 6). */
  readonly fixed: ReadonlySet<string>;
  /** The other streams `judge` asks for, by the asset as it is known now. Pure; asked only with data of the right shape. */
  readonly consults?: (data: never, actor: Actor, asset: Asset | undefined) => readonly StreamName[];
  /** Rules on the dossier alone; they hold for the whole history, also after a later correction. Throws Refused. */
  readonly admit: (data: never, asset: Asset, entry: EntryFacts) => void;
  /** Rules on what surrounds the dossier: asked once, when the entry is recorded. Throws Refused. */
  readonly judge: (data: never, asset: Asset, surroundings: Surroundings, entry: EntryFacts) => void;
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
    fixed?: readonly ((keyof DataOf<D> & string) | 'occurredOn')[];
    consults?: (data: DataOf<D>, actor: Actor, asset: Asset | undefined) => readonly StreamName[];
    admit?: (data: DataOf<D>, asset: Asset, entry: EntryFacts) => void;
    judge?: (data: DataOf<D>, asset: Asset, surroundings: Surroundings, entry: EntryFacts) => void;
    evolve?: (asset: AssetFacts, data: DataOf<D>, entry: EntryFacts) => AssetFacts;
    agreedTo?: (data: DataOf<D>, asset: Asset) => unknown;
  } = {},
): Act {
  return {
    command,
    event,
    afterExit: rules.afterExit ?? false,
    fixed: new Set(rules.fixed),
    ...(rules.consults && { consults: rules.consults }),
    admit: rules.admit ?? (() => undefined),
    judge: rules.judge ?? (() => undefined),
    evolve: rules.evolve ?? ((asset) => asset),
    ...(rules.agreedTo && { agreedTo: rules.agreedTo }),
  };
}
