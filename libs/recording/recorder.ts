import { hash } from 'node:crypto';
import type {
  Actor,
  Command,
  Consulted,
  Instant,
  JsonObject,
  Profile,
  Situations,
  Source,
  States,
  StreamKind,
  StreamName,
} from '#domain';
import { aggregates, derivedUuid, nothingConsulted, streamName, streamParts } from '#domain';
import { StreamRecorder } from './stream-recorder';
import type { Log, Recorded } from './stream-recorder';

/** Who sends a command, and under which name, so that a repeat of it is known again. */
export interface Origin {
  readonly actor: Actor;
  readonly source: Source;
  /** Chosen by the sender; the same key on the same stream with the same content is the same command. */
  readonly idempotencyKey: string;
  readonly correlationId: string;
}

export interface RecorderOptions {
  readonly profile: Profile;
  readonly clock?: () => Instant;
  /** How many streams of each kind are kept in memory between commands. */
  readonly cachedStreams?: number;
}

/**
 * A command's way into the log: load the stream and those its rules consult, decide, append at the revision decided upon. The only writer of the streams the
 * domain knows. Throws what the event store throws; after StoreUnavailable the outcome is unknown and the same command may safely be sent again.
 */
export class Recorder {
  private readonly profile: Profile;
  private readonly recorders: { readonly [Kind in StreamKind]: StreamRecorder<Situations[Kind], States[Kind]> };

  constructor(store: Log, { profile, clock, cachedStreams }: RecorderOptions) {
    this.profile = profile;
    const time = clock ?? (() => new Date().toISOString());
    const size = cachedStreams ?? 10_000;
    this.recorders = {
      asset: new StreamRecorder(store, aggregates.asset, time, size),
      organisation: new StreamRecorder(store, aggregates.organisation, time, size),
      call: new StreamRecorder(store, aggregates.call, time, size),
      dialogue: new StreamRecorder(store, aggregates.dialogue, time, size),
      group: new StreamRecorder(store, aggregates.group, time, size),
      account: new StreamRecorder(store, aggregates.account, time, size, () => 'accounts'),
      return: new StreamRecorder(store, aggregates.return, time, size),
    };
  }

  /**
   * Records a command in a stream. `expected` is the revision the sender saw (-1: none yet); then a conflict is never retried. Streams the rules consult are read
   * before the decision and may go on while it is written: a rule across streams holds for the moment it was asked. `computed` is what the registry computed for an entry that asks for it.
   */
  async record(
    stream: StreamName,
    command: Command,
    origin: Origin,
    expected?: number,
    computed?: JsonObject,
  ): Promise<Recorded> {
    const { kind, id } = partsOf(stream);
    const { actor, source, idempotencyKey, correlationId } = origin;
    const circumstances = {
      id,
      profile: this.profile,
      actor,
      source,
      correlationId,
      commandId: derivedUuid('command', id, actor.agency, actor.subject, idempotencyKey),
      commandDigest: digestOf(id, command),
      ...(computed && { computed }),
    };
    return this.recorders[kind].record({ stream, command, circumstances, expected }, (streams) =>
      this.consult(streams),
    );
  }

  /** What a stream folds to as the log has it now; undefined when it was never opened. */
  async state<Kind extends StreamKind>(kind: Kind, id: string): Promise<States[Kind] | undefined> {
    const recorders: { readonly [Each in StreamKind]: Pick<StreamRecorder<never, States[Each]>, 'state'> } =
      this.recorders;
    return recorders[kind].state(streamName(kind, id));
  }

  /** What is kept in mind of a stream, as the log has it now: its state, who keeps it, where it ends. */
  situation<Kind extends StreamKind>(kind: Kind, id: string): Promise<Situations[Kind]> {
    return this.recorders[kind].situation(`${kind}-${id}`);
  }

  private async consult(streams: readonly StreamName[]): Promise<Consulted> {
    if (streams.length === 0) return nothingConsulted;
    const parts = streams.map(partsOf);
    const idsOf = (kind: StreamKind): string[] => parts.filter((each) => each.kind === kind).map(({ id }) => id);
    return {
      asset: await statesOf(idsOf('asset'), (id) => this.recorders.asset.state(`asset-${id}`)),
      organisation: await statesOf(idsOf('organisation'), (id) =>
        this.recorders.organisation.state(`organisation-${id}`),
      ),
      call: await statesOf(idsOf('call'), (id) => this.recorders.call.state(`call-${id}`)),
      dialogue: await statesOf(idsOf('dialogue'), (id) => this.recorders.dialogue.state(`dialogue-${id}`)),
      group: await statesOf(idsOf('group'), (id) => this.recorders.group.state(`group-${id}`)),
      account: await statesOf(idsOf('account'), (id) => this.recorders.account.state(`account-${id}`)),
      return: await statesOf(idsOf('return'), (id) => this.recorders.return.state(`return-${id}`)),
    };
  }
}

async function statesOf<State>(
  ids: readonly string[],
  read: (id: string) => Promise<State>,
): Promise<ReadonlyMap<string, State>> {
  return new Map(await Promise.all(ids.map(async (id) => [id, await read(id)] as const)));
}

function partsOf(stream: StreamName): { readonly kind: StreamKind; readonly id: string } {
  const parts = streamParts(stream);
  if (!parts) throw new Error(`${stream} is no stream of the domain.`);
  return parts;
}

/** What a command says, whoever says it and whenever; object keys in any order. */
function digestOf(id: string, { name, occurredOn, data }: Command): string {
  return hash('sha256', JSON.stringify([id, name, occurredOn, sorted(data)]), 'base64url').slice(0, 22);
}

/** No schema has room for what is nested deeper: it is refused whatever it says, and must not exhaust the stack before. */
const MAX_DEPTH = 64;

function sorted(value: unknown, depth = 0): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (depth === MAX_DEPTH) return null;
  if (Array.isArray(value)) return value.map((member) => sorted(member, depth + 1));
  const fields: Readonly<Record<string, unknown>> = { ...value };
  const inOrder = Object.create(null) as Record<string, unknown>;
  for (const name of Object.keys(fields).sort()) inOrder[name] = sorted(fields[name], depth + 1);
  return inOrder;
}
