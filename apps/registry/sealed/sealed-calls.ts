import { Injectable } from '@nestjs/common';
import type { Application, Call, Ceremony, Command, LegalDate } from '#domain';
import { aggregates, isIdOf, streamName } from '#domain';
import type { EventStore } from '#event-store';
import type { Files } from '#files';
import { failed } from '#http';
import { SEALING_SCHEME, SealingError, combineShares, openFile, releasedKeyDigest, sealingKeysDigest } from '#sealing';
import type { ApplicationContent, SealingKeys } from '#sealing';
import { orProblem } from '../file-problems';

/** What everybody may know of how a call is sealed: what applicants need, and what auditors compare. */
export interface SealingOfCall {
  readonly call: string;
  readonly object: string;
  readonly status: Call['status'];
  readonly deadline: string;
  /** The day it is where the authority sits: what entries of now are dated. */
  readonly today: string;
  readonly scheme: string;
  /** All that the ceremony published, and its digest. */
  readonly keys: SealingKeys;
  readonly keysDigest: string;
  readonly custodians: readonly string[];
  /** Numbers of the holders who confirmed the digest. */
  readonly confirmed: readonly number[];
}

/** All that is needed to open a call once more, offline and without trust in this server. For officers and auditors. */
export interface Evidence extends SealingOfCall {
  readonly shares: readonly { readonly custodian: number; readonly share: string }[];
  readonly callKey: string;
  readonly releasedKey: string;
  readonly applications: readonly SealedEntry[];
}

/** One application as the log has it. */
export interface SealedEntry {
  readonly application: string;
  readonly organisation: string;
  readonly ciphertext: string;
  readonly digest: string;
}

/** Reads calls from the log and their ciphertexts from the store. It decides nothing: what is recorded is decided by the domain. */
@Injectable()
export class SealedCalls {
  constructor(
    private readonly store: EventStore,
    readonly files: Files,
    private readonly today: () => string,
  ) {}

  /** The call as the log has it now. Throws RequestFailed `not-found`. */
  async call(id: string): Promise<Call> {
    const state = isIdOf('call', id)
      ? aggregates.call.stateOf(aggregates.call.replay(await this.store.readStream(streamName('call', id))))
      : undefined;
    if (state !== undefined) return state;
    throw failed('not-found', `There is no call "${id}". Check the id: its last character guards against mistyping.`);
  }

  async sealing(id: string): Promise<SealingOfCall> {
    const call = await this.call(id);
    return this.sealingOf(id, call, ceremonyOf(call));
  }

  /** What the fold of a call does not keep of its draft. */
  async draft(id: string): Promise<{ readonly summary: string }> {
    const [drafted] = await this.store.readStream(streamName('call', id), { max: 1 });
    return { summary: typeof drafted?.data.summary === 'string' ? drafted.data.summary : '' };
  }

  /** The id of the entry recorded last at a revision of a call. */
  async entryAt(id: string, revision: number): Promise<{ readonly id: string; readonly recordedAt: string }> {
    const [event] = await this.store.readStream(streamName('call', id), { from: revision, max: 1 });
    if (!event) throw new Error(`call-${id} has no revision ${revision}, which was just written.`);
    return { id: event.id, recordedAt: event.metadata.recordedAt };
  }

  /** The days to which what a command recorded in a call is dated. */
  async daysOf(id: string, command: string): Promise<ReadonlySet<LegalDate>> {
    const type = aggregates.call.commands.get(command)?.definition.type;
    const events = await this.store.readStream(streamName('call', id));
    return new Set(events.flatMap((event) => (event.type === type ? (event.metadata.occurredOn ?? []) : [])));
  }

