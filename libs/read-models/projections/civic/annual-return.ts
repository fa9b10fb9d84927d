import type { CivicEntry, Profile } from '#domain';
import { cellsOf, civicEntries, civicLines, streamParts } from '#domain';
import { publicEvent } from '#privacy';
import { projection } from '../../projection';
import type { Projection } from '../../projection';
import { cellRow, cellSums, civicReturnCellsTable, civicReturnEntriesTable, lineRow } from '../annual-return';

interface CivicReturnState {
  readonly stream: string;
  readonly entries: readonly CivicEntry[];
}

const kinds: ReadonlySet<string> = new Set(['call', 'dialogue', 'group']);

/** What an entry says that the return asks for. */
const asked = ({ kind, outcome }: CivicEntry['data']): CivicEntry['data'] => ({
  ...(kind !== undefined && { kind }),
  ...(outcome !== undefined && { outcome }),
});

/** What calls, contributions of the public and groups tell the annual return. */
export const civicReturn = (profile: Profile): Projection =>
  projection<CivicReturnState>({
    name: 'civic_return',
    version: 1,
    keysOf: ({ stream, type }) =>
      civicEntries.has(type) && kinds.has(streamParts(stream)?.kind ?? '') ? [stream] : [],
    apply: (state, recorded, stream) => {
      const { id, type, metadata, data } = publicEvent(recorded);
      const { occurredOn, recordedAt } = metadata;
      return { stream, entries: [...(state?.entries ?? []), { id, type, occurredOn, recordedAt, data: asked(data) }] };
    },
    tables: [
      {
        table: civicReturnEntriesTable,
        rows: ({ stream, entries }) =>
          civicLines(entries, profile).map((line, number) => ({ stream, ...lineRow(line, stream, number) })),
      },
    ],
    tallies: [
      {
        table: civicReturnCellsTable,
        sums: cellSums,
        of: ({ entries }) =>
          cellsOf(civicLines(entries, profile), { region: '', kind: '' }, false).map((cell) => cellRow(cell, '')),
      },
    ],
  });
