import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Profile, RecordedEvent, ReturnCell, ReturnFigures, ReturnSums, StreamKind } from '#domain';
import {
  cellsOf, civicEntries, civicKinds, civicLines, dossierReturn, returnSums, situationAt, stockCells, streamParts,
} from '#domain'; // prettier-ignore
import type { EventStore } from '#event-store';
import { START } from '#event-store';
import { forThePublic, publicEvent } from '#privacy';
import type { PublicEvent } from '#privacy';

/** The returns of some years as the log said them up to a position, and how many public entries that took. */
export interface ReturnsFromLog {
  /** By year. */
  readonly figures: ReadonlyMap<string, ReturnFigures>;
  /** Of the last event that was taken. */
  readonly position: number;
  readonly entries: number;
}

export interface CountingOptions {
  /** Position of the last event that is taken; the end of the log unless said. */
  readonly until?: number;
  /** Ends the count: it throws the signal's reason. */
  readonly signal?: AbortSignal;
  /** Told after each batch up to which position the log was gone through. */
  readonly onProgress?: (position: number) => void;
}

const BATCH = 500;
/** So long (ms) nothing else gets its turn. */
const TURN_MS = 10;

/**
 * Computes the returns of some years from the log itself, without any read model: what is published, and what anybody verifies it by. Goes through the log once; where a stream begins it is read
 * whole, told, and let go, so that memory does not grow with the log, and others get their turn in between.
 */
export async function returnsFromLog(
  log: Pick<EventStore, 'readAll' | 'readStream' | 'head'>,
  years: readonly string[],
  profile: Profile,
  { until, signal, onProgress }: CountingOptions = {},
): Promise<ReturnsFromLog> {
  const end = Math.min(until ?? Number.MAX_SAFE_INTEGER, await log.head());
  const sums = new Map(years.map((year) => [year, returnSums(year)]));
  const letOthers = takingTurns();
  let entries = 0;
  let position = START;
  while (position < end) {
    signal?.throwIfAborted();
    const batch = (await log.readAll(position, BATCH)).filter((event) => event.position <= end);
    if (batch.length === 0) break;
    for (const event of batch) {
      if (forThePublic(event)) entries += 1;
      if (event.revision === 0) add(sums, cellsIn(await publicStream(log, event, end), profile));
      await letOthers();
    }
    position = batch.at(-1)!.position;
    onProgress?.(position);
  }
  return { figures: new Map([...sums].map(([year, sum]) => [year, sum.figures()])), position, entries };
}

function takingTurns(): () => Promise<void> {
  let since = performance.now();
  return async () => {
    if (performance.now() - since < TURN_MS) return;
    await nextTurn();
    since = performance.now();
  };
}

function add(sums: ReadonlyMap<string, ReturnSums>, cells: readonly ReturnCell[]): void {
  for (const sum of sums.values()) sum.add(cells);
}

/** What the public may see of a stream that tells the return something, as far as a position. */
async function publicStream(
  log: Pick<EventStore, 'readStream'>,
  { stream }: RecordedEvent,
  end: number,
): Promise<{ readonly kind: StreamKind; readonly events: readonly PublicEvent[] } | undefined> {
  const kind = streamParts(stream)?.kind;
  if (kind === undefined || (kind !== 'asset' && !civicKinds.has(kind))) return undefined;
  const events = await log.readStream(stream);
  return {
    kind,
    events: events.filter((event) => event.position <= end && forThePublic(event)).map((event) => publicEvent(event)),
  };
}

function cellsIn(stream: Awaited<ReturnType<typeof publicStream>>, profile: Profile): readonly ReturnCell[] {
  if (!stream) return [];
  return stream.kind === 'asset' ? dossierCells(stream.events, profile) : civicCells(stream.events, profile);
}

function dossierCells(events: readonly PublicEvent[], profile: Profile): readonly ReturnCell[] {
  const { history, asset } = situationAt(events, {}, profile.timeZone);
  if (!asset) return [];
  const { description } = asset;
  const where = { region: description.location?.region?.code ?? '', kind: description.kind };
  const { lines, stock } = dossierReturn(history, profile.timeZone);
  return [...cellsOf(lines, where, true), ...stockCells(stock, where)];
}

function civicCells(events: readonly PublicEvent[], profile: Profile): readonly ReturnCell[] {
  const entries = events
    .filter(({ type }) => civicEntries.has(type))
    .map(({ id, type, metadata: { occurredOn, recordedAt }, data }) => ({ id, type, occurredOn, recordedAt, data }));
  return cellsOf(civicLines(entries, profile), { region: '', kind: '' }, false);
}
