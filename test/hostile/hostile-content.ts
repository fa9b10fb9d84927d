import type { JsonObject, JsonValue, NewEvent, StreamKind, StreamName } from '#domain';
import { aggregates, assetIdFrom, derivedUuid, events, exampleOf, idFrom, shapeErrors, streamName } from '#domain';

/** What people might type to do harm: to a page, to a link, to a spreadsheet. All of it is plain text, so the domain takes it. */
export const payloads = [
  `=cmd|'/C calc'!A0"><script>alert(1)</script><img src=x onerror=alert(2)>{{7*7}}\${7*7}{asset}`,
  `javascript:alert(3)//"onmouseover="alert(4)`,
  `@SUM(1,1)</title></style></textarea></script>--><svg onload="alert(5)">`,
  `-1+cmd|'/C calc'!A0<!--<![CDATA[]]></entry><?xml?>&#60;script&#62;alert(6)&lt;/script&gt;`,
] as const;

/** What the domain takes from nobody: it turns round how the text beside it is read. */
export const turned = 'txt.\u202Eexe';

const kinds = ['asset', 'organisation', 'call', 'dialogue', 'group'] as const;
export type HostileKind = (typeof kinds)[number];

/** Types that an entry of this kind of stream may have, in the order of the catalogue. */
export const typesOf = (kind: StreamKind): readonly string[] =>
  [...events].filter(([, { stream }]) => stream === kind).map(([type]) => type);

/** An entry with the payload in each of its texts that takes it; a text that is bounded more narrowly keeps its usual words. */
export function hostileData(type: string, payload: string): JsonObject {
  const { definition } = events.get(type)!;
  const usual = exampleOf(definition.data);
  return mixed(
    usual,
    exampleOf(definition.data, { text: payload }),
    (data) => shapeErrors(definition.data, data).length === 0,
  );
}

/** As much of the second as the check lets pass, the rest of the first. */
function mixed(usual: JsonObject, wanted: JsonObject, passes: (data: JsonObject) => boolean): JsonObject {
  let data = usual;
  for (const [path, value] of textsIn(wanted)) {
    const tried = withValue(data, path, value) as JsonObject;
    if (passes(tried)) data = tried;
  }
  return data;
}

type Path = readonly (string | number)[];

function textsIn(value: JsonValue | undefined, path: Path = []): readonly (readonly [Path, string])[] {
  if (typeof value === 'string') return [[path, value]];
  if (Array.isArray(value)) return value.flatMap((each: JsonValue, place) => textsIn(each, [...path, place]));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, each]) => textsIn(each, [...path, name]));
}

function withValue(data: JsonValue | undefined, [first, ...rest]: Path, value: string): JsonValue {
  if (first === undefined) return value;
  if (Array.isArray(data))
    return data.map((each: JsonValue, place) => (place === first ? withValue(each, rest, value) : each));
  const record = data as JsonObject;
  return { ...record, [first]: withValue(record[first], rest, value) };
}

export interface Hostile {
  readonly streams: ReadonlyMap<StreamName, readonly NewEvent[]>;
  readonly ids: Readonly<Record<HostileKind, readonly string[]>>;
}

/** For each payload one stream of each kind that has an entry of every type. */
export function hostileStreams(at: string): Hostile {
  const streams = new Map<StreamName, readonly NewEvent[]>();
  const ids: Record<HostileKind, string[]> = { asset: [], organisation: [], call: [], dialogue: [], group: [] };
  for (const [place, payload] of payloads.entries())
    for (const kind of kinds) {
      const id = kind === 'asset' ? assetIdFrom('IT', 'hostile', String(place)) : idFrom(kind, 'IT', 'hostile', String(place));
      const stream = streamName(kind, id);
      const opening = aggregates[kind].commands.get(aggregates[kind].openings[0]!)!.definition.type;
      const types = [opening, ...typesOf(kind).filter((type) => type !== opening && !ends.has(type))];
      ids[kind].push(id);
      streams.set(stream, types.map((type, revision) => hostileEvent(type, payload, stream, revision, at)));
    }
  return { streams, ids };
} // prettier-ignore

/** After these a stream is no longer shown as it was. */
const ends: ReadonlySet<string> = new Set([
  'EntryAnnulled', 'DossierDataErased', 'CallDataErased', 'OrganisationDataErased', 'ThreadDataErased', 'GroupDataErased',
]); // prettier-ignore

function hostileEvent(type: string, payload: string, stream: StreamName, revision: number, at: string): NewEvent {
  const data = hostileData(type, payload);
  const about = data.entry === undefined ? data : { ...data, entry: derivedUuid('hostile', stream, 0), field: 'title' };
  return {
    id: derivedUuid('hostile', stream, revision),
    type,
    version: events.get(type)!.definition.version,
    data: about,
    metadata: {
      occurredOn: '2020-01-01',
      recordedAt: at,
      actor: { subject: 'officer', agency: payload.slice(0, 60), role: 'officer' },
      source: { kind: 'form' },
      commandId: derivedUuid('hostile command', stream, revision),
      commandDigest: 'digest',
      correlationId: 'correlation',
      causationId: 'causation',
      salt: Buffer.alloc(32, 7).toString('base64url'),
    },
  };
}
