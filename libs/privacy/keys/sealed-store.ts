import type { Erased, JsonValue, NewEvent, RecordedEvent } from '#domain';
import { CLASSIFICATION, events as catalogue } from '#domain';
import { EventRefused, EventStore } from '#event-store';
import type { Appended, ExpectedRevision, ReadStreamOptions, SubscribeOptions } from '#event-store';
import { TransparencyError } from '#transparency-log';
import { isBox, sealed, valueIn } from './box';
import type { Box, Place } from './box';
import { KeysError } from './error';
import type { DataKey, Found, KeyStore } from './key-store';

/** Whose key seals the personal fields of an event: of the whole stream, or of everybody this entry names. */
export function holderOf(stream: string, { id, type }: Pick<NewEvent, 'id' | 'type'>): string {
  return catalogue.get(type)?.definition.subject === 'stream' ? `stream ${stream}` : `entry ${id}`;
}

/**
 * The log as the agency sees it: personal fields are sealed when they are appended and opened when they are read. Below lies the bare store, which holds boxes. First the key is
 * made, then the event is written: a crash between leaves a key too many, never an event without one. What was erased is left out of `data` and told in `erased`, so that a fold finds
 * what a public fold finds; a key that is missing without having been destroyed is an error, never "erased". Events of before are read as they are.
 */
export class SealedStore extends EventStore {
  constructor(
    private readonly below: EventStore,
    private readonly keys: KeyStore,
  ) {
    super();
  }

  /** Throws, beside what the store throws, KeysError `key-destroyed` where the subject's data were erased. */
  override async append(stream: string, events: readonly NewEvent[], expected: ExpectedRevision): Promise<Appended> {
    const closed: NewEvent[] = [];
    for (const event of events) closed.push(await this.seal(stream, event));
    return this.below.append(stream, closed, expected);
  }

  override async readStream(stream: string, options?: ReadStreamOptions): Promise<RecordedEvent[]> {
    return this.open(await this.below.readStream(stream, options));
  }

  override async readAll(after: number, max: number): Promise<RecordedEvent[]> {
    return this.open(await this.below.readAll(after, max));
  }

  override async *subscribe(after: number, options: SubscribeOptions): AsyncGenerator<RecordedEvent[]> {
    for await (const batch of this.below.subscribe(after, options)) yield await this.open(batch);
  }

  override head(): Promise<number> {
    return this.below.head();
  }

  override count(): Promise<number | undefined> {
    return this.below.count();
  }

  /** The keys are closed by whoever opened them. */
  override close(): Promise<void> {
    return this.below.close();
  }

  private async seal(stream: string, event: NewEvent): Promise<NewEvent> {
    const personal = personalFieldsIn(event);
    if (personal.length === 0) return event;
    const { id, type } = event;
    const { id: keyId, key }: DataKey = await this.keys.keyOf(holderOf(stream, event));
    const boxes = personal.map(([field, value]) => [field, boxed(value, { id, type, field }, keyId, key)] as const);
    return { ...event, data: { ...event.data, ...Object.fromEntries(boxes) } };
  }

  private async open(events: readonly RecordedEvent[]): Promise<RecordedEvent[]> {
    // Entries of one stream share their subject's key; it is forgotten again with the batch.
    const found = new Map<string, Found | undefined>();
    const opened: RecordedEvent[] = [];
    for (const event of events) opened.push(await this.openEvent(event, found));
    return opened;
  }

  private async openEvent(event: RecordedEvent, found: Map<string, Found | undefined>): Promise<RecordedEvent> {
    const { id, type, stream, position } = event;
    const data: Record<string, JsonValue | undefined> = { ...event.data };
    const erased: Erased[] = [];
    let touched = false;
    for (const [field, box] of Object.entries(event.data)) {
      if (!mayBeSealed(type, field) || !isBox(box)) continue;
      touched = true;
      if (!found.has(box.key)) found.set(box.key, await this.keys.find(box.key));
      const key = found.get(box.key);
      const where = `"${field}" of ${type} ${id} in ${stream}, position ${position}`;
      if (!key)
        throw new KeysError(
          'key-missing',
          `The key ${box.key} of ${where}, is not in the key store, and nobody ordered that it be destroyed. Put back a backup of the key store; the log itself is whole.`,
        );
      if (key.kind === 'destroyed') {
        delete data[field];
        erased.push({ field, by: key.by, on: key.on });
        continue;
      }
      const opened = valueIn(box, { id, type, field }, key.key);
      if (!opened)
        throw new KeysError(
          'box-damaged',
          `${where}, cannot be opened with its key: it was changed, or taken from another place. Compare the log with its transparency log, and put back a backup.`,
        );
      data[field] = opened.value;
    }
    return touched ? { ...event, data, ...(erased.length > 0 && { erased }) } : event;
  }
}

function personalFieldsIn({ type, data }: NewEvent): [string, JsonValue][] {
  const properties = catalogue.get(type)?.definition.data.properties ?? {};
  return Object.entries(data).filter(
    (each): each is [string, JsonValue] =>
      each[1] !== undefined &&
      Object.hasOwn(properties, each[0]) &&
      properties[each[0]]?.[CLASSIFICATION] === 'personal',
  );
}

/**
 * A public field may hold any JSON, and so what looks like a box; only personal fields are opened, and those of older versions that the schema does not know any more: no
 * command can put a field there.
 */
function mayBeSealed(type: string, field: string): boolean {
  const properties = catalogue.get(type)?.definition.data.properties ?? {};
  return !Object.hasOwn(properties, field) || properties[field]?.[CLASSIFICATION] === 'personal';
}

function boxed(value: JsonValue, place: Place, keyId: string, key: Uint8Array): Box {
  try {
    return sealed(value, place, keyId, key);
  } catch (error) {
    if (!(error instanceof TransparencyError)) throw error;
    // Says where, never what.
    throw new EventRefused(`The personal field "${place.field}" of ${place.type} holds what JSON cannot say.`);
  }
}
