import type { LegalDate, RecordedEvent, ReturnFigures } from '#domain';
import { projection } from '../projection';
import type { Table } from '../projection';
import { begun, keyOfKind, latestColumns, latestOf, latestRow, opened } from './civic/standing';
import type { Latest } from './civic/standing';
import { integer, maybeText, text } from './columns';

/** The return of each year that was published: its figures as they were frozen, which are never computed again. */
export const annualReturnsTable: Table = {
  name: 'annual_returns',
  columns: {
    id: text,
    ...latestColumns,
    year: text,
    published_on: maybeText,
    digest: text,
    log_position: integer,
    reason: maybeText,
    /** JSON. */
    figures: text,
    /** JSON array of the publications before this one, the latest first. */
    earlier: text,
  },
  key: ['id'],
  indexes: [['year']],
};

/** A publication that another one took the place of. */
export interface EarlierPublication {
  readonly publishedOn: LegalDate | null;
  readonly digest: string;
  readonly position: number;
}

interface Prepared {
  readonly digest: string;
  readonly position: number;
  readonly reason?: string;
  readonly figures: ReturnFigures;
}

interface AnnualReturnState extends Latest {
  readonly year: string;
  readonly prepared: Prepared;
  readonly published?: Prepared & { readonly on: LegalDate | null };
  readonly earlier: readonly EarlierPublication[];
}

export const annualReturns = projection<AnnualReturnState>({
  name: 'annual_returns',
  version: 1,
  keysOf: keyOfKind('return'),
  begins: ({ revision }) => revision === 0,
  apply: returnAfter,
  tables: [
    {
      table: annualReturnsTable,
      rows: ({ published, earlier, year, ...latest }) =>
        published
          ? [
              {
                id: latest.id,
                ...latestRow(latest),
                year,
                published_on: published.on,
                digest: published.digest,
                log_position: published.position,
                reason: published.reason ?? null,
                figures: JSON.stringify(published.figures),
                earlier: JSON.stringify(earlier),
              },
            ]
          : [],
    },
  ],
});

function returnAfter(state: AnnualReturnState | undefined, recorded: RecordedEvent, id: string): AnnualReturnState {
  const { event, data } = opened<Prepared & { readonly year: string }>(recorded);
  if (event.type === 'AnnualReturnPrepared') {
    const { year, ...prepared } = data;
    return { ...latestOf(id, event), year, prepared, earlier: [] };
  }
  const before = begun(state, recorded);
  const latest = latestOf(id, event);
  if (event.type === 'AnnualReturnRevised') return { ...before, ...latest, prepared: data };
  if (event.type !== 'AnnualReturnPublished') return { ...before, ...latest };
  const { published, prepared, earlier } = before;
  return {
    ...before,
    ...latest,
    published: { ...prepared, on: event.metadata.occurredOn },
    earlier: published ? [{ publishedOn: published.on, digest: published.digest, position: published.position }, ...earlier] : earlier,
  };
} // prettier-ignore
