import type { Fact, History, JsonObject, JsonValue, LegalDate } from '#domain';
import {
  after,
  assetEvents,
  CLASSIFICATION,
  current,
  daysBetween,
  emptyDossier,
  FieldDisclosed,
  fieldOf,
  upTo,
} from '#domain';
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

/** A field that was withheld, and what of it was published. */
export interface Disclosed {
  readonly by: PublicEntry;
  readonly field: string;
  readonly value: JsonValue;
  readonly reason: string;
  /** What was published stays so; that it should not have been is an entry too. */
  readonly annulment?: Annulment;
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
  readonly disclosed: readonly Disclosed[];
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
  const disclosed = disclosedIn(told, byId, annulments);
  const inOrder = told.flatMap(({ id, type, occurredOn, data }): ToldEntry[] => {
    const entry = byId.get(id);
    // What publishes a field of another entry stands there.
    if (!entry || (type === FieldDisclosed.type && disclosed.has(String(data.entry)))) return [];
    const annulment = annulments.get(id);
    const published = disclosed.get(id) ?? [];
    const open = new Set(published.filter((each) => !each.annulment).map(({ field }) => field));
    return [
      {
        entry,
        occurredOn,
        data: data as JsonObject,
        ...lateness(occurredOn, dayOf(entry.recordedAt)),
        withheld: withheldIn(entry).filter(({ field }) => !open.has(field)),
        disclosed: published,
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
      disclosed: [],
      corrections: [],
    })),
  ];
}

/** What was published of each entry by the day the story ends, in the order in which it happened. */
function disclosedIn(
  told: History,
  byId: ReadonlyMap<string, PublicEntry>,
  annulments: ReadonlyMap<string, Annulment>,
): ReadonlyMap<string, readonly Disclosed[]> {
  const found = new Map<string, Disclosed[]>();
  const there = new Set(told.map(({ id }) => id));
  for (const { id, type, data } of told) {
    const by = byId.get(id);
    if (type !== FieldDisclosed.type || !by) continue;
    const {
      entry,
      field,
      value = null,
      reason,
    } = data as JsonObject & { entry: string; field: string; reason: string };
    if (!there.has(entry)) continue;
    const annulment = annulments.get(id);
    found.set(entry, [...(found.get(entry) ?? []), { by, field, value, reason, ...(annulment && { annulment }) }]);
  }
  return found;
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
