import { createHash } from 'node:crypto';
import type { EventMetadata, JsonObject, JsonValue, NewEvent, StreamKind } from '#domain';
import { CLASSIFICATION, aggregates, assetIdFrom, derivedUuid, events, exampleOf, idFrom, streamName } from '#domain';

/** One planted value: what it is looked for by, and where it was put. */
export interface Canary {
  readonly needle: string;
  /** `Type.field`, or `Type metadata.name`. */
  readonly field: string;
  readonly classification: 'restricted' | 'personal' | 'envelope';
}

/** What was planted, and the fields into which nothing can be put that would be known again. */
export interface Planted {
  readonly streams: ReadonlyMap<string, readonly NewEvent[]>;
  readonly ids: Readonly<Record<StreamKind, readonly string[]>>;
  readonly canaries: readonly Canary[];
  /** Fields that are one of a closed list, a date or a yes or no. */
  readonly closed: readonly string[];
}

interface Schema {
  readonly type?: string;
  readonly enum?: readonly unknown[];
  readonly format?: string;
  readonly pattern?: string;
}

let planted = 0;
const nextNeedle = (): string => `Kanari${String((planted += 1)).padStart(5, '0')}vogel`;

/** The value with something in each of its texts and numbers that stands nowhere else; those are told to `note`. */
function withCanaries(value: JsonValue, schema: Schema, note: (needle: string) => void): JsonValue {
  if (schema.enum || schema.format === 'legal-date' || typeof value === 'boolean' || value === null) return value;
  if (Array.isArray(value)) {
    const items = (schema as { readonly items?: Schema }).items ?? {};
    return value.map((member: JsonValue) => withCanaries(member, items, note));
  }
  if (typeof value === 'object') {
    const properties = (schema as { readonly properties?: Readonly<Record<string, Schema>> }).properties ?? {};
    return Object.fromEntries(
      Object.entries(value).flatMap(([name, member]) =>
        member === undefined ? [] : [[name, withCanaries(member, properties[name] ?? {}, note)]],
      ),
    );
  }
  planted += 1;
  const needle =
    typeof value === 'number'
      ? 700_000_000_000 + planted
      : schema.format?.endsWith('-id')
        ? idFrom(schema.format.slice(0, -3) as 'organisation', 'IT', 'canary', String(planted))
        : schema.pattern?.includes('8}-') || /^[0-9a-f]{8}-/.test(value)
          ? derivedUuid('canary', planted)
          : /^[0-9a-f]{64}$/.test(value)
            ? createHash('sha256').update(`canary ${planted}`).digest('hex')
            : nextNeedle();
  note(String(needle));
  return needle;
}

const SALT = Buffer.alloc(32, 7);

/** Every event type in a stream of its own, behind the entry that opens it, with something to be known again in each part that not everybody may see. */
export function plant(at: string): Planted {
  const canaries: Canary[] = [];
  const closed = new Set<string>();
  const streams = new Map<string, readonly NewEvent[]>();
  const ids = { asset: [], organisation: [], call: [], dialogue: [], group: [], account: [], return: [] } as Record<StreamKind, string[]>;

  const event = (type: string, stream: string, revision: number): NewEvent => {
    const { definition } = events.get(type)!;
    const data: JsonObject = Object.fromEntries(
      Object.entries(exampleOf(definition.data)).map(([field, value]): [string, JsonValue | undefined] => {
        const schema = definition.data.properties[field]!;
        const classification = schema[CLASSIFICATION] as 'public' | 'restricted' | 'personal';
        if (classification === 'public' || value === undefined) return [field, value];
        const before = canaries.length;
        const filled = withCanaries(value, schema as Schema, (needle) => canaries.push({ needle, field: `${type}.${field}`, classification }));
        if (canaries.length === before) closed.add(`${type}.${field}`);
        return [field, filled];
      }),
    );
    // What an entry says of another one is said of the one that opens the stream.
    const about = data.entry === undefined ? data : { ...data, entry: derivedUuid('canary', stream, 0) };
    const secret = (name: string, needle: string): string => {
      canaries.push({ needle, field: `${type} metadata.${name}`, classification: 'envelope' });
      return needle;
    };
    const metadata: EventMetadata = {
      occurredOn: '2020-01-01',
      recordedAt: at,
      actor: { subject: secret('actor.subject', nextNeedle()), agency: 'ANBSC', role: 'officer' },
      source: { kind: 'form' },
      commandId: secret('commandId', derivedUuid('canary command', stream, revision)),
      commandDigest: secret('commandDigest', nextNeedle()),
      correlationId: secret('correlationId', nextNeedle()),
      causationId: secret('causationId', nextNeedle()),
      salt: secret('salt', createHash('sha256').update(SALT).update(`${stream} ${revision}`).digest('base64url')),
    };
    return { id: derivedUuid('canary', stream, revision), type, version: definition.version, data: about, metadata };
  };

  for (const [type, { stream: kind, command }] of events) {
    const id = kind === 'asset' ? assetIdFrom('IT', 'canary', type) : idFrom(kind, 'IT', 'canary', type);
    const stream = streamName(kind, id);
    const opening = aggregates[kind].commands.get(aggregates[kind].openings[0]!)!.definition.type;
    const opens = aggregates[kind].openings.includes(command);
    streams.set(stream, (opens ? [type] : [opening, type]).map((each, revision) => event(each, stream, revision)));
    ids[kind].push(id);
  }
  return { streams, ids, canaries, closed: [...closed] };
} // prettier-ignore

/** Every way in which a text may stand in what is searched. */
export function formsOf(needle: string): readonly string[] {
  const bytes = Buffer.from(needle, 'utf8');
  // Base64 takes three bytes at a time, so that a text looks different at each of three places; what the neighbours decide is cut off.
  const shifted = [0, 1, 2].map((before) => {
    const text = Buffer.concat([Buffer.alloc(before), bytes])
      .toString('base64')
      .replace(/=+$/, '');
    const end = (before + bytes.length) % 3 === 0 ? text.length : text.length - 1;
    return text.slice(before === 0 ? 0 : before + 1, end);
  });
  return [
    ...new Set([
      needle,
      encodeURIComponent(needle),
      bytes.toString('hex'),
      bytes.toString('hex').toUpperCase(),
      [...needle].reverse().join(''),
      ...shifted,
      ...shifted.map((text) => text.replaceAll('+', '-').replaceAll('/', '_')),
    ]),
  ];
}
