import { Type } from '@sinclair/typebox';
import type { Entry } from '../entry';
import type { Instant, JsonObject, JsonValue, LegalDate } from '../event';
import { dateOf, daysAfter } from '../legal-date';
import type { Profile } from '../profiles/profile';
import { demand } from '../refusal';
import { partSalt } from '../salt';
import { defineEvent } from '../schema/definition';
import type { DataOf, EventDefinition } from '../schema/definition';
import { CLASSIFICATION, OPENS, entryId, filledIn, jsonValue, publicField, record, text } from '../schema/fields';
import type { Opening } from '../schema/fields';
import { personalDataIn } from '../schema/personal-data';
import type { Surroundings } from '../surroundings';
import { act } from './act';
import { bySecondPerson, personBehind } from './four-eyes';
import type { History } from './history';

/** What is not public becomes so by an entry that says it: by decision of a second person, or on the day on which its time has passed. Nothing opens by itself. */

const SOURCE =
  'Legislative decree 33/2013 art. 5-bis(5); Council of Europe Convention on Access to Official Documents (CETS 205) art. 3(3)';

export const FieldDisclosed = defineEvent('FieldDisclosed', {
  description: 'A field of an earlier entry that was not for publication is published.',
  source: SOURCE,
  data: record({
    entry: publicField(entryId(), 'The entry it stands in.'),
    field: publicField(
      Type.String({ maxLength: 80, pattern: '^[a-z][A-Za-z0-9]*$', examples: ['note'] }),
      "The name of the field of the entry's data.",
    ),
    value: filledIn(publicField(jsonValue(20_000, 4), 'What it says, as it was recorded at the time.')),
    salt: filledIn(
      publicField(
        Type.String({ pattern: '^[A-Za-z0-9_-]{43}$', examples: ['A'.repeat(43)] }),
        "With it everybody can check the value against what the log was bound to when it was recorded: SHA-256 of these 32 bytes (base64url) and the value's canonical JSON.",
      ),
    ),
    reason: publicField(text(1000), 'Why it can be published now, without personal data.'),
  }),
});
type Disclosure = DataOf<typeof FieldDisclosed>;

export const publication = [
  act('disclose-field', FieldDisclosed, {
    afterExit: true,
    // What was published cannot be made to have been something else, nor earlier.
    fixed: ['entry', 'field', 'value', 'salt', 'occurredOn'],
  }),
];

/** How a field of an event type may become public; undefined for one that is public, and for one the type does not have. Personal data never do. */
export function openingOf(definition: EventDefinition | undefined, field: string): Opening | undefined {
  const properties = definition?.data.properties ?? {};
  const schema = Object.hasOwn(properties, field) ? properties[field] : undefined;
  if (!schema || schema[CLASSIFICATION] === 'public') return undefined;
  return schema[CLASSIFICATION] === 'restricted' ? (schema[OPENS] as Opening) : 'never';
}

/**
 * The first day on which a field is published because its time has passed, counted from the day on which it was recorded: whoever enters an old fact late has not published it by that, and no
 * correction of a date moves it. Undefined where no time is set for it.
 */
export function publicFrom(
  definition: EventDefinition | undefined,
  field: string,
  recordedAt: Instant,
  { publicationDelays, timeZone }: Pick<Profile, 'publicationDelays' | 'timeZone'>,
): LegalDate | undefined {
  if (openingOf(definition, field) !== 'by-delay') return undefined;
  const delay = publicationDelays[`${definition?.type}.${field}`];
  const recordedOn = dateOf(recordedAt, timeZone);
  return delay && recordedOn >= delay.since ? daysAfter(recordedOn, delay.days) : undefined;
}

/** What is published is what was recorded, and nobody types it: value and salt come from the entry. Data that name nothing of the kind stay as they are, and are refused. */
export function withRecordedValue(data: JsonObject, history: History, definitionOf: DefinitionOf): JsonObject {
  const { entry: id, field } = data as Pick<Disclosure, 'entry' | 'field'>;
  const entry = history.find((each) => each.id === id);
  const opening = entry && openingOf(definitionOf(entry.type), field);
  if (!entry || opening === undefined || opening === 'never') return data;
  const value = entry.data[field] as JsonValue | undefined;
  const salt = partSalt(entry.salt, `data.${field}`);
  return {
    ...data,
    ...(value !== undefined && { value }),
    ...(salt && { salt: Buffer.from(salt).toString('base64url') }),
  };
}

type DefinitionOf = (type: string) => EventDefinition | undefined;

/** The rules of a disclosure; `data` with the recorded value in it. Throws Refused. */
export function disclosable(
  data: Disclosure,
  history: History,
  disclosing: Entry,
  { profile, source, today }: Surroundings,
  definitionOf: DefinitionOf,
): void {
  const { entry: id, field } = data;
  const entry = history.find((each) => each.id === id);
  demand(entry !== undefined, 'no-such-entry', { entry: id });
  const definition = definitionOf(entry.type);
  const opening = openingOf(definition, field);
  demand(opening !== 'never', 'field-never-opens', { field });
  demand(opening !== undefined && data.value !== undefined, 'no-such-withheld-field', { field });
  const before = history.find((each) => discloses(each, id, field));
  demand(before === undefined, 'already-disclosed', { field, disclosedOn: before?.occurredOn ?? null });
  const recordedOn = dateOf(entry.recordedAt, profile.timeZone);
  const { occurredOn } = disclosing;
  demand(occurredOn === null || occurredOn >= recordedOn, 'disclosed-before-recorded', { recordedOn });
  const found = personalDataIn(FieldDisclosed, data, profile);
  demand(found === undefined, 'personal-data-in-public-field', { ...found, field });
  const from = publicFrom(definition, field, entry.recordedAt, profile);
  // What the calendar says needs no person; everything else does, and another one than who recorded it.
  if (source.kind !== 'process' || from === undefined)
    return bySecondPerson('the publication of a field', disclosing, [personBehind(entry)]);
  demand(from <= today && (occurredOn === null || from <= occurredOn), 'delay-not-passed', { field, publicFrom: from });
}

/** Whether an entry in force publishes that field of that entry. */
export const discloses = ({ type, data }: Pick<Entry, 'type' | 'data'>, entry: string, field: string): boolean =>
  type === FieldDisclosed.type && data.entry === entry && data.field === field;
