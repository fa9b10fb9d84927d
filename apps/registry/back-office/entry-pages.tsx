import type { VNode } from 'preact';
import type { Command, JsonObject, JsonValue, StreamKind } from '#domain';
import { FieldDisclosed, aggregates, streamKinds } from '#domain';
import { ConfirmPage, ConflictPage, Posted, officeAddress } from '#web';
import type { Field, Words } from '#web';
import type { OpenStream } from './desk';
import { formAround } from './entry-form';
import type { Draft } from './entry-form';
import type { Office, Visit } from './office';
import { entryInLine, nameOf } from './told';

/** The last look before an entry is recorded. */
export async function confirmPage(
  draft: Draft,
  { occurredOn, data }: Command,
  notices: readonly string[],
  office: Office,
  visit: Visit,
): Promise<VNode> {
  const { entry, fields, posted } = draft;
  const { state: _, ...form } = formAround(draft, office, visit, []);
  const published = toPublish(draft, data);
  const view = {
    ...form,
    type: entry.definition.type,
    occurredOn: occurredOn ?? office.desk.today(),
    data: { ...data, ...published },
    posted: withoutFiles(posted),
    notices,
    named: { ...(await streamsNamed(draft, data, office, visit.words)), ...entriesNamed(draft, data, visit.words) },
    fields: published.value === undefined ? fields : [...fields, VALUE],
  };
  return <ConfirmPage view={view} context={visit.context} />;
}

const VALUE: Field = { name: 'value', required: false, shape: { kind: 'json' }, classification: 'public' };

/** What a publication will show: nobody types it, and whoever publishes it reads it first, as far as they may read it. */
function toPublish({ entry, stream }: Draft, { entry: id, field }: Command['data']): JsonObject {
  if (entry.definition.type !== FieldDisclosed.type || typeof field !== 'string') return {};
  const value = stream?.history.find((each) => each.id === id)?.data[field] as JsonValue | undefined;
  return value === undefined ? {} : { value };
}

const withoutFiles = (posted: Posted): Posted =>
  new Posted([...posted.pairs()].filter(([name]) => !name.startsWith('file:')));

/** The names of the streams an entry names, so that a mistyped id is seen before it is recorded. */
async function streamsNamed(
  { fields }: Draft,
  data: Command['data'],
  { desk }: Office,
  words: Words,
): Promise<Record<string, string>> {
  const named = fields.flatMap(({ name, shape }) => {
    const kind = shape.kind === 'stream' ? streamKinds.find((each) => each === shape.of) : undefined;
    const id = data[name];
    return kind && typeof id === 'string' ? [{ kind, id }] : [];
  });
  const found = await Promise.all(named.map(async ({ kind, id }) => [id, nameOf(await desk.open(kind, id), words)]));
  return Object.fromEntries(found) as Record<string, string>;
}

/** What the entries say that an entry refers to. */
function entriesNamed({ stream, fields }: Draft, data: Command['data'], words: Words): Record<string, string> {
  const referred = fields.filter(({ shape }) => shape.kind === 'entry').map(({ name }) => data[name]);
  return Object.fromEntries(
    (stream?.events ?? [])
      .filter(({ id }) => referred.includes(id) || data.entry === id)
      .map(({ id, type, data: said, metadata: { occurredOn } }) => [
        id,
        entryInLine({ type, data: said, occurredOn }, words),
      ]),
  );
}

/** What others wrote since the form was opened. */
export function conflictPage(draft: Draft, stream: OpenStream, expected: number, office: Office, visit: Visit): VNode {
  const { words } = visit;
  const form = formAround(draft, office, visit, []);
  const since = stream.events
    .filter(({ revision }) => revision > expected)
    .map(({ id, type, data, metadata: { occurredOn, actor } }) => ({
      id,
      text: entryInLine({ type, data, occurredOn }, words),
      by: [actor.subject, actor.agency].filter(Boolean).join(', '),
    }));
  const view = {
    subject: form.subject ?? { name: stream.id, address: officeAddress.home },
    action: form.action,
    posted: withoutFiles(draft.posted),
    hidden: { ...form.hidden, revision: String(stream.revision) },
    since,
  };
  return <ConflictPage view={view} context={visit.context} />;
}

/** What a correction is about. */
export function correctionNote({ target }: NonNullable<Draft['correction']>, words: Words): VNode {
  return (
    <>
      <p>{words.t('office.corrects')}</p>
      <blockquote class="to-record">
        <p>{entryInLine({ ...target, data: target.data as Command['data'] }, words)}</p>
      </blockquote>
    </>
  );
}

/** Whether the field should be empty rather than say something else. */
export function removeQuestion({ posted }: Draft, words: Words): VNode {
  return (
    <p class="question">
      <label class="option">
        <input type="checkbox" name="remove" value="yes" checked={posted.has('remove')} />
        <span>{words.t('office.removeValue')}</span>
      </label>
    </p>
  );
}

/** The way to what exists already, for whoever was about to open it a second time. */
export function existingLink(kind: StreamKind, id: string, words: Words): VNode {
  return (
    <p>
      <a href={officeAddress.dossier(aggregates[kind].collection, id)}>{words.t('office.seeExisting')}</a>
    </p>
  );
}
