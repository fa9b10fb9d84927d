import type { Erased, JsonValue, NewEvent, RecordedEvent } from '#domain';
import { events as catalogue } from '#domain';
import { EventRefused, EventStore } from '#event-store';
import type { Appended, ExpectedRevision, ReadStreamOptions, SubscribeOptions } from '#event-store';
import { TransparencyError } from '#transparency-log';
import { boxIn, isBox, sealed, sealedText, valueIn } from './box';
import type { Box, Place } from './box';
import { KeysError } from './error';
import type { DataKey, Destruction, Found, KeyStore } from './key-store';

/** Whose key seals the personal fields of an event: of the whole stream, or of everybody this entry names. */
export function holderOf(stream: string, { id, type }: Pick<NewEvent, 'id' | 'type'>): string {
  return catalogue.get(type)?.definition.subject === 'stream' ? `stream ${stream}` : `entry ${id}`;
}

/** What stands in place of the digest of a command whose personal data were erased: no command has it, so that a repeat is taken for another one. */
const ERASED_DIGEST = 'erased';

/** Where the digest of a command stands: it can be guessed from what the command said, and so says as much. */
const DIGEST = 'metadata.commandDigest';

/**
 * The log as the agency sees it: personal fields are sealed when they are appended and opened when they are read. Below lies the bare store, which holds boxes. First the key is
 * made, then the event is written: a crash between leaves a key too many, never an event without one. What was erased is left out of `data` and told in `erased`, so that a fold finds
 * what a public fold finds; a key that is missing without having been destroyed is an error, never "erased". Events of before are read as they are, and say that they are not sealed.
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
    const { id, type, metadata } = event;
    const { id: keyId, key }: DataKey = await this.keys.keyOf(holderOf(stream, event));
    const boxes = personal.map(([field, value]) => [field, boxed(value, { id, type, field }, keyId, key)] as const);
    const commandDigest = sealedText(metadata.commandDigest, { id, type, field: DIGEST }, keyId, key);
    return {
      ...event,
      data: { ...event.data, ...Object.fromEntries(boxes) },
      metadata: { ...metadata, commandDigest },
    };
  }

  private async open(events: readonly RecordedEvent[]): Promise<RecordedEvent[]> {
    // Entries of one stream share their subject's key; it is forgotten again with the batch.
    const found = new Map<string, Found>();
    const opened: RecordedEvent[] = [];
    for (const event of events) opened.push(await this.openEvent(event, found));
    return opened;
  }

  private async openEvent(event: RecordedEvent, found: Map<string, Found>): Promise<RecordedEvent> {
    const { type, version, metadata } = event;
    // Nearly every event is of a type that says nothing of persons: it is passed on as it is.
    const definition = catalogue.get(type)?.definition;
    if (definition?.version === version && definition.personal.length === 0) return event;
    const data: Record<string, JsonValue | undefined> = { ...event.data };
    const erased: Erased[] = [];
    let unsealed = false;
    let touched = false;
    for (const [field, box] of Object.entries(event.data)) {
      if (!mayBeSealed(type, field)) continue;
      if (!isBox(box)) {
        unsealed ||= box !== undefined && isPersonal(type, field);
        continue;
      }
      touched = true;
      const opened = await this.valueIn(box, event, field, found);
      if ('value' in opened) data[field] = opened.value;
      else {
        delete data[field];
        erased.push({ field, by: opened.by, on: opened.on });
      }
    }
    if (unsealed) return { ...event, data, unsealed };
    if (!touched) return event;
    const commandDigest = await this.digestIn(metadata.commandDigest, event, found);
    return { ...event, data, metadata: { ...metadata, commandDigest }, ...(erased.length > 0 && { erased }) };
  }

  private async digestIn(text: string, event: RecordedEvent, found: Map<string, Found>): Promise<string> {
    const box = boxIn(text);
    if (!box) return text;
    const opened = await this.valueIn(box, event, DIGEST, found);
    return 'value' in opened && typeof opened.value === 'string' ? opened.value : ERASED_DIGEST;
  }

  private async valueIn(
    box: Box,
    event: RecordedEvent,
    field: string,
    found: Map<string, Found>,
  ): Promise<{ readonly value: JsonValue } | Destruction> {
    const { id, type, stream, position } = event;
    const where = `"${field}" of ${type} ${id} in ${stream}, position ${position}`;
    const key = found.get(box.key) ?? (await this.keys.find(box.key));
    if (!key)
      throw new KeysError(
        'key-missing',
        `The key ${box.key} of ${where}, is not in the key store, and nobody ordered that it be destroyed. Put back a backup of the key store; the log itself is whole.`,
      );
    found.set(box.key, key);
    if (key.kind === 'destroyed') return key;
    const opened = valueIn(box, { id, type, field }, key.key);
    if (!opened)
      throw new KeysError(
        'box-damaged',
        `${where}, cannot be opened with its key: it was changed, or taken from another place. Compare the log with its transparency log, and put back a backup.`,
      );
    return opened;
  }
}

const isPersonal = (type: string, field: string): boolean =>
  catalogue.get(type)?.definition.personal.includes(field) === true;

function personalFieldsIn({ type, data }: NewEvent): [string, JsonValue][] {
  return Object.entries(data).filter(
    (each): each is [string, JsonValue] => each[1] !== undefined && isPersonal(type, each[0]),
  );
}

/**
 * A public field may hold any JSON, and so what looks like a box; only personal fields are opened, and those of older versions that the schema does not know any more: no
 * command can put a field there.
 */
function mayBeSealed(type: string, field: string): boolean {
  const properties = catalogue.get(type)?.definition.data.properties ?? {};
  return !Object.hasOwn(properties, field) || isPersonal(type, field);
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
