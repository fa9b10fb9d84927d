import { forThePublic } from '#privacy';
import { projection } from '../projection';
import type { Table } from '../projection';

/** The end of each stream as far as it was read. */
export const continuityTable: Table = {
  name: 'continuity',
  columns: { stream: { type: 'text' }, revision: { type: 'integer' }, position: { type: 'integer' } },
  key: ['stream'],
};

/**
 * Proves that nothing was passed over: each stream's revisions count 0, 1, 2 … without a gap. Lag can be zero while events are lost; this
 * cannot. It stops at the first event that does not follow the one before it. Of kinds of streams that are closed to the public not even the names are kept here: the write side, which
 * reads them (libs/access), checks those itself.
 */
export const continuity = projection<{ stream: string; revision: number; position: number }>({
  name: 'continuity',
  version: 3,
  stateIn: continuityTable,
  alongStreams: true,
  keysOf: (event) => (forThePublic(event) ? [event.stream] : []),
  begins: ({ revision }) => revision === 0,
  apply: (end, { stream, revision, position }) => {
    const expected = (end?.revision ?? -1) + 1;
    if (revision !== expected)
      throw new Error(`${stream} has revision ${revision} where ${expected} should be: events are missing.`);
    return { stream, revision, position };
  },
  tables: [{ table: continuityTable, rows: (end) => [end] }],
});
