import type { Profile } from '#domain';
import { dateOf, provenanceOf } from '#domain';
import { projection } from '../../projection';
import type { Projection, Row, Table, TableView } from '../../projection';
import { integer, maybeText, text } from '../columns';
import { normalised } from '../register-facts';
import { callAfter } from './call-state';
import type { CallState } from './call-state';
import { onDays } from './spans';
import type { Course } from './spans';
import { keyOfKind, latestColumns, latestRow } from './standing';

/** The calls that were published, one row each. What only a call's own page says is in `detail`. */
export const callsTable: Table = {
  name: 'calls',
  columns: {
    id: text,
    ...latestColumns,
    /** As recorded; that a deadline has passed follows from `deadline_at`. */
    status: text,
    object: text,
    summary: text,
    authority: text,
    published_on: maybeText,
    deadline: text,
    /** The same instant in UTC, which sorts. */
    deadline_at: text,
    /** The day it falls on where the authority sits. */
    deadline_on: text,
    repeats: maybeText,
    assets: integer,
    /** Applications handed in and not withdrawn. */
    applications: integer,
    /** The organisation it was awarded to. */
    awarded_to: maybeText,
    ended_on: maybeText,
    /** On whose word it stands where it does: an act that the outcome names, or what the office wrote. */
    provenance: text,
    detail: text,
    search_text: text,
  },
  key: ['id'],
  indexes: [['deadline_at', 'id'], ['position', 'id'], ['status', 'deadline_at', 'id'], ['authority', 'deadline_at', 'id'], ['repeats']],
  searchable: 'search_text',
}; // prettier-ignore

/** Which published call is for which asset. */
export const callAssetsTable: Table = {
  name: 'call_assets',
  columns: { call_id: text, asset: text },
  key: ['call_id', 'asset'],
  indexes: [['asset', 'call_id']],
};

/** Which call repeats which, also of calls that were drafted and never published, so that no chain breaks there. */
export const callLinksTable: Table = {
  name: 'call_links',
  columns: { call_id: text, repeats: text },
  key: ['call_id'],
  indexes: [['repeats']],
};

/** How many published calls stand where. One that takes applications is counted by its deadline, after which it is closed though nothing is recorded. */
export const callCountsTable: Table = {
  name: 'call_counts',
  columns: { status: text, authority: text, deadline_at: text, deadline_on: text, calls: integer },
  key: ['status', 'authority', 'deadline_at', 'deadline_on'],
};

const wasPublished = ({ authority }: CallState): boolean => authority !== undefined;

/** The row of a call; none before it was published. */
export const callView = (timeZone: string): TableView<CallState> => ({
  table: callsTable,
  rows: (call) => (wasPublished(call) ? [callRow(call, timeZone)] : []),
});

const linksView: TableView<CallState> = {
  table: callLinksTable,
  rows: ({ id, repeats }) => (repeats === undefined ? [] : [{ call_id: id, repeats }]),
};

/** Calls for organisations to apply for assets, from public fields alone: who applied is in them from the opening on. A draft is nobody's news. */
export function calls({ timeZone }: Profile): Projection {
  const { apply, tables } = onDays(callAfter, [callView(timeZone), linksView], timeZone);
  return projection<Course<CallState>>({
    name: 'calls',
    version: 4,
    keysOf: keyOfKind('call'),
    begins: ({ revision }) => revision === 0,
    apply,
    tables: [
      ...tables,
      {
        // Fixed in the draft, so that it is the same on every day.
        table: callAssetsTable,
        rows: ({ now }) => (wasPublished(now) ? now.assets.map((asset) => ({ call_id: now.id, asset })) : []),
      },
    ],
    tallies: [
      {
        table: callCountsTable,
        sums: ['calls'],
        of: ({ now }) => (wasPublished(now) ? [countCell(callRow(now, timeZone))] : []),
      },
    ],
  });
}

function callRow(call: CallState, timeZone: string): Row {
  const { id, status, object, summary, authority, publishedOn, deadline, repeats, assets, applications } = call;
  const { awardedTo, ended } = call;
  const at = new Date(deadline).toISOString();
  return {
    id,
    ...latestRow(call),
    status,
    object,
    summary,
    authority: authority ?? '',
    published_on: publishedOn ?? null,
    deadline,
    deadline_at: at,
    deadline_on: dateOf(at, timeZone),
    repeats: repeats ?? null,
    assets: assets.length,
    applications: applications.filter((each) => each.status !== 'withdrawn').length,
    awarded_to: applications.find((each) => each.id === awardedTo)?.organisation ?? null,
    ended_on: ended?.on ?? null,
    provenance: provenanceOf({ type: 'CallPublished', data: { act: ended?.act } }),
    detail: JSON.stringify(detailOf(call)),
    search_text: normalised([id, object, authority, ...assets].join(' ')),
  };
}

function countCell({ status = null, authority = null, deadline_at = null, deadline_on = null }: Row): Row {
  const open = status === 'published';
  return { status, authority, deadline_at: open ? deadline_at : '', deadline_on: open ? deadline_on : '', calls: 1 };
}

/** What a call's page says beside its row. */
export type CallDetail = Pick<
  CallState,
  | 'assets' | 'criteria' | 'tieBreak' | 'scheme' | 'notice' | 'clarifications' | 'applications' | 'opening' | 'evaluators' | 'counted' | 'ranking'
  | 'awardedTo' | 'ended'
>; // prettier-ignore

function detailOf(call: CallState): CallDetail {
  const { assets, criteria, tieBreak, scheme, notice, clarifications, applications, opening, evaluators } = call;
  const { counted, ranking, awardedTo, ended } = call;
  return {
    assets,
    criteria,
    tieBreak,
    scheme,
    ...(notice !== undefined && { notice }),
    clarifications,
    applications,
    ...(opening && { opening }),
    evaluators,
    ...(counted !== undefined && { counted }),
    ...(ranking && { ranking }),
    ...(awardedTo !== undefined && { awardedTo }),
    ...(ended && { ended }),
  };
}
