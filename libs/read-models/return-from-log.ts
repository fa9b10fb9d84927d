import type { CivicEntry, Fact, Profile, RecordedEvent, ReturnCell, ReturnFigures } from '#domain';
import {
  cellsOf, civicEntries, civicLines, dossierReturn, returnFigures, situationAt, stockCells, streamParts,
} from '#domain'; // prettier-ignore
import { forThePublic, publicEvent } from '#privacy';
import type { PublicEvent } from '#privacy';

/** The return of a year as the log said it up to a position, and how many public entries that took. */
export interface ReturnFromLog {
  readonly figures: ReturnFigures;
  /** Of the last event that was taken. */
  readonly position: number;
  readonly entries: number;
}

/**
 * Computes the return of a year from the log itself, without any read model: what is published, and what anybody verifies it by. Takes the public entries up to a position, or all
 * there are; keeps those of assets, calls, contributions and groups in memory, about a kilobyte each.
 */
export async function returnFromLog(
  log: AsyncIterable<readonly RecordedEvent[]>,
  year: string,
  profile: Profile,
  until = Number.MAX_SAFE_INTEGER,
): Promise<ReturnFromLog> {
  const dossiers = new Map<string, PublicEvent[]>();
  const civic = new Map<string, CivicEntry[]>();
  let position = -1;
  let entries = 0;
  for await (const batch of log) {
    for (const recorded of batch) {
      if (recorded.position > until) break;
      position = recorded.position;
      if (!forThePublic(recorded)) continue;
      entries += 1;
      const kind = streamParts(recorded.stream)?.kind;
      if (kind === 'asset') put(dossiers, recorded.stream, publicEvent(recorded));
      else if (civicEntries.has(recorded.type)) put(civic, recorded.stream, civicEntry(publicEvent(recorded)));
    }
    if ((batch.at(-1)?.position ?? 0) >= until) break;
  }
  return { figures: returnFigures(year, cellsIn(dossiers, civic, profile)), position, entries };
}

function put<Each>(lists: Map<string, Each[]>, key: string, each: Each): void {
  const list = lists.get(key);
  if (list) list.push(each);
  else lists.set(key, [each]);
}

const civicEntry = ({ id, type, metadata: { occurredOn, recordedAt }, data }: PublicEvent): CivicEntry => ({
  id,
  type,
  occurredOn,
  recordedAt,
  data,
});

function* cellsIn(
  dossiers: ReadonlyMap<string, readonly Fact[]>,
  civic: ReadonlyMap<string, readonly CivicEntry[]>,
  profile: Profile,
): Generator<ReturnCell> {
  for (const events of dossiers.values()) {
    const { history, asset } = situationAt(events, {}, profile.timeZone);
    if (!asset) continue;
    const { description } = asset;
    const where = { region: description.location?.region?.code ?? '', kind: description.kind };
    const { lines, stock } = dossierReturn(history, profile.timeZone);
    yield* cellsOf(lines, where, true);
    yield* stockCells(stock, where);
  }
  for (const entries of civic.values()) yield* cellsOf(civicLines(entries, profile), { region: '', kind: '' }, false);
}
