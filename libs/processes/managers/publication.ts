import { assetEvents, publicFrom } from '#domain';
import type { Instant, JsonObject, LegalDate, Profile, RecordedEvent } from '#domain';
import { publicEvent } from '#privacy';
import { effectId, process } from '../process';
import type { Effect, Process } from '../process';
import { beginningOf } from './day';

/** What an entry withholds for a time is published when that has passed: nothing opens by itself, and no person is needed for what the calendar says. */

interface Kept {
  readonly withheld: readonly Withheld[];
}

/** That something is withheld is public; what it says is not, and is not kept here. */
interface Withheld {
  readonly entry: string;
  readonly type: string;
  readonly field: string;
  readonly recordedAt: Instant;
  /** The authority that recorded it. */
  readonly agency: string;
}

const STREAM = 'asset-';
const ending: ReadonlySet<string> = new Set(['EntryAnnulled', 'FieldDisclosed']);

export const publication = (profile: Profile): Process =>
  process<Kept>({
    name: 'publication',
    version: 1,
    keysOf: (event) =>
      event.stream.startsWith(STREAM) && (ending.has(event.type) || withheldIn(event, profile).length > 0)
        ? [event.stream.slice(STREAM.length)]
        : [],
    apply: (state = { withheld: [] }, event) => ({ withheld: after(state, event, profile) }),
    plan: ({ withheld }, id) => withheld.flatMap((each) => published(each, id, profile)),
  });

function withheldIn(recorded: RecordedEvent, profile: Profile): Withheld[] {
  const { id: entry, type, withheld, metadata } = publicEvent(recorded);
  const { recordedAt, actor } = metadata;
  return withheld
    .filter((field) => dayOf({ type, field, recordedAt }, profile) !== undefined)
    .map((field) => ({ entry, type, field, recordedAt, agency: actor.agency }));
}

function after({ withheld }: Kept, event: RecordedEvent, profile: Profile): readonly Withheld[] {
  const { entry, field } = event.data;
  switch (event.type) {
    case 'EntryAnnulled':
      return withheld.filter((each) => each.entry !== entry);
    case 'FieldDisclosed':
      return withheld.filter((each) => each.entry !== entry || each.field !== field);
    default:
      return [...withheld, ...withheldIn(event, profile)];
  }
}

const dayOf = ({ type, field, recordedAt }: Pick<Withheld, 'type' | 'field' | 'recordedAt'>, profile: Profile): LegalDate | undefined =>
  publicFrom(assetEvents.get(type)?.definition, field, recordedAt, profile); // prettier-ignore

function published(each: Withheld, id: string, profile: Profile): Effect[] {
  const occurredOn = dayOf(each, profile);
  if (occurredOn === undefined) return [];
  const { entry, field, type, agency } = each;
  return [
    {
      kind: 'command',
      id: effectId('publication', 'disclose', id, entry, field),
      at: beginningOf(occurredOn, profile.timeZone),
      stream: `asset-${id}`,
      command: 'disclose-field',
      occurredOn,
      data: (): JsonObject => ({ entry, field, reason: reason(profile, `${type}.${field}`) }),
      about: { agency, asset: id },
    },
  ];
}

/** Written into the log in the language of the country's offices. */
function reason({ country, publicationDelays }: Profile, field: string): string {
  const { days = 0, source = '' } = publicationDelays[field] ?? {};
  return country === 'IT'
    ? `Sono passati ${days} giorni dalla registrazione (${source}).`
    : `${days} days have passed since it was recorded (${source}).`;
}
