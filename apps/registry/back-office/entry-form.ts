import { randomUUID } from 'node:crypto';
import type { CatalogueEntry, Entry, JsonObject, JsonValue, LegalDate } from '#domain';
import { CLASSIFICATION, aggregates, current, events, fieldOf, referable, shapeErrors } from '#domain';
import type { EntryForm, Field, FormFault, FormState, Reference, Words, Posted } from '#web';
import { actName, dateTyped, fieldAt, formOf, isFilled, officeAddress, readForm, rowsIn, writeValue } from '#web';
import { REFERABLE } from './desk';
import type { OpenStream } from './desk';
import type { Office, Visit } from './office';
import { entryInLine, titleOf } from './told';

/** An entry somebody is about to record: what it goes into, what it says so far. */
export interface Draft {
  /** Undefined for an entry that opens a stream. */
  readonly stream: OpenStream | undefined;
  readonly entry: CatalogueEntry;
  readonly fields: readonly Field[];
  readonly posted: Posted;
  /** The closed field that is to be published, where the address names it: nobody is asked for its technical name. */
  readonly disclosed?: string;
  /** The entry a correction is about, and its field. */
  readonly correction?: {
    readonly target: Entry;
    readonly field: string;
    readonly now: unknown;
    readonly removable: boolean;
  };
}

/** The draft as a form sent it, or as an address fills it in; undefined for a correction of what is not there. */
export function draftOf(stream: OpenStream | undefined, entry: CatalogueEntry, posted: Posted): Draft | undefined {
  const fields = formOf(entry.definition);
  if (entry.command === 'disclose-field' && posted.has('data.field'))
    return {
      stream,
      entry,
      fields: fields.filter(({ name }) => name !== 'field'),
      posted,
      disclosed: posted.one('data.field'),
    };
  if (entry.command !== 'correct-entry') return { stream, entry, fields, posted };
  const target = stream?.history.find(({ id }) => id === posted.one('data.entry'));
  const field = posted.one('data.field');
  const asked = target && correctedField(target, field);
  if (!asked) return undefined;
  const others = fields.filter(({ name }) => name === 'reason' || name === 'note');
  return {
    stream,
    entry,
    fields: [{ ...asked, name: 'value', called: field, required: !posted.has('remove') }, ...others],
    posted,
    correction: { target, field, now: fieldOf(target, field), removable: !asked.required },
  };
}

/** The question whose answer is the right value of an entry's field. */
function correctedField(target: Entry, field: string): Field | undefined {
  if (field === 'occurredOn') return { name: field, required: true, shape: { kind: 'date' } };
  const definition = events.get(target.type)?.definition;
  return definition && fieldAt(formOf(definition), field);
}

/** The public fields of an entry a correction may name, with what they say now; and those it may not. */
export function correctable(target: Entry): { fields: { name: string; value: unknown }[]; closed: string[] } {
  const definition = events.get(target.type)?.definition;
  const fields = definition ? formOf(definition) : [];
  const isPublic = ({ name }: Field): boolean => definition?.data.properties[name]?.[CLASSIFICATION] === 'public';
  const names = ['occurredOn', ...fields.filter(isPublic).flatMap((field) => pathsIn(field, target.data[field.name]))];
  return {
    fields: names.map((name) => ({ name, value: fieldOf(target, name) })),
    closed: fields.filter((field) => !isPublic(field) && target.data[field.name] !== undefined).map(({ name }) => name),
  };
}

/** Of a record that is there each part is corrected for itself; one that is not there is given whole. */
function pathsIn({ name, shape }: Field, value: unknown): string[] {
  if (shape.kind !== 'group' || value === undefined) return [name];
  return shape.fields.map((inner) => `${name}.${inner.name}`);
}

/** What the draft says, and what is wrong with it before the law is asked. */
export function saidIn(
  { entry, fields, posted, disclosed, correction }: Draft,
  timeZone: string,
  tooLarge: readonly string[],
  megabytes: number,
): { occurredOn: LegalDate | undefined; data: JsonObject; faults: readonly FormFault[] } {
  const occurredOn = dateTyped(posted.one('occurredOn'));
  const read = readForm(fields, posted, { timeZone });
  const value: JsonValue | undefined = correction && posted.has('remove') ? null : read.data.value;
  const data: JsonObject = correction
    ? { entry: correction.target.id, field: correction.field, ...read.data, ...(value !== undefined && { value }) }
    : { ...(disclosed !== undefined && { field: disclosed }), ...withoutWithheld(entry, read.data) };
  const files = tooLarge.map((path) => ({ path, code: 'file' as const, values: { count: megabytes } }));
  const date: FormFault[] =
    occurredOn === undefined
      ? [{ path: 'occurredOn', code: posted.one('occurredOn').trim() === '' ? 'missing' : 'date' }]
      : [];
  const removed = ({ path }: FormFault): boolean => posted.has('remove') && path.startsWith('data.value');
  const faults = [...date, ...files, ...read.faults.filter((fault) => !removed(fault))];
  return { occurredOn, data, faults: faults.length > 0 ? faults : shapeFaults(entry, data) };
}

/** What the schema finds and the form did not: a net that should stay empty. */
function shapeFaults({ definition }: CatalogueEntry, data: JsonObject): FormFault[] {
  return shapeErrors(definition.asked, data).map(({ pointer }) => ({
    path: `data${pointer.replaceAll('/', '.')}`,
    code: 'shape',
  }));
}

