import { timelineEntry, waitingForLeaf } from '#read-models';
import { base64 } from './published-log';
import type { EarlierState, ProvenEntry, PublishedLog } from './published-log';
import { orBuilding } from './reading';
import type { Reading } from './reading';

/** How the transparency log stands, as pages and programs are told. */
export interface Integrity {
  readonly origin: string;
  readonly size: number;
  /** Base64. */
  readonly root: string;
  /** When the checkpoint was published, an instant. */
  readonly publishedAt: string;
  /** The signed note, word for word. */
  readonly checkpoint: string;
  /** Its keys, as verifiers write them. */
  readonly keys: readonly string[];
  /** Names of witnesses that cosigned it. */
  readonly witnesses: readonly string[];
  /** When the oldest entry that is under no checkpoint was recorded. */
  readonly waitingSince?: string;
  readonly history: readonly EarlierState[];
}

/** Undefined where no log is kept, or none that can be read. */
export async function integrityOf(log: PublishedLog, { database }: Reading): Promise<Integrity | undefined> {
  const latest = await log.latest();
  if (!latest) return undefined;
  const { head, note, publishedAt, keys } = latest;
  const waitingSince = await orBuilding(waitingForLeaf(database));
  return {
    origin: head.origin,
    size: head.size,
    root: base64(head.root),
    publishedAt,
    checkpoint: note,
    keys: keys.map(({ verifier }) => verifier.text),
    witnesses: head.cosignatures.map(({ verifier }) => verifier.name),
    ...(waitingSince !== undefined && { waitingSince }),
    history: await log.history(latest),
  };
}

/** An entry with its proof. Throws RequestFailed. */
export function provenEntry(log: PublishedLog, { database }: Reading, id: string): Promise<ProvenEntry> {
  const known = async (): Promise<boolean> => (await timelineEntry(database, id)) !== undefined;
  return orBuilding(log.entry(id, database, known));
}
