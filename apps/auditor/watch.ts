import {
  CHECKPOINT, TransparencyError, TreeReader, checkLog, leafSubject, parseLogKeys, verifyCheckpoint, verifyConsistency,
} from '#transparency-log'; // prettier-ignore
import type { TileSource, Trust, VerifiedCheckpoint } from '#transparency-log';
import { WrongRequest } from './log';
import { LogAway, fileAt, keysBeside, sourceOf } from './source';
import { keepWatched, watchedIn } from './watched';
import type { Watched } from './watched';

export interface WatchRequest {
  /** Folder of the transparency log, or the address it is published under. */
  readonly log: string;
  /** File with what is remembered from one look to the next; made at the first look. */
  readonly state: string;
  /** File with the public keys the watcher trusts. Without it: those found beside the log at the first look, from then on those. */
  readonly keys?: string;
  /** A log that did not grow for so many seconds is an alarm; never when left out. */
  readonly stalledAfter?: number;
  /** An entry recorded so many days after what it is about is an alarm; never when left out. */
  readonly backdatedDays?: number;
  /** An entry that says it was recorded so many seconds before a look that did not find it is an alarm. */
  readonly lateAfter: number;
}

/** What somebody should be woken for. The first four break the proof, and the last good checkpoint stays the one to be grown out of. */
export type AlarmCode =
  'forked' | 'rolled-back' | 'signature-bad' | 'damaged' | 'stalled' | 'back-dated' | 'logged-late';

export interface Alarm {
  readonly code: AlarmCode;
  /** A sentence for a person. */
  readonly message: string;
  /** The signed note that proves it, to be kept. */
  readonly evidence?: string;
}

export interface Look {
  readonly origin: string;
  /** Entries under the last good checkpoint, and how many of them are new. */
  readonly size: number;
  readonly grownBy: number;
  readonly alarms: readonly Alarm[];
  /** What is no alarm and asks for something: keys that changed, keys nobody checked. */
  readonly notices: readonly string[];
}

const DAY_MS = 86_400_000;
/** Alarms about single entries that are told one by one; the rest is counted. */
const TOLD = 20;

/** Whether a log can still be followed after it. */
export const breaksProof = ({ code }: Alarm): boolean =>
  code === 'forked' || code === 'rolled-back' || code === 'signature-bad' || code === 'damaged';

/**
 * Looks at a log once: it is still signed by its keys, has grown out of what was seen last, and its new entries hash to what was signed. What is good is remembered, durably, after everything was looked
 * at, so that a look that was cut off is made again. Throws LogAway where nothing can be known, and WrongRequest.
 */
export async function lookAt(request: WatchRequest, now: number = Date.now()): Promise<Look> {
  const before = await watchedIn(request.state);
  try {
    return await look(request, before, now);
  } catch (error) {
    if (!(error instanceof LogAway) || !before || !isStalled(request, before, now)) throw error;
    return {
      origin: before.origin, size: before.size, grownBy: 0, notices: [],
      alarms: [{ code: 'stalled', message: `${request.log} could not be read, and ${stillness(before, now)} ${error.message}` }],
    };
  }
} // prettier-ignore

async function look(request: WatchRequest, before: Watched | undefined, now: number): Promise<Look> {
  const source = sourceOf(request.log);
  const beside = await keysBeside(request.log);
  const list = request.keys === undefined ? (before?.keys ?? beside) : await fileAt(request.keys);
  if (list === undefined) throw new WrongRequest(`There are no keys at ${request.log}. Give those you trust with --keys FILE.`);
  const keys = parseLogKeys(list);
  const origin = keys[0]?.verifier.name;
  if (origin === undefined) throw new WrongRequest('The key list names no key. Give the one you were given with the log: --keys FILE.');
  if (before && before.origin !== origin)
    throw new WrongRequest(`${request.state} is about the log "${before.origin}", and the keys are those of "${origin}". Keep a state file for each log.`);
  const trust: Trust = { origin, keys };
  const notices = [
    ...(request.keys === undefined && !before ? ['The keys are those found beside the log: compare them with what the authority published elsewhere.'] : []),
    ...(beside !== undefined && !sameKeys(beside, list) ? ['The log publishes other keys than yours. Compare its list with what the authority published elsewhere, and give that one with --keys.'] : []),
  ];
  const answer = (size: number, grownBy: number, alarms: readonly Alarm[]): Look => ({ origin, size, grownBy, alarms, notices });

  let kept: VerifiedCheckpoint | undefined;
  try {
    kept = before && verifyCheckpoint(before.checkpoint, trust);
  } catch (error) {
    // A key list may say today that a key had been replaced before it signed this.
    return answer(before?.size ?? 0, 0, [alarmOf('signature-bad', error, before?.checkpoint ?? '', 'the checkpoint seen last, ')]);
  }
  const note = await source.read(CHECKPOINT);
  if (note === undefined) throw new LogAway(`There is no transparency log at ${request.log}: it has no checkpoint.`);
  const text = Buffer.from(note).toString('utf8');
  const [head, faults] = await headOf(source, text, trust, kept);
  if (head === undefined) return answer(kept?.size ?? 0, 0, faults);

  const entries = new EntryAlarms(request, before?.seenAt);
  const findings = await damageOf(source, head, kept, (entry, index) => entries.look(entry, index));
  if (findings.length > 0) return answer(kept?.size ?? 0, 0, findings.map((message) => ({ code: 'damaged', message, evidence: text })));
  const grew = before === undefined || head.size > before.size;
  const watched: Watched = { origin, keys: list, size: head.size, checkpoint: text, seenAt: now, grewAt: grew ? now : before.grewAt };
  const stalled: Alarm[] = isStalled(request, watched, now) ? [{ code: 'stalled', message: stillness(watched, now) }] : [];
  await keepWatched(request.state, watched);
  return answer(head.size, head.size - (kept?.size ?? 0), [...stalled, ...entries.alarms()]);
} // prettier-ignore

