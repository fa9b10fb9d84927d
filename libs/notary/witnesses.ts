import { setTimeout as pause } from 'node:timers/promises';
import { TransparencyError, TreeReader, attachCosignature, formatAddCheckpoint, parseLine } from '#transparency-log';
import type { LogWriter, SignatureLine, TileSource } from '#transparency-log';
import type { WitnessAddress } from './witness-settings';

export interface WitnessesOptions {
  readonly onNotice?: (notice: string) => void;
  /** The least time between two rounds, in milliseconds: a log that grows faster asks for its newest checkpoint alone. */
  readonly everyMs?: number;
  /** How long an answer is waited for. */
  readonly patienceMs?: number;
  /** After this time a witness is asked anew for a checkpoint it cosigned, so that its time shows that the log is not stale. */
  readonly renewMs?: number;
}

/** Answers of a witness are short; what is longer is not read. */
const MOST_BYTES = 64 * 1024;
/** Signature lines of an answer that are looked at. */
const MOST_LINES = 16;

/** What is known of a witness between two rounds. */
interface Standing {
  readonly address: WitnessAddress;
  /** Size of the checkpoint it cosigned last; 0 until it is known. */
  cosigned: number;
  /** Its last cosignature, of which checkpoint, and since when. */
  given?: { readonly note: string; readonly size: number; readonly line: SignatureLine; readonly at: number };
  /** Why it did not cosign last time; how often it failed since it cosigned, and until when it is left alone. */
  trouble?: string;
  failures: number;
  pausedUntil: number;
}

/** How a witness stands, for whoever keeps the log running. */
export interface WitnessStanding {
  readonly name: string;
  /** Entries under the checkpoint it cosigned last, and when, an instant; undefined where it has cosigned none since the program started. */
  readonly size?: number;
  readonly cosignedAt?: string;
  /** For how many seconds it has not cosigned: since the last time, or since the program started. */
  readonly silentSeconds: number;
  /** Why it did not when it was asked last; undefined where it did. */
  readonly trouble?: string;
}

const EVERY_MS = 2000;
const HOUR_MS = 3_600_000;
/** One that fails is asked again after twice the time each time, at last once in so long. */
const LONGEST_PAUSE_MS = 60_000;

/**
 * Asks witnesses to cosign the newest checkpoint (C2SP tlog-witness), a round at a time and all of them at once, and publishes what they answer. The log never waits for it: a witness that is away, slow
 * or mistaken costs nothing but its cosignature. One that knows another or a larger tree is told of loudly.
 */
export class Witnesses {
  private readonly standings: readonly Standing[];
  private newest: { readonly writer: LogWriter; readonly source: TileSource } | undefined;
  private running: Promise<void> | undefined;
  private readonly stopping = new AbortController();
  private wake: () => void = () => undefined;
  private readonly startedAt = Date.now();

  constructor(
    addresses: readonly WitnessAddress[],
    private readonly options: WitnessesOptions = {},
  ) {
    this.standings = addresses.map((address) => ({ address, cosigned: 0, failures: 0, pausedUntil: 0 }));
  }

  /** There is a new checkpoint. Returns at once. */
  offer(writer: LogWriter, source: TileSource): void {
    if (this.standings.length === 0 || this.stopping.signal.aborted) return;
    this.newest = { writer, source };
    this.wake();
    this.running ??= this.rounds();
  }

  standing(now: number = Date.now()): readonly WitnessStanding[] {
    return this.standings.map(({ address, given, trouble }) => ({
      name: address.verifier.name,
      ...(given && { size: given.size, cosignedAt: new Date(given.at).toISOString() }),
      silentSeconds: Math.max(0, (now - (given?.at ?? this.startedAt)) / 1000),
      ...(trouble !== undefined && { trouble }),
    }));
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    this.wake();
    await this.running;
  }

  private async rounds(): Promise<void> {
    const { everyMs = EVERY_MS, renewMs = HOUR_MS } = this.options;
    const { signal } = this.stopping;
    while (!signal.aborted) {
      const offered = this.newest;
      this.newest = undefined;
      const whole = offered === undefined || (await this.round(offered.writer, offered.source));
      // Whoever did not cosign is asked again soon; else the next checkpoint, or the end of the hour, begins a round.
      if (offered && !whole) this.newest ??= offered;
      await pause(everyMs, undefined, { signal }).catch(() => undefined);
      if (this.newest === undefined && !signal.aborted) await this.untilOffered(renewMs);
      this.newest ??= offered;
    }
  }

  private async untilOffered(atMostMs: number): Promise<void> {
    const over = new AbortController();
    const offered = new Promise<void>((resolve) => (this.wake = resolve));
    await Promise.race([offered, pause(atMostMs, undefined, { signal: over.signal, ref: false }).catch(() => undefined)]);
    over.abort();
    this.wake = () => undefined;
  } // prettier-ignore

