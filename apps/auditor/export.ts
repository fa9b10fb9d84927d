import { open } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import type { RecordedEvent } from '#domain';
import { START } from '#event-store';
import type { EventStore } from '#event-store';
import { cloudEventOf, forThePublic, publicEvent } from '#privacy';
import type { CloudEvent } from '#privacy';
import { WrongRequest } from './log';

export interface Exported {
  readonly written: number;
  /** Position of the last event looked at. */
  readonly position: number;
}

const PAGE = 2000;
/** More than any line: an event has at most 1 MiB. */
const TAIL = 4 * 1024 * 1024;

/** The public part of an event; undefined where the public does not even learn of it. */
export function exported(recorded: RecordedEvent, source: string): CloudEvent | undefined {
  return forThePublic(recorded) ? cloudEventOf(publicEvent(recorded), source) : undefined;
}

/**
 * Writes the public log into a file, one event a line (NDJSON), in the order of the log. A file that is there is gone on with behind its last whole line, so that an export may be cut off anywhere and run
 * again, or kept up to date. Every page is on disk before the next. Throws WrongRequest where the file is something else.
 */
export async function exportLog(
  store: EventStore,
  path: string,
  source: string,
  onProgress: (progress: Exported) => void = () => undefined,
): Promise<Exported> {
  const file = await open(path, 'a+');
  try {
    let position = await lastIn(file, path);
    let written = 0;
    for (let page = await store.readAll(position, PAGE); page.length > 0; page = await store.readAll(position, PAGE)) {
      const lines = page.flatMap((event) => exported(event, source) ?? []).map((line) => `${JSON.stringify(line)}\n`);
      await file.appendFile(lines.join(''));
      await file.datasync();
      position = page.at(-1)!.position;
      written += lines.length;
      onProgress({ written, position });
    }
    return { written, position };
  } finally {
    await file.close();
  }
}

/** The position of the last event in a file, after what was cut off was taken away; START for an empty one. */
async function lastIn(file: FileHandle, path: string): Promise<number> {
  const { size } = await file.stat();
  const from = Math.max(0, size - TAIL);
  const { buffer, bytesRead } = await file.read(Buffer.alloc(size - from), 0, size - from, from);
  const tail = buffer.subarray(0, bytesRead);
  const end = tail.lastIndexOf(0x0a);
  if (end < 0 && from > 0) throw foreign(path);
  if (end + 1 < tail.length) await file.truncate(from + end + 1);
  if (end < 0) return START;
  const line = tail.subarray(tail.lastIndexOf(0x0a, end - 1) + 1, end).toString('utf8');
  try {
    const position = Number((JSON.parse(line) as Partial<CloudEvent>).sequence);
    if (Number.isSafeInteger(position)) return position;
  } catch {
    // Told below.
  }
  throw foreign(path);
}

const foreign = (path: string): WrongRequest =>
  new WrongRequest(`${path} is there and is no export of a log. Name another file, or move it away.`);
