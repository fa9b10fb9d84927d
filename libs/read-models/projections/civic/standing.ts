import type { RecordedEvent } from '#domain';
import type { PublicEvent, PublicPart } from '#privacy';
import { publicEvent } from '#privacy';
import { integer, text } from '../columns';

/** Where the latest entry of a stream stands, as every row of these reports says. */
export interface Latest {
  readonly id: string;
  readonly revision: number;
  readonly position: number;
  readonly recordedAt: string;
}

export const latestColumns = { revision: integer, position: integer, recorded_at: text };

export const latestOf = (id: string, { revision, position, metadata }: PublicEvent): Latest => ({
  id,
  revision,
  position,
  recordedAt: metadata.recordedAt,
});

export const latestRow = ({ revision, position, recordedAt }: Latest) => ({
  revision,
  position,
  recorded_at: recordedAt,
});

/** The public part of an event, with its data as its type declares them: the log holds nothing that was not checked against it. */
export function opened<Data>(recorded: PublicPart): { readonly event: PublicEvent; readonly data: Data } {
  const event = publicEvent(recorded);
  return { event, data: event.data as unknown as Data };
}

/** The state so far; a stream that does not begin with the entry that opens it is not ours. */
export function begun<State>(state: State | undefined, { stream, type }: PublicPart): State {
  if (state === undefined) throw new Error(`${stream} begins with ${type}: the entry that opens it is missing.`);
  return state;
}

/** The id of a stream of this kind in a list of keys; none for any other stream. */
export const keyOfKind =
  (kind: string) =>
  ({ stream }: RecordedEvent): readonly string[] =>
    stream.startsWith(`${kind}-`) ? [stream.slice(kind.length + 1)] : [];
