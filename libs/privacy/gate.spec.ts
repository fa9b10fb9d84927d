import type { JsonObject, RecordedEvent } from '#domain';
import { CLASSIFICATION, UnknownEvent, decide, derivedUuid, emptyDossier, events, italy, exampleOf } from '#domain';
import { goldenNames, readGolden } from '../../test/domain/golden';
import { NotForThePublic, forThePublic, publicEvent } from './gate';

const CANARY = 'CANARY';
const SUBJECT = 'subject-of-officer-17';
const COMMAND = 'command-of-officer-17';

const recorded = (type: string, version: number, data: JsonObject): RecordedEvent => ({
  id: derivedUuid('entry'),
  stream: `${events.get(type)?.stream ?? 'asset'}-IT-TEST`,
  revision: 3,
  position: 40,
  type,
  version,
  data,
  metadata: {
    occurredOn: '2015-03-12',
    recordedAt: '2015-03-13T09:00:00.000Z',
    actor: { subject: SUBJECT, agency: 'ANBSC', role: 'officer' },
    source: { kind: 'form' },
    commandId: COMMAND,
    commandDigest: COMMAND,
    correlationId: COMMAND,
    causationId: COMMAND,
  },
});

const all = [...events.values()].map(({ definition }) => definition);
const definitions = all.filter(forThePublic).map((definition) => [definition.type, definition] as const);
const closed = all
  .filter((definition) => !forThePublic(definition))
  .map(({ type, version, data }) => [type, version, data] as const);

describe('the public gate', () => {
  it.each(definitions)('lets of %s pass what is public, whole, and nothing else', (type, { version, data: schema }) => {
    const [plain, marked] = [exampleOf(schema), exampleOf(schema, { text: CANARY })];
    const isPublic = (field: string) => schema.properties[field]?.[CLASSIFICATION] === 'public';
    const data = Object.fromEntries(
      Object.keys(plain).map((field) => [field, (isPublic(field) ? plain : marked)[field]]),
    );
    const seen = publicEvent(recorded(type, version, data));
    expect(JSON.stringify(seen)).not.toContain(CANARY);
    expect(Object.keys(seen.data)).toEqual(Object.keys(data).filter(isPublic));
    expect(seen.data).toEqual(Object.fromEntries(Object.entries(plain).filter(([field]) => isPublic(field))));
    expect(seen.withheld).toEqual(Object.keys(data).filter((field) => !isPublic(field)));
  });

  it.each(closed)('lets nothing of %s pass, nor that it is there', (type, version, data) => {
    expect(() => publicEvent(recorded(type, version, exampleOf(data)))).toThrow(NotForThePublic);
    for (const schema of Object.values(data.properties)) expect(schema[CLASSIFICATION]).not.toBe('public');
  });

  it('keeps accounts closed, or this spec proves nothing', () =>
    expect(closed.map(([type]) => type)).toEqual(expect.arrayContaining(['AccountOpened', 'RoleGranted'])));

  const openNames = goldenNames().filter((name) => forThePublic(readGolden(name)));
  it.each(openNames)('lets nothing else pass of what was written as %s', (name) => {
    const { type, version, schema } = readGolden(name);
    const { properties } = schema as { properties: Record<string, JsonObject> };
    const data = exampleOf(schema, { text: CANARY });
    const closed = Object.keys(data).filter((field) => properties[field]?.[CLASSIFICATION] !== 'public');
    const seen = publicEvent(recorded(type, version, Object.fromEntries(closed.map((field) => [field, data[field]]))));
    expect(seen.data).toEqual({});
    expect([...seen.withheld].sort()).toEqual(closed.sort());
  });

  it('has something to withhold, or this spec proves nothing', () => {
    const closed = definitions.flatMap(([, { data }]) =>
      Object.values(data.properties).filter((schema) => schema[CLASSIFICATION] !== 'public'),
    );
    expect(closed.map((schema): unknown => schema[CLASSIFICATION])).toEqual(
      expect.arrayContaining(['restricted', 'personal']),
    );
  });

  it('lets no field pass that its schema does not know', () => {
    const seen = publicEvent(recorded('AssetSeized', 2, { kind: 'company', constructor: CANARY, colour: CANARY }));
    expect(seen.data).toEqual({ kind: 'company' });
    expect(seen.withheld).toEqual(['constructor', 'colour']);
  });

  it.each(definitions)('says of %s which office recorded it, never who, nor by which command', (type, { version, data }) => {
    const seen = publicEvent(recorded(type, version, exampleOf(data)));
    expect(seen.metadata).toEqual({
      occurredOn: '2015-03-12',
      recordedAt: '2015-03-13T09:00:00.000Z',
      actor: { agency: 'ANBSC', role: 'officer' },
      source: { kind: 'form' },
    });
    expect(JSON.stringify(seen)).not.toMatch(new RegExp(`${SUBJECT}|${COMMAND}`));
  }); // prettier-ignore

  it('holds for an event as decisions make it', () => {
    const decision = decide({ name: 'record-seizure', occurredOn: '2015-03-12', data: { kind: 'company' } }, emptyDossier, {
      id: 'IT-TEST',
      now: '2026-06-15T10:00:00.000Z',
      profile: italy,
      actor: { subject: SUBJECT, agency: 'ANBSC', role: 'officer' },
      source: { kind: 'api' },
      commandId: COMMAND,
      commandDigest: 'digest',
      correlationId: 'request',
    });
    if (decision.kind !== 'accepted') throw new Error('The seizure was not accepted.');
    const [event] = decision.events.map((event) => ({ ...event, stream: 'asset-IT-TEST', revision: 0, position: 1 }));
    expect(JSON.stringify(event)).toMatch(SUBJECT);
    expect(JSON.stringify(publicEvent(event!))).not.toMatch(new RegExp(`${SUBJECT}|${COMMAND}|"digest"|"request"`));
  }); // prettier-ignore

  it('stops at what it cannot read', () => {
    expect(() => publicEvent(recorded('SomethingElse', 1, {}))).toThrow(UnknownEvent);
    expect(() => publicEvent(recorded('AssetSeized', 99, {}))).toThrow(UnknownEvent);
  });
});
