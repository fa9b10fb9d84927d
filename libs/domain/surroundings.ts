import type { AnnualReturn } from './annual-return/annual-return';
import type { Account } from './account/account';
import type { Asset } from './asset/asset';
import type { Call } from './call/call';
import type { Circumstances } from './decision';
import type { Thread } from './dialogue/thread';
import type { Actor, Instant, LegalDate, Source } from './event';
import type { Group } from './group/group';
import { dateOf } from './legal-date';
import type { Organisation } from './organisation/organisation';
import type { Profile } from './profiles/profile';
import type { PersonalTrail } from './stream/personal-trail';

/** What each kind of stream folds to, by the first part of its streams' names. A new kind is named here and in streams.ts. */
export interface States {
  readonly asset: Asset;
  readonly organisation: Organisation;
  readonly call: Call;
  readonly dialogue: Thread;
  readonly group: Group;
  readonly account: Account;
  readonly return: AnnualReturn;
}
export type StreamKind = keyof States;

/** `<kind>-<id>`: the name of a stream in the log. */
export type StreamName = `${StreamKind}-${string}`;

/** Other streams as they stood when a decision was made; a stream without a state (never opened) is there, as undefined. */
export type Consulted = { readonly [Kind in StreamKind]: ReadonlyMap<string, States[Kind] | undefined> };

export const nothingConsulted: Consulted = {
  asset: new Map(),
  organisation: new Map(),
  call: new Map(),
  dialogue: new Map(),
  group: new Map(),
  account: new Map(),
  return: new Map(),
};

/**
 * What a rule for a new entry may ask beside its own stream: the moment, the person, and the streams its act consults. It is asked once, when the entry is
 * decided, and never when a history is judged again: replay must not depend on other streams (docs/decisions/007-facts-from-other-streams.md).
 */
export interface Surroundings {
  /** The id of the stream the entry is for. */
  readonly id: string;
  readonly now: Instant;
  /** The day it is where the authority sits. */
  readonly today: LegalDate;
  readonly actor: Actor;
  readonly source: Source;
  readonly profile: Profile;
  /** Which entries of the stream hold something personal. */
  readonly personal: PersonalTrail | undefined;
  /** The state of another stream; undefined when it was never opened. Throws when the act does not name it in `consults`: a fault in the act. */
  find<Kind extends StreamKind>(kind: Kind, id: string): States[Kind] | undefined;
}

export function surroundingsOf(
  { id: own, now, actor, source, profile }: Circumstances,
  consulted: Consulted,
  personal: PersonalTrail | undefined,
): Surroundings {
  return {
    id: own,
    now,
    today: dateOf(now, profile.timeZone),
    actor,
    source,
    profile,
    personal,
    find: (kind, id) => {
      const states = consulted[kind];
      if (!states.has(id)) throw new Error(`A rule asks for ${kind}-${id}, which its act does not consult.`);
      return states.get(id);
    },
  };
}
