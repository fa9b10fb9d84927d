import { randomBytes } from 'node:crypto';
import type { JsonObject, RecordedEvent } from '#domain';
import { leafOf, saltOf } from './leaf';
import { openedField, openedIn } from './opened';

const VISIT = '11111111-1111-5111-8111-111111111111';

const stored = (id: string, type: string, data: JsonObject, salt?: string): RecordedEvent => ({
  id,
  stream: 'asset-IT-1',
  revision: 3,
  position: 99,
  type,
  version: 1,
  data,
  metadata: {
    occurredOn: '2026-01-01',
    recordedAt: '2026-01-01T00:00:00.000Z',
    actor: { subject: 'rosa', agency: 'ANBSC', role: 'officer' },
    source: { kind: 'form' },
    commandId: 'command',
    commandDigest: 'digest',
    correlationId: 'correlation',
    causationId: 'cause',
    ...(salt !== undefined && { salt }),
  },
});

const visit = stored(
  VISIT,
  'MonitoringVisitRecorded',
  { found: 'in-use', note: 'The cellar is let.' },
  randomBytes(32).toString('base64url'),
);
const salt = Buffer.from(saltOf(visit, 'data.note')!).toString('base64url');
const publishing = (data: JsonObject) =>
  leafOf(stored('22222222-2222-5222-8222-222222222222', 'FieldDisclosed', { entry: VISIT, field: 'note', value: 'The cellar is let.', salt, reason: 'Over.', ...data })); // prettier-ignore

describe('an entry that publishes a closed field', () => {
  it('says what the log was bound to, which follows from the two leaves alone', () => {
    expect(openedIn(publishing({}))).toBe(VISIT);
    expect(openedField(publishing({}), leafOf(visit))).toEqual({ entry: VISIT, field: 'note', kind: 'as-committed' });
  });
  it.each([
    ['another value', { value: 'The cellar is empty.' }],
    ['another sort of value', { value: ['The cellar is let.'] }],
    ['another salt', { salt: 'A'.repeat(43) }],
    ['a salt of another length', { salt: 'AAAA' }],
    ['no salt', { salt: undefined }],
  ])('is found out with %s', (_, data: JsonObject) =>
    expect(openedField(publishing(data), leafOf(visit)).kind).toBe('differs'));
  it('proves nothing where the log was bound to nothing', () => {
    const { salt: _, ...metadata } = visit.metadata;
    expect(openedField(publishing({}), leafOf({ ...visit, metadata })).kind).toBe('unproven');
    expect(openedField(publishing({ field: 'found' }), leafOf(visit)).kind).toBe('unproven');
  });
  it('is not taken for one where it is none', () => expect(openedIn(leafOf(visit))).toBeUndefined());
}); // prettier-ignore