  /** Whether every witness cosigned the newest checkpoint. */
  private async round(writer: LogWriter, source: TileSource): Promise<boolean> {
    const note = writer.signedNote;
    const { size } = writer.head;
    const before = this.standings.map(({ given }) => given);
    const given = await Promise.all(this.standings.map((standing) => this.asked(standing, note, size, source)));
    const lines = given.filter((line) => line !== undefined);
    const isNews = this.standings.some((standing, at) => standing.given !== before[at]);
    if (isNews && !this.stopping.signal.aborted)
      await writer
        .publishWitnessed(note, lines, this.standings.map(({ address }) => address.verifier))
        .catch((error: unknown) => this.notice(`The cosignatures of witnesses could not be published: ${messageOf(error)}`));
    return lines.length === this.standings.length;
  } // prettier-ignore

  /** Its good cosignature, or nothing. Throws nothing. */
  private async asked(standing: Standing, note: string, size: number, source: TileSource): Promise<SignatureLine | undefined> {
    const { everyMs = EVERY_MS, renewMs = HOUR_MS } = this.options;
    const { given, address: { verifier: { name } } } = standing;
    if (given?.note === note && Date.now() - given.at < renewMs) return given.line;
    if (Date.now() < standing.pausedUntil) return undefined;
    try {
      const line = await this.cosignatureOf(standing, note, size, source);
      if (standing.trouble !== undefined) this.notice(`The witness ${name} cosigns again.`);
      delete standing.trouble;
      Object.assign(standing, { given: { note, size, line, at: Date.now() }, failures: 0, pausedUntil: 0 });
      return line;
    } catch (error) {
      if (this.stopping.signal.aborted) return undefined;
      standing.pausedUntil = Date.now() + Math.min(everyMs * 2 ** standing.failures, LONGEST_PAUSE_MS);
      standing.failures = Math.min(standing.failures + 1, 10);
      const message = messageOf(error);
      // Told once, although the sizes in it may grow from one time to the next.
      const kind = (trouble = ''): string => trouble.replace(/\d+/g, '');
      if (kind(message) !== kind(standing.trouble)) this.notice(`The witness ${name} did not cosign: ${message}`);
      standing.trouble = message;
      return undefined;
    }
  } // prettier-ignore

  private async cosignatureOf(standing: Standing, note: string, size: number, source: TileSource): Promise<SignatureLine> {
    for (let turn = 0; turn < 2; turn += 1) {
      const oldSize = Math.min(standing.cosigned, size);
      const proof = oldSize === 0 ? [] : await new TreeReader(source, size).consistencyProof(oldSize);
      const { status, body } = await this.post(standing.address, formatAddCheckpoint({ oldSize, proof, note }));
      if (status === 200) {
        const line = cosignatureIn(body, note, standing.address);
        standing.cosigned = size;
        return line;
      }
      if (status !== 409) throw new Error(`it answered ${status}${status === 422 ? ': what it cosigned before is not the beginning of this log. Find out who changed history, with "auditor verify"' : ''}`);
      const known = /^\d{1,16}\n?$/.test(body) ? Number(body) : undefined;
      if (known === undefined) throw new Error('it answered 409 without the size it knows');
      if (known > size) throw new Error(`it cosigned a checkpoint of ${known} entries, and this log has signed ${size}: an older copy of the log was put in its place`);
      if (known === oldSize) throw new Error(`it cosigned another tree of ${known} entries: this log has two histories`);
      standing.cosigned = known;
    }
    throw new Error('the size it knows changes while it is asked: somebody else offers it checkpoints of this log');
  } // prettier-ignore

  private async post({ url }: WitnessAddress, body: string): Promise<{ status: number; body: string }> {
    const { patienceMs = 10_000 } = this.options;
    const answer = await fetch(`${url}/add-checkpoint`, {
      method: 'POST',
      body,
      headers: { 'content-type': 'text/plain; charset=utf-8' },
      redirect: 'error',
      signal: AbortSignal.any([this.stopping.signal, AbortSignal.timeout(patienceMs)]),
    });
    const parts: Uint8Array[] = [];
    let bytes = 0;
    for await (const part of (answer.body ?? []) as AsyncIterable<Uint8Array>) {
      bytes += part.length;
      if (bytes > MOST_BYTES) throw new Error('its answer is longer than any cosignature');
      parts.push(part);
    }
    return { status: answer.status, body: Buffer.concat(parts).toString('utf8') };
  }

  private notice(text: string): void {
    this.options.onNotice?.(text);
  }
}

/** The witness's own good line; those of other keys are passed over. */
function cosignatureIn(body: string, note: string, { verifier }: WitnessAddress): SignatureLine {
  const lines = body.split('\n').filter((line) => line !== '').slice(0, MOST_LINES).map(parseLine);
  const line = lines.find(({ name, keyId }) => name === verifier.name && keyId === verifier.keyId);
  if (line === undefined) throw new Error('its answer holds no cosignature of the key that is expected of it');
  attachCosignature(note, line, [verifier]);
  return line;
} // prettier-ignore

/** With its cause, which says more where the network failed. */
function messageOf(error: unknown): string {
  if (error instanceof TransparencyError) return `${error.code}: ${error.message}`;
  if (typeof error !== 'object' || error === null || !('message' in error)) return String(error);
  const cause = 'cause' in error && typeof error.cause === 'object' ? error.cause : null;
  const more = cause !== null && 'message' in cause && cause.message !== '' ? ` (${String(cause.message)})` : '';
  return `${String(error.message)}${more}`;
}
