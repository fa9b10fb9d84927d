import type { IntegrityView } from '#web';
import { timelineEntry, waitingForLeaf } from '#read-models';
import { base64 } from './published-log';
import type { ProvenEntry, PublishedLog } from './published-log';
import { orBuilding } from './reading';
import type { Reading } from './reading';

/** How the transparency log stands, as pages and programs are told. */
export interface Integrity extends IntegrityView {
  /** The signed note, word for word. */
  readonly checkpoint: string;
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
