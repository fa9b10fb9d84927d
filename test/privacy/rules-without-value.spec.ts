import { decide, italy, replay } from '#domain';
import type { JsonObject, RecordedEvent } from '#domain';
import { aFact, someMetadata } from '../event-store/facts';

const erased = [{ field: 'buyerName', by: '99999999-9999-5999-8999-999999999999', on: '2026-11-26T10:00:00.000Z' }];

function dossier(more: Partial<RecordedEvent>): RecordedEvent[] {
  const facts: [string, number, string, JsonObject][] = [
    ['AssetSeized', 2, '2015-01-01', { kind: 'real-estate' }],
    ['BuyerScreened', 1, '2018-01-01', { link: 'none' }],
  ];
  return facts.map(([type, version, occurredOn, data], revision) => ({
    ...aFact({ type, version, data, metadata: someMetadata({ occurredOn }) }),
    stream: 'asset-IT-1',
    revision,
    position: revision + 1,
    ...(type === 'BuyerScreened' && more),
  }));
}

const late = (events: readonly RecordedEvent[]) =>
  decide({ name: 'record-problem', occurredOn: '2016-01-01', data: { kind: 'occupied', blocking: true } }, replay(events), {
    id: 'IT-1', now: '2026-06-15T10:00:00.000Z', profile: italy, actor: { subject: 'rosa', agency: 'ANBSC', role: 'officer' },
    source: { kind: 'form' }, commandId: 'c', commandDigest: 'd', correlationId: 'r',
  }); // prettier-ignore

describe('a dossier in which the name of a buyer was erased', () => {
  it('takes a late entry, which judges the screening again', () =>
    expect(late(dossier({ erased }))).toMatchObject({ kind: 'accepted' }));
  it('does so because the name is known to have been there', () =>
    expect(late(dossier({}))).toMatchObject({ refusal: { facts: { because: 'one-buyer' } } }));
});
