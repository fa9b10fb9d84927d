import { randomUUID } from 'node:crypto';
import { aggregates, idFrom, isIdOf, reports, streamName, supportStatement } from '#domain';
import type { Actor, JsonObject, Profile, RecordedEvent } from '#domain';
import { dateOf } from '#domain';
import { EventStoreError } from '#event-store';
import type { EventStore } from '#event-store';
import { FileError } from '#files';
import type { Shelf } from '#files';
import type { Recorder } from '#recording';
import { ASK_LIMITS, assetName } from '#web';
import type { AskFault, AskFields, AskSubject, Words } from '#web';

/** Who hands something in through the public form. Nobody is asked who they are. */
export const visitor: Actor = { subject: 'visitor', agency: 'public', role: 'visitor' };

/** What the form needs to know of its subject. */
export interface KnownSubject {
  /** What is asked about, in words. */
  readonly name: string;
  /** The authorities that can answer, the likeliest first. */
  readonly authorities: readonly string[];
}

/** A photo that was handed in and written anew (cleanPhoto), with what it shows in words. */
export interface AskedPhoto {
  readonly bytes: Uint8Array;
  readonly mediaType: 'image/jpeg' | 'image/png' | 'image/webp';
  readonly alternative: string;
}

/** What became of a contribution. */
export type HandedIn =
  | { readonly kind: 'received'; readonly id: string; readonly position: number }
  | { readonly kind: 'faulty'; readonly faults: readonly AskFault[] };

export interface AskingOptions {
  readonly recorder: Recorder;
  readonly store: Pick<EventStore, 'readStream'>;
  readonly profile: Profile;
  /** The office of this registry: it answers where no other is nearer. */
  readonly agency: string;
  /** Where photos lie until a moderator publishes them. */
  readonly photos: Pick<Shelf, 'put'>;
  /** Public address of the pages, empty for this very server; undefined where it is not known. */
  readonly pages?: string;
}

/** Takes questions and observations of visitors into the log, through the same rules as everything else. */
export class Asking {
  readonly pages: string | undefined;
  readonly profile: Profile;

  constructor(private readonly options: AskingOptions) {
    this.pages = options.pages;
    this.profile = options.profile;
  }

  /** What is asked about; undefined where the public knows of no such thing. */
  async subject({ about, id }: AskSubject, words: Words): Promise<KnownSubject | undefined> {
    switch (about) {
      case 'report':
        return (reports as readonly string[]).includes(id)
          ? { name: words.code('report', id), authorities: [this.options.agency] }
          : undefined;
      case 'asset': {
        if (!isIdOf('asset', id)) return undefined;
        const events = await this.options.store.readStream(streamName('asset', id));
        const { asset } = aggregates.asset.replay(events);
        return asset && { name: `${assetName(asset.description, words)} (${id})`, authorities: this.offices(events) };
      }
      case 'call': {
        if (!isIdOf('call', id)) return undefined;
        const events = await this.options.store.readStream(streamName('call', id));
        const published = events.findLast(({ type }) => type === 'CallPublished');
        const { state } = aggregates.call.replay(events);
        return published && state && { name: `${state.object} (${id})`, authorities: [published.metadata.actor.agency] };
      }
    }
  } // prettier-ignore

  /** What is needed, in the words of the need; undefined where the dossier has no such need, or it is met. */
  async need({ about, id }: AskSubject, need: string): Promise<string | undefined> {
    if (about !== 'asset' || !isIdOf('asset', id)) return undefined;
    const { asset, history } = aggregates.asset.replay(await this.options.store.readStream(streamName('asset', id)));
    const found = asset && supportStatement(history, asset).needs.find((each) => each.id === need);
    return found && found.status !== 'met' ? found.title : undefined;
  }

  /** Offices whose people recorded something here, the latest first, and this registry's own; its process managers are no office. */
  private offices(events: readonly RecordedEvent[]): readonly string[] {
    const agencies = events
      .filter(({ metadata }) => metadata.actor.role !== 'process')
      .map(({ metadata }) => metadata.actor.agency)
      .filter((agency) => agency !== visitor.agency);
    return [...new Set([...agencies.reverse(), this.options.agency])].slice(0, 20);
  }

  /** Records a contribution. The token names it, so that a form sent twice is recorded once. */
  async handIn(
    subject: AskSubject,
    fields: AskFields,
    photos: readonly AskedPhoto[],
    token: string,
  ): Promise<HandedIn> {
    const faults = faultsIn(fields, photos);
    if (faults.length > 0) return { kind: 'faulty', faults };
    const { recorder, profile } = this.options;
    const id = idFrom('dialogue', profile.country, visitor.subject, token);
    const origin = {
      actor: visitor,
      source: { kind: 'form' } as const,
      idempotencyKey: token,
      correlationId: randomUUID(),
    };
    try {
      // First the files, then the entry that names them.
      const filed: JsonObject[] = [];
      for (const { bytes, mediaType, alternative } of photos)
        filed.push({ sha256: (await this.options.photos.put(bytes)).sha256, mediaType, alternative });
      const command = commandOf(subject, fields, filed, dateOf(new Date().toISOString(), profile.timeZone));
      const recorded = await recorder.record(streamName('dialogue', id), command, origin);
      if (recorded.kind === 'recorded' || recorded.kind === 'repeated')
        return { kind: 'received', id, position: recorded.position };
      const unreadable = recorded.kind === 'refused' && recorded.refusal.code === 'malformed-entry';
      return { kind: 'faulty', faults: [unreadable ? 'text-unreadable' : 'refused'] };
    } catch (error) {
      if (error instanceof EventStoreError || error instanceof FileError)
        return { kind: 'faulty', faults: ['not-now'] };
      throw error;
    }
  }
}

function faultsIn({ kind, text, askerName, askerContact }: AskFields, photos: readonly AskedPhoto[]): AskFault[] {
  return [
    ...(text === '' ? ['text-missing' as const] : []),
    ...(text.length > ASK_LIMITS.text ? ['text-too-long' as const] : []),
    ...(askerName.length > ASK_LIMITS.name ? ['name-too-long' as const] : []),
    ...(askerContact.length > ASK_LIMITS.contact ? ['contact-too-long' as const] : []),
    ...(photos.length > 0 && kind !== 'observation' ? ['photo-with-question' as const] : []),
    ...(photos.some(({ alternative }) => alternative === '') ? ['photo-words-missing' as const] : []),
    ...(photos.some(({ alternative }) => alternative.length > ASK_LIMITS.photoWords)
      ? ['photo-words-too-long' as const]
      : []),
  ];
}

function commandOf({ about, id }: AskSubject, fields: AskFields, photos: readonly JsonObject[], occurredOn: string) {
  const { kind, text, authority, askerName, askerContact } = fields;
  const data: JsonObject = {
    ...(kind !== 'observation' && { kind }),
    [about]: id,
    addressedTo: authority,
    text,
    ...(askerName !== '' && { askerName }),
    ...(askerContact !== '' && { askerContact }),
    ...(photos.length > 0 && { photos }),
  };
  return { name: kind === 'observation' ? 'file-observation' : 'ask-question', occurredOn, data };
}
