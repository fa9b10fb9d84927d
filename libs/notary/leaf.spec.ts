import { randomBytes } from 'node:crypto';
import { opensCommitment } from '#transparency-log';
import type { Commitment } from '#transparency-log';
import type { JsonObject, RecordedEvent } from '#domain';
import { leafOf, loggedEvent, saltOf } from './leaf';

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
});
