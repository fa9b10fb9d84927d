import { createHmac, randomBytes } from 'node:crypto';
import { MAX_ENTRY_BYTES, commitTo, eventLeaf, opensCommitment } from '#transparency-log';
import type { Commitment } from '#transparency-log';
import type { JsonObject, RecordedEvent } from '#domain';
import { leafOf, loggedEvent, saltOf } from './leaf';
import { differencesFrom } from './same';

const salt = randomBytes(32).toString('base64url');

function stored(type: string, data: JsonObject, over: Partial<RecordedEvent['metadata']> = {}): RecordedEvent {
  return {
    id: '11111111-1111-5111-8111-111111111111',
    stream: type === 'AccountOpened' ? 'account-IT-A-1' : 'asset-IT-1',
    revision: 3,
    position: 99,
    type,
    version: 1,
    data,
    metadata: {
      occurredOn: '2020-01-01',
      recordedAt: '2026-01-01T00:00:00.000Z',
      actor: { subject: 'rosa', agency: 'ANBSC', role: 'officer' },
      source: { kind: 'form' },
      commandId: 'command',
      commandDigest: 'digest',
      correlationId: 'correlation',
      causationId: 'cause',
      salt,
      ...over,
    },
  };
}

const seized = (more: JsonObject = {}) =>
  stored('AssetSeized', { kind: 'real-estate', title: 'Villa', formerHolder: 'Mario Rossi', ...more });
const field = (event: RecordedEvent, name: string) => (loggedEvent(event).data as JsonObject)[name];

describe('the leaf of a stored event', () => {
  it('shows what is public, and binds to all else without showing it', () => {
    const { data, metadata } = loggedEvent(seized());
    expect(data).toEqual({
      kind: 'real-estate',
      title: 'Villa',
      formerHolder: { committed: expect.stringMatching(/^[0-9a-f]{64}$/) as string },
    });
    expect(metadata).toMatchObject({
      occurredOn: '2020-01-01',
      recordedAt: '2026-01-01T00:00:00.000Z',
      source: { kind: 'form' },
      actor: { agency: 'ANBSC', role: 'officer' },
    });
    const text = Buffer.from(leafOf(seized())).toString();
    for (const secret of ['Mario', 'rosa', salt, 'command"', 'digest"', 'correlation"'])
      expect(text).not.toContain(secret);
  });

  it('changes with every part of the event but its position', () => {
    const leaf = leafOf(seized());
    expect(leafOf({ ...seized(), position: 5 })).toEqual(leaf);
    const others = [
      seized({ title: 'Villa.' }),
      seized({ formerHolder: 'Mario Bianchi' }),
      { ...seized(), revision: 4 },
      { ...seized(), stream: 'asset-IT-2' },
      { ...seized(), version: 2 },
      ...(['occurredOn', 'recordedAt', 'commandId', 'commandDigest', 'correlationId', 'causationId'] as const).map((name) =>
        stored('AssetSeized', seized().data, { [name]: '2020-01-02' }),
      ),
      ...(['subject', 'agency', 'role'] as const).map((name) =>
        stored('AssetSeized', seized().data, { actor: { ...seized().metadata.actor, [name]: 'x' } }),
      ),
    ]; // prettier-ignore
    for (const other of others) expect(leafOf(other)).not.toEqual(leaf);
  });

  it('lets one field be proven, and gives nothing of the others away', () => {
    const commitment = field(seized(), 'formerHolder') as unknown as Commitment;
    expect(opensCommitment(commitment, 'Mario Rossi', saltOf(seized(), 'data.formerHolder')!)).toBe(true);
    expect(opensCommitment(commitment, 'Mario Rossi', saltOf(seized(), 'metadata.subject')!)).toBe(false);
    expect(opensCommitment(commitment, 'Mario Bianchi', saltOf(seized(), 'data.formerHolder')!)).toBe(false);
  });

  it('has a salt for each part: HMAC-SHA-256 of its path under the salt of the event', () => {
    for (const path of ['metadata.ids', 'data.formerHolder', 'data.città', `data.${'x'.repeat(2000)}`] as const) {
      const expected = createHmac('sha256', Buffer.from(salt, 'base64url')).update(path).digest();
      expect(Buffer.from(saltOf(seized(), path)!)).toEqual(expected);
    }
  });

  it('shows nothing of streams that are closed as a whole, and of fields and types nobody knows', () => {
    const closed = (event: RecordedEvent): unknown[] => Object.values(loggedEvent(event).data);
    for (const event of [
      stored('AccountOpened', { kind: 'person', agency: 'ANBSC' }),
      stored('Unheard', { kind: 'x', of: 1 }),
      stored('AssetSeized', { constructor: 'x', unheard: 'y' }),
    ])
      for (const value of closed(event)) expect(Object.keys(value as object)).toEqual(['committed']);
  });

  it('leaves out what it cannot bind to, and says so, of events that have no salt', () => {
    const { salt: _, ...unsalted } = seized().metadata;
    const { data, metadata } = loggedEvent({ ...seized(), metadata: unsalted });
    expect(data).toEqual({ kind: 'real-estate', title: 'Villa' });
    expect(metadata).toMatchObject({
      actor: { agency: 'ANBSC', role: 'officer' },
      unproven: ['data.formerHolder', 'metadata.ids', 'metadata.subject'],
    }); // prettier-ignore
  });

  it.each([
    ['of a version newer than this code', { ...seized(), version: 99 }],
    ['of a type that stands in another kind of stream', { ...seized(), stream: 'account-IT-A-1' }],
    ['in a stream that is not ours', { ...seized(), stream: 'other' }],
  ])('shows nothing %s', (_, event) => {
    for (const value of Object.values(loggedEvent(event).data))
      expect(Object.keys(value as object)).toEqual(['committed']);
  });

  it('is bound to what the envelope holds beyond what this code knows, and shows none of it', () => {
    const more = stored('AssetSeized', seized().data, { note: 'Mario' } as object);
    const acting = stored('AssetSeized', seized().data, {
      actor: { ...seized().metadata.actor, onBehalfOf: 'Mario' } as RecordedEvent['metadata']['actor'],
    });
    for (const event of [more, acting]) {
      expect(leafOf(event)).not.toEqual(leafOf(seized()));
      expect(Buffer.from(leafOf(event)).toString()).not.toContain('"Mario"');
    }
  });
});

