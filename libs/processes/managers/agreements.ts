import { daysAfter } from '#domain';
import type { Agreement, JsonObject } from '#domain';
import { effectId } from '../process';
import type { Effect } from '../process';
import { assetFacts } from './asset-facts';
import type { Life } from './assets';
import { beginningOf } from './day';

/** How many days before its end an agreement is brought to mind. */
const REMINDERS = [90, 30];

/** An agreement is brought to mind before it ends, and ends when its last day has passed: no person is needed for what the calendar says. */
export function agreementDuties(life: Life): Effect[] {
  const { agreement } = life.asset;
  return [...(agreement ? [...reminders(life, agreement), expiry(life, agreement)] : []), ...expired(life)];
}

function reminders(life: Life, { id, name, from, to }: Agreement): Effect[] {
  return REMINDERS.map((days) => ({ days, on: daysAfter(to, -days) }))
    .filter(({ on }) => on >= from)
    .map(({ days, on }) => ({
      kind: 'notice',
      id: effectId('assets', 'agreement-ending', life.id, id, to, days),
      at: beginningOf(on, life.profile.timeZone),
      notice: 'agreement-ending',
      about: life.about,
      facts: { ...assetFacts(life), name, to, days },
    }));
}

/** Recorded for the first day without the agreement: its last day is still a day of it. */
function expiry({ id, about, profile }: Life, { id: agreement, to }: Agreement): Effect {
  const occurredOn = daysAfter(to, 1);
  return {
    kind: 'command',
    id: effectId('assets', 'agreement-expired', id, agreement, to),
    at: beginningOf(occurredOn, profile.timeZone),
    stream: `asset-${id}`,
    command: 'terminate-agreement',
    occurredOn,
    data: (): JsonObject => ({ cause: 'expired' }),
    about,
  };
}

/** Told from what was recorded, whoever recorded it. */
function expired(life: Life): Effect[] {
  return life.history
    .filter(({ type, data }) => type === 'AgreementTerminated' && data.cause === 'expired')
    .map(({ id, occurredOn, recordedAt }) => ({
      kind: 'notice',
      id: effectId('assets', 'agreement-expired-notice', id),
      at: recordedAt,
      notice: 'agreement-expired',
      about: life.about,
      facts: { ...assetFacts(life), ...(occurredOn !== null && { on: occurredOn }) },
    }));
}
