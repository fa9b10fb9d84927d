import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { EventDefinition, JsonObject, NewEvent } from '#domain';
import { OPENS, current, exampleOf } from '#domain';

/** What one version of an event type looked like when it was the current one, kept for ever. */
export interface Golden {
  readonly type: string;
  readonly version: number;
  /** JSON Schema of `data`. */
  readonly schema: JsonObject;
  /** Entries as this version wrote them: with every field, and with those alone that it asked for. */
  readonly examples: { readonly full: JsonObject; readonly least: JsonObject };
  /** The same entries as today's code reads them. */
  readonly read: { readonly version: number; readonly full: JsonObject; readonly least: JsonObject };
}

const folder = join(__dirname, 'golden');

/** Files are written only when this is set; see docs/adding-a-feature.md. */
export const updating = process.env.UPDATE_GOLDEN === '1';

export const goldenName = (type: string, version: number): string => `${type}.v${version}.json`;

export const goldenNames = (): string[] => readdirSync(folder).filter((name) => name.endsWith('.json'));

export const readGolden = (name: string): Golden => JSON.parse(readFileSync(join(folder, name), 'utf8')) as Golden;

export function writeGolden(golden: Golden): void {
  const text = `${JSON.stringify(golden, undefined, 2)}\n`;
  writeFileSync(join(folder, goldenName(golden.type, golden.version)), text);
}

/** The golden file of a definition's current version as it would be written today. */
export function goldenOf({ type, version, data }: EventDefinition): Golden {
  const schema = asJson(data);
  const examples = { full: exampleOf(data), least: exampleOf(data, { only: 'required' }) };
  return { type, version, schema, examples, read: readToday({ type, version, examples }) };
}

/** What today's code makes of a version's examples. */
export function readToday({ type, version, examples }: Pick<Golden, 'type' | 'version' | 'examples'>): Golden['read'] {
  const [full, least] = [examples.full, examples.least].map((data) => current(eventOf(type, version, data)));
  return { version: full!.version, full: full!.data, least: least!.data };
}

const eventOf = (type: string, version: number, data: JsonObject): Pick<NewEvent, 'id' | 'type' | 'version' | 'data' | 'metadata'> => ({
  id: '00000000-0000-8000-8000-000000000001',
  type,
  version,
  data,
  metadata: {
    occurredOn: '2015-03-12',
    recordedAt: '2015-03-13T09:00:00.000Z',
    actor: { subject: 'officer-17', agency: 'ANBSC', role: 'officer' },
    source: { kind: 'form' },
    commandId: 'command',
    commandDigest: 'digest',
    correlationId: 'golden',
    causationId: 'golden',
  },
}); // prettier-ignore

/** A schema without its wording, which may be improved, and without when a closed field may open, which is no part of what was recorded: all that decides what is valid and who may see it. */
export function meaningOf(schema: object): JsonObject {
  return JSON.parse(JSON.stringify(schema, (key, value: unknown) => (isWording(key, value) ? undefined : value))) as JsonObject;
} // prettier-ignore

/** A field may be called "description" too; its schema is an object, the keyword's value a text. */
const isWording = (key: string, value: unknown): boolean =>
  key === 'examples' || key === OPENS || ((key === 'description' || key === 'title') && typeof value === 'string');

const asJson = (value: object): JsonObject => JSON.parse(JSON.stringify(value)) as JsonObject;