describe('a stored event held against its entry', () => {
  const event = seized({ note: 'x' });
  const entry = leafOf(event);
  const changed = (data: JsonObject): RecordedEvent => ({ ...event, data: { ...event.data, ...data } });
  const reworded = (over: object): RecordedEvent => ({ ...event, metadata: { ...event.metadata, ...over } });
  const { salt: _, ...unsalted } = event.metadata;

  it.each([
    ['nothing', event, []],
    ['its position in the store', { ...event, position: 7 }, []],
    ['a public field', changed({ title: 'Villa.' }), ['data.title']],
    ['a field that is not', changed({ formerHolder: 'Mario Bianchi' }), ['data.formerHolder']],
    ['a value that repeats its commitment', changed({ formerHolder: field(event, 'formerHolder') }), ['data.formerHolder']],
    ['a field added', changed({ more: 1 }), ['data.more']],
    ['a field taken out', { ...event, data: { kind: 'real-estate', title: 'Villa', note: 'x' } }, ['data.formerHolder']],
    ['the clock', reworded({ recordedAt: '2025-01-01T00:00:00.000Z' }), ['metadata.recordedAt']],
    ['who recorded it', reworded({ actor: { ...event.metadata.actor, subject: 'anna' } }), ['metadata.actor.subject']],
    ['the envelope added to', reworded({ note: 'y' }), ['metadata.ids']],
    ['a command', reworded({ commandId: 'y' }), ['metadata.ids']],
    ['its place', { ...event, revision: 4 }, ['revision']],
    ['its stream', { ...event, stream: 'asset-IT-2' }, ['stream']],
    ['its type', { ...event, type: 'Unheard' }, ['type']],
    ['its version', { ...event, version: 2 }, ['version']],
    ['its id', { ...event, id: 'a1111111-1111-5111-8111-111111111111' }, ['id']],
    ['the day', reworded({ occurredOn: null }), ['metadata.occurredOn']],
    ['where it came from', reworded({ source: { kind: 'api' } }), ['metadata.source']],
    ['the office', reworded({ actor: { ...event.metadata.actor, agency: 'x' } }), ['metadata.actor.agency']],
    ['a person added', reworded({ actor: { ...event.metadata.actor, onBehalfOf: 'x' } }), ['metadata.actor.onBehalfOf']],
    ['a public field taken out', changed({ title: undefined }), ['data.title']],
    ['a field named as what every object inherits', changed(JSON.parse('{"__proto__":{}}') as JsonObject), ['data.__proto__']],
  ])('tells %s', (_what, other, paths) => expect(differencesFrom(entry, other)).toEqual(paths)); // prettier-ignore

  it('tells a salt that was exchanged or taken away', () => {
    expect(differencesFrom(entry, reworded({ salt: randomBytes(32).toString('base64url') }))).toContain('data.formerHolder');
    expect(differencesFrom(entry, { ...event, metadata: unsalted })).toContain('data.formerHolder');
  }); // prettier-ignore

  it('tells what is gone of which the entry says only that it was there', () => {
    const old = { ...event, metadata: unsalted };
    const { formerHolder: gone, ...data } = old.data;
    expect(gone).toBeDefined();
    expect(differencesFrom(leafOf(old), { ...old, data })).toEqual(['data.formerHolder']);
  });

  it('is no alarm where the release that logged it knew less', () => {
    const asOlder = { ...loggedEvent({ ...event, version: 99 }), version: event.version };
    expect(eventLeaf(asOlder)).not.toEqual(entry);
    expect(differencesFrom(eventLeaf(asOlder), event)).toEqual([]);
    expect(differencesFrom(eventLeaf(asOlder), changed({ title: 'Villa.' }))).toEqual(['data.title']);
  });

  it('is the same where each id had a commitment of its own, as the first logs have it', () => {
    const { ids: __, ...metadata } = loggedEvent(event).metadata as JsonObject;
    const own = (['commandId', 'commandDigest', 'correlationId', 'causationId'] as const).map((name) => [name, commitTo(event.metadata[name], saltOf(event, `metadata.${name}`)!)]);
    const first = eventLeaf({ ...loggedEvent(event), metadata: { ...metadata, ...(Object.fromEntries(own) as JsonObject) } });
    expect(differencesFrom(first, event)).toEqual([]);
    expect(differencesFrom(first, reworded({ commandId: 'y' }))).toEqual(['metadata.commandId']);
  }); // prettier-ignore

  it('is compared by digests where it was too large for an entry', () => {
    const large = changed({ title: 'x'.repeat(MAX_ENTRY_BYTES) });
    expect(differencesFrom(leafOf(large), large)).toEqual([]);
    expect(differencesFrom(leafOf(large), event)).toEqual(['data']);
  });
});

