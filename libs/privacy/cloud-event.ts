import type { PublicEvent } from './gate';

/** A public event in the form of CloudEvents 1.0 (JSON event format), with the extension `sequence`: its position in the log. */
export interface CloudEvent {
  readonly specversion: '1.0';
  readonly id: string;
  /** The registry. */
  readonly source: string;
  readonly type: string;
  /** The stream. */
  readonly subject: string;
  /** When it was recorded. */
  readonly time: string;
  readonly datacontenttype: 'application/json';
  readonly sequence: string;
  readonly data: {
    readonly revision: number;
    readonly version: number;
    readonly occurredOn: string | null;
    readonly actor: PublicEvent['metadata']['actor'];
    readonly source: PublicEvent['metadata']['source'];
    readonly data: PublicEvent['data'];
    /** Names of the fields that are not public. */
    readonly withheld: readonly string[];
  };
}

/** What events are from where nobody says otherwise: the same in every export and feed, whatever address the registry has. */
export const REGISTRY_SOURCE = 'urn:social-reuse-registry';

/** The one form in which public events leave the registry. */
export function cloudEventOf(event: PublicEvent, source = REGISTRY_SOURCE): CloudEvent {
  const { id, stream, revision, position, type, version, data, metadata, withheld } = event;
  return {
    specversion: '1.0',
    id,
    source,
    type,
    subject: stream,
    time: metadata.recordedAt,
    datacontenttype: 'application/json',
    sequence: String(position),
    data: { revision, version, occurredOn: metadata.occurredOn, actor: metadata.actor, source: metadata.source, data, withheld },
  };
} // prettier-ignore
