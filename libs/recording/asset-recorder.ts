import { hash } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type {
  Actor,
  AssetCommand,
  AssetId,
  Circumstances,
  Dossier,
  Instant,
  NewEvent,
  Profile,
  RecordedEvent,
  Refusal,
  Source,
} from '#domain';
import { decide, derivedUuid, evolve, replay } from '#domain';
import type { Appended, EventStore } from '#event-store';
import { WrongExpectedRevision } from '#event-store';
import { DossierCache } from './dossier-cache';
import { Turns } from './turns';

/** Who sends a command, and under which name, so that a repeat of it is known again. */
export interface Origin {
  readonly actor: Actor;
  readonly source: Source;
  /** Chosen by the sender; the same key on the same dossier with the same content is the same command. */
  readonly idempotencyKey: string;
  readonly correlationId: string;
}

export interface RecorderOptions {
  readonly profile: Profile;
  readonly clock?: () => Instant;
  /** How many dossiers are kept in memory between commands. */
  readonly cachedDossiers?: number;
}

export type Recorded =
  | { readonly kind: 'recorded' | 'repeated'; readonly revision: number; readonly position: number }
  | { readonly kind: 'refused'; readonly refusal: Refusal }
  /** The dossier is not at the revision the sender expected. */
  | { readonly kind: 'moved-on'; readonly expected: number; readonly actual: number };

/** Conflicts with writers in other processes are retried so often before they reach the sender. */
const ATTEMPTS = 8;

/**
 * How long to wait after a conflict, in milliseconds. The first is most often a memory behind the log, and costs nothing; who keeps losing
 * against a process that writes one command after another must wait until that one pauses: a quarter of a second in all.
 */
const pauseAfter = (attempt: number): number => (attempt === 1 ? 0 : 2 ** attempt);

/**
 * A command's way into the log: load the dossier, decide, append at the revision decided upon. The only writer of `asset-<id>` streams.
 * Throws what the event store throws; after StoreUnavailable the outcome is unknown and the same command may safely be sent again.
 */
export class AssetRecorder {
  private readonly cache: DossierCache;
  private readonly turns = new Turns();
  private readonly profile: Profile;
  private readonly clock: () => Instant;

  constructor(
    private readonly store: Pick<EventStore, 'append' | 'readStream'>,
    { profile, clock, cachedDossiers }: RecorderOptions,
  ) {
    this.profile = profile;
    this.clock = clock ?? (() => new Date().toISOString());
    this.cache = new DossierCache(cachedDossiers ?? 10_000);
  }

  /** Records a command in an asset's dossier. `expected` is the revision the sender saw (-1: none yet); then a conflict is never retried. */
  async record(asset: AssetId, command: AssetCommand, origin: Origin, expected?: number): Promise<Recorded> {
    const { actor, source, idempotencyKey, correlationId } = origin;
    const circumstances = {
      profile: this.profile,
      actor,
      source,
      correlationId,
      commandId: derivedUuid('command', asset, actor.agency, actor.subject, idempotencyKey),
      commandDigest: digestOf(asset, command),
    };
    return this.turns.take(asset, () => this.attempt(`asset-${asset}`, command, circumstances, expected));
  }

  private async attempt(
    stream: string,
    command: AssetCommand,
    circumstances: Omit<Circumstances, 'now'>,
    expected: number | undefined,
  ): Promise<Recorded> {
    for (let attempt = 1; ; attempt += 1) {
      const cached = this.cache.get(stream);
      const dossier = cached ?? (await this.load(stream));
      const decision = decide(command, dossier, { ...circumstances, now: this.clock() });
      if (decision.kind === 'repeated') return decision;
      const movedOn = expected !== undefined && expected !== dossier.revision;
      if (movedOn || decision.kind === 'refused') {
        // Another process may have written since: nobody is turned away on a memory.
        if (cached) {
          this.cache.forget(stream);
          continue;
        }
        if (movedOn) return { kind: 'moved-on', expected, actual: dossier.revision };
      }
      if (decision.kind === 'refused') return decision;
      try {
        const appended = await this.append(stream, decision.events, dossier);
        return { kind: 'recorded', ...appended };
      } catch (error) {
        this.cache.forget(stream);
        if (!(error instanceof WrongExpectedRevision) || attempt >= ATTEMPTS) throw error;
        // Without a memory of it, the next attempt sees that the sender is behind.
        if (expected === undefined) await pause(pauseAfter(attempt));
      }
    }
  }

  private async append(stream: string, events: readonly NewEvent[], dossier: Dossier): Promise<Appended> {
    const appended = await this.store.append(stream, events, dossier.revision < 0 ? 'no-stream' : dossier.revision);
    const recorded = events.map((event, place): RecordedEvent => {
      const revision = appended.revision - events.length + 1 + place;
      return { ...event, stream, revision, position: appended.position };
    });
    this.cache.put(stream, recorded.reduce(evolve, dossier));
    return appended;
  }

  private async load(stream: string): Promise<Dossier> {
    const dossier = replay(await this.store.readStream(stream));
    this.cache.put(stream, dossier);
    return dossier;
  }
}

/** What a command says, whoever says it and whenever; object keys in any order. */
function digestOf(asset: AssetId, { name, occurredOn, data }: AssetCommand): string {
  return hash('sha256', JSON.stringify([asset, name, occurredOn, sorted(data)]), 'base64url').slice(0, 22);
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
