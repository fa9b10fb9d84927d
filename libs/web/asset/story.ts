import type { Fact, History, JsonObject, JsonValue, LegalDate } from '#domain';
import { after, assetEvents, CLASSIFICATION, current, daysBetween, emptyDossier, fieldOf, upTo } from '#domain';
import type { DossierAtMoment, PublicEntry } from './dossier';

/** A correction of an entry, with the value before and after it. */
export interface Correction {
  readonly by: PublicEntry;
  /** `occurredOn`, or the path of a field. */
  readonly field: string;
  readonly before: unknown;
  readonly now: JsonValue;
  readonly reason: string;
}

export interface Annulment {
  readonly by: PublicEntry;
  readonly reason: string;
  readonly correctDossier?: string;
}

export interface Withheld {
  readonly field: string;
  readonly classification: 'restricted' | 'personal' | 'erased';
}

/** An entry as it is told: with what it says now, and with what it said before. */
export interface ToldEntry {
  readonly entry: PublicEntry;
  /** As corrected. */
  readonly occurredOn: LegalDate | null;
  readonly data: JsonObject;
  /** Days between the day it happened and the day it was written down, where that is more than `LATE_AFTER_DAYS`. */
  readonly lateBy?: number;
  readonly withheld: readonly Withheld[];
  readonly corrections: readonly Correction[];
  readonly annulment?: Annulment;
}

/** An entry written down later than this is marked as a late one. */
export const LATE_AFTER_DAYS = 30;

/**
 * The story of a dossier, in the order in which things happened. Nothing known at the moment is left out: an annulled entry stands at its
 * place, a correction with the entry it corrects. With `asOf` it ends on that day.
 */
export function storyOf(
  dossier: DossierAtMoment,
  asOf: LegalDate | undefined,
  timeZone: string,
  dayOf: (instant: string) => LegalDate,
): ToldEntry[] {
  const { history, corrections, annulments, strays } = collected(dossier.entries);
  const told = asOf === undefined ? history : upTo(history, asOf, timeZone);
  const byId = new Map(dossier.entries.map((entry) => [entry.id, entry]));
  const inOrder = told.flatMap(({ id, occurredOn, data }): ToldEntry[] => {
    const entry = byId.get(id);
    if (!entry) return [];
    const annulment = annulments.get(id);
    return [
      {
        entry,
        occurredOn,
        data: data as JsonObject,
        ...lateness(occurredOn, dayOf(entry.recordedAt)),
        withheld: withheldIn(entry),
        corrections: corrections.get(id) ?? [],
        ...(annulment && { annulment }),
      },
    ];
  });
  return [
    ...inOrder,
    ...strays.map((entry) => ({
      entry,
      occurredOn: entry.occurredOn,
      data: entry.data,
      withheld: [],
      corrections: [],
    })),
  ];
}

interface Collected {
  /** With annulled entries at their places. */
  readonly history: History;
  readonly corrections: ReadonlyMap<string, readonly Correction[]>;
  readonly annulments: ReadonlyMap<string, Annulment>;
  /** Corrections and annulments that name no entry of this dossier. */
  readonly strays: readonly PublicEntry[];
}

function collected(entries: readonly PublicEntry[]): Collected {
  let history: History = [];
  const corrections = new Map<string, Correction[]>();
  const annulments = new Map<string, Annulment>();
  const strays: PublicEntry[] = [];
  for (const entry of entries) {
    const { data, metadata, ...event } = current(factOf(entry));
    const target = history.find(({ id }) => id === data.entry);
    if (entry.type === 'EntryCorrected' || entry.type === 'EntryAnnulled') {
      if (!target) {
        strays.push(entry);
        continue;
      }
      const reason = typeof data.reason === 'string' ? data.reason : '';
      if (entry.type === 'EntryAnnulled') {
        const { correctDossier } = data;
        annulments.set(target.id, { by: entry, reason, ...(typeof correctDossier === 'string' && { correctDossier }) });
        continue;
      }
      const field = typeof data.field === 'string' ? data.field : '';
      const correction = { by: entry, field, before: fieldOf(target, field), now: data.value ?? null, reason };
      corrections.set(target.id, [...(corrections.get(target.id) ?? []), correction]);
    }
    ({ history } = after({ ...emptyDossier, history }, { ...event, data, metadata }));
  }
  return { history, corrections, annulments, strays };
}

const factOf = ({ id, type, version, data, occurredOn, recordedAt }: PublicEntry): Fact => ({
  id,
  type,
  version,
  data,
  metadata: { occurredOn, recordedAt },
});

function lateness(occurredOn: LegalDate | null, recordedOn: LegalDate): { lateBy?: number } {
  const days = occurredOn === null ? 0 : daysBetween(occurredOn, recordedOn);
  return days > LATE_AFTER_DAYS ? { lateBy: days } : {};
}

/** The fields that were left out, and why. */
export function withheldIn({
  type,
  withheld,
  erased = [],
}: Pick<PublicEntry, 'type' | 'withheld' | 'erased'>): Withheld[] {
  const properties = assetEvents.get(type)?.definition.data.properties;
  return [
    ...withheld.map((field): Withheld => ({
      field,
      classification: properties?.[field]?.[CLASSIFICATION] === 'personal' ? 'personal' : 'restricted',
    })),
    ...erased.map(({ field }): Withheld => ({ field, classification: 'erased' })),
  ];
}
