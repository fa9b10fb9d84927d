import type { RecordedEvent } from '#domain';
import { CLASSIFICATION, current, events } from '#domain';

/** An event as somebody of an agency may see it: with who recorded it, and with restricted fields; personal ones where they may be seen too. */
export interface RestrictedEvent extends Omit<RecordedEvent, 'metadata'> {
  readonly metadata: Pick<RecordedEvent['metadata'], 'occurredOn' | 'recordedAt' | 'source' | 'actor'>;
  /** Names of the fields that were left out. */
  readonly withheld: readonly string[];
}

/**
 * The second gate: from the log to those who may see what is not public. Who that is, is asked before (libs/access/rights); a field of an unknown classification passes to
 * nobody. The event comes out in its current version. Throws UnknownEvent.
 */
export function restrictedEvent(recorded: RecordedEvent, { personal }: { readonly personal: boolean }): RestrictedEvent {
  const { id, stream, revision, position, type, version, data, metadata, erased } = current(recorded);
  const { occurredOn, recordedAt, source, actor } = metadata;
  const seen = new Set(personal ? ['public', 'restricted', 'personal'] : ['public', 'restricted']);
  const properties = events.get(type)?.definition.data.properties ?? {};
  const withheld = Object.keys(data).filter(
    (field) => !Object.hasOwn(properties, field) || !seen.has(String(properties[field]?.[CLASSIFICATION])),
  );
  return {
    id,
    stream,
    revision,
    position,
    type,
    version,
    data: Object.fromEntries(Object.entries(data).filter(([field]) => !withheld.includes(field))),
    metadata: { occurredOn, recordedAt, source, actor },
    withheld,
    ...(erased && { erased }),
  };
} // prettier-ignore
