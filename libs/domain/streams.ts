import { accounts } from './account/acts';
import type { Account } from './account/account';
import type { Fact } from './entry';
import { annualReturns } from './annual-return/acts';
import type { AnnualReturn } from './annual-return/annual-return';
import { assets } from './asset/aggregate';
import type { Dossier } from './asset/dossier';
import { calls } from './call/acts';
import type { Call } from './call/call';
import { dialogues } from './dialogue/acts';
import type { Thread } from './dialogue/thread';
import { groups } from './group/acts';
import type { Group } from './group/group';
import { organisations } from './organisation/acts';
import type { Organisation } from './organisation/organisation';
import { UnknownEvent, upcast } from './schema/upcast';
import type { Aggregate, CatalogueEntry, Course } from './stream/aggregate';
import type { States, StreamKind, StreamName } from './surroundings';

/** What the write side keeps in mind of each kind of stream. */
export interface Situations {
  readonly asset: Dossier;
  readonly organisation: Course<Organisation>;
  readonly call: Course<Call>;
  readonly dialogue: Course<Thread>;
  readonly group: Course<Group>;
  readonly account: Course<Account>;
  readonly return: Course<AnnualReturn>;
}

/** The law is the sum of its kinds of streams. A new kind is added here, and its state in surroundings.ts. */
export const aggregates: { readonly [Kind in StreamKind]: Aggregate<Situations[Kind], States[Kind]> } = {
  asset: assets,
  organisation: organisations,
  call: calls,
  dialogue: dialogues,
  group: groups,
  account: accounts,
  return: annualReturns,
};

/** Kinds of which the public sees nothing at all, not even that an event is there. */
const closedKinds: ReadonlySet<StreamKind> = new Set<StreamKind>(['account']);
export const isOpenKind = (kind: StreamKind): boolean => !closedKinds.has(kind);

export const streamKinds = Object.keys(aggregates) as readonly StreamKind[];

/** The kind whose streams the API finds under this path; undefined for an unknown one. */
export const kindOfCollection = (collection: string): StreamKind | undefined =>
  streamKinds.find((kind) => aggregates[kind].collection === collection);

/** Every event type of every kind of stream. */
export const events: ReadonlyMap<string, CatalogueEntry> = new Map(
  streamKinds.flatMap((kind) => [...aggregates[kind].commands.values()].map((each) => [each.definition.type, each])),
);

export function streamName(kind: StreamKind, id: string): StreamName {
  return `${kind}-${id}`;
}

/** Kind and id of a stream; undefined for a stream that is not ours. */
export function streamParts(stream: string): { readonly kind: StreamKind; readonly id: string } | undefined {
  const kind = streamKinds.find((candidate) => stream.startsWith(`${candidate}-`));
  return kind && { kind, id: stream.slice(kind.length + 1) };
}

/** The event in the current version of its schema. Throws UnknownEvent, also where its type belongs to another kind of stream. */
export function current<E extends Fact & { readonly stream?: string }>(event: E): E {
  const known = events.get(event.type);
  if (known && event.stream !== undefined && streamParts(event.stream)?.kind !== known.stream)
    throw new UnknownEvent(`${event.type} in ${event.stream}`, event.version, undefined);
  return upcast(event, known?.definition);
}
