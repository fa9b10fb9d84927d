import { assetIdFrom, dateOf, idFrom, italy } from '#domain';
import type { AnnualReturn, JsonObject, StreamName } from '#domain';
import type { Recorded, Recorder } from '#recording';

export const returnOf = (year: string): StreamName => `return-${idFrom('return', 'IT', 'year', year)}`;

/** What is known of the return of a year. */
export const theReturn = (recorder: Pick<Recorder, 'state'>, year: string): Promise<AnnualReturn | undefined> =>
  recorder.state('return', returnOf(year).slice('return-'.length));

/** Records something on the return of a year. */
export async function onReturn(
  recorder: Pick<Recorder, 'record'>,
  year: string,
  name: string,
  data: JsonObject,
  subject = 'officer-1',
): Promise<Recorded> {
  const actor = { subject, agency: 'ANBSC', role: 'officer' };
  const origin = { actor, source: { kind: 'api' } as const, idempotencyKey: `${name} ${JSON.stringify(data)}`, correlationId: 'test' };
  return recorder.record(returnOf(year), { name, occurredOn: today(), data }, origin);
} // prettier-ignore

const today = (): string => dateOf(new Date().toISOString(), italy.timeZone);

/** So many dossiers: seized in one year, confiscated for good in the next, every third of them a company. */
export async function dossiers(recorder: Pick<Recorder, 'record'>, count: number): Promise<void> {
  const actor = { subject: 'officer-1', agency: 'ANBSC', role: 'officer' };
  for (const [name, occurredOn, data] of [
    ['record-seizure', '2023-02-01', undefined],
    ['order-confiscation', '2024-02-01', { instance: 'first' }],
    ['make-confiscation-final', '2024-05-01', {}],
  ] as const)
    for (let from = 0; from < count; from += 100)
      await Promise.all(
        Array.from({ length: Math.min(100, count - from) }, async (_, place) => {
          const number = from + place;
          const id = assetIdFrom('IT', 'test', String(number));
          const kind = number % 3 === 0 ? 'company' : 'real-estate';
          const origin = { actor, source: { kind: 'api' } as const, idempotencyKey: name, correlationId: 'test' };
          const command = { name, occurredOn, data: data ?? { kind, estimatedValue: { minor: 100_00, currency: 'EUR' } } };
          const recorded = await recorder.record(`asset-${id}`, command, origin);
          if (recorded.kind !== 'recorded') throw new Error(JSON.stringify(recorded));
        }),
      );
} // prettier-ignore
