import type { RecordedEvent } from '#domain';
import { forThePublic, publicEvent } from '#privacy';
import { projection } from '../projection';
import type { Column, Row, Table } from '../projection';

const text: Column = { type: 'text' };
const maybeText: Column = { type: 'text', nullable: true };
const integer: Column = { type: 'integer' };

/** Every entry of every stream as the public may see it, with what corrected or annulled it since. Dossiers and the change feed are read from it. */
export const timelineTable: Table = {
  name: 'timeline',
  columns: {
    id: text,
    stream: text,
    revision: integer,
    position: integer,
    type: text,
    version: integer,
    occurred_on: maybeText,
    recorded_at: text,
    /** JSON object of the public fields. */
    data: text,
    /** JSON array with the names of the fields that are not public. */
    withheld: text,
    agency: text,
    role: text,
    /** JSON object: form, API, process or import with file and row. */
    source: text,
    /** JSON array of the ids of the entries that correct it. */
    corrected_by: text,
    annulled_by: maybeText,
  },
  key: ['id'],
  indexes: [['stream', 'revision'], ['position']],
};

const changing: ReadonlySet<string> = new Set(['EntryCorrected', 'EntryAnnulled']);

/** The entry a correction or annulment names. */
const named = ({ type, data }: RecordedEvent): string[] =>
  changing.has(type) && typeof data.entry === 'string' ? [data.entry] : [];

export const timeline = projection<Row>({
  name: 'timeline',
  version: 3,
  stateIn: timelineTable,
  alongStreams: true,
  keysOf: (event) => (forThePublic(event) ? [event.id, ...named(event)] : []),
  begins: (event, key) => key === event.id,
  apply: (entry, event, key) => (key === event.id ? written(event) : marked(entry, event)),
  tables: [{ table: timelineTable, rows: (entry) => [entry] }],
});

function written(recorded: RecordedEvent): Row {
  const { id, stream, revision, position, type, version, data, metadata, withheld } = publicEvent(recorded);
  return {
    id,
    stream,
    revision,
    position,
    type,
    version,
    occurred_on: metadata.occurredOn,
    recorded_at: metadata.recordedAt,
    data: JSON.stringify(data),
    withheld: JSON.stringify(withheld),
    agency: metadata.actor.agency,
    role: metadata.actor.role,
    source: JSON.stringify(metadata.source),
    corrected_by: '[]',
    annulled_by: null,
  };
}

function marked(entry: Row | undefined, { id, type }: RecordedEvent): Row {
  if (!entry) throw new Error('It names an entry that is not in the log.');
  if (type === 'EntryAnnulled') return { ...entry, annulled_by: id };
  const earlier = JSON.parse(String(entry.corrected_by)) as string[];
  return { ...entry, corrected_by: JSON.stringify([...earlier, id]) };
}
