import type { JsonObject, NewEvent, RecordedEvent } from '#domain';
import { assetIdFrom, derivedUuid } from '#domain';
import { publicEvent } from '#privacy';
import type { Stream } from './events';

/** A dossier's entries again, of another asset in another place: nothing of them names the first one or its entries any more. */
export function cloned(entries: readonly RecordedEvent[], number: number, location: JsonObject): Stream {
  const [first] = entries;
  if (!first) throw new Error('There is no dossier without entries.');
  const asset = assetIdFrom('IT', 'clone', `CLONE-${number}`);
  const others = new Map<string, string>([[first.stream.slice('asset-'.length), asset]]);
  for (const { id } of entries) others.set(id, derivedUuid(id, number));
  // Ids are told apart by their form: nothing else in an entry looks like one of them.
  const renamed = <Part>(part: Part): Part =>
    JSON.parse(JSON.stringify(part).replace(ID, (id) => others.get(id) ?? id)) as Part;
  const events = entries.map((entry): NewEvent => {
    const { data, version, type, id } = publicEvent(entry);
    const where = type === 'AssetSeized' ? { location } : {};
    return renamed({ id, type, version, data: { ...data, ...where }, metadata: entry.metadata });
  });
  return { stream: `asset-${asset}`, events };
}

const ID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|IT-[0-9A-Z-]+/g;