/** The form around a draft. */
export function formAround(draft: Draft, office: Office, visit: Visit, faults: readonly FormFault[]): EntryForm {
  const { stream, entry, fields, posted, disclosed, correction } = draft;
  const { words } = visit;
  const { collection } = aggregates[entry.stream];
  const usual =
    disclosed === undefined
      ? actName(entry.command, words)
      : words.t('disclosure.publish', { field: words.field(disclosed) });
  const title = correction
    ? words.t('office.rightValue', {
        field: correction.field === 'occurredOn' ? words.t('office.occurredOn') : words.field(correction.field),
      })
    : usual;
  const state: FormState = {
    posted,
    faults,
    currency: office.desk.profile.currency,
    references: referencesFor(draft, office, visit),
  };
  return {
    title,
    ...(stream && { subject: { name: titleOf(stream, words), address: officeAddress.dossier(collection, stream.id) } }),
    action: stream
      ? officeAddress.act(collection, stream.id, entry.command)
      : officeAddress.opening(collection, entry.command),
    ...(correction && { dateLabel: words.t('office.correctedOn') }),
    fields,
    state,
    hidden: {
      key: posted.one('key') || randomUUID(),
      ...(stream && { revision: posted.one('revision') || String(stream.revision) }),
      ...(disclosed !== undefined && { 'data.field': disclosed }),
      ...(correction && { 'data.entry': correction.target.id, 'data.field': correction.field }),
    },
  };
}

/** The entries each question may be answered with, by the question's path. */
function referencesFor(
  { stream, entry, fields, posted }: Draft,
  office: Office,
  visit: Visit,
): Readonly<Record<string, readonly Reference[]>> {
  const { desk } = office;
  const { words } = visit;
  if (!stream) return {};
  const entries = stream.events.slice(-REFERABLE);
  const law = office.law(stream, visit);
  const known = (name: string): Reference[] => {
    const ids = new Set(
      entry.chapter === 'across'
        ? entries.map(({ id }) => id)
        : referable(entry.command, entry.definition.asked, name, law, {
            on: desk.today(),
            entries: entries.map(({ id }) => id),
          }),
    );
    return entries
      .filter(({ id }) => ids.has(id))
      .map(({ id, type, data, metadata: { occurredOn } }) => ({
        id,
        text: entryInLine({ type, data, occurredOn }, words),
      }));
  };
  const found: Record<string, readonly Reference[]> = {};
  for (const { name, shape } of fields) {
    const path = `data.${name}`;
    if (shape.kind === 'entry') found[path] = known(name);
    if (shape.kind !== 'list' || shape.item.kind !== 'entry') continue;
    const items = known(name);
    for (let row = 0; row < rowsIn(posted, path, shape.minItems, shape.maxItems); row += 1)
      found[`${path}.${row}`] = items;
  }
  return found;
}

/** What an entry refers to, as far as that entry answers a question of the same name and form. */
function answeredBy({ stream, fields }: Draft, type: string): readonly Field[] {
  const definition = stream && events.get(type)?.definition;
  const others = definition ? formOf(definition) : [];
  const same = ({ name, shape }: Field): boolean =>
    others.some((other) => other.name === name && JSON.stringify(other.shape) === JSON.stringify(shape));
  return fields.filter((field) => field.required && field.shape.kind !== 'entry' && same(field));
}

/** Whether an entry that this one could refer to says some of what is asked. */
export function canFill(draft: Draft): boolean {
  const refers = draft.fields.some(({ shape }) => shape.kind === 'entry');
  const types = new Set(draft.stream?.events.map(({ type }) => type));
  // Why a field is published stands in no other entry.
  const fills = draft.entry.chapter !== 'across' && draft.entry.command !== 'disclose-field';
  return refers && fills && [...types].some((type) => answeredBy(draft, type).length > 0);
}

/** Takes over from the entries it refers to what is still empty; answers how many fields. */
export function fillFrom(draft: Draft, words: Words): number {
  const { stream, fields, posted } = draft;
  const chosen = fields.filter(({ shape }) => shape.kind === 'entry').map(({ name }) => posted.one(`data.${name}`));
  const entries = (stream?.events ?? []).filter(({ id }) => chosen.includes(id)).map((event) => current(event));
  let filled = 0;
  for (const { id, type, data } of entries) {
    const said = stream?.history.find((entry) => entry.id === id)?.data ?? data;
    for (const { name, shape } of answeredBy(draft, type)) {
      const path = `data.${name}`;
      if (isFilled(shape, path, posted) || said[name] === undefined) continue;
      writeValue(shape, said[name] as JsonValue, path, markOf(words), posted);
      filled += 1;
    }
  }
  return filled;
}

const markOf = ({ language }: Words): string => (language === 'it' ? ',' : '.');

/** Fills in what a field says now, as a start for what it should say. */
export function filledIn(draft: Draft, words: Words): void {
  const { correction, posted, fields } = draft;
  const [value] = fields;
  if (!correction || !value || correction.now === null || correction.now === undefined) return;
  writeValue(value.shape, correction.now as JsonValue, 'data.value', markOf(words), posted);
}

const MODERATION = 'moderate-thread';

/** A moderator takes away from what was handed in, word for word: it stands in the form, for whoever may read it. */
export function handedIn({ stream, entry, fields, posted }: Draft, words: Words): void {
  const [opening] = stream?.events ?? [];
  if (entry.command !== MODERATION || !opening) return;
  for (const { name, shape } of fields) writeValue(shape, opening.data[name], `data.${name}`, markOf(words), posted);
}

/** What is withheld shows nothing, also of what was filled in. */
function withoutWithheld({ command }: CatalogueEntry, data: JsonObject): JsonObject {
  if (command !== MODERATION || data.outcome !== 'withheld') return data;
  const { text: _text, photos: _photos, organisation: _organisation, ...decision } = data;
  return decision;
}
