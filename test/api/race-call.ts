import { randomUUID } from 'node:crypto';
import { derivedUuid, idFrom } from '#domain';
import type { Actor, JsonObject, NewEvent } from '#domain';
import type { EventStore } from '#event-store';
import { allScores, anna, award, luca, ofAnna, ofLuca, underEvaluation } from '../domain/calls';
import { recordedIn } from '../domain/stream-specification';

export interface CallToAward {
  readonly call: string;
  /** The award that follows from the scores of both evaluators. */
  readonly award: JsonObject;
  /** The entries that appointed them. */
  readonly appointments: readonly [string, string];
}

/** Puts a call into the log that two evaluators have scored. What led there is told by the specifications of calls; here it is only the place where the race begins. */
export async function callToAward(store: EventStore, ...evaluators: [string, string]): Promise<CallToAward> {
  const call = idFrom('call', 'IT', 'race', randomUUID());
  const facts = [...underEvaluation(), ...allScores];
  const events = facts.map((fact, place) => recordedIn('call', fact, place));
  const renamed = new Map([
    ...events.flatMap(({ id }, place): [string, string][] => [
      [id, randomUUID()],
      [derivedUuid('given command', place), randomUUID()],
    ]),
  ]);
  const people: readonly [Actor, string][] = [[anna, evaluators[0]], [luca, evaluators[1]]]; // prettier-ignore
  /** The specifications number their entries from 0 and name their people; a log has each id once, and accounts. */
  const translated = <Value>(value: Value): Value => {
    let text = JSON.stringify(value);
    for (const [before, after] of renamed) text = text.replaceAll(before, after);
    for (const [{ subject, agency, role }, account] of people)
      text = text
        .replaceAll(
          JSON.stringify({ subject, agency, role }),
          JSON.stringify({ subject: account, agency: 'ANBSC', role }),
        )
        .replaceAll(JSON.stringify({ login: subject, agency }), JSON.stringify({ login: account, agency: 'ANBSC' }));
    return JSON.parse(text) as Value;
  };
  const fresh = translated(events).map(({ id, type, version, data, metadata }): NewEvent => ({
    id,
    type,
    version,
    data,
    metadata,
  }));
  await store.append(`call-${call}`, fresh, 'no-stream');
  const ids = translated([ofAnna, ofLuca]);
  return { call, award: translated(award), appointments: [ids[0]!, ids[1]!] };
}
