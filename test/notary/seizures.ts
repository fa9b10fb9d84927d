import { assetIdFrom, italy } from '#domain';
import type { EventStore } from '#event-store';
import { Recorder } from '#recording';

const actor = { subject: 'rosa', agency: 'ANBSC', role: 'officer' };

/** Opens dossiers of these numbers: an entry of the log each. */
export async function seizures(store: EventStore, from: number, to: number): Promise<void> {
  const recorder = new Recorder(store, { profile: italy });
  for (let number = from; number < to; number += 1) {
    const origin = { actor, source: { kind: 'api' } as const, idempotencyKey: `${number}`, correlationId: 'test' };
    const command = { name: 'record-seizure', occurredOn: '2020-01-01', data: { kind: 'company', title: `Company ${number}`, formerHolder: `Person ${number}` } }; // prettier-ignore
    await recorder.record(`asset-${assetIdFrom('IT', 'test', String(number))}`, command, origin);
  }
}
