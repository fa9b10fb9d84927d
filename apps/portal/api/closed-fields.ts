import { CLASSIFICATION, assetEvents, discloses, openingOf, publicFrom } from '#domain';
import type { LegalDate, Opening, Profile } from '#domain';
import type { TimelineEntry } from '#read-models';

/** A field that is not public where it was recorded: why, whether it may become so, and what made it so. */
export interface ClosedField {
  readonly field: string;
  readonly classification: 'restricted' | 'personal';
  readonly opens: Opening;
  /** The first day on which it is public, where that is known. */
  readonly publicFrom: LegalDate | null;
  /** The entry that published it, in which it can be read. */
  readonly disclosedBy: string | null;
}

/** An entry with what its closed fields are about. */
export interface EntryResource extends TimelineEntry {
  readonly closed: readonly ClosedField[];
}

/** The entries of a dossier that are known at a moment, each with what has become of its closed fields by then. */
export function withClosedFields(entries: readonly TimelineEntry[], profile: Profile): EntryResource[] {
  const disclosing = entries.filter(({ type, annulledBy }) => type === 'FieldDisclosed' && annulledBy === null);
  return entries.map((entry) => {
    const definition = assetEvents.get(entry.type)?.definition;
    const closed = entry.withheld.map((field): ClosedField => ({
      field,
      classification: definition?.data.properties[field]?.[CLASSIFICATION] === 'personal' ? 'personal' : 'restricted',
      opens: openingOf(definition, field) ?? 'never',
      publicFrom: publicFrom(definition, field, entry.recordedAt, profile) ?? null,
      disclosedBy: disclosing.find((each) => discloses(each, entry.id, field))?.id ?? null,
    }));
    return { ...entry, closed };
  });
}