describe('an event with text that has no canonical form', () => {
  const half = 'Villa \ud83d';
  const salted = { salt };
  const events: [string, RecordedEvent, string][] = [
    ['in a public field', seized({ title: half }), 'data.title'],
    ['in a field that is not public', seized({ formerHolder: half }), 'data.formerHolder'],
    ['deep in a field nobody knows', seized({ more: { deep: ['x', { half }] } }), 'data.more'],
    ['in the name of a field', seized({ [half]: 1 }), `data.${JSON.stringify(half)}`],
    ['in who recorded it', stored('AssetSeized', seized().data, { ...salted, actor: { ...seized().metadata.actor, subject: half } }), 'metadata.actor.subject'],
    ['in a command', stored('AssetSeized', seized().data, { ...salted, commandId: half }), 'metadata.commandId'],
  ]; // prettier-ignore

  it.each(events)('%s is logged, and held against its entry', (_, event, path) => {
    const leaf = leafOf(event);
    const { metadata, data } = JSON.parse(Buffer.from(leaf).toString('utf8')) as { metadata: JsonObject; data: JsonObject }; // prettier-ignore
    expect(metadata.asJson).toEqual([path]);
    expect(differencesFrom(leaf, event)).toEqual([]);
    expect(differencesFrom(leaf, { ...event, revision: 4 })).toEqual(['revision']);
    expect(differencesFrom(leaf, { ...event, data: { ...event.data, kind: 'company' } })).toEqual(['data.kind']);
    if (path === 'data.title') expect(data.title).toBe('"Villa \\ud83d"');
  });

  it('is not the same as one with another half, with none, or with the very text that stands in its entry', () => {
    const leaf = leafOf(seized({ title: half }));
    for (const title of ['Villa \ud83e', 'Villa ', 'Villa \ufffd', '"Villa \\ud83d"', JSON.stringify(half)]) {
      expect(leafOf(seized({ title }))).not.toEqual(leaf);
      expect(differencesFrom(leaf, seized({ title }))).not.toEqual([]);
    }
  });

  it('of which nothing can be said, without a salt, is logged as one of which nothing can be said', () => {
    const { salt: _, ...unsalted } = seized().metadata;
    const event = { ...seized({ formerHolder: half }), metadata: unsalted };
    expect(JSON.parse(Buffer.from(leafOf(event)).toString('utf8'))).toMatchObject({ metadata: { unproven: expect.arrayContaining(['data.formerHolder']) as string[] } }); // prettier-ignore
    expect(differencesFrom(leafOf(event), event)).toEqual([]);
  });

  it('leaves every other leaf as it was', () => {
    expect(loggedEvent(seized()).metadata).not.toHaveProperty('asJson');
  });
});