  /** The entry that opens a call, put together from the shares its holders gave. Throws RequestFailed `shares-missing`. */
  async opening(id: string): Promise<Command['data']> {
    const call = await this.call(id);
    const { keys, released, custodians } = ceremonyOf(call);
    const shares = released.flatMap(({ share }) => share ?? []);
    const callKey = this.combined(keys, shares);
    return {
      custodians: released.map(({ custodian }) => custodians[custodian - 1] ?? ''),
      callKey,
      releasedKey: releasedKeyDigest(callKey),
      applications: call.applications
        .filter(({ status }) => status !== 'withdrawn')
        .map(({ id: application, organisation = '' }) => ({ application, organisation })),
    };
  }

  async evidence(id: string): Promise<Evidence> {
    const call = await this.call(id);
    const { callKey, releasedKey } = call;
    const ceremony = ceremonyOf(call);
    if (callKey === undefined || releasedKey === undefined) throw notOpened();
    return {
      ...this.sealingOf(id, call, ceremony),
      shares: ceremony.released.map(({ custodian, share = '' }) => ({ custodian, share })),
      callKey,
      releasedKey,
      applications: call.applications.filter(({ status }) => status !== 'withdrawn').map(entryOf),
    };
  }

  /** What an organisation applied with; nothing of it is kept in the clear. Throws RequestFailed. */
  async application(id: string, application: string): Promise<ApplicationContent> {
    const { callKey, applications } = await this.call(id);
    if (callKey === undefined) throw notOpened();
    const found = applications.find((each) => each.id === application && each.status !== 'withdrawn');
    if (!found) throw failed('not-found', `There is no application ${application} in this call.`);
    const { organisation, digest, ciphertext } = entryOf(found);
    const bytes = await this.ciphertext(ciphertext);
    try {
      return openFile({ call: id, organisation, digest, privateKey: callKey, bytes });
    } catch (error) {
      if (!(error instanceof SealingError)) throw error;
      throw failed('file-refused', `The application was not sealed by the rules and cannot be read: ${error.message}.`);
    }
  }

  /** A ciphertext of a call that was opened; before that, nobody is given one. */
  async opened(id: string, sha256: string): Promise<Buffer> {
    const { callKey, applications } = await this.call(id);
    if (callKey === undefined) throw notOpened();
    const named = applications.some((each) => each.ciphertext === sha256 && each.status !== 'withdrawn');
    if (!named) throw failed('not-found', `No application in this call has the ciphertext ${sha256}.`);
    return this.ciphertext(sha256);
  }

  private async ciphertext(sha256: string): Promise<Buffer> {
    const bytes = await orProblem(() => this.files.sealed.read(sha256));
    if (bytes !== undefined) return bytes;
    throw failed('file-missing', `The ciphertext ${sha256} is no longer here. Bring it back from a backup.`, {
      facts: { sha256 },
    });
  }

  private sealingOf(call: string, { object, status, deadline }: Call, ceremony: Ceremony): SealingOfCall {
    const { keys, custodians, confirmed } = ceremony;
    const today = this.today();
    const keysDigest = sealingKeysDigest(keys);
    return { call, object, status, deadline, today, scheme: SEALING_SCHEME, keys, keysDigest, custodians, confirmed };
  }

  private combined(keys: SealingKeys, shares: readonly string[]): string {
    try {
      return combineShares({ keys, shares });
    } catch (error) {
      if (!(error instanceof SealingError)) throw error;
      throw failed('shares-missing', `The call cannot be opened: ${error.message}.`, {
        facts: { given: shares.length, needed: keys.threshold, missing: Math.max(0, keys.threshold - shares.length) },
      });
    }
  }
}

const notOpened = () =>
  failed(
    'shares-missing',
    'The call has not been opened. Close it after the deadline, have the holders give their shares, then open it.',
  );

function ceremonyOf({ ceremony }: Call): Ceremony {
  if (ceremony !== undefined) return ceremony;
  throw failed('not-found', 'No key was dealt for this call.');
}

const entryOf = ({ id, organisation = '', ciphertext = '', digest = '' }: Application): SealedEntry => ({
  application: id,
  organisation,
  ciphertext,
  digest,
});
