import { aggregates, derivedUuid, events, nothingConsulted } from '#domain';
import type {
  Actor,
  Circumstances,
  Command,
  Consulted,
  Instant,
  JsonObject,
  LegalDate,
  RecordedEvent,
  RefusalCode,
  Source,
  Situations,
  StreamKind,
} from '#domain';
import { NOW, circumstances } from './specification';

/** A fact of a stream that is recorded as it happens. */
export interface StreamFact {
  readonly type: string;
  readonly on: LegalDate | null;
  readonly data: JsonObject;
  readonly by?: Actor;
  readonly at?: Instant;
  readonly source?: Source;
}

/** What surrounds a command under test: who sends it, when, and the streams it may consult. */
export interface Around {
  readonly by?: Actor;
  readonly at?: Instant;
  readonly source?: Source;
  readonly consulted?: Partial<Consulted>;
  /** The id of the stream, where a rule asks for it. */
  readonly id?: string;
  /** What the registry computed. */
  readonly computed?: JsonObject;
}

export const officer: Actor = { subject: 'officer-17', agency: 'ANBSC', role: 'officer' };
export const approver: Actor = { subject: 'approver-4', agency: 'ANBSC', role: 'approver' };

interface When<Kind extends StreamKind> {
  /** The command was accepted; its event, folded in, leaves the stream like this. */
  then(check?: (situation: Situations[Kind]) => void): void;
  thenRefused(code: RefusalCode, facts?: JsonObject): void;
}

export interface Given<Kind extends StreamKind> {
  readonly situation: Situations[Kind];
  when(type: string, on: LegalDate | null, data?: JsonObject, around?: Around): When<Kind>;
}

const STREAM_ID = 'IT-TEST';

/** Event ids of the facts given are those of `entry(place)` in specification.ts. */
export function streamOf<Kind extends StreamKind>(kind: Kind): (...facts: StreamFact[]) => Given<Kind> {
  const { empty, evolve, decide } = aggregates[kind];
  return (...facts) => {
    const situation = facts.map((fact, place) => recordedIn(kind, fact, place)).reduce(evolve, empty);
    return {
      situation,
      when(type, on, data = {}, { by = officer, at = NOW, source, consulted = {}, id, computed } = {}) {
        const command: Command = { name: events.get(type)?.command ?? type, occurredOn: on, data };
        const around: Circumstances = circumstances({
          actor: by,
          now: at,
          ...(source && { source }),
          ...(id !== undefined && { id }),
          ...(computed && { computed }),
        });
        const decision = decide(command, situation, around, { ...nothingConsulted, ...consulted });
        return {
          then(check) {
            expect(decision).toMatchObject({ kind: 'accepted', events: [{ type, data }] });
            if (decision.kind !== 'accepted') return;
            const after = decision.events
              .map((event, place): RecordedEvent => ({
                ...event,
                stream: `${kind}-${STREAM_ID}`,
                revision: situation.revision + 1 + place,
                position: 1000,
              }))
              .reduce(evolve, situation);
            check?.(after);
          },
          thenRefused(code, expected = {}) {
            expect(decision).toMatchObject({ kind: 'refused', refusal: { code, facts: expected } });
          },
        };
      },
    };
  };
}

/** The fact as the log holds it. */
export function recordedIn(
  kind: StreamKind,
  { type, on, data, by = officer, at, source }: StreamFact,
  place: number,
): RecordedEvent {
  const definition = events.get(type)?.definition;
  if (!definition) throw new Error(`No event type ${type}.`);
  return {
    id: derivedUuid('given', place),
    stream: `${kind}-${STREAM_ID}`,
    revision: place,
    position: place + 1,
    type,
    version: definition.version,
    data,
    metadata: {
      occurredOn: on,
      recordedAt: at ?? '2026-01-01T00:00:00.000Z',
      actor: by,
      source: source ?? { kind: 'form' },
      commandId: derivedUuid('given command', place),
      commandDigest: 'digest',
      correlationId: 'specification',
      causationId: 'specification',
    },
  };
}
