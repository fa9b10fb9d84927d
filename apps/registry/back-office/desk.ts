import { Injectable } from '@nestjs/common';
import type {
  Account,
  Actor,
  Aggregate,
  Circumstances,
  Command,
  Consulted,
  Decision,
  Dossier,
  History,
  Law,
  LegalDate,
  Profile,
  RecordedEvent,
  States,
  StreamKind,
  StreamName,
  Tail,
} from '#domain';
import { aggregates, dateOf, nothingConsulted, streamName, streamParts } from '#domain';
import type { EventStore } from '#event-store';

/** A stream as it lies on the desk: read whole, replayed, not yet written to. */
export interface OpenStream {
  readonly kind: StreamKind;
  readonly id: string;
  readonly events: readonly RecordedEvent[];
  readonly revision: number;
  /** What the write side keeps in mind of it. */
  readonly situation: Tail;
  /** Undefined before it was opened. */
  readonly state: States[StreamKind] | undefined;
  /** Entries as corrected; of a dossier alone. */
  readonly history: History;
  /** The other streams an entry is judged by. */
  readonly consults: (command: Command, actor: Actor) => readonly StreamName[];
  readonly decide: (command: Command, circumstances: Circumstances, consulted: Consulted) => Decision;
}

type Opener = (id: string, events: readonly RecordedEvent[]) => OpenStream;

const openers: Readonly<Record<StreamKind, Opener>> = {
  asset: openerFor(aggregates.asset, ({ history }: Dossier) => history),
  organisation: openerFor(aggregates.organisation, () => []),
  call: openerFor(aggregates.call, () => []),
  dialogue: openerFor(aggregates.dialogue, () => []),
  group: openerFor(aggregates.group, () => []),
  account: openerFor(aggregates.account, () => []),
  return: openerFor(aggregates.return, () => []),
};

function openerFor<Situation extends Tail, State extends States[StreamKind]>(
  aggregate: Aggregate<Situation, State>,
  historyOf: (situation: Situation) => History,
): Opener {
  return (id, events) => {
    const situation = aggregate.replay(events);
    return {
      kind: aggregate.kind,
      id,
      events,
      revision: situation.revision,
      situation,
      state: aggregate.stateOf(situation),
      history: historyOf(situation),
      consults: (command, actor) => aggregate.consults(command, actor, situation),
      decide: (command, circumstances, consulted) => aggregate.decide(command, situation, circumstances, consulted),
    };
  };
}

/** Reads streams from the log itself, and asks the law about entries that nobody has recorded yet. It never writes. */
@Injectable()
export class Desk {
  constructor(
    private readonly store: Pick<EventStore, 'readStream' | 'readAll' | 'head'>,
    readonly profile: Profile,
    private readonly clock: () => Date = () => new Date(),
  ) {}

  /** The calendar day at the authority's seat. */
  today(): LegalDate {
    return dateOf(this.clock().toISOString(), this.profile.timeZone);
  }

  async open(kind: StreamKind, id: string): Promise<OpenStream> {
    return openers[kind](id, await this.store.readStream(streamName(kind, id)));
  }

  /** What the law says of an entry, with the other streams it asks for as they stand now. */
  async rehearse(stream: OpenStream, command: Command, actor: Actor): Promise<Decision> {
    const consulted = await this.consulted(stream.consults(command, actor));
    return stream.decide(command, this.circumstances(stream.id, actor), consulted);
  }

  /** The law for made-up entries: what they would ask of other streams counts as not there, but for the account of who asks. */
  law(stream: OpenStream, actor: Actor, account?: Account): Law {
    const circumstances = this.circumstances(stream.id, actor);
    return (command) =>
      stream.decide(
        command,
        circumstances,
        unopened(stream.consults(command, actor), { [`account-${actor.subject}`]: account }),
      );
  }

  /** The latest entries of a person, by form or API, among the last of the log, the latest first. */
  async recentBy({ agency, subject }: Actor, most: number): Promise<RecordedEvent[]> {
    const head = await this.store.head();
    // Positions may have gaps, so the way back grows until enough was seen.
    for (let back = 1024; ; back *= 4) {
      const from = Math.max(-1, head - back);
      const last = await this.lastAfter(from);
      const found = last.filter(
        ({ metadata: { actor, source } }) =>
          actor.subject === subject && actor.agency === agency && (source.kind === 'form' || source.kind === 'api'),
      );
      if (found.length >= most || from < 0 || last.length >= LOOKED_AT) return found.slice(-most).reverse();
    }
  }

  private async lastAfter(position: number): Promise<RecordedEvent[]> {
    const read: RecordedEvent[] = [];
    for (let from = position; ; from = read.at(-1)!.position) {
      const batch = await this.store.readAll(from, 1000);
      read.push(...batch);
      if (batch.length < 1000 || read.length > 4 * LOOKED_AT) return read.slice(-LOOKED_AT);
    }
  }

  private circumstances(id: string, actor: Actor): Circumstances {
    return {
      id,
      now: this.clock().toISOString(),
      profile: this.profile,
      actor,
      source: { kind: 'form' },
      commandId: '00000000-0000-8000-8000-000000000000',
      commandDigest: 'rehearsal',
      correlationId: 'rehearsal',
    };
  }

  private async consulted(names: readonly StreamName[]): Promise<Consulted> {
    if (names.length === 0) return nothingConsulted;
    const open = await Promise.all(
      names.map(async (name) => {
        const parts = streamParts(name);
        return parts ? [await this.open(parts.kind, parts.id)] : [];
      }),
    );
    return consultedFrom(open.flat());
  }
}

/** An entry may refer to so many of the latest ones before it. */
export const REFERABLE = 200;

/** So many of the latest entries of the log are looked at for a person's own. */
const LOOKED_AT = 5000;

const unopened = (names: readonly StreamName[], known: Readonly<Record<string, Account | undefined>>): Consulted =>
  names.length === 0
    ? nothingConsulted
    : consultedFrom(
        names.flatMap((name) => {
          const parts = streamParts(name);
          return parts ? [{ ...parts, state: known[name] }] : [];
        }),
      );

function consultedFrom(streams: readonly Pick<OpenStream, 'kind' | 'id' | 'state'>[]): Consulted {
  const of = (kind: StreamKind): ReadonlyMap<string, never> =>
    new Map(streams.filter((each) => each.kind === kind).map(({ id, state }) => [id, state as never]));
  return {
    asset: of('asset'),
    organisation: of('organisation'),
    call: of('call'),
    dialogue: of('dialogue'),
    group: of('group'),
    account: of('account'),
    return: of('return'),
  };
}
