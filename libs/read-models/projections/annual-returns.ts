import type { LegalDate, RecordedEvent, ReturnFigures } from '#domain';
import { projection } from '../projection';
import type { Table } from '../projection';
import { begun, keyOfKind, latestColumns, latestOf, latestRow, opened } from './civic/standing';
import type { Latest } from './civic/standing';
import { integer, maybeInteger, maybeText, text } from './columns';

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

/** What is asked for or prepared of a year and not published: that it is, and never its figures. */
export const returnsUnderWayTable: Table = {
  name: 'annual_returns_under_way',
  columns: {
    id: text,
    ...latestColumns,
    year: text,
    /** `counting` or `prepared`. */
    stage: text,
    /** The entry that asked, or that holds the figures. */
    entry: text,
    on_day: maybeText,
    reason: maybeText,
    digest: maybeText,
    log_position: maybeInteger,
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

interface Step {
  readonly entry: string;
  readonly on: LegalDate | null;
  readonly reason?: string;
}

interface Prepared extends Step {
  readonly digest: string;
  readonly position: number;
  readonly figures: ReturnFigures;
}

interface AnnualReturnState extends Latest {
  readonly year: string;
  readonly asked?: Step;
  readonly prepared?: Prepared;
  readonly published?: Prepared & { readonly publishedOn: LegalDate | null };
  readonly earlier: readonly EarlierPublication[];
}

export const annualReturns = projection<AnnualReturnState>({
  name: 'annual_returns',
  version: 2,
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
                published_on: published.publishedOn,
                digest: published.digest,
                log_position: published.position,
                reason: published.reason ?? null,
                figures: JSON.stringify(published.figures),
                earlier: JSON.stringify(earlier),
              },
            ]
          : [],
    },
    { table: returnsUnderWayTable, rows: underWay },
  ],
});

function underWay({ year, asked, prepared, published, ...latest }: AnnualReturnState) {
  const waiting = prepared?.entry === published?.entry ? undefined : prepared;
  const step = asked ?? waiting;
  if (!step) return [];
  return [
    {
      id: latest.id,
      ...latestRow(latest),
      year,
      stage: asked ? 'counting' : 'prepared',
      entry: step.entry,
      on_day: step.on,
      reason: step.reason ?? null,
      digest: asked ? null : (waiting?.digest ?? null),
      log_position: asked ? null : (waiting?.position ?? null),
    },
  ];
}

interface Said {
  readonly year: string;
  readonly reason?: string;
  readonly digest: string;
  readonly position: number;
  readonly figures: ReturnFigures;
}

function returnAfter(state: AnnualReturnState | undefined, recorded: RecordedEvent, id: string): AnnualReturnState {
  const { event, data } = opened<Said>(recorded);
  const { year, reason, digest, position, figures } = data;
  const { asked: _, ...before } = state ?? { year, earlier: [] };
  const step = { entry: event.id, on: event.metadata.occurredOn, ...(reason !== undefined && { reason }) };
  const latest = latestOf(id, event);
  switch (event.type) {
    case 'AnnualReturnRequested':
    case 'AnnualReturnRevisionRequested':
      return { ...before, ...latest, asked: step };
    case 'AnnualReturnPrepared':
    case 'AnnualReturnRevised':
      return { ...before, ...latest, prepared: { ...step, digest, position, figures } };
    case 'AnnualReturnPublished':
      return { ...published(begun(state, recorded), event.metadata.occurredOn), ...latest };
    default:
      return { ...begun(state, recorded), ...latest };
  }
}

function published(state: AnnualReturnState, publishedOn: LegalDate | null): AnnualReturnState {
  const { published: last, prepared, earlier } = state;
  if (!prepared) return state;
  return {
    ...state,
    published: { ...prepared, publishedOn },
    earlier: last ? [{ publishedOn: last.publishedOn, digest: last.digest, position: last.position }, ...earlier] : earlier,
  };
} // prettier-ignore
