import type { Asset, JsonObject, Profile, RecordedEvent, States, StreamKind } from '#domain';
import { CLASSIFICATION, current, daysBetween, events, situationAt } from '#domain';
import { publicEvent } from '#privacy';
import type { DossierView, ToldEntry, Words } from '#web';
import { assetName, sentenceOf, storyOf } from '#web';
import type { AssetView, PublicEntry } from '#web';
import type { Seen } from './access';
import type { Desk, OpenStream } from './desk';

/** Whether somebody is shown a field of an entry. */
const opened = (type: string, seen: Seen): ((field: string) => boolean) => {
  const properties = events.get(type)?.definition.data.properties ?? {};
  return (field) => {
    const classification: unknown = properties[field]?.[CLASSIFICATION];
    return classification === 'public' || (classification === 'restricted' ? seen.restricted : seen.personal);
  };
};

const openIn = <Data extends Readonly<Record<string, unknown>>>(data: Data, open: (field: string) => boolean) =>
  Object.fromEntries(Object.entries(data).filter(([field]) => open(field))) as Data;

/** A stream whose entries say what its reader may see of them; what the law makes of it stays what it is. */
export function shownTo(stream: OpenStream, seen: Seen): OpenStream {
  const told = <Told extends { type: string; data: Readonly<Record<string, unknown>> }>(entry: Told): Told => ({
    ...entry,
    data: openIn(entry.data, opened(entry.type, seen)),
  });
  return {
    ...stream,
    events: stream.events.map((event) => told({ ...event, ...current(event) })),
    history: stream.history.map(told),
  };
}

/** A stream that tells which agency wrote each entry, and not who there. */
export const anonymous = (stream: OpenStream): OpenStream => ({
  ...stream,
  events: stream.events.map((event) => ({
    ...event,
    metadata: { ...event.metadata, actor: { ...event.metadata.actor, subject: '' } },
  })),
});

/** An entry as its reader may see it: with what is not for publication where their role lets them; with personal data only where they are needed for the work. */
function officerEntry(event: RecordedEvent, seen: Seen): PublicEntry {
  const { id, revision, position, type, version, data, metadata, erased } = current(event);
  const open = opened(type, seen);
  const withheld = Object.keys(data).filter((field) => !open(field));
  const { source, actor, occurredOn, recordedAt } = metadata;
  return {
    id,
    revision,
    position,
    type,
    version,
    occurredOn,
    recordedAt,
    data: openIn(data, open),
    withheld,
    ...(erased && { erased }),
    agency: actor.agency,
    source:
      source.kind === 'import' ? { kind: source.kind, file: source.file, row: source.row } : { kind: source.kind },
    annulledBy: null,
  };
}

/** All that was written in a stream: a dossier in the order of events, every other stream in the order of writing. */
export function storyIn(
  stream: OpenStream,
  desk: Desk,
  words: Words,
  seen: Seen,
): Pick<DossierView, 'story' | 'asset'> {
  const entries = stream.events.map((event) => officerEntry(event, seen));
  if (stream.kind !== 'asset') return { story: entries.map((entry) => toldPlainly(entry, words)) };
  const { profile } = desk;
  const dossier = {
    id: stream.id,
    ...inForceOf(stream, seen, profile),
    entries,
    position: entries.at(-1)?.position ?? 0,
  };
  const asset: AssetView = { dossier, moment: {}, today: desk.today(), profile };
  return { asset, story: storyOf(dossier, undefined, profile.timeZone, (instant) => words.dayOf(instant)) };
}

/** The asset as its reader may know it: without restricted fields it is what the public entries add up to. */
function inForceOf({ events, state, history }: OpenStream, seen: Seen, { timeZone }: Profile) {
  if (seen.restricted) return { asset: state as Asset | undefined, inForce: history };
  const open = situationAt(events.map(publicEvent), {}, timeZone);
  return { asset: open.asset, inForce: open.history };
}

function toldPlainly(entry: PublicEntry, words: Words): ToldEntry {
  const { occurredOn, data, withheld, erased = [] } = entry;
  const late = occurredOn === null ? 0 : daysBetween(occurredOn, words.dayOf(entry.recordedAt));
  return {
    entry,
    occurredOn,
    data,
    ...(late > 30 && { lateBy: late }),
    withheld: [
      ...withheld.map((field) => ({ field, classification: 'personal' as const })),
      ...erased.map(({ field }) => ({ field, classification: 'erased' as const })),
    ],
    disclosed: [],
    corrections: [],
  };
}

/** What a stream is called; its id where nothing names it. */
export function nameOf({ kind, id, state }: Pick<OpenStream, 'kind' | 'id' | 'state'>, words: Words): string {
  if (state === undefined) return id;
  return names[kind](state as never, words) || id;
}

/** What a stream is called on its own pages, for those who may know whose it is. */
export function titleOf(stream: OpenStream, words: Words): string {
  if (stream.kind !== 'account') return nameOf(stream, words);
  return displayNameIn(stream) ?? stream.id;
}

/** What the holder of an account is called. */
function displayNameIn({ events: [opening] }: OpenStream): string | undefined {
  const name = opening && current(opening).data.displayName;
  return typeof name === 'string' ? name : undefined;
}

const names: { readonly [Kind in StreamKind]: (state: States[Kind], words: Words) => string } = {
  asset: ({ description }, words) =>
    [assetName(description, words), description.location?.municipality?.name].filter(Boolean).join(', '),
  organisation: ({ name }) => name,
  call: ({ object }) => object,
  // What was asked may name people, and a title is read by whoever passes by.
  dialogue: () => '',
  group: ({ name }) => name,
  // Whose account it is, its own page tells those who may know.
  account: () => '',
  return: ({ year }, words) => words.t('annualReturn.titleOf', { year }),
};

/** An entry in one line: when, and what. */
export function entryInLine(
  { type, data, occurredOn }: { type: string; data: JsonObject; occurredOn: string | null },
  words: Words,
): string {
  const day = occurredOn === null ? words.t('entry.dateNotStated') : words.day(occurredOn);
  return `${day}: ${sentenceOf(type, data, words) ?? type}`;
}