/** The head, shown to be the log's and to have grown out of the kept one; or what is wrong with it. */
async function headOf(source: TileSource, note: string, trust: Trust, kept: VerifiedCheckpoint | undefined): Promise<[VerifiedCheckpoint | undefined, Alarm[]]> {
  let head: VerifiedCheckpoint;
  try {
    head = verifyCheckpoint(note, trust);
  } catch (error) {
    return [undefined, [alarmOf('signature-bad', error, note)]];
  }
  if (!kept) return [head, []];
  const [older, newer] = head.size < kept.size ? [head, kept] : [kept, head];
  try {
    verifyConsistency(older, newer, await new TreeReader(source, newer.size).consistencyProof(older.size));
  } catch (error) {
    const proven = error instanceof TransparencyError && (error.code === 'root-mismatch' || error.code === 'old-root-mismatch');
    if (proven || head.size >= kept.size) return [undefined, [alarmOf(proven ? 'forked' : 'damaged', error, note)]];
    // An older copy may well lack the tiles of the newer tree.
    if (!(error instanceof TransparencyError)) throw error;
  }
  if (head.size >= kept.size) return [head, []];
  return [undefined, [{ code: 'rolled-back', message: `the log has ${head.size} entries and had ${kept.size}: an older copy was put in its place, or is shown to you`, evidence: note }]];
} // prettier-ignore

/** What of the new entries and tiles is not what was signed. */
async function damageOf(source: TileSource, head: VerifiedCheckpoint, since: VerifiedCheckpoint | undefined, onEntry: (entry: Uint8Array, index: number) => void): Promise<string[]> {
  try {
    const { findings } = await checkLog(source, head, { ...(since && { since }), maxFindings: TOLD, onEntry });
    return findings.map(({ code, message }) => `${code}: ${message}`);
  } catch (error) {
    if (!(error instanceof TransparencyError)) throw error;
    return [`${error.code}: ${error.message}`];
  }
} // prettier-ignore

function alarmOf(code: AlarmCode, error: unknown, evidence: string, what = ''): Alarm {
  if (!(error instanceof TransparencyError)) throw error;
  return { code, message: `${what}${error.code}: ${error.message}`, evidence };
}

const isStalled = ({ stalledAfter }: WatchRequest, { grewAt }: Watched, now: number): boolean =>
  stalledAfter !== undefined && now - grewAt > stalledAfter * 1000;

const stillness = ({ size, grewAt }: Watched, now: number): string =>
  `the log has had ${size} entries for ${Math.round((now - grewAt) / 60_000)} minutes: nobody recorded anything, or it is no longer signed.`;

/** The same keys, with the same ends, whatever the comments say. */
const sameKeys = (some: string, others: string): boolean => {
  const told = (list: string): string => {
    try {
      return parseLogKeys(list).map(({ verifier, retiredAtSize }) => `${verifier.text} ${retiredAtSize}`).sort().join('\n');
    } catch {
      return list;
    }
  };
  return told(some) === told(others);
}; // prettier-ignore

/** What is noticeable about single entries. */
class EntryAlarms {
  private readonly found: Alarm[] = [];
  private more = 0;

  constructor(
    private readonly request: WatchRequest,
    /** When the log was looked at last; undefined at the first look. */
    private readonly seenAt: number | undefined,
  ) {}

  look(entry: Uint8Array, index: number): void {
    const { occurredOn, recordedAt } = datesOf(entry);
    const { backdatedDays, lateAfter } = this.request;
    const { seenAt } = this;
    const days = (Date.parse(recordedAt) - Date.parse(occurredOn)) / DAY_MS;
    if (backdatedDays !== undefined && days > backdatedDays + 1)
      this.add('back-dated', `${name(entry, index)} was recorded ${Math.floor(days)} days after the day it is about (${occurredOn}).`);
    if (seenAt !== undefined && seenAt - Date.parse(recordedAt) > lateAfter * 1000)
      this.add('logged-late', `${name(entry, index)} says that it was recorded at ${recordedAt}, and was not there when the log was looked at at ${new Date(seenAt).toISOString()}: the log was far behind, or somebody turned the clock back.`);
  } // prettier-ignore

  alarms(): Alarm[] {
    if (this.more === 0) return this.found;
    return [...this.found, { code: this.found.at(-1)!.code, message: `and ${this.more} more such entries` }];
  }

  private add(code: AlarmCode, message: string): void {
    if (this.found.length < TOLD) this.found.push({ code, message });
    else this.more += 1;
  }
}

function name(entry: Uint8Array, index: number): string {
  const { type, stream, revision } = leafSubject(entry);
  return `entry ${index}, ${type} (${stream}, revision ${revision}),`;
}

/** Empty where the entry is none of ours or is too large to show its envelope; what is not a date is compared with nothing. */
function datesOf(entry: Uint8Array): { readonly occurredOn: string; readonly recordedAt: string } {
  const none = { occurredOn: '', recordedAt: '' };
  try {
    const { metadata } = JSON.parse(Buffer.from(entry).toString('utf8')) as { metadata?: Readonly<Record<string, unknown>> };
    return { occurredOn: text(metadata?.occurredOn), recordedAt: text(metadata?.recordedAt) };
  } catch {
    return none;
  }
} // prettier-ignore

const text = (value: unknown): string => (typeof value === 'string' ? value : '');
