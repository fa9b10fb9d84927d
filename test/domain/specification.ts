import { assetEvents, decide, derivedUuid, emptyDossier, evolve, italy, nothingConsulted } from '#domain';
import type {
  Actor,
  Call,
  Command,
  Circumstances,
  Dossier,
  Instant,
  Consulted,
  JsonObject,
  LegalDate,
  Organisation,
  Phase,
  RecordedEvent,
  RefusalCode,
  Source,
} from '#domain';

/** A fact of a specification: an event type, when it happened, and what it says. */
export interface SpecifiedFact {
  readonly type: string;
  readonly on: LegalDate | null;
  readonly data: JsonObject;
  /** When it was written down, where that matters. */
  readonly recordedAt?: Instant;
  /** Who recorded it; `officer-17` unless said. */
  readonly by?: string;
  readonly source?: Source;
  /** It lies in the log from before there were keys of persons. */
  readonly unsealed?: true;
  /** The salt of its event; none unless said. */
  readonly salt?: string;
}

export const fact = (
  type: string,
  on: LegalDate | null,
  data: JsonObject = {},
  recordedAt?: Instant,
): SpecifiedFact => ({
  type,
  on,
  data,
  ...(recordedAt !== undefined && { recordedAt }),
});

/** The fact, recorded by somebody in particular. */
export const by = (subject: string, said: SpecifiedFact): SpecifiedFact => ({ ...said, by: subject });

/** The fact, recorded by an import under the name of the officer who ran it. */
export const imported = (said: SpecifiedFact): SpecifiedFact => ({
  ...said,
  source: { kind: 'import', file: 'beni.csv', row: 1, digest: 'ab' },
});

/** The id of the n-th fact given, counted from 0, so that later facts can name it. */
export const entry = (place: number): string => derivedUuid('given', place);

const OFFICER = 'officer-17';
const actor = (subject: string): Actor => ({ subject, agency: 'ANBSC', role: 'officer' });

export const NOW: Instant = '2026-06-15T10:00:00.000Z';

export function circumstances(over: Partial<Circumstances> = {}): Circumstances {
  return {
    id: 'IT-TEST',
    now: NOW,
    profile: italy,
    actor: actor(OFFICER),
    source: { kind: 'form' },
    commandId: derivedUuid('command', 'under test'),
    commandDigest: 'digest',
    correlationId: 'specification',
    ...over,
  };
}

export function recorded(
  { type, on, data, recordedAt, by: subject, source, unsealed, salt }: SpecifiedFact,
  place: number,
): RecordedEvent {
  const definition = assetEvents.get(type)?.definition;
  if (!definition) throw new Error(`No event type ${type}.`);
  return {
    id: entry(place),
    stream: 'asset-IT-TEST',
    revision: place,
    position: place + 1,
    type,
    version: definition.version,
    data,
    ...(unsealed && { unsealed }),
    metadata: {
      occurredOn: on,
      recordedAt: recordedAt ?? '2026-01-01T00:00:00.000Z',
      actor: actor(subject ?? OFFICER),
      source: source ?? { kind: 'form' },
      commandId: derivedUuid('given command', place),
      commandDigest: 'digest',
      correlationId: 'specification',
      causationId: 'specification',
      ...(salt !== undefined && { salt }),
    },
  };
}

interface When {
  /** The command was accepted; its event, folded in, leaves the asset in this phase. */
  then(phase: Phase | 'no asset', check?: (dossier: Dossier) => void): void;
  thenRefused(code: RefusalCode, facts?: JsonObject): void;
  /** The command was recorded before: the same answer again. */
  thenRepeated(answer: { readonly revision: number; readonly position: number }): void;
}

interface Given {
  /** The command comes from this person. */
  as(subject: string): Given;
  /** Under other circumstances than usual: another person, another command id. */
  under(over: Partial<Circumstances>): Given;
  /** The registry knows these organisations, by their ids, and no other. */
  knowing(organisations: Readonly<Record<string, Organisation | undefined>>): Given;
  /** The registry knows these calls, by their ids, and no other. */
  knowingCalls(calls: Readonly<Record<string, Call | undefined>>): Given;
  when(type: string, on: LegalDate | null, data?: JsonObject, source?: Source): When;
}

/** Reads as the law does: given these facts, when this is recorded, then … */
export function given(...facts: SpecifiedFact[]): Given {
  return specification(facts.map(recorded).reduce(evolve, emptyDossier), {}, nothingConsulted);
}

function specification(dossier: Dossier, over: Partial<Circumstances>, consulted: Consulted): Given {
  return {
    as: (subject) => specification(dossier, { ...over, actor: actor(subject) }, consulted),
    under: (more) => specification(dossier, { ...over, ...more }, consulted),
    knowing: (organisations) =>
      specification(dossier, over, { ...consulted, organisation: new Map(Object.entries(organisations)) }),
    knowingCalls: (calls) => specification(dossier, over, { ...consulted, call: new Map(Object.entries(calls)) }),
    when(type, on, data = {}, source = { kind: 'form' }) {
      const command: Command = { name: assetEvents.get(type)?.command ?? type, occurredOn: on, data };
      const decision = decide(command, dossier, circumstances({ source, ...over }), consulted);
      return {
        then(phase, check) {
          expect(decision).toMatchObject({ kind: 'accepted', events: [{ type, data }] });
          if (decision.kind !== 'accepted') return;
          const after = decision.events
            .map((event, place): RecordedEvent => ({
              ...event,
              stream: 'asset-IT-TEST',
              revision: dossier.revision + 1 + place,
              position: 1000,
            }))
            .reduce(evolve, dossier);
          expect(after.asset?.phase ?? 'no asset').toBe(phase);
          check?.(after);
        },
        thenRefused(code, expected = {}) {
          expect(decision).toMatchObject({ kind: 'refused', refusal: { code, facts: expected } });
        },
        thenRepeated(answer) {
          expect(decision).toEqual({ kind: 'repeated', ...answer });
        },
      };
    },
  };
}
